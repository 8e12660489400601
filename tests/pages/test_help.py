"""怎么看, 一分钟导览, 怎么算的, 名词."""

from __future__ import annotations

import ast
import re
from urllib.parse import parse_qsl

import pytest
from PIL import Image

from lib.core import trace
from lib.ui import glossary, how, tour
from tests.pages.conftest import ROOT, conclusion, drawn_tables, text_of
from tests.pages.reckon import totals, values

ROUTER = ast.parse((ROOT / "pages" / "router.py").read_text(encoding="utf-8"))
SCRIPTS = [
    node.args[0].value
    for node in ast.walk(ROUTER)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "entry" and isinstance(node.args[0], ast.Constant)
]
# Without a head of their own, or help themselves.
WITHOUT = {"meeting", "handout", "kiosk", "guide", "method", "glossary"}
HELPED = [script for script in SCRIPTS if script.split("/")[1].removesuffix(".py") not in WITHOUT]
LUSHAN = "鲁山县"


def path_of(script: str) -> str:
    return script.split("/")[1].removesuffix(".py")


def test_every_page_has_a_text_and_every_text_a_page() -> None:
    assert len(HELPED) >= 22
    assert {path_of(script) for script in HELPED} == set(how.texts())


@pytest.mark.parametrize("path", sorted(how.texts()))
def test_a_text_is_short_and_says_what_the_page_answers(path: str) -> None:
    question, *lines = (line for line in how.texts()[path].splitlines() if line)
    assert question.startswith("**回答：**")
    assert 3 <= len(lines) <= 6
    assert all(line.startswith("- ") and len(line) <= 110 for line in lines)


@pytest.mark.parametrize("script", HELPED)
def test_the_button_stands_in_every_head(visit, script) -> None:
    at = visit("" if script == "see/overview.py" else script)
    words = how.texts()[path_of(script)]
    assert [part.value for part in at.markdown].count(words.strip()) == 1


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("whatif", "推演什么"),
        ("targets", "看什么"),
        ("ranking", "怎么看"),
        ("indicator", "怎么看"),
        ("progress", "看什么"),
        ("ledger", "看什么"),
    ],
)
def test_a_text_says_what_each_view_is_for(visit, path, label) -> None:
    at = visit(tour.pages()[path])
    views = next(box.options for box in at.button_group if box.label == label)
    assert len(views) >= 3
    assert [view for view in views if view not in how.texts()[path]] == []


def test_a_text_names_no_view_that_is_not_there(visit) -> None:
    at = visit("benchmark/whatif.py")
    views = next(box.options for box in at.button_group if box.label == "推演什么")
    bold = set(re.findall(r"\*\*([^*：]+)\*\*", how.texts()["whatif"]))
    assert bold == set(views)


def test_the_stops_of_every_role() -> None:
    assert list(tour.stops()) == ["领导", "分析员", "责任单位"]
    for stops in tour.stops().values():
        assert 5 <= len(stops) <= 8
        assert all(stop.words.endswith("。") and len(stop.words) <= 60 for stop in stops)


def test_the_pictures_are_there_small_and_all_shown() -> None:
    shown = {stop.picture for stops in tour.stops().values() for stop in stops}
    assert shown == set(tour.PICTURES.iterdir())
    assert sum(file.stat().st_size for file in shown) < 600_000
    assert {Image.open(file).size for file in shown} == {(800, 450)}


@pytest.mark.parametrize("role", list(tour.stops()))
def test_the_guide_shows_the_stops_of_a_role(visit, role) -> None:
    at = visit("help/guide.py", role=role)
    assert conclusion(at).startswith(f"## {role}先看这 {len(tour.stops()[role])} 处")
    assert [button.label for button in at.button].count("带我去") == len(tour.stops()[role])


def test_a_stop_opens_its_page_with_its_choices(visit) -> None:
    at = visit("help/guide.py", role="领导")
    at.button(key="tour-go-领导-4").click().run()
    assert not at.exception
    assert "鲁山县进入第一方阵" in conclusion(at)


@pytest.mark.parametrize(
    "stop", [stop for stops in tour.stops().values() for stop in stops if stop.choices], ids=lambda stop: stop.title
)
def test_a_choice_of_a_stop_is_one_that_its_page_has(visit, stop) -> None:
    at = visit(stop.page, **stop.choices)
    assert not at.warning
    boxes = {box.key: box for box in [*at.selectbox, *at.button_group]}
    for key, value in stop.choices.items():
        assert key in boxes, key
        shown = boxes[key].value
        assert value in (shown, *(boxes[key].options or [])), (key, shown)


@pytest.fixture
def stranger(monkeypatch) -> None:
    """A browser without our cookie; what drives the pages here has no cookies of its own and claims every one."""
    monkeypatch.setattr("lib.ui.tour._remembered", lambda: False)


@pytest.mark.usefixtures("stranger")
def test_the_first_visit_is_invited_once(visit) -> None:
    at = visit()
    assert "第一次来？" in text_of(at)
    at.button(key="tour-decline").click().run()
    assert "第一次来？" not in text_of(at)
    at.switch_page("see/ranking.py").run()
    at.switch_page("see/overview.py").run()
    assert "第一次来？" not in text_of(at)


@pytest.mark.usefixtures("stranger")
def test_nobody_is_invited_on_another_page(visit) -> None:
    assert "第一次来？" not in text_of(visit("see/ranking.py"))


@pytest.mark.usefixtures("stranger")
def test_opening_the_tour_takes_the_invitation_away(visit) -> None:
    at = visit()
    at.button(key="tour-open").click().run()
    assert "一分钟导览" in text_of(at)
    at.switch_page("see/overview.py").run()
    assert "第一次来？" not in text_of(at)


def test_a_browser_that_remembers_is_not_invited(visit, monkeypatch) -> None:
    monkeypatch.setattr("lib.ui.tour._remembered", lambda: True)
    assert "第一次来？" not in text_of(visit())


def test_the_example_is_the_county_and_adds_up(visit, house) -> None:
    at = visit("help/method.py", region=LUSHAN, example="start_business.deregister_time")
    total = totals(values(house, "2020-Q4"))[LUSHAN]
    rows = next(table for title, table in drawn_tables(at).items() if title.startswith("第 3 步"))
    assert list(rows["占上一级（%）"])[-1] == 100
    assert rows["得分"].iloc[-1] == pytest.approx(total)
    assert rows["给总分几分"].iloc[-1] == pytest.approx(total)
    assert (rows["占总分（%）"] * rows["得分"] / 100).to_numpy() == pytest.approx(rows["给总分几分"].to_numpy())
    assert f"正好是总分 {total:.2f} 分" in text_of(at)


def test_the_formula_is_the_one_of_the_source_panel(visit) -> None:
    at = visit("help/method.py", region=LUSHAN)
    said = next(part.value for part in at.markdown if part.value.startswith("**第 2 步的算式**")).split("　", 1)[1]
    code = at.selectbox(key="example").value
    context = at.session_state["_context"]
    score = trace.scaling(context.scores, "410423", code, "2020-Q4")["score"]
    assert f"{score:.4f}".rstrip("0").rstrip(".") in said
    panel = visit("help/method.py", region=LUSHAN, source=f"score:{code}:410423:2020-Q4")
    assert [part.value for part in panel.markdown].count(said) == 1


@pytest.mark.parametrize("framework", ["核心指标（2020）", "国家18项对照", "普查背景（2020）"])
def test_the_method_is_told_in_every_framework(visit, framework) -> None:
    assert "哪些还不知道" in text_of(visit("help/method.py", framework=framework))


def test_what_is_not_known_leads_to_it(visit) -> None:
    at = visit("help/method.py")
    at.button(key="tile-有目标无现值-0").click().run()
    assert "目标" in conclusion(at)
    assert at.session_state["status"] == ["有目标无现值"]


def test_words_are_unique_and_short() -> None:
    words = [term.word for term in glossary.terms()]
    assert len(words) == len(set(words)) >= 40
    assert all(term.meaning.endswith("。") and len(term.meaning) <= 60 for term in glossary.terms())


def test_every_word_is_shown_and_the_filter_narrows_them(visit) -> None:
    at = visit("help/glossary.py")
    said = text_of(at)
    assert all(f"**{term.word}**" in said for term in glossary.terms())
    at.text_input(key=glossary.FILTER).set_value("方阵").run()
    assert "**方阵**" in text_of(at)
    assert "**批次**" not in text_of(at)
    at.text_input(key=glossary.FILTER).set_value("没有这个词").run()
    assert "没有“没有这个词”" in at.info[0].value


def test_a_word_itself_comes_before_where_it_is_only_mentioned() -> None:
    assert glossary.matching("标杆")[0].word == "标杆"
    assert len(glossary.matching("标杆")) > 3
    assert glossary.matching("") == list(glossary.terms())


def test_the_choices_of_the_tour_are_written_as_addresses() -> None:
    lines = (how.FOLDER / "tour.csv").read_text(encoding="utf-8").splitlines()
    assert all(parse_qsl(part) for part in re.findall(r",([a-z]+=[^,]+),", "\n".join(lines)))
