"""Scenarios on the seeded house: what others are taken to do, what comes of it, and contexts that are not there any more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lib import scenarios
from lib.context import Context
from lib.core.ahead import at_targets, on_trend
from lib.core.cityfacts import CITY
from lib.core.whatif import what_if
from lib.model import UserError
from lib.model.scenario import Move, Others, Scenario
from lib.snapshot import Snapshot

LUSHAN, WEIDONG = "410423", "410403"


@pytest.fixture(scope="module")
def context(seeded: Path) -> Context:
    snapshot = Snapshot(seeded, "1")
    scores = snapshot.scores("pds-2020")
    assert scores is not None
    return Context(snapshot, "pds-2020", "2020-Q4", LUSHAN, "", scores)


def tried(**changes: object) -> Scenario:
    return replace(Scenario("pds-2020", "2020-Q4", LUSHAN), **changes)


def test_the_history_ends_with_the_period_looked_at(context: Context) -> None:
    assert scenarios.history(context) == context.scores.panel.periods
    assert scenarios.history(replace(context, period="2018-Q3")) == ("2018-Q1", "2018-Q2", "2018-Q3")


def test_trends_are_followed_two_years_of_quarters(context: Context) -> None:
    assert scenarios.periods_ahead(context) == [
        f"{year}-Q{quarter}" for year in (2021, 2022) for quarter in (1, 2, 3, 4)
    ]


def test_who_holds_still_has_no_other_values(context: Context) -> None:
    assert scenarios.others_values(context, Others.HOLD, "") == {}


def test_others_follow_their_trends_and_ours_stays(context: Context) -> None:
    found = scenarios.others_values(context, Others.TREND, "2021-Q4")
    every = on_trend(context.scores, scenarios.history(context), "2021-Q4", context.book.measures)
    assert found == {key: value for key, value in every.items() if key[0] != LUSHAN}
    assert {region for region, _ in every} - {region for region, _ in found} == {LUSHAN}


def test_a_trend_knows_nothing_of_later_periods(context: Context) -> None:
    early = replace(context, period="2019-Q4")
    found = scenarios.others_values(early, Others.TREND, "2020-Q1")
    known = scenarios.history(early)
    assert known[-1] == "2019-Q4"
    every = on_trend(context.scores, known, "2020-Q1", context.book.measures)
    assert found == {key: value for key, value in every.items() if key[0] != LUSHAN}


def test_others_reach_the_targets_that_documents_set(context: Context) -> None:
    found = scenarios.others_values(context, Others.TARGETS, "")
    goals, book = context.snapshot.goals, context.book
    every = at_targets(context.scores, "2020-Q4", goals, book.measures, book.short_names, CITY)
    assert found == {key: value for key, value in every.items() if key[0] != LUSHAN}
    assert found


def test_a_scenario_without_moves_changes_nothing(context: Context) -> None:
    outcome = scenarios.played(context, tried())
    assert outcome.before == outcome.otherwise == outcome.after
    assert outcome.before == context.scores.of(LUSHAN, context.root, "2020-Q4")


def test_moves_are_the_what_if(context: Context) -> None:
    moves = (Move(LUSHAN, "tax.time", 60.0), Move(LUSHAN, "heat.time", 1.0))
    alone = what_if(context.scores, LUSHAN, "2020-Q4", {"tax.time": 60.0, "heat.time": 1.0})
    assert scenarios.played(context, tried(moves=moves)).after == alone.after
    assert alone.points > 0


def test_who_stands_still_while_others_go_on_falls_behind(context: Context) -> None:
    outcome = scenarios.played(context, tried(others=Others.TREND, until="2021-Q4"))
    assert outcome.after == outcome.otherwise
    assert outcome.otherwise[0] < outcome.before[0]
    assert outcome.otherwise[1] > outcome.before[1]


def test_a_move_of_another_region_comes_on_top_of_its_trend(context: Context) -> None:
    scenario = tried(others=Others.TREND, until="2021-Q4", moves=(Move(WEIDONG, "tax.time", 1.0),))
    outcome = scenarios.played(context, scenario)
    assert outcome.then.panel.value(WEIDONG, "tax.time", "2020-Q4") == 1.0
    assert outcome.base.panel.value(WEIDONG, "tax.time", "2020-Q4") != 1.0


def test_a_scenario_is_looked_at_from_where_it_was_tried(context: Context) -> None:
    scenario = Scenario("national-18", "2019-Q4", WEIDONG)
    found = scenarios.result(context, scenario).context
    assert (found.framework_code, found.period, found.region) == ("national-18", "2019-Q4", WEIDONG)
    assert found.root == context.snapshot.scores("national-18").framework.root.code  # type: ignore[union-attr]


def test_the_changes_of_every_county_stand_beside_what_they_were(context: Context) -> None:
    moves = (Move(WEIDONG, "tax.time", 100.0), Move(context.region, "tax.time", 90.0))
    found = scenarios.result(context, tried(moves=moves), "两地")
    assert found.changes["region"].tolist() == [WEIDONG, context.region]
    assert found.changes["value_if"].tolist() == [100.0, 90.0]
    now = [context.scores.panel.value(region, "tax.time", context.period) for region in (WEIDONG, context.region)]
    assert found.changes["value"].tolist() == now
    assert found.standing["before"] == list(found.outcome.before)


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ({"period": "2030-Q1"}, "方案用的评价期“2030年一季度”现在没有数值"),
        ({"region": "999999"}, "方案里的“999999”现在的指标体系里没有"),
        ({"framework": "gone-2019"}, "方案用的指标体系现在没有数值"),
        ({"moves": (Move("999999", "tax.time", 1.0),)}, "方案里的“999999”现在的指标体系里没有"),
        ({"moves": (Move(WEIDONG, "tax", 1.0),)}, "方案里的“tax”现在的指标体系里没有"),
        ({"weights": (("no", 1.0),)}, "方案里的“no”现在的指标体系里没有"),
    ],
)
def test_what_is_not_there_any_more_is_told(context: Context, gone: dict, told: str) -> None:
    with pytest.raises(UserError, match=told):
        scenarios.result(context, replace(tried(), **gone))


class Withdrawn(Snapshot):
    """Everything that was published has been taken back."""

    @property
    def observations(self) -> pd.DataFrame:
        return super().observations.iloc[:0]


def test_a_framework_without_values_is_told(context: Context) -> None:
    later = replace(context, snapshot=Withdrawn(context.snapshot.path, "2"))
    with pytest.raises(UserError, match="方案用的指标体系"):
        scenarios.result(later, tried())


@pytest.mark.parametrize(
    ("others", "until", "words"),
    [
        (Others.HOLD, "", "其他县（市、区）保持不变"),
        (Others.TREND, "2021-Q4", "其他县（市、区）的各项测度按各自以往的走势变到2021年四季度"),
        (Others.TARGETS, "", "其他县（市、区）都达到文件定的目标（鼓励性的不算），已经达到和没有目标的测度保持不变"),
    ],
)
def test_the_assumption_in_words(others: Others, until: str, words: str) -> None:
    assert scenarios.assumption(tried(others=others, until=until)) == words


def test_only_values_that_can_be_are_taken_from_an_address(context: Context) -> None:
    moves = (Move(LUSHAN, "tax.time", -1.0), Move(LUSHAN, "tax.time", 5.0), Move(LUSHAN, "tax.online_rate", 101.0))
    assert scenarios.possible(context, moves) == moves[1:2]
    assert scenarios.possible(context, ()) == ()
