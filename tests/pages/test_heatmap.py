"""热力图: its cells are what a plain calculation gives, in every way of looking."""

from __future__ import annotations

import pytest

from tests.pages.conftest import conclusion, text_of
from tests.pages.reckon import totals, values

PAGE = "see/heatmap.py"


def cells(at):
    """The table below the picture."""
    return at.dataframe[0].value


def chart_of(at) -> dict:
    """The specification of the chart that the page has drawn."""
    return next(iter(at.session_state["_outputs"].charts.values()))[0]


def test_the_first_column_is_the_total_and_rows_follow_it(visit, seeded):
    reckoned = totals(values(seeded, "2020-Q4"))
    best_first = dict(sorted(reckoned.items(), key=lambda item: -item[1]))
    shown = cells(visit(PAGE))
    assert list(shown["地区"]) == list(best_first)
    assert list(shown["总分"]) == pytest.approx(list(best_first.values()), abs=1e-9)
    assert len(shown.columns) == 2 + 16
    # Equal weights: the total is the mean of the indicators.
    assert list(shown.iloc[:, 2:].mean(axis=1)) == pytest.approx(list(shown["总分"]), abs=1e-9)


def test_places_are_whole_and_each_column_has_a_first(visit):
    shown = cells(visit(PAGE, show="名次")).drop(columns="地区")
    assert (shown.min() == 1).all()
    assert list(shown["总分"]) == list(range(1, 13))


def test_changes_are_those_of_the_ranking(visit):
    shown = cells(visit(PAGE, show="比上期变化")).set_index("地区")["总分"]
    ranking = visit("see/ranking.py").dataframe[0].value.set_index("地区")["得分变化"]
    assert shown.to_dict() == pytest.approx(ranking.to_dict())


def test_columns_from_weak_to_strong(visit):
    shown = cells(visit(PAGE, order="从弱到强")).iloc[:, 2:]
    assert shown.mean().is_monotonic_increasing
    assert not cells(visit(PAGE)).iloc[:, 2:].mean().is_monotonic_increasing


def test_an_indicator_opens_into_its_measures(visit):
    at = visit(PAGE)
    at.selectbox(key="subject").set_value("tax").run()
    assert len(cells(at).columns) == 2 + 4
    assert conclusion(at).startswith("## 2020年四季度，纳税下的 4 项里")
    # A measure has nothing below: it is shown among its fellows.
    at.selectbox(key="subject").set_value("tax.time").run()
    assert cells(at).columns[1] == "纳税"


def test_periods_of_one_indicator(visit, seeded):
    at = visit(PAGE, by="评价期")
    shown = cells(at).set_index("地区")
    assert len(shown.columns) == 12
    assert shown["2019年二季度"].to_dict() == pytest.approx(totals(values(seeded, "2019-Q2")), abs=1e-9)
    assert conclusion(at).startswith("## 2018年一季度 到 2020年四季度，总分")


def test_a_period_without_one_before_has_no_column_of_changes(visit):
    shown = cells(visit(PAGE, by="评价期", show="比上期变化"))
    assert list(shown.columns)[:2] == ["地区", "2018年二季度"]
    assert len(shown.columns) == 1 + 11


def test_missing_cells_are_hatched_not_zero(visit, seeded):
    known = {measure for region, measure in values(seeded, "2019-Q1") if region == "410404"}
    absent = sorted({measure for _, measure in values(seeded, "2019-Q1")} - known)
    at = visit(PAGE, period="2019年一季度")
    at.selectbox(key="subject").set_value(absent[0]).run()
    assert cells(at).set_index("地区").loc["石龙区"].isna().any()
    assert "缺" in conclusion(at)
    hatch = chart_of(at)["layer"][1]
    assert hatch["transform"] == [{"filter": "datum.missing == 1"}]
    assert hatch["mark"]["fill"]["gradient"] == "linear"
    assert "▨ 缺数" in chart_of(at)["layer"][0]["encoding"]["color"]["scale"]["domain"]


@pytest.mark.parametrize("by", ["指标", "评价期"])
def test_a_real_table_carries_no_demonstration_mark(visit, by):
    at = visit(PAGE, framework="普查背景（2020）", by=by)
    assert "演示数据" not in text_of(at)
    assert len(cells(at)) == 12
