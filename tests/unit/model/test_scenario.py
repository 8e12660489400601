"""A scenario as plain data and as an address, there and back; addresses that nobody meant well."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.model.scenario import BETWEEN, MOST, MOST_WEIGHT, Move, Others, Scenario, read_moves, read_weights

REGIONS, MEASURES = ("410421", "410422", "410423"), ("tax.time", "heat.time", "m")
CODES = (*MEASURES, "tax", "t")
numbers = st.floats(-MOST, MOST)
keys = st.tuples(st.sampled_from(REGIONS), st.sampled_from(MEASURES))
moves = st.dictionaries(keys, numbers, max_size=9).map(lambda found: tuple(Move(*key, v) for key, v in found.items()))
weights = st.dictionaries(st.sampled_from(CODES), st.floats(0, MOST_WEIGHT), max_size=5).map(
    lambda found: tuple(found.items())
)
scenarios = st.builds(
    Scenario,
    st.just("pds-2020"),
    st.just("2020-Q4"),
    st.sampled_from(REGIONS),
    moves,
    weights,
    st.sampled_from(list(Others)),
    st.sampled_from(["", "2021-Q4"]),
)


@given(scenarios)
def test_plain_data_and_back(scenario: Scenario) -> None:
    assert Scenario.of_plain(json.loads(json.dumps(scenario.plain()))) == scenario


@given(scenarios)
def test_an_address_and_back(scenario: Scenario) -> None:
    assert read_moves(scenario.moves_text, REGIONS, MEASURES) == (scenario.moves, True)
    assert read_weights(scenario.weights_text, CODES) == (scenario.weights, True)


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from([*REGIONS, *CODES, "1", "nan", "1e999", "-1", "", "０"])).map(BETWEEN.join)
    )
)
def test_no_address_breaks_anything(text: str) -> None:
    found, _ = read_moves(text, REGIONS, MEASURES)
    assert all(each.region in REGIONS and each.measure in MEASURES and abs(each.value) <= MOST for each in found)
    assert len({(each.region, each.measure) for each in found}) == len(found)
    weighed, _ = read_weights(text, CODES)
    assert all(code in CODES and 0 <= weight <= MOST_WEIGHT for code, weight in weighed)


@pytest.mark.parametrize(
    "text",
    [
        "410421~tax.time~abc",
        "410421~tax.time~nan",
        "410421~tax.time~inf",
        "410421~tax.time~1e999",
        "999999~tax.time~5",
        "410421~unknown~5",
        "410421~tax.time",
        "410421~tax.time~5~410422",
        "410421~tax.time~5~",
        "410421~tax.time~5~410421~tax.time~6",
        "~",
        "<script>",
    ],
)
def test_what_is_not_understood_is_told(text: str) -> None:
    found, whole = read_moves(text, REGIONS, MEASURES)
    assert not whole
    assert set(found) <= {Move("410421", "tax.time", 5.0), Move("410421", "tax.time", 6.0)}


@pytest.mark.parametrize("text", ["tax~-1", "tax~nan", "tax~inf", "tax", "other~1", "tax~1~heat.time"])
def test_weights_that_cannot_be_are_told(text: str) -> None:
    found, whole = read_weights(text, CODES)
    assert not whole
    assert set(found) <= {("tax", 1.0)}


def test_of_one_value_said_twice_the_last_counts() -> None:
    found, _ = read_moves("410421~m~1~410422~m~2~410421~m~3", REGIONS, MEASURES)
    assert found == (Move("410421", "m", 3.0), Move("410422", "m", 2.0))


def test_nothing_said_is_understood() -> None:
    assert read_moves("", REGIONS, MEASURES) == ((), True)
    assert read_weights("", CODES) == ((), True)


TRIED = Scenario("f", "2020", "A", (Move("A", "m", 1.0), Move("B", "m", 2.0), Move("A", "n", 3.0)))


def test_values_are_put_in_changed_and_put_back() -> None:
    assert TRIED.values == {("A", "m"): 1.0, ("B", "m"): 2.0, ("A", "n"): 3.0}
    assert TRIED.of("A") == {"m": 1.0, "n": 3.0}
    changed = TRIED.with_values("A", {"m": None, "n": 4.0, "o": 5.0})
    assert changed.moves == (Move("B", "m", 2.0), Move("A", "n", 4.0), Move("A", "o", 5.0))
    assert TRIED.with_values("A", {"unmoved": None}) == TRIED


def test_regions_stand_in_the_order_in_which_they_were_changed() -> None:
    assert TRIED.regions == ("A", "B")
    assert TRIED.with_values("A", {"m": None, "n": None}).regions == ("B",)


def test_weights_take_the_place_of_those_before() -> None:
    weighed = TRIED.with_weights({"x": 2.0}).with_weights({"y": 0.0})
    assert weighed.weights == (("y", 0.0),)
    assert weighed.weights_text == "y~0.0"
    assert (weighed.moves, weighed.moves_text) == (TRIED.moves, "A~m~1.0~B~m~2.0~A~n~3.0")


def test_whether_anything_is_another() -> None:
    empty = Scenario("f", "2020", "A", others=Others.TREND, until="2021")
    assert not empty.changed
    assert TRIED.changed
    assert empty.with_weights({"x": 1.0}).changed


def test_each_assumption_is_named_and_said() -> None:
    assert [each.label for each in Others] == ["保持不变", "按各自走势", "都达到目标"]
    assert Others.TREND.sentence("2021年") == "其他县（市、区）的各项测度按各自以往的走势变到2021年"
    assert "2021年" not in Others.HOLD.sentence("2021年") + Others.TARGETS.sentence("2021年")
