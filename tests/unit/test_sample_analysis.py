"""docs/sample-analysis.md: every figure of its table is reckoned again from the demonstration data, and no other figure stands in its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from lib import scenarios
from lib.context import Context
from lib.core import course
from lib.core.aim import Aim
from lib.core.explain import explain
from lib.core.robustness import stability
from lib.core.whatif import Outcome, play
from lib.model import Period
from lib.model.scenario import Others, Scenario
from lib.snapshot import Snapshot
from lib.store import data_version
from lib.view import text

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "sample-analysis.md").read_text(encoding="utf-8")
ARGUMENT, TABLE = DOCUMENT.split("## 数据表")
FRAMEWORK, PERIOD, FIRST = "pds-2020", "2020-Q4", "2018-Q1"
LUSHAN, HIGH_TECH, ZHANHE = "410423", "410471", "410411"
TRADEMARKS, APPROVALS, OPENING, SMALL = (
    "ip.trademark_growth",
    "investment.approval_items",
    "start_business.time",
    "procurement.micro_share",
)
BEST = {TRADEMARKS: 29.8, APPROVALS: 27.0, OPENING: 1.0}


def claims() -> dict[str, str]:
    """What the table of the document says, by number."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if line.startswith("|")
    ]
    return {row[0]: row[2] for row in rows[2:]}


def said(standing: tuple[float, float, float]) -> tuple[str, str]:
    return text.number(standing[0], 2), text.place(standing[1])


def firm(outcome: Outcome) -> str:
    rows = stability(outcome.then).frame.set_index("region").loc[LUSHAN]
    return f"第 {rows['low']}" + (f"–{rows['high']}" if rows["high"] > rows["low"] else "")


@pytest.fixture(scope="module")
def context(seeded: Path) -> Context:
    snapshot = Snapshot(seeded, data_version(seeded))
    return Context(snapshot, FRAMEWORK, PERIOD, LUSHAN, "各项最优", snapshot.scores(FRAMEWORK))


@pytest.fixture(scope="module")
def found(context: Context) -> dict[str, str]:
    """The same, from the data."""
    scores, root, tree = context.scores, context.root, context.framework

    def tried(values: Mapping[str, float]) -> Outcome:
        return play(scores, LUSHAN, PERIOD, {(LUSHAN, code): value for code, value in values.items()})

    def gain(code: str) -> str:
        outcome = tried({code: BEST[code]})
        return text.number(outcome.after[0] - outcome.before[0], 2)

    def value(code: str) -> str:
        return text.quantity(scores.panel.value(LUSHAN, code, PERIOD), context.book.measures[code].unit)

    def best(code: str) -> str:
        at = scores.panel.periods.index(PERIOD), scores.panel.measures.index(code)
        return text.quantity(scores.normalised.best[at], context.book.measures[code].unit)

    total, place, _ = scores.of(LUSHAN, root, PERIOD)
    others = {code: scores.of(code, root, PERIOD)[0] for code in (HIGH_TECH, ZHANHE)}
    then = scores.of(LUSHAN, root, FIRST)
    lost = {code: (100 - scores.of(LUSHAN, code, PERIOD)[0]) / 16 for code in ("ip", "investment", "start_business")}
    at = scores.panel.periods.index(PERIOD)
    pair = (scores.score[at, scores.panel.regions.index(each)] for each in (LUSHAN, HIGH_TECH))
    parts = explain(tree, root, *pair, scores.options.aggregate).parts.set_index("code")["part"]
    two, three = tried({code: BEST[code] for code in (TRADEMARKS, APPROVALS)}), tried(BEST)
    four = tried({**BEST, SMALL: 25.8})
    now = stability(scores.at(PERIOD)).frame.set_index("region").loc[LUSHAN]
    late, soon = arrivals(context)
    return {
        "A1": text.number(total, 2),
        "A2": text.place(place),
        "A3": text.number(others[HIGH_TECH] - total, 2),
        "A4": text.number(others[ZHANHE] - total, 2),
        "A5": text.place(then[1]),
        "A6": text.number(total - then[0], 2),
        "A7": f"第 {now['low']}" if now["low"] == now["high"] else "",
        "B1": text.place(scores.of(LUSHAN, "ip", PERIOD)[1]),
        "B2": text.number(lost["ip"], 2),
        "B3": text.number(lost["investment"], 2),
        "B4": text.number(lost["start_business"], 2),
        "B5": text.number(sum(lost.values()), 2),
        "B6": f"{100 * sum(lost.values()) / (100 - total):.0f}%",
        "B7": f"{100 * parts[TRADEMARKS] / parts[parts > 0].sum():.0f}%",
        "C1": value(TRADEMARKS),
        "C2": best(TRADEMARKS),
        "C3": gain(TRADEMARKS),
        "C4": value(APPROVALS),
        "C5": best(APPROVALS),
        "C6": gain(APPROVALS),
        "C7": value(OPENING),
        "C8": best(OPENING),
        "C9": gain(OPENING),
        **dict(zip(("D1", "D2"), said(three.after), strict=True)),
        "D3": text.number(three.after[0] - total, 2),
        **dict(zip(("D4", "D5"), said(two.after), strict=True)),
        "D6": text.number(others[HIGH_TECH], 2),
        "D7": firm(three),
        "D8": text.number(four.after[0], 2),
        "D9": firm(four),
        "D10": text.number(three.then.of(HIGH_TECH, root, PERIOD)[0], 2),
        "D11": best(SMALL),
        "E1": late,
        "E2": soon,
    }


def arrivals(context: Context) -> tuple[str, str]:
    """Until when the sixth place is not met along the trends, and when it first is at the best pace."""
    history, ahead = scenarios.history(context), course.upcoming(PERIOD)
    theirs = {until: scenarios.others_values(context, Others.TREND, until) for until in ahead}
    ours = {until: context.snapshot.on_trend(FRAMEWORK, history, until) for until in ahead}
    ways = course.course(context.scores, LUSHAN, history, theirs, ours, context.book.measures)
    along, fast = (course.arrival(way, Aim(context.root, place=6), LUSHAN) for way in (ways.trend, ways.best))
    assert along.period is None
    return Period.parse(ahead[-1]).label, Period.parse(fast.period or "").label


def test_every_figure_of_the_table_comes_from_the_data(found: dict[str, str]) -> None:
    assert claims() == found


def test_every_figure_of_the_argument_is_in_the_table() -> None:
    bold = {each for each in re.findall(r"\*\*([^*]+)\*\*", ARGUMENT) if re.search(r"\d", each)}
    assert len(bold) > 25
    assert bold <= set(claims().values())


def test_every_number_that_is_named_is_in_the_table() -> None:
    assert set(re.findall(r"\b[A-E]\d+\b", ARGUMENT.replace("A4", ""))) <= {*claims()}


def test_the_places_named_are_those_of_the_data(context: Context) -> None:
    order = context.moved(context.root)["region"].tolist()
    assert (order.index(HIGH_TECH), order.index(ZHANHE), order.index(LUSHAN)) == (5, 6, 7)
    assert [context.framework.nodes[i].code for i in context.framework.children["ip"]] == [
        "ip.patents_per_10k",
        TRADEMARKS,
    ]
    assert np.isnan(context.scores.panel.value(LUSHAN, "ip.patents_per_10k", PERIOD))
    for code in ("ip", "investment", "start_business"):
        assert context.scores.of(LUSHAN, code, PERIOD)[1] == 11


def test_the_three_measures_are_tried_by_the_address_in_the_text() -> None:
    address = next(each for each in re.findall(r"`(/whatif[^`]+)`", ARGUMENT) if "moves=" in each)
    tried = Scenario(FRAMEWORK, PERIOD, LUSHAN).with_values(LUSHAN, BEST)
    assert parse_qs(urlsplit(address).query)["moves"] == [tried.moves_text]


def test_the_document_says_that_it_is_made_up() -> None:
    assert "演示数据" in ARGUMENT.splitlines()[2]
    assert ARGUMENT.count("演示数据") >= 6


def test_what_it_takes_from_documents_is_in_the_catalogue(context: Context) -> None:
    targets, cases = context.book.targets.set_index("id"), context.book.practices.set_index("id")
    assert targets.at["F038", "quote"] == "2020年6月底前全市实现企业开办“一日办结”"
    assert cases.at["P01", "places"] == "140000"
    assert "28项" in cases.at["P01", "summary"]
    assert {context.owner(code) for code in (TRADEMARKS, OPENING)} == {"市市场监管局"}
    assert (context.owner(APPROVALS), context.owner(SMALL)) == ("市发展改革委", "市财政局")
