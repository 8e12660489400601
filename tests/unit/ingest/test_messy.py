"""The census table as offices would send it, each file odd in its own way: the same numbers, or a clear refusal."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lib.ingest.intake import Reading
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
