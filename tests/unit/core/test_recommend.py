"""Whom to learn from: worked out on paper, and what must hold for any numbers."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.compare import about
from lib.core.recommend import Lack, Why, contenders, leaders, led, merged, recommend, stated
from lib.core.score import Scores, score
from lib.model import Direction, Measure, Node
from tests.unit.core.build import HIGHER, LOWER, NAN, leaf, records, rows, tree
from tests.unit.core.facts import benchmark, frame

YEARS = ("2016", "2017", "2018", "2019", "2020")
DAYS = tree(leaf("days", LOWER, best=0, worst=20), leaf("share", HIGHER, best=100, worst=0))
#       A    B    C    D    E: we are A. Fewer days are better.
COURSE = {
    "2016": [18, 12, 17, 6, None],
    "2017": [17, 11, 14, 6, 9],
    "2018": [16, 10, 11, 6, 9],
    "2019": [15, 9, 8, 5, 9],
    "2020": [14, 8, 5, 4, 13],
}


def over(course: dict[str, list[float | None]], measure: str = "days") -> Scores:
    """Five members over five years."""
    parts = [rows({measure: values}, period) for period, values in course.items()]
    return score(pd.concat(parts), DAYS, None, tuple("ABCDE"))


def test_everyone_beside_us() -> None:
    table = contenders(over(COURSE), "days", "A", YEARS)
    picked = ("region", "value", "place", "lead", "slope", "pace", "start", "start_ours", "start_period", "apart")
    # D: slopes between any two years are 0, −1/3 … : the median of ten is −0.5. E has four values, 9 9 9 13: median of six is 2/3.
    assert records(table, picked[:5]) == [
        ("D", 4, 1, 10, -0.5),
        ("C", 5, 2, 9, -3),
        ("B", 8, 3, 6, -1),
        ("E", 13, 4, 1, pytest.approx(2 / 3)),
        ("A", 14, 5, 0, -1),
    ]
    assert records(table, ("region", *picked[6:])) == [
        ("D", 6, 18, "2016", 12),
        ("C", 17, 18, "2016", 1),
        ("B", 12, 18, "2016", 6),
        ("E", 9, 17, "2017", 8),
        ("A", 18, 18, "2016", 0),
    ]
    assert (table["pace"] == -table["slope"]).all()


def test_four_reasons_and_their_members() -> None:
    found = recommend(contenders(over(COURSE), "days", "A", YEARS), "A")
    assert found == {Why.BEST: ("D",), Why.NEAREST: ("E",), Why.FASTEST: ("C",), Why.ALIKE: ("C",)}
    assert list(merged(found).items()) == [
        ("D", (Why.BEST,)),
        ("E", (Why.NEAREST,)),
        ("C", (Why.FASTEST, Why.ALIKE)),
    ]


def test_an_indicator_is_looked_at_by_its_scores() -> None:
    table = contenders(over(COURSE), "t", "A", YEARS)
    # Scores 100·(20 − x)/20 of the only measure that has values.
    assert records(table.iloc[:2], ("region", "value", "lead", "slope", "pace")) == [
        ("D", pytest.approx(80), pytest.approx(50), pytest.approx(2.5), pytest.approx(2.5)),
        ("C", pytest.approx(75), pytest.approx(45), pytest.approx(15), pytest.approx(15)),
    ]


def test_a_measure_is_placed_by_its_values_even_where_its_scores_are_capped() -> None:
    # Beyond the best end both score 100; 110 is still ahead of 105.
    table = contenders(over({"2020": [90, 105, 110, 80, None]}, "share"), "share", "A", ("2020",))
    assert records(table, ("region", "place")) == [("C", 1), ("B", 2), ("A", 3), ("D", 4), ("E", None)]


def test_ties_are_all_named() -> None:
    found = recommend(contenders(over({"2019": [9, 9, 9, 5, 5], "2020": [8, 6, 6, 3, 3]}), "days", "A", YEARS[3:]), "A")
    assert found[Why.BEST] == ("D", "E")
    assert found[Why.NEAREST] == found[Why.ALIKE] == ("B", "C")
    assert list(merged(found)) == ["D", "B", "E", "C"]


def test_of_several_that_tie_the_one_for_which_most_speaks_comes_first() -> None:
    found = {Why.BEST: ("B", "C", "D"), Why.NEAREST: ("B", "C", "D"), Why.FASTEST: ("D",), Why.ALIKE: Lack.NO_START}
    assert list(merged(found)) == ["D", "B", "C"]


def test_the_start_is_never_the_period_looked_at() -> None:
    found = recommend(contenders(over({"2020": [8, 6, 4, 3, 2]}), "days", "A", ("2020",)), "A")
    assert (found[Why.FASTEST], found[Why.ALIKE]) == (Lack.SHORT, Lack.NO_START)


def test_nobody_is_fast_who_gets_worse() -> None:
    course = {year: [15, 5 + i, 6 + i, 7 + i, 8 + i] for i, year in enumerate(YEARS)}
    assert recommend(contenders(over(course), "days", "A", YEARS), "A")[Why.FASTEST] is Lack.NOT_RISING


def test_the_first_has_nobody_to_learn_from_nor_has_one_of_several_first() -> None:
    scores = over({"2020": [3, 3, 8, 9, None]})
    for region in "AB":
        assert set(recommend(contenders(scores, "days", region, ("2020",)), region).values()) == {Lack.LEADING}


def test_without_our_value_only_the_best_is_known() -> None:
    found = recommend(contenders(over({"2020": [3, 4, 8, 9, None]}), "days", "E", ("2020",)), "E")
    assert found == {Why.BEST: ("A",), **dict.fromkeys((Why.NEAREST, Why.FASTEST, Why.ALIKE), Lack.NO_VALUE)}


def test_without_any_value_nobody_is() -> None:
    found = recommend(contenders(over({"2020": [3, 4, 8, 9, 1]}), "share", "A", ("2020",)), "A")
    assert set(found.values()) == {Lack.EMPTY}
    assert merged(found) == {}


def test_a_missing_period_counts_as_time() -> None:
    # 2018 is in no series: from 2017 to 2019 are two steps, and every pace stays one a year.
    course = {year: values for year, values in COURSE.items() if year != "2018"}
    table = contenders(over(course), "days", "A", tuple(course)).set_index("region")
    assert table.at["A", "slope"] == pytest.approx(-1)
    assert table.at["C", "slope"] == pytest.approx(-3)


numbers = st.one_of(st.none(), st.integers(0, 20))


@given(st.lists(st.lists(numbers, min_size=5, max_size=5), min_size=5, max_size=5))
def test_whoever_is_recommended_is_ahead_and_no_one_ahead_is_better_on_the_reason(
    table: list[list[int | None]],
) -> None:
    course = dict(zip(YEARS, table, strict=True))
    course["2016"] = [value if value is not None else 10 for value in course["2016"]]
    course["2020"] = [value if value is not None else 10 for value in course["2020"]]
    periods = [year for year in YEARS if any(value is not None for value in course[year])]
    found = contenders(over(course), "days", "A", periods)
    by, chosen = found.set_index("region"), recommend(found, "A")
    ahead = by[by["value"] < by.at["A", "value"]]
    assert (chosen[Why.BEST] is Lack.LEADING) == ahead.empty
    alike = ahead[2 * ahead["apart"] <= ahead["lead"]]
    for why, of, column, best in (
        (Why.NEAREST, ahead, "lead", min),
        (Why.FASTEST, ahead, "pace", max),
        (Why.ALIKE, alike, "apart", min),
    ):
        if not isinstance(chosen[why], Lack):
            assert set(chosen[why]) <= set(of.index)
            assert {of.at[region, column] for region in chosen[why]} == {best(of[column].dropna())}
    assert by["place"].to_list() == by["value"].rank(method="min").to_list()


UNITS = tree(
    Node("one", parent="t", name="甲", lead=("tax", "police")),
    Node("two", parent="t", name="乙"),
    leaf("days", parent="one"),
    Node("three", parent="two", name="丙", lead=("tax",)),
    leaf("steps", parent="three"),
    leaf("cost", parent="two"),
)


def test_what_a_department_leads() -> None:
    assert leaders(UNITS) == ("tax", "police")
    assert led(UNITS, "tax") == ("one", "days", "three", "steps")
    assert led(UNITS, "police") == ("one", "days")


def measure(code: str, indicator: str, direction: Direction = LOWER) -> Measure:
    return Measure(code, code, "天", direction, indicator)


def test_what_the_nation_states_under_a_node() -> None:
    measures = {
        each.code: each
        for each in (
            measure("days", "one"),
            measure("vague", "one"),
            measure("sum", "one", Direction.NONE),
            measure("steps", "three"),
        )
    }
    statements = frame(
        benchmark(id="B1", code="days", region="110000"),
        benchmark(id="B2", code="vague", region="310000"),
        benchmark(id="B3", code="sum", region="310000"),
        benchmark(id="B4", code="days", region="110000"),
        benchmark(id="B5", code="steps", region="330000"),
        benchmark(id="B6", code="days", region="410421", axis="horizontal"),
    ).assign(period="2019-10")
    wanted = {
        "one": ["fact:B1", "fact:B4", "fact:B2"],
        "days": ["fact:B1", "fact:B4"],
        "two": ["fact:B5"],
        "cost": [],
        "t": ["fact:B1", "fact:B4", "fact:B2", "fact:B5"],
    }
    assert {code: list(stated(statements, about(UNITS, code, measures))["source"]) for code in wanted} == wanted


def test_who_had_more_than_half_of_its_lead_at_the_start_did_not_start_like_the_region() -> None:
    def rows(*apart: float) -> pd.DataFrame:
        table = pd.DataFrame({"region": ["B", "C", "A"], "value": [9.0, 8.0, 5.0], "place": [1.0, 2.0, 3.0]})
        return table.assign(lead=[4.0, 3.0, 0.0], pace=0.0, apart=[*apart, 0.0])

    assert recommend(rows(2.0, 1.6), "A")[Why.ALIKE] == ("B",)  # half of 4 is 2; C had 1.6 of its 3
    assert recommend(rows(1.9, 1.5), "A")[Why.ALIKE] == ("C",)
    assert recommend(rows(2.1, 30.0), "A")[Why.ALIKE] is Lack.NOT_ALIKE
    assert recommend(rows(NAN, NAN), "A")[Why.ALIKE] is Lack.NO_START
