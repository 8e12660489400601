"""排名: what they say is what a plain calculation gives."""

from __future__ import annotations

import pytest

from tests.pages.conftest import conclusion, text_of
from tests.pages.reckon import totals, values

PERIOD = "2020-Q4"


@pytest.fixture(scope="module")
def reckoned(seeded):
    """County → total in the latest quarter, best first."""
    found = totals(values(seeded, PERIOD))
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def test_ranking_table_is_the_plain_calculation(visit, reckoned):
    at = visit("see/ranking.py")
    table = at.table[0].value
    assert list(table["地区"]) == list(reckoned)
    assert list(table["得分"]) == [f"{total:.2f}" for total in reckoned.values()]
    assert list(table["名次"]) == [str(i) for i in range(1, 13)]
    assert list(table["方阵"]) == ["第一方阵"] * 4 + ["第二方阵"] * 4 + ["第三方阵"] * 4
    assert "按三等分的假定，原文未规定县级方阵" in text_of(at)


def test_ranking_on_one_measure_shows_its_raw_values(visit, seeded):
    at = visit("see/ranking.py")
    at.selectbox(key="subject").set_value("electricity.procedures").run()
    known = values(seeded, PERIOD)
    best = min(value for (_, measure), value in known.items() if measure == "electricity.procedures")
    assert at.table[1].value["数值（个）"].iloc[0] == f"{best:.0f}"
    assert "“办电环节”列第 1" in conclusion(at)


def test_ranking_of_a_real_table_carries_no_demonstration_mark(visit, seeded):
    at = visit("see/ranking.py")
    at.selectbox(key="framework").set_value("context-census").run()
    at.selectbox(key="subject").set_value("census.mean_years").run()
    assert "演示数据" not in text_of(at)
    shown = dict(zip(at.table[1].value["地区"], at.table[1].value["数值（年）"], strict=True))
    # The 2020 census table, column 平均受教育年限_合计.
    assert (shown["新华区"], shown["叶县"], shown["示范区"]) == ("10.66", "8.42", "11.54")
    assert len(shown) == 12


def test_census_shares_are_the_two_columns_divided(visit):
    at = visit("see/ranking.py")
    at.selectbox(key="framework").set_value("context-census").run()
    at.selectbox(key="subject").set_value("census.urban_share").run()
    shown = dict(zip(at.table[1].value["地区"], at.table[1].value["数值（%）"], strict=True))
    assert shown["宝丰县"] == f"{231994 / 498157 * 100:.2f}"


def test_a_measure_without_a_score_says_why(visit, seeded, monkeypatch):
    at = visit("see/ranking.py", period="2018年一季度")
    known = values(seeded, "2018-Q1")
    cohort = {}
    for (_, measure), value in known.items():
        cohort.setdefault(measure, set()).add(value)
    flat = [measure for measure, found in cohort.items() if len(found) == 1]
    for measure in flat:
        at.selectbox(key="subject").set_value(measure).run()
        assert "不计分：各地区数值相同，无法区分" in at.info[0].value
