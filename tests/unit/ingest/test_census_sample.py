"""A real office file, read as it is: GBK, 153 columns, and a first row that is the city and not a county."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.ingest.intake import Reading
from lib.office import open_file, understand, vocabulary

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "pingdingshan_county_census2020_gbk.csv"


@pytest.fixture(scope="module")
def census(seeded: Path) -> Reading:
    return understand(open_file(FILE.read_bytes(), FILE.name), vocabulary(seeded))


def test_it_is_gbk_and_not_utf8() -> None:
    with pytest.raises(UnicodeDecodeError):
        FILE.read_bytes().decode("utf-8")


def test_it_reads_as_the_twelve_counties(census: Reading) -> None:
    assert sorted(census.rows["region"].unique()) == [
        *("410402", "410403", "410404", "410411"),  # 新华 卫东 石龙 湛河
        *("410421", "410422", "410423", "410425"),  # 宝丰 叶县 鲁山 郏县
        *("410471", "410472", "410481", "410482"),  # 高新区 示范区 舞钢 汝州
    ]
    assert set(census.rows["period"]) == {"2020"}


def test_81_columns_are_measures_and_none_has_a_gap(census: Reading) -> None:
    # data/real/README.md: 81 of the 153 columns are used.
    assert census.rows.groupby("region").size().to_dict() == dict.fromkeys(census.rows["region"].unique(), 81)
    assert census.rows["measure"].nunique() == 81


@pytest.mark.parametrize(
    ("region", "measure", "value", "row", "column"),
    [
        ("410421", "census.population", 498157.0, 7, "人口数_合计"),  # 宝丰县
        ("410404", "census.sex_ratio", 113.54, 5, "性别比（女=100）"),  # 石龙区
        ("410482", "census.urban", 466464.0, 14, "城镇人口"),  # 汝州市, the last row
        ("410402", "census.households", 106419.0, 3, "家庭户数"),  # 新华区, the first
    ],
)
def test_values_checked_by_eye(census: Reading, region: str, measure: str, value: float, row: int, column: str) -> None:
    (found,) = census.rows.query("region == @region and measure == @measure").to_dict("records")
    assert (found["value"], found["row"], found["column"]) == (value, row, column)


def test_the_counties_add_up_to_the_city_row_that_was_left_out(census: Reading) -> None:
    wide = census.rows.pivot(index="region", columns="measure", values="value")
    assert (wide["census.population_male"] + wide["census.population_female"]).equals(wide["census.population"])
    assert wide["census.population"].sum() == 4_987_137  # the city row that was left out


def test_it_says_what_it_left_out_and_refuses_nothing(census: Reading) -> None:
    assert census.errors == ()
    total, unknown = (next(i for i in census.issues if i.code == code) for code in ("total-row", "column-unknown"))
    assert [issue.code for issue in census.issues] == ["period-from-name", "column-unknown", "total-row"]
    assert str(total) == (
        'pingdingshan_county_census2020_gbk.csv 第 2 行「区划代码」："410400 平顶山市" 是合计行，不是县（市、区），未导入'
    )
    # 153 columns less 81 measures, 区划代码 and 区县.
    assert unknown.message.startswith("69 列不在指标目录中，未导入：省、市、城区人口、")
    assert unknown.row == 1
