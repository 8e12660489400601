"""What a page of ours draws, read from its element tree, for a stock page that draws the same by Streamlit's plain calls."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from lib.view.spec import ROWS
from tests.browser.server import ROOT

Part = tuple[str, Any]
# The box of the sidebar that most pages follow, and two places to choose in it.
BOX, PLACES = "关注地区", ("新华区", "鲁山县")
_TEXTS = ("markdown", "caption", "info", "warning", "error", "success", "code", "title", "header", "subheader")
_CHARTS = ("vega_lite_chart", "deck_gl_json_chart")


def keep(database: Path, kept: Path, pages: Sequence[str]) -> None:
    """Writes the parts of pages to a file: by page, once for each of two places."""
    os.environ["DUIBIAO_DB"] = str(database)
    kept.write_bytes(pickle.dumps({page: [parts(page, place) for place in PLACES] for page in pages}))


def parts(page: str, place: str) -> list[Part]:
    """The parts of a page that looks at a place, its first box first."""
    at = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=60)
    at.query_params["region"] = place
    at.run()
    if page:
        (file,) = (ROOT / "pages").glob(f"*/{page}.py")
        at.switch_page(str(file.relative_to(ROOT / "pages"))).run()
    charts = iter([specification for specification, _ in at.session_state["_outputs"].charts.values()])
    found = [part for root in (at.sidebar, at.main) for element in _elements(root) if (part := _part(element, charts))]
    return sorted(found, key=lambda part: part[0] != "selectbox" or part[1][0] != BOX)


def _elements(block: Block) -> Iterator[Element]:
    for child in block.children.values():
        if isinstance(child, Block):
            yield from _elements(child)
        else:
            yield child


def _part(element: Any, charts: Iterator[dict]) -> Part | None:
    """A kind that bench/stock/parts.py knows with what it takes; None for what is ours alone, as a style sheet is."""
    kind = element.type
    if kind in _CHARTS:
        chart = next(charts, None)
        return chart and ("chart", ({**chart, "datasets": {}}, chart["datasets"][ROWS]))
    return _TAKEN[kind](element) if kind in _TAKEN else None


_TAKEN: dict[str, Callable[[Any], Part]] = {
    **dict.fromkeys(_TEXTS, lambda element: (element.type, element.value)),
    **dict.fromkeys(
        ("button", "text_input", "number_input", "checkbox"), lambda element: (element.type, element.label)
    ),
    **dict.fromkeys(("arrow_table", "table"), lambda element: ("table", element.value)),
    **dict.fromkeys(("arrow_data_frame", "dataframe"), lambda element: ("dataframe", element.value)),
    "selectbox": lambda element: ("selectbox", (element.label, list(element.options))),
    "button_group": lambda element: (
        "segmented_control",
        (element.proto.label, [option.content for option in element.proto.options]),
    ),
    "slider": lambda element: ("slider", (element.label, element.min, element.max, element.value, element.step)),
    "metric": lambda element: ("metric", (element.label, element.value, element.delta)),
}
