"""假设推演，何时到: the answer beside one worked out again, every control, and what cannot be reckoned."""

from __future__ import annotations

import csv
import sqlite3

import pytest

from tests.pages.conftest import conclusion, drawn_tables, text_of
from tests.pages.reckon import TREE, totals, values

PAGE, LUSHAN = "benchmark/whatif.py", "410423"
TABLE = "逐期推算（门槛：其他地区里要追平的那个得分）"
FASTER = "提速最划算的几项（下一期各自单独加的分）"


@pytest.fixture
def when(visit):
    """Opens the view."""
    return lambda **query: visit(PAGE, lab="何时到", **{"region": "鲁山县", **query})


def medians(path):
    """(region, measure) → the median of the changes per quarter between any two of the twelve, in plain Python."""
    periods = [f"{year}-Q{quarter}" for year in (2018, 2019, 2020) for quarter in (1, 2, 3, 4)]
    known = [values(path, period) for period in periods]
    found = {}
    for key in known[-1]:
        points = [(i, each[key]) for i, each in enumerate(known) if key in each]
        steps = sorted((b - a) / (j - i) for n, (i, a) in enumerate(points) for j, b in points[n + 1 :])
        middle = len(steps) // 2
        if len(points) >= 4:
            found[key] = steps[middle] if len(steps) % 2 else (steps[middle - 1] + steps[middle]) / 2
    return known[-1], found


def test_the_next_period_is_the_one_that_a_full_scoring_gives(when, seeded):
    now, slopes = medians(seeded)
    shares, decimals = _shares(seeded), _decimals(seeded)
    then = dict(now)
    for key, slope in slopes.items():
        if slope:
            value, size = max(now[key] + slope, 0), 10 ** decimals[key[1]]
            # In whole steps of the measure: there is no half a procedure.
            then[key] = round(round((min(value, 100) if key[1] in shares else value) * size, 9)) / size
    expected = totals(then)
    row = drawn_tables(when())[TABLE].iloc[1]
    assert row["照走势得分"] == pytest.approx(expected["鲁山县"], abs=1e-6)
    assert row["照走势名次"] == sum(total > expected["鲁山县"] for total in expected.values()) + 1
    rest = sorted((total, name) for name, total in expected.items() if name != "鲁山县")
    assert (row["照走势门槛"], row["门槛是谁的"]) == (pytest.approx(rest[-4][0], abs=1e-6), rest[-4][1])


def _decimals(path):
    with sqlite3.connect(path) as db:
        return dict(db.execute("SELECT code, COALESCE(decimals, 2) FROM measure").fetchall())


def _shares(path):
    """The measures in percent that are scored from 0 to 100; no other one in percent meets a limit within a quarter."""
    with sqlite3.connect(path) as db:
        percent = {code for (code,) in db.execute("SELECT code FROM measure WHERE unit = '%'")}
    nodes = csv.DictReader((TREE / "pds-2020.csv").open(encoding="utf-8"))
    return {node["code"] for node in nodes if node["code"] in percent and {node["best"], node["worst"]} == {"0", "100"}}


def test_the_sentence_says_what_the_table_shows(when):
    at = when()
    table = drawn_tables(at)[TABLE].set_index("评价期")
    assert len(table) == 21
    assert (table["照走势名次"].iloc[1:] > 4).all()
    ends = int(table["照走势名次"].iloc[-1])
    met = list(table.index[table["最快名次"] <= 4])
    said = conclusion(at)
    assert said.startswith(f"## 鲁山县要进入第一方阵：照现在的走势，到2025年四季度还做不到（那时列第 {ends}）；")
    assert f"每项都按见过的最快速度，最早{met[0]}做到" in said
    after = list(table.index)[list(table.index).index(met[0]) :]
    lost = next((period for period in after if period not in met), None)
    assert (f"{lost}又掉出来" in said) if lost else ("又掉出来" not in said)
    assert "按各自以往的走势变到所推的那一期" in text_of(at)


def test_what_others_do_changes_the_answer(when):
    at = when(when_others="保持不变")
    assert "最早2021年二季度做到；每项都按见过的最快速度，也一样。" in conclusion(at)
    assert "最乐观的假定" in text_of(at)
    still = drawn_tables(at)[TABLE]
    # As far as something still happens: eight periods at least.
    assert len(still) == 9
    at.selectbox(key="when_others").set_value("targets").run()
    assert "都达到文件定的目标" in text_of(at)
    reached = drawn_tables(at)[TABLE]
    assert reached["照走势得分"].iloc[1] < still["照走势得分"].iloc[1]
    assert reached["照走势得分"].iloc[0] == still["照走势得分"].iloc[0]


def test_an_aim_can_be_a_place_or_a_score_on_an_indicator(when):
    at = when(subject="纳税", aim="达到多少分", aim_score="95")
    assert conclusion(at).startswith("## 鲁山县在“纳税”上要达到 95 分：")
    table = drawn_tables(at)[TABLE]
    assert set(table["照走势门槛"]) == set(table["最快门槛"]) == {95.0}
    assert set(table["门槛是谁的"]) == {"—"}
    at.selectbox(key="aim").set_value("达到第几位").run()
    at.number_input(key="aim_place").set_value(2).run()
    assert conclusion(at).startswith("## 鲁山县在“纳税”上要进入前 2 位：")


def test_a_score_can_be_aimed_at_without_saying_how_high(when):
    assert "要达到 56 分" in conclusion(when(aim="达到多少分"))


def test_who_is_there_already_is_told_how_long_it_lasts(when):
    at = when(region="新华区")
    table = drawn_tables(at)[TABLE].set_index("评价期")["照走势名次"].iloc[1:]
    lost = table.index[table > 1][0]
    assert conclusion(at).startswith(f"## 新华区已经列第 1：照现在的走势，到{lost}就保不住")


def test_which_measures_to_speed_up(when):
    table = drawn_tables(when())[FASTER]
    gain = table["按最快加分"] - table["照走势加分"]
    assert gain.is_monotonic_decreasing
    assert (gain > 0).all()
    assert len(table) == 6


def test_who_stands_still_falls_behind_and_the_method_is_tried_on_the_past(when):
    shown = text_of(when())
    assert "鲁山县如果原地不动，下一期的总分从 50.52 分变成" in shown
    assert "回头验一次：用2019年四季度以前的数推到2020年四季度" in shown
    assert "鲁山县推为第 8，实际第 8" in shown
    assert "原地不动" not in text_of(when(when_others="保持不变"))


def test_what_was_tried_elsewhere_is_said_to_be_left_out(when):
    assert "试的改动不计在内" in text_of(when(moves=f"{LUSHAN}~tax.time~60"))
    assert "试的改动不计在内" not in text_of(when())


def test_where_ours_moves_the_scale_the_thresholds_of_both_ways_are_told_apart(when):
    assert "灰点线是按最快时的" in text_of(when(region="石龙区"))
    assert "灰点线" not in text_of(when())


def test_three_periods_are_no_trend(when):
    at = when(period="2018年三季度")
    assert "数据不足" in conclusion(at)
    assert any("只有 3 期同类数据，至少要 4 期" in part.value for part in at.info)
    assert not drawn_tables(at)
    assert "要脱离第三方阵" in conclusion(when(period="2018年四季度"))


def test_one_census_is_no_trend(when):
    assert any("只有 1 期同类数据" in part.value for part in when(framework="普查背景（2020）").info)


def test_a_county_without_a_place_has_nowhere_to_start_from(when, house):
    with sqlite3.connect(house) as db:
        db.execute("DELETE FROM observation WHERE region = ? AND period = '2020-Q4'", (LUSHAN,))
    at = when()
    assert "鲁山县在2020年四季度没有名次，推算不出何时能到" in conclusion(at)
    assert not drawn_tables(at)


def test_the_next_question_is_a_click_away(when):
    at = when()
    next(button for button in at.button if "升档反推" in button.label).click().run()
    assert at.session_state["lab"] == "升档反推"
