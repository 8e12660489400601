"""A gap explained and where it leads: chart data and tables, row by row."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from lib.model import Period
from lib.view import charts, tables
from lib.view.subject import Subject
from tests.unit.core.build import NAN, records
from tests.unit.view.promise import columns_of

STEPS = Subject("m", "办电环节", "个", 0, False, True)
RATE = Subject("r", "网上办税率", "%", 1, True, True)
NAMES = {"a": "甲", "b": "乙", "c": "丙", "d": "丁"}
PARTS = pd.DataFrame(
    {"code": ["a", "b", "c", "d"], "part": [6.0, 3.0, 1.0, -4.0], "share": [0.6, 0.3, 0.1, NAN]},
)


def test_a_waterfall_goes_from_our_score_to_the_benchmarks() -> None:
    rows = tables.waterfall_rows(PARTS, (40.0, 46.0), NAMES, ("宝丰县", "郏县"), 1)
    assert records(rows, ("label", "role", "left", "right", "shown", "code")) == [
        ("宝丰县", "ours", 40.0, 40.0, "40.00", ""),
        ("甲", "behind", 40.0, 46.0, "+6.00　占 60%", "a"),
        ("其余 2 项落后", "rest", 46.0, 50.0, "+4.00　占 40%", ""),
        ("1 项领先", "ahead", 50.0, 46.0, "−4.00", ""),
        ("郏县", "theirs", 46.0, 46.0, "46.00", ""),
    ]
    assert set(rows.columns) == columns_of(charts.waterfall)


def test_a_waterfall_without_a_rest_or_a_lead() -> None:
    rows = tables.waterfall_rows(PARTS.head(1), (40.0, 46.0), NAMES, ("宝丰县", "郏县"), 8)
    assert rows["role"].tolist() == ["ours", "behind", "theirs"]


def test_what_the_benchmark_does_better_in_units_percent_and_places() -> None:
    rows = pd.DataFrame(
        {
            "code": ["m", "r"],
            "ours": [6.0, 90.0],
            "theirs": [2.0, 96.5],
            "gap": [4.0, 6.5],
            "gap_percent": [200.0, 6.7358],
            "rank": [9.0, 3.0],
            "place": [1.0, 2.0],
        }
    )
    table = tables.better_table(
        rows, {"m": STEPS, "r": RATE}, "宝丰县", "郏县", (lambda code: f"ours:{code}", {"m": "t"})
    )
    assert table.shown.values.tolist() == [
        ["办电环节", "2 个", "6 个", "4 个", "200.0", "第 1／第 9"],
        ["网上办税率", "96.5%", "90.0%", "6.5 个百分点", "6.7", "第 2／第 3"],
    ]
    assert table.values["占标杆值（%）"].tolist() == [200.0, 6.7358]
    assert [table.source(0, "郏县"), table.source(1, "郏县"), table.source(1, "宝丰县")] == ["t", "", "ours:r"]


def period(text: str) -> Period | None:
    return Period.parse(text) if text else None


def found(
    outlook: str, meeting: str = "", earliest: str = "", latest: str = "", start: str = "2019"
) -> SimpleNamespace:
    """A projection: 6 and falling by 1 a year against 2 that stands still, from 2019 on."""
    return SimpleNamespace(
        outlook=outlook,
        start=period(start),
        ours=6.0,
        theirs=2.0,
        ours_slope=-1.0,
        theirs_slope=0.0,
        period=period(meeting),
        value=2.0 if meeting else NAN,
        earliest=period(earliest),
        latest=period(latest),
    )


COURSES = pd.DataFrame({"period": ["2018", "2019", "2020"], "ours": [7.0, 6.0, NAN], "theirs": [2.0, 2.0, 2.0]})


def drawn(ahead: SimpleNamespace, last: int) -> pd.DataFrame:
    axis = {str(year): str(year) for year in range(2018, last + 1)}
    return tables.catching_up_rows(COURSES, ahead, ("宝丰县", "郏县"), axis, STEPS.say)


def test_two_courses_go_on_to_where_they_meet() -> None:
    rows = drawn(found("预计可达", "2023", "2022", "2025"), 2025)
    ours = rows[rows["role"] == "ours"]
    assert records(ours, ("part", "period", "value", "label")) == [
        ("past", "2018", 7.0, ""),
        ("past", "2019", 6.0, "宝丰县 6 个"),
        ("ahead", "2019", 6.0, ""),
        ("ahead", "2020", 5.0, ""),
        ("ahead", "2021", 4.0, ""),
        ("ahead", "2022", 3.0, ""),
        ("ahead", "2023", 2.0, ""),
    ]
    theirs = rows[(rows["role"] == "theirs") & (rows["part"] == "past")]
    assert theirs["period"].tolist() == ["2018", "2019", "2020"]
    # The upper one's words stand above, the other's below.
    assert (set(ours.loc[ours["part"] == "past", "down"]), set(theirs["down"])) == ({-14}, {18})
    meeting, span = (rows[rows["role"] == role].iloc[0] for role in ("meeting", "range"))
    assert (meeting["period"], meeting["value"], meeting["label"]) == ("2023", 2.0, "2023年赶上")
    assert (span["period"], span["second"]) == ("2022", "2025")
    assert rows.loc[rows["role"] == "slot", "period"].tolist() == [str(year) for year in range(2018, 2026)]
    assert set(rows.columns) == columns_of(charts.catching_up)


def test_a_range_without_an_end_reaches_the_end_of_the_axis() -> None:
    span = drawn(found("预计可达", "2023", "2022"), 2030).set_index("role").loc["range"]
    assert (span["second"], span["shown"]) == ("2030", "最早 2022年，也可能赶不上")


def test_lines_that_never_meet_go_to_the_end_of_the_axis_and_no_forecast_goes_nowhere() -> None:
    never = drawn(found("按现有速度赶不上"), 2022)
    assert never.loc[(never["role"] == "ours") & (never["part"] == "ahead"), "value"].tolist() == [6.0, 5.0, 4.0, 3.0]
    assert not {"meeting", "range"} & set(never["role"])
    short = COURSES.head(2)
    rows = tables.catching_up_rows(short, found("x"), ("甲", "乙"), {"2018": "2018", "2019": "2019"}, STEPS.say)
    assert set(rows["part"]) == {"", "past"}


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        (found("预计可达", "2023", "2022", "2025"), "最早 2022年，最晚 2025年"),
        (found("预计可达", "2023", "2022"), "最早 2022年，也可能赶不上"),
        (found("预计可达", "2023-Q2", "2022-Q4", "2023-Q3"), "最早 2022年四季度，最晚 2023年三季度"),
        (found("数据不足"), "—"),
    ],
)
def test_the_range_in_words(ahead: SimpleNamespace, expected: str) -> None:
    assert tables.reach(ahead) == expected


def test_where_each_course_leads() -> None:
    unknown = SimpleNamespace(**{**vars(found("数据不足", start="")), "ours": NAN, "theirs": NAN, "ours_slope": NAN})
    rows = [(STEPS, found("预计可达", "2023", "2022", "2025")), (RATE, unknown)]
    table = tables.outlook_table(rows, "宝丰县", "郏县", [("a", "b"), ("", "")])
    assert table.values.values.tolist() == [
        ["办电环节", "2023年赶上", "最早 2022年，最晚 2025年", "6 个", "2 个", "2019年", "−1.0 个", "不变"],
        ["网上办税率", "数据不足", "—", "—", "—", "—", "—", "不变"],
    ]
    assert [table.source(0, "宝丰县"), table.source(0, "郏县"), table.source(1, "郏县")] == ["a", "b", ""]
