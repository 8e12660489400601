"""A deck as a PowerPoint file, 16:9: native charts and tables, so that every number can be edited where it is shown."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide as Page
from pptx.text.text import TextFrame, _Run
from pptx.util import Emu, Inches, Pt

from lib.export.sheets import plain_text, text_width
from lib.model.slides import Deck, Grid, Plot, Slide
from lib.view.text import MADE_UP
from lib.view.theme import BLUE, GROUND, INK, LINE, QUIET

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FACE = "Microsoft YaHei"
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
EDGE, TOP, FOOT = Inches(0.6), Inches(1.75), Inches(6.95)
TITLE, BODY, SMALL = 28, 16, 12
# Tables take the largest of these sizes at which all of their rows fit.
SIZES = (16, 14, 13, 12, 11, 10, 9)
# Beside a table the bars take this share of the width.
PLOT = 0.44
SIDE, ABOVE = Inches(0.08), Inches(0.06)
# The layout of the standard template that has a title and nothing else.
TITLE_ONLY = 5
ORANGE = "#A8640A"
_LONG_TITLE = 52


def presentation(deck: Deck) -> bytes:
    """The cover and a page a slide."""
    made = Presentation()
    made.slide_width, made.slide_height = WIDTH, HEIGHT
    made.core_properties.title, made.core_properties.author = plain_text(deck.title)[:255], "对标台"
    _cover(made.slides.add_slide(made.slide_layouts[TITLE_ONLY]), deck)
    for number, slide in enumerate(deck.slides, 2):
        _page(made.slides.add_slide(made.slide_layouts[TITLE_ONLY]), slide, number)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def _cover(page: Page, deck: Deck) -> None:
    _place(page.shapes.title, EDGE, Inches(2.4), WIDTH - 2 * EDGE, Inches(1.2))
    _write(page.shapes.title.text_frame, deck.title, 40, bold=True, colour=BLUE)
    _box(page, deck.subtitle, EDGE, Inches(3.7), WIDTH - 2 * EDGE, Inches(0.8), 20, QUIET)
    if deck.made_up:
        _box(page, MADE_UP, EDGE, Inches(4.5), WIDTH - 2 * EDGE, Inches(0.5), BODY, ORANGE)


def _page(page: Page, slide: Slide, number: int) -> None:
    _place(page.shapes.title, EDGE, Inches(0.4), WIDTH - 2 * EDGE, Inches(1.15))
    size = TITLE if len(slide.title) <= _LONG_TITLE else TITLE - 4
    _write(page.shapes.title.text_frame, slide.title, size, bold=True, colour=INK)
    page.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    line = page.shapes.add_connector(1, EDGE, Inches(1.6), WIDTH - EDGE, Inches(1.6))
    line.line.color.rgb, line.line.width = _colour(BLUE), Pt(1.5)
    remarks = Inches(0.42) * len(slide.remarks)
    height = FOOT - TOP - Inches(0.1) - remarks
    both = slide.plot is not None and slide.grid is not None
    whole = WIDTH - 2 * EDGE
    beside = int((whole - Inches(0.3)) * PLOT) if both else whole
    if slide.plot is not None:
        _plot(page, slide.plot, EDGE, beside, height)
    if slide.grid is not None:
        taken = beside + Inches(0.3) if both else 0
        _grid(page, slide.grid, EDGE + taken, whole - taken, height)
    for at, remark in enumerate(slide.remarks):
        _box(page, remark, EDGE, TOP + height + Inches(0.42) * at, WIDTH - 2 * EDGE, Inches(0.4), BODY, INK)
    mark = f"{MADE_UP}。" if slide.made_up else ""
    _box(page, f"{mark}{slide.source}", EDGE, FOOT, WIDTH - 2 * EDGE - Inches(0.8), Inches(0.4), SMALL, QUIET)
    _box(page, str(number), WIDTH - EDGE - Inches(0.7), FOOT, Inches(0.7), Inches(0.4), SMALL, QUIET, PP_ALIGN.RIGHT)


def _plot(page: Page, plot: Plot, left: Emu, width: Emu, height: Emu) -> None:
    """Lying bars, the first category on top, with their numbers at their ends (inside them where stacked)."""
    data = CategoryChartData(number_format=f"0.{'0' * plot.decimals}" if plot.decimals else "0")
    data.categories = [plain_text(each) for each in plot.categories]
    for name, values in plot.series.items():
        data.add_series(plain_text(name), values)
    kind = XL_CHART_TYPE.BAR_STACKED if plot.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    chart = page.shapes.add_chart(kind, left, TOP, width, height, data).chart
    _look(chart, plot)
    for series, colour in zip(chart.plots[0].series, plot.colours, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _colour(colour)
        series.invert_if_negative = False
        for at, point in enumerate(plot.points):
            fill = series.points[at].format.fill
            fill.solid()
            fill.fore_color.rgb = _colour(point)


def _look(chart: Chart, plot: Plot) -> None:
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(BODY - 2), FACE, _colour(INK)
    _east_asian(chart._chartSpace.txPr.p_lst[0].pPr.defRPr)
    chart.has_title = False
    chart.has_legend = len(plot.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    category, value = chart.category_axis, chart.value_axis
    category.reverse_order, category.has_major_gridlines = True, False
    category.format.line.color.rgb = _colour(LINE)
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    value.visible, value.has_major_gridlines, value.minimum_scale = False, False, 0
    bars = chart.plots[0]
    bars.gap_width, bars.vary_by_categories = 45, False
    if plot.stacked:
        bars.overlap = 100
    bars.has_data_labels = True
    labels = bars.data_labels
    labels.show_value, labels.number_format_is_linked = True, False
    labels.number_format = f'0.{"0" * plot.decimals}"{plot.unit}"' if plot.decimals else f'0"{plot.unit}";;;'
    labels.position = XL_LABEL_POSITION.CENTER if plot.stacked else XL_LABEL_POSITION.OUTSIDE_END


def _grid(page: Page, grid: Grid, left: Emu, width: Emu, height: Emu) -> None:
    widths = [int(width * share / sum(grid.widths)) for share in grid.widths]
    lines = (grid.head, *grid.rows)
    size, heights = next(
        (size, heights)
        for size in SIZES
        if sum(heights := [_tall(words, widths, size) for words in lines]) <= height or size == SIZES[-1]
    )
    table = page.shapes.add_table(len(lines), len(widths), left, TOP, width, sum(heights)).table
    table.horz_banding = False
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Emu(wide)
    for at, words in enumerate(lines):
        table.rows[at].height = heights[at]
        for cell, word in zip(table.rows[at].cells, words, strict=True):
            cell.margin_left = cell.margin_right = SIDE
            cell.margin_top = cell.margin_bottom = ABOVE
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = _colour(BLUE if at == 0 else GROUND)
            _write(cell.text_frame, word, size, bold=at == 0, colour=GROUND if at == 0 else INK)


def _tall(words: Sequence[str], widths: Sequence[int], size: int) -> Emu:
    """How tall a row must be for its longest cell: a Chinese character is as wide as it is tall, with some room beside digits, a
    line half as tall again."""
    room = [(wide - 2 * SIDE) / Pt(size) for wide in widths]
    most = max(math.ceil(text_width(word) * 0.55 / room[at]) or 1 for at, word in enumerate(words))
    return Emu(int(most * Pt(size) * 1.5) + 2 * ABOVE)


def _box(
    page: Page,
    words: str,
    left: Emu,
    top: Emu,
    width: Emu,
    height: Emu,
    size: float,
    colour: str,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    frame = page.shapes.add_textbox(left, top, width, height).text_frame
    frame.margin_left = frame.margin_right = 0
    _write(frame, words, size, colour=colour, align=align)


def _write(
    frame: TextFrame,
    words: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = INK,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    paragraph.alignment = align
    run = paragraph.add_run()
    run.text = plain_text(words)
    run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(size), bold, FACE, _colour(colour)
    _east_asian(run._r.get_or_add_rPr())


def _east_asian(properties: _Run) -> None:
    """The same face for Chinese: the library itself sets it for Latin letters only."""
    face = properties.makeelement(qn("a:ea"), {"typeface": FACE})
    latin = properties.find(qn("a:latin"))
    latin.addnext(face)


def _place(shape: object, left: Emu, top: Emu, width: Emu, height: Emu) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height  # type: ignore[attr-defined]


def _colour(text: str) -> RGBColor:
    return RGBColor.from_string(text.removeprefix("#"))
