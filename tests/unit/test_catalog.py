"""The committed catalogue against product.md: every trap of the source facts by name, and every reference followed."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

from data.demo.generate import generate
from lib.core.score import score
from lib.model import Direction, Framework, Period, convert
from lib.seed import CATALOG, read_catalog, read_frameworks

CITY, XIPING = "410400", "411721"
WEAK = ["start_business", "trade", "contracts", "electricity", "credit_environment", "credit", "insolvency"]
WEAK += ["market_regulation", "labour", "government_services"]

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_catalog()


@pytest.fixture(scope="module")
def trees() -> dict[str, Framework]:
    return read_frameworks()


@pytest.fixture(scope="module")
def facts(tables: Tables) -> pd.DataFrame:
    return tables["fact"].set_index("id")


@pytest.fixture(scope="module")
def counties(tables: Tables) -> list[str]:
    return tables["cohort"].set_index("code").at["pds-12", "members"].split(";")


def said(facts: pd.DataFrame, *ids: str) -> list[tuple[str, ...]]:
    return list(facts.loc[list(ids), ["code", "region", "period", "value", "unit"]].itertuples(index=False, name=None))


# ---- the traps of product.md, in its order -------------------------------------------------------------------------


def test_trap_no_document_has_a_value_for_any_of_the_twelve_counties(tables: Tables, counties: list[str]) -> None:
    for name in ("fact", "target", "benchmark"):
        assert not set(tables[name]["region"]) & set(counties)


def test_trap_the_twelve_are_ten_county_level_divisions_and_two_zones(tables: Tables, counties: list[str]) -> None:
    places = tables["region"].set_index("code").loc[counties]
    assert set(places["parent"]) == {CITY}
    assert places["level"].value_counts().to_dict() == {"county": 10, "zone": 2}
    zones = places[places["level"] == "zone"]
    assert zones["short_name"].to_dict() == {"410471": "高新区", "410472": "示范区"}
    assert zones["note"].str.contains("示意位置").all()


def test_trap_xiping_is_not_in_the_cohort(tables: Tables, counties: list[str]) -> None:
    xiping = tables["region"].set_index("code").loc[XIPING]
    assert (xiping["name"], xiping["parent"]) == ("西平县", "411700")
    assert tables["region"].set_index("code").at["411700", "name"] == "驻马店市"
    assert all(XIPING not in members.split(";") for members in tables["cohort"]["members"])


def test_trap_xiping_is_never_in_a_county_ranking(trees: dict[str, Framework], counties: list[str]) -> None:
    tree = trees["pds-2020"]
    rows = generate(tree, counties)
    outside = rows[rows["region"] == counties[0]].assign(region=XIPING)
    ranked = score(pd.concat([rows, outside]), tree, regions=tuple(counties)).frame
    assert set(ranked["region"]) == set(counties)
    assert ranked["rank"].max() <= 12


def test_trap_only_the_third_tier_is_defined_10_to_18_of_18(tables: Tables, facts: pd.DataFrame) -> None:
    assert (facts.at["F004", "text"], facts.at["F004", "region"]) == ("10-18", "410000")
    assert "全省排名 10 至 18 名" in facts.at["F004", "quote"]
    cohort = tables["cohort"].set_index("code").loc["henan-18"]
    members = cohort["members"].split(";")
    assert len(members) == len(set(members)) == 18
    assert cohort["third_from"] == "10"
    assert "假定" in cohort["basis"]
    assert CITY in members


def test_trap_the_citys_overall_rank_10_carries_no_tier(facts: pd.DataFrame) -> None:
    assert said(facts, "F187", "F188") == [
        ("overall", CITY, "2019", "9", "名"),
        ("overall", CITY, "2020", "10", "名"),
    ]
    ranks = facts[(facts["code"] == "overall") & (facts["kind"] == "rank")]
    assert set(ranks["text"]) == {""}
    assert "方阵" not in "".join(ranks["quote"])


def test_trap_264_days_are_a_fact_of_two_regions(facts: pd.DataFrame) -> None:
    days = facts[(facts["code"] == "inclusive.good_air_days") & (facts["value"] == "264")]
    assert days["region"].to_dict() == {"F168": CITY, "F218": XIPING}
    assert set(days["period"]) == {"2020"}


def test_trap_24_2_percent_is_two_measures(facts: pd.DataFrame) -> None:
    same = facts[facts["value"] == "24.2"]
    assert same["code"].to_dict() == {"F135": "contracts.small_claims_rate", "F138": "contracts.case_mediation_rate"}


def test_trap_99_9_and_99_99_are_two_facts_at_two_dates(facts: pd.DataFrame) -> None:
    assert said(facts, "F029", "F088") == [
        ("government_services.praise_rate", CITY, "2020-12", "99.9", "%"),
        ("government_services.praise_rate", CITY, "2021-12", "99.99", "%"),
    ]
    assert list(facts.loc[["F029", "F088"], "document"]) == ["bulletin-37", "report-2021"]


def test_trap_first_tier_membership_is_dated_2019_in_one_document_and_2020_in_another(facts: pd.DataFrame) -> None:
    first = facts[facts["text"] == "第一方阵"]
    found = first.groupby(["document", "period"])["code"].apply(sorted).to_dict()
    assert found == {
        ("bulletin-37", "2019"): ["investors", "tendering"],
        ("report-2021", "2020"): ["investors", "tendering"],
    }
    assert set(first["value"]) == {""}


def test_trap_1_4_days_is_its_own_measure_and_in_no_framework(
    tables: Tables, facts: pd.DataFrame, trees: dict[str, Framework]
) -> None:
    assert said(facts, "F109") == [("electricity.time_unstated", CITY, "2021-12", "1.4", "天")]
    measure = tables["measure"].set_index("code").loc["electricity.time_unstated"]
    assert measure["ambiguous_for"].split(";") == ["electricity.time_low", "electricity.time_high"]
    assert all("electricity.time_unstated" not in tree.leaves for tree in trees.values())
    assert "electricity.time_unstated" not in set(tables["target"]["code"])
    assert convert(1.4, "天", "工作日").refused


def test_trap_the_25_and_5_workday_targets_stand_on_the_scoped_measures(tables: Tables) -> None:
    targets = tables["target"].set_index("id").loc[["F041", "F042"], ["code", "value", "unit"]]
    assert targets.to_numpy().tolist() == [
        ["electricity.time_high", "25", "工作日"],
        ["electricity.time_low", "5", "工作日"],
    ]


def test_trap_hours_days_and_workdays_keep_their_own_words(facts: pd.DataFrame, tables: Tables) -> None:
    assert said(facts, "F017", "F100", "F209") == [
        ("start_business.time", CITY, "2020-12", "7", "小时"),
        ("start_business.time", CITY, "2021-12", "7", "小时"),
        ("start_business.time", XIPING, "2021-09", "0.5", "工作日"),
    ]
    assert tables["target"].set_index("id").at["F038", "unit"] == "日"


def test_trap_15_percent_of_outages_has_no_baseline(tables: Tables) -> None:
    rows = tables["target"].set_index("id").loc[["F043", "F044"]]
    assert rows["code"].tolist() == ["electricity.outage_cut", "electricity.fault_cut"]
    assert set(rows["value"]) == {"15"}
    assert (rows[["baseline", "baseline_basis"]] == "").all(axis=None)
    assert rows["note"].str.contains("没有基期").all()


def test_trap_the_ten_weak_indicators_have_no_rank(facts: pd.DataFrame) -> None:
    weak = facts[facts["text"] == "短板指标"]
    assert weak["code"].tolist() == WEAK
    assert set(weak["value"]) == {""}
    assert set(weak["region"]) == {CITY}


def test_trap_borne_by_the_bank_is_text_with_no_value(facts: pd.DataFrame) -> None:
    fee = facts.loc["F018"]
    assert (fee["code"], fee["kind"], fee["text"]) == ("start_business.seal_fee", "text", "由银行承担")
    assert (fee["value"], fee["before"], fee["unit"]) == ("", "", "")


@pytest.mark.parametrize(
    ("fact", "printed", "value"),
    [("F247", "19．3", "19.3"), ("F256", "74．67％", "74.67"), ("F255", "112.45", "112.45")],
)
def test_trap_full_width_digits_are_kept_in_the_quote_and_normalised_in_the_value(
    tables: Tables, fact: str, printed: str, value: str
) -> None:
    row = tables["benchmark"].set_index("id").loc[fact]
    assert printed in row["quote"]
    assert row["value"] == value


# ---- every fact is used, quoted and numbered ----------------------------------------------------------------------


def test_every_seed_fact_is_used_exactly_once_or_said_to_be_unused(tables: Tables) -> None:
    unused = pd.read_csv(CATALOG / "unused.csv", dtype=str)
    ids = pd.concat([tables[name]["id"] for name in ("fact", "target", "benchmark")] + [unused["id"]])
    assert sorted(ids) == [f"F{number:03}" for number in range(1, 284)]
    assert unused["reason"].notna().all()


@pytest.mark.parametrize("name", ["fact", "target", "benchmark", "practice"])
def test_every_statement_has_a_quote_and_a_document(tables: Tables, name: str) -> None:
    rows = tables[name]
    assert (rows["quote"].str.strip() != "").all()
    assert set(rows["document"]) <= set(tables["document"]["code"])


@pytest.mark.parametrize("name", ["fact", "target", "benchmark"])
def test_every_statement_has_a_number_or_words(tables: Tables, name: str) -> None:
    rows = tables[name]
    assert ((rows["value"] != "") | (rows["text"] != "")).all()
    assert pd.to_numeric(rows.loc[rows["value"] != "", "value"]).notna().all()
    assert set(rows["op"]) <= {"=", "<=", ">=", "<", ">", "≈", "range", ""}
    assert (rows.loc[rows["value"] != "", "op"] != "").all()


def test_every_period_and_deadline_can_be_read(tables: Tables) -> None:
    for period in pd.concat([tables["fact"]["period"], tables["benchmark"]["period"]]):
        assert period == "" or str(Period.parse(period)) == period
    assert (tables["fact"]["period"] != "").all()
    for deadline in filter(None, tables["target"]["deadline"]):
        assert date.fromisoformat(deadline).year in {2019, 2020, 2021}


def test_a_target_in_the_measures_unit_or_in_one_that_converts(tables: Tables) -> None:
    units = tables["measure"].set_index("code")["unit"]
    for row in tables["target"].query("value != '' and unit != ''").itertuples():
        if row.code in units.index:
            assert not convert(float(row.value), row.unit, units[row.code]).refused, row.id


# ---- references within the catalogue ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pds-2020", "national-18", "context-census"])
def test_the_leaves_of_a_framework_agree_with_the_measures(
    tables: Tables, trees: dict[str, Framework], name: str
) -> None:
    measures = tables["measure"].set_index("code")
    tree = trees[name]
    for node in (tree[code] for code in tree.leaves):
        assert (node.name, node.unit, node.direction) == (
            *measures.loc[node.code, ["name", "unit"]],
            Direction(measures.at[node.code, "direction"]),
        )
        assert node.direction is not Direction.NONE
    assert tree.root.code == name


def test_each_framework_has_its_number_of_indicators(trees: dict[str, Framework]) -> None:
    assert {name: (len(tree.indicators), len(tree.leaves)) for name, tree in trees.items()} == {
        **{"pds-2020": (16, 53), "national-18": (18, 59), "context-census": (4, 13)},
    }


def test_every_first_level_indicator_of_the_city_has_a_lead_department(
    tables: Tables, trees: dict[str, Framework]
) -> None:
    departments = set(tables["department"]["code"])
    assert all(node.lead for node in trees["pds-2020"].indicators)
    assert {d for tree in trees.values() for node in tree.nodes for d in (*node.lead, *node.helpers)} <= departments


def test_the_ends_of_a_scale_are_those_of_a_percentage_and_say_so(trees: dict[str, Framework]) -> None:
    for tree in trees.values():
        for node in tree.nodes:
            given = (node.best, node.worst) != (None, None)
            assert given == (node.bounds_basis != "")
            assert not given or (node.best, node.worst, node.unit) == (100.0, 0.0, "%")


def test_measures_refer_to_measures_indicators_and_documents(tables: Tables) -> None:
    measures = tables["measure"]
    codes = set(measures["code"])
    assert len(codes) == len(measures)
    for column in ("numerator", "denominator"):
        assert set(measures[column]) - {""} <= codes
    assert {code for listed in measures["ambiguous_for"] for code in listed.split(";") if code} <= codes
    assert set(measures["indicator"]) <= set(tables["indicator"]["code"])
    assert set(measures["document"]) <= set(tables["document"]["code"])
    assert all(re.fullmatch(r"[a-z0-9_]+\.[a-z0-9_]+", code) for code in codes)


def test_practices_are_thirty_and_refer_to_what_there_is(tables: Tables) -> None:
    practices = tables["practice"]
    assert practices["id"].tolist() == [f"P{number:02}" for number in range(1, 31)]
    for column, known in (
        ("places", tables["region"]["code"]),
        ("indicators", tables["indicator"]["code"]),
        ("measures", tables["measure"]["code"]),
        ("facts", [*tables["benchmark"]["id"], *tables["target"]["id"]]),
    ):
        assert {code for listed in practices[column] for code in listed.split(";") if code} <= set(known)


def test_a_benchmark_and_its_practice_name_each_other(tables: Tables) -> None:
    by_practice = tables["practice"].set_index("id")["facts"].str.split(";")
    for row in tables["benchmark"].itertuples():
        assert row.id in by_practice[row.practice]
    assert set(tables["benchmark"]["axis"]) == {"vertical"}


def test_regions_and_cohorts_refer_to_regions(tables: Tables) -> None:
    places = tables["region"].set_index("code")
    assert places.index.is_unique
    assert set(places["parent"]) - {""} <= set(places.index)
    for members in tables["cohort"]["members"]:
        assert set(members.split(";")) <= set(places.index)
    assert set(tables["framework"]["cohort"]) <= set(tables["cohort"]["code"])


# ---- campaigns -----------------------------------------------------------------------------------------------------


def test_the_campaign_of_2019_has_the_three_phases_of_its_plan_one_after_the_other(tables: Tables) -> None:
    campaigns, phases = tables["campaign"].set_index("code"), tables["phase"]
    assert campaigns.at["xdc-2019", "document"] in set(tables["document"]["code"])
    assert set(phases["campaign"]) == set(campaigns.index)
    assert phases["stage"].tolist() == ["prepare", "act", "sum_up"]
    assert phases["ends"].tolist() == ["2019-11-20", "2020-11-30", "2020-12-31"]
    starts, ends = phases["starts"].map(date.fromisoformat), phases["ends"].map(date.fromisoformat)
    assert [(start - end).days for start, end in zip(starts[1:], ends[:-1], strict=True)] == [1, 1]


def test_a_phase_whose_first_day_the_plan_does_not_state_says_what_it_is_taken_from(tables: Tables) -> None:
    for row in tables["phase"].itertuples():
        start = date.fromisoformat(row.starts)
        stated = f"{start.year}年{start.month}月{start.day}日" in row.quote
        assert stated != ("原文没有写" in row.note)
