"""The papers of the seeded house: every number in the slides and in the workbook is the data's own."""

from __future__ import annotations

import io
import shutil
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Emu

from lib import papers
from lib.model import UserError
from lib.model.ledger import Task
from lib.model.scenario import Scenario
from lib.scenarios import result
from lib.store import ledger as store
from lib.store.events import today
from lib.view.text import MADE_UP

DAY = date.fromisoformat(today())
FIRST = "410402"


@pytest.fixture
def house(seeded: Path, tmp_path: Path) -> Path:
    """A copy with three items on the ledger: one late, one due, one whose words begin like a formula."""
    path = tmp_path / "duibiao.db"
    shutil.copy(seeded, path)
    context = papers.gather(path, DAY).context
    tasks = [
        Task("一窗受理不到位", "短板指标", "", "start_business.time", FIRST, "甲局", "", "王某", "2020-01-31", "并窗"),
        Task("佐证不全", "督查检查", "", "", "410400", "乙局", "", "", DAY.isoformat(), ""),
        Task("=cmd|' /C calc'!A0", "其他", "", "", "410400", "丙局", "", "", "", ""),
    ]
    store.open_items(path, [(each, papers.look(context, each.subject, each.region)) for each in tasks], user="张三")
    return path


@pytest.fixture
def material(house: Path) -> papers.Material:
    return papers.gather(house, DAY)


def totals(path: Path) -> list[float]:
    """The seeded values of the last period scored by hand-written code: frontier or the cohort's ends, means of equal weights."""
    with sqlite3.connect(path) as db:
        values = db.execute(
            "SELECT region, measure, value FROM current_observation WHERE period = '2020-Q4'"
        ).fetchall()
        nodes = db.execute(
            "SELECT code, parent, weight, direction, best, worst FROM framework_node WHERE framework = 'pds-2020'"
        ).fetchall()
    by = {(region, measure): value for region, measure, value in values}
    counties = sorted({region for region, measure in by if measure in {node[0] for node in nodes}})

    def leaf(region: str, node: tuple) -> float | None:
        code, _, _, direction, best, worst = node
        column = [by[each, code] for each in counties if (each, code) in by]
        if (region, code) not in by or not column:
            return None
        ends = (min(column), max(column)) if direction == "lower" else (max(column), min(column))
        top, bottom = ends[0] if best is None else best, ends[1] if worst is None else worst
        return None if top == bottom else 100 * min(max((bottom - by[region, code]) / (bottom - top), 0), 1)

    def score(region: str, node: tuple) -> float | None:
        children = [each for each in nodes if each[1] == node[0]]
        if not children:
            return leaf(region, node)
        parts = [(found, each[2]) for each in children if (found := score(region, each)) is not None]
        return sum(found * weight for found, weight in parts) / sum(weight for _, weight in parts) if parts else None

    root = next(node for node in nodes if node[1] == "")
    return sorted((score(region, root) for region in counties), reverse=True)  # type: ignore[type-var,return-value]


def deck(material: papers.Material, **changes: float) -> Presentation:
    context = material.context
    tried = Scenario(context.framework_code, context.period, context.region).with_values(context.region, changes)
    return Presentation(io.BytesIO(papers.presentation(material, [result(context, tried)] if changes else ())))


def titles(shown: Presentation) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in shown.slides]


def charts(shown: Presentation) -> dict[int, object]:
    return {at: shape.chart for at, slide in enumerate(shown.slides) for shape in slide.shapes if shape.has_chart}


def test_the_deck_is_wide_and_every_slide_has_its_conclusion(material: papers.Material) -> None:
    shown = deck(material)
    assert round(shown.slide_width / shown.slide_height, 3) == 1.778
    found = titles(shown)
    assert found[0] == "平顶山市营商环境工作情况"
    assert found[1].startswith("平顶山市在全省营商环境评价中 2019年第 9、2020年第 10；2020年四季度各县（市、区）平均 ")
    assert found[4].startswith("48 项目标中，已达标 10 项")
    assert found[6] == "整改台账 3 项：已销号 0 项，逾期 1 项"
    assert found[7].endswith("先找甲局")
    assert len(found) == 8 and not any(title.endswith("。") for title in found)


def test_the_ranking_chart_holds_the_totals_recomputed_by_hand(material: papers.Material, house: Path) -> None:
    (series,) = charts(deck(material))[2].plots[0].series
    assert list(series.values) == pytest.approx(totals(house), abs=1e-9)


def test_charts_are_native_and_their_numbers_are_the_tables(material: papers.Material) -> None:
    shown = deck(material)
    assert set(charts(shown)) == {1, 2, 3, 4, 5, 6}
    (series,) = charts(shown)[4].plots[0].series
    assert dict(zip(charts(shown)[4].plots[0].categories, series.values, strict=True)) == {
        "已达标": 10,
        "口径不一致": 4,
        "有目标无现值": 34,
    }
    assert not [shape for slide in shown.slides for shape in slide.shapes if shape.shape_type == 13]  # no picture


def test_every_run_names_the_same_face_for_chinese(material: papers.Material) -> None:
    runs = [
        run
        for slide in deck(material).slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    faces = {tuple(run._r.rPr.xpath(f"a:{kind}/@typeface")) for run in runs for kind in ("latin", "ea")}
    assert runs and faces == {("Microsoft YaHei",)}


def test_made_up_numbers_are_labelled_on_every_slide_that_shows_them(material: papers.Material) -> None:
    words = ["\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in deck(material).slides]
    assert [MADE_UP in each for each in words] == [True, True, True, True, False, True, False, False]


def test_nothing_lies_outside_of_a_slide(material: papers.Material) -> None:
    shown = deck(material)
    for slide in shown.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= shown.slide_width + Emu(1)
            assert shape.top + shape.height <= shown.slide_height


def test_a_what_if_that_was_tried_is_the_one_that_is_shown(material: papers.Material) -> None:
    before, after = charts(deck(material, **{"start_business.time": 0.5}))[5].plots[0].series
    name = material.context.names[material.context.region]
    assert titles(deck(material, **{"start_business.time": 0.5}))[5].startswith(f"改动 1 项后，{name}总分 ")
    assert (before.name, after.name, len(list(after.values))) == ("现在得分", "推演得分", 1)


def test_before_any_county_has_reported_the_deck_says_only_what_is_known(tmp_path: Path) -> None:
    from lib.seed import seed

    path = tmp_path / "empty.db"
    seed(path, demo=False)
    found = titles(deck(papers.gather(path, DAY)))
    assert found[1] == "平顶山市在全省营商环境评价中 2019年第 9、2020年第 10"
    assert len(found) == 4 and not any("nan" in title for title in found)


def test_the_workbook_holds_the_data_and_no_formula(material: papers.Material, house: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(papers.workbook(material)))
    assert book.sheetnames == [
        *("排名（演示数据）", "热力图（演示数据）", "数值明细", "目标", "整改台账", "数据批次", "引用文件", "说明")
    ]
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    ranked = book["排名（演示数据）"]
    assert [row[2].value for row in ranked.iter_rows(min_row=2)] == pytest.approx(totals(house), abs=1e-9)
    assert [row[0].value for row in ranked.iter_rows(min_row=2)] == list(range(1, 13))
    words = [row[3].value for row in book["整改台账"].iter_rows(min_row=2)]
    assert sorted(words) == sorted(["一窗受理不到位", "佐证不全", "=cmd|' /C calc'!A0"])
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith("=cmd"))


def test_the_workbook_traces_every_value_to_its_batch(material: papers.Material, house: Path) -> None:
    page = openpyxl.load_workbook(io.BytesIO(papers.workbook(material)))["数值明细"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    with sqlite3.connect(house) as db:
        kept = db.execute(
            "SELECT value FROM current_observation WHERE period = '2020-Q4' AND measure IN "
            "(SELECT code FROM framework_node WHERE framework = 'pds-2020' AND direction IS NOT NULL)"
        ).fetchall()
    assert len(rows) >= len(kept) > 300
    assert {row[5] for row in rows} == {"演示数据"}
    assert {row[6] for row in rows} == {2}


def test_scores_are_shaded_and_states_coloured_by_conditional_formats(material: papers.Material) -> None:
    book = openpyxl.load_workbook(io.BytesIO(papers.workbook(material)))
    heat = book["热力图（演示数据）"]
    kinds = {rule.type for found in heat.conditional_formatting for rule in found.rules}
    ranges = {str(found.sqref) for found in heat.conditional_formatting}
    assert kinds == {"colorScale"} and len(ranges) == heat.max_column - 1
    states = {rule.formula[0] for found in book["整改台账"].conditional_formatting for rule in found.rules}
    assert {'"待整改"', '"已销号"', '"是"'} <= states


@pytest.mark.parametrize(
    ("named", "refusal"),
    [
        ({"framework": "x"}, '"x" 不是有数值的指标体系（期望：'),
        ({"period": "2033"}, '"2033" 不是有数值的评价期（期望：2020-Q4、'),
        ({"region": "110000"}, '"110000" 不是参评地区（期望：'),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(house: Path, named: dict[str, str], refusal: str) -> None:
    with pytest.raises(UserError) as caught:
        papers.gather(house, DAY, **named)
    assert str(caught.value).startswith(refusal)


def test_the_last_place_is_looked_at_unless_another_is_named(house: Path) -> None:
    context = papers.gather(house, DAY).context
    assert context.scores.of(context.region, context.root, context.period)[1] == 12
    assert papers.gather(house, DAY, region=FIRST).context.region == FIRST


def test_an_item_without_a_newer_value_is_not_said_to_have_failed(house: Path) -> None:
    first = store.items(house)[0]
    store.move(house, first.id, "start", "", first.opened, seen=first, user="张三")
    store.attach(house, first.id, b"%PDF-1.4 " + b"x" * 200, "证.pdf", "", user="张三")
    for step, comment in (("submit", "已并窗"), ("close", "现场看过")):
        store.move(house, first.id, step, comment, first.opened, seen=store.item(house, first.id), user="李四")
    (slide,) = [each for each in papers.slides(papers.gather(house, DAY)).slides if each.title.startswith("整改台账")]
    assert slide.title == "整改台账 3 项：已销号 1 项，没有逾期的，整改后还没有新数 1 项"
    assert slide.grid is not None and [row[3] for row in slide.grid.rows] == ["已销号，还没有新数"]


def test_a_paper_is_made_once_for_what_is_written_and_anew_when_the_ledger_changes(material: papers.Material) -> None:
    context = material.context
    elsewhere = papers.at(replace(context, region="410423"), DAY)
    made = papers.bulletin(material)
    assert papers.bulletin(elsewhere) is made
    path = context.snapshot.path
    store.open_items(path, [(Task("又一件"), papers.look(context, "", FIRST))], user="张三")
    after = papers.at(context, DAY)
    assert (len(material.ledger), len(after.ledger)) == (3, 4)
    assert "台账事项" in {each.what for each in papers.bulletin(after).figures if each.text == "4项"}
    assert papers.bulletin(after) != made
