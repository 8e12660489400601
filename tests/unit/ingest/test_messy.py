"""Files that break importers: the census table as offices would send it gives its numbers, all else a clear refusal."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pandas as pd
import pytest

from lib.ingest.intake import Reading
from lib.model import Issue
from lib.office import open_file, understand, vocabulary

MESSY = Path(__file__).resolve().parents[2] / "fixtures" / "messy"
CENSUS = Path(__file__).resolve().parents[3] / "data" / "real" / "census-2020.csv"
# What each file holds of the clean table, by its number.
COUNTS = {
    "128": 108,  # GBK: twelve counties, nine measures
    "130": 108,  # UTF-16, tabs
    "132": 108,  # full-width commas between the columns
    "134": 108,  # names with spaces, without suffix, with the province before them, an old name
    "136": 108,  # the city's row first, 合计 last
    "138": 108,  # turned: measures in rows
    "140": 96,  # a yearbook page: contents, title, unit line, two header rows, 全市, footnote; no 制造业
    "142": 108,  # a web page called .xls
}


def values(reading: Reading) -> pd.Series:
    return reading.rows.set_index(["region", "measure"])["value"].sort_index()


def read(file: Path, seeded: Path) -> Reading:
    return understand(open_file(file.read_bytes(), file.name), vocabulary(seeded), "2020")


@pytest.mark.parametrize("number", sorted(COUNTS))
def test_an_odd_file_gives_the_numbers_of_the_clean_one(number, seeded):
    (file,) = MESSY.glob(f"{number}_*")
    clean, odd = values(read(CENSUS, seeded)), read(file, seeded)
    assert odd.errors == ()
    found = values(odd)
    assert len(found) == COUNTS[number]
    assert found.to_dict() == clean.loc[found.index].to_dict()


def test_rows_that_are_no_counties_are_named(seeded):
    (file,) = MESSY.glob("140_*")
    told = {issue.code: issue for issue in read(file, seeded).issues}
    assert (told["total-row"].row, told["total-row"].value) == (5, "全  市")
    assert (told["note-row"].row, told["note-row"].value) == (19, "注：本表数据来源于第七次全国人口普查。")
    assert told["total-row"].sheet == "3-12 各县（市、区）主要指标"


def test_formulas_saved_without_results_are_errors_not_missing(seeded):
    (file,) = MESSY.glob("144_*")
    errors = read(file, seeded).errors
    assert [(issue.row, issue.column, issue.value) for issue in errors[:2]] == [
        (2, "人口数_合计", "=B2+C2"),
        (3, "人口数_合计", "=B3+C3"),
    ]
    assert {issue.message for issue in errors} == {"是没有结果的公式"}


def test_a_table_of_other_things_is_refused(seeded):
    (file,) = MESSY.glob("146_*")
    (error,) = read(file, seeded).errors
    assert (error.code, error.row, error.value) == ("measure-columns-missing", 1, "得分")


# What becomes of every file that is no table of the twelve counties: the codes of its errors, and why.
REFUSED = {
    "001": (["header-missing"], "people, with an empty header name"),
    "005": (["header-missing"], "two names, semicolons"),
    "009": (["header-missing"], "people, a row twice"),
    "013": (["header-missing"], "numbers, spaces before quotes"),
    "017": (["encoding"], "Italian municipalities in Latin-1, which is no encoding of ours"),
    "021": (["header-missing"], "numbers with leading zeros, no place"),
    "025": (["header-missing"], "people, wrong types, a row too long"),
    "029": (["header-missing"], "people, ragged rows"),
    "033": (["header-missing"], "French names in Latin-1 that happen to be GB18030 too, but name no county"),
    "037": (["header-missing"], "a header and nothing below"),
    "041": (["file-kind"], "a zip archive: to be unpacked first"),
    "045": (["header-missing"], "blank and double headers"),
    "049": (["header-missing"], "an old workbook without places"),
    "053": (["header-missing"], "number formats, no place"),
    "057": (["file-kind"], "an OpenDocument sheet: to be saved as .xlsx"),
    "061": (["header-missing"], "old Mac line ends"),
    "065": (["header-missing"], "line breaks in a header"),
    "066": (["header-missing"], "decimal commas"),
    "070": (["header-missing"], "UTF-16, big end first"),
    "074": (["header-missing"], "American states, of which none is a county of ours"),
    "078": (["header-missing"], "a number as a header"),
    "082": (["header-missing"], "two sheets, of which the hidden one is passed over"),
    "086": (["header-missing"], "dates from 1904"),
    "090": (["header-missing"], "prefixed XML names"),
    "094": (["header-missing", "header-missing"], "white space around names"),
    "098": (["header-missing"], "Vietnamese texts"),
    "102": (["header-missing"], "currencies"),
    "106": (["header-missing", "header-missing"], "free text around a table of people"),
    "110": (["header-missing"], "Dutch provinces"),
    "114": (["encoding"], "a German budget in Latin-1"),
    "118": (["header-missing"], "American bonds; hidden sheets are passed over"),
    "122": (["header-missing"], "a web page's table without places"),
    "126": (["header-missing"] * 12, "twelve sheets of the world's economies"),
    "144": (["value-not-number"] * 12, "formulas saved without their results"),
    "146": (["measure-columns-missing"], "scores and remarks, none of them a measure"),
}


@pytest.mark.parametrize("number", sorted(REFUSED))
def test_a_file_that_is_no_table_of_ours_is_refused_with_a_reason(number, seeded):
    (file,) = MESSY.glob(f"{number}_*")
    began = time.monotonic()
    found = read(file, seeded)
    # A cap for safety, not a measurement.
    assert time.monotonic() - began < 15
    codes, _ = REFUSED[number]
    assert [issue.code for issue in found.errors] == codes
    for issue in found.errors:
        assert issue.file == file.name
        assert issue.expected
        assert re.search(r"[\u4e00-\u9fff]{4}", str(issue))


def test_every_messy_file_has_its_expectation():
    files = {file.name[:3] for file in MESSY.iterdir() if file.name[:3].isdigit()}
    assert files == {*COUNTS, *REFUSED}
    assert len(files) == 43


@pytest.mark.parametrize(
    ("last", "far"),
    # In the middle of five stands 90: up to a hundred times as much may be.
    [("9001", ["9001"]), ("9000", []), ("0", [])],
)
def test_a_value_far_beyond_those_of_the_other_places_is_pointed_at(seeded: Path, last: str, far: list[str]) -> None:
    places = ["宝丰县,80", "叶县,90", "鲁山县,90", "郏县,100", f"舞钢市,{last}"]

    def told(rows: list[str]) -> list[Issue]:
        data = ("区县,年度纳税时间\n" + "\n".join(rows)).encode()
        found = understand(open_file(data, "2020-Q3.csv"), vocabulary(seeded)).issues
        return [each for each in found if each.code == "value-apart"]

    issues = told(places)
    assert [(each.value, each.row, each.column) for each in issues] == [(said, 6, "年度纳税时间") for said in far]
    assert all("各地中位数（90）的 100 倍" in each.message for each in issues)
    # Of four there is no telling.
    assert told(places[1:]) == []
