"""Cases that people add: kept with their source, found, and taken out again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lib.model import UserError
from lib.model.declaration import Declaration
from lib.model.source import is_added
from lib.seed import seed
from lib.store import connect, data_version
from lib.store.catalog import table
from lib.store.declarations import create, drop
from lib.store.events import events
from lib.store.practices import Found, add_practice, remove_practice
from lib.store.search import search

CASE = Found(
    group="本市经验",
    title="办照“一日结”",
    places=("410421", "某开发区"),
    summary="窗口当天发照。",
    indicators=("start_business",),
    measures=("start_business.time",),
    source="办照提速见成效",
    issuer="某报",
    day="2020-12-04",
    origin="第2版",
    quote="从受理到发照一日办结",
)
SAID = "办照“一日结”（宝丰县、某开发区）：窗口当天发照；原文：“从受理到发照一日办结”"


@pytest.fixture
def copy(seeded: Path, tmp_path: Path) -> Path:
    path = tmp_path / "copy.db"
    with connect(seeded) as db:
        db.conn.execute("VACUUM INTO ?", (str(path),))
    return path


def one(path: Path, identifier: str) -> dict:
    rows = table(path, "practice").set_index("id")
    return rows.loc[identifier].to_dict()


def test_a_case_is_kept_with_its_document_found_by_the_search_and_outlives_a_seed(copy):
    version = data_version(copy)
    identifier = add_practice(copy, CASE, user="张三")
    assert identifier == "U1"
    assert is_added(identifier)
    assert not is_added("P01")
    assert data_version(copy) != version
    seed(copy)
    row = one(copy, identifier)
    assert (row["group"], row["title"], row["places"]) == ("本市经验", "办照“一日结”", "410421;某开发区")
    assert (row["indicators"], row["measures"], row["facts"]) == ("start_business", "start_business.time", "")
    about = table(copy, "document").set_index("code").loc[row["document"]]
    assert (about["title"], about["issuer"], about["date"], about["region"]) == (
        "办照提速见成效",
        "某报",
        "2020-12-04",
        "410421",
    )
    assert about["origin"] == "第2版（张三补充）"
    rows = search(copy, "一日结")
    assert rows.loc[rows["kind"] == "practice", "code"].tolist() == ["U1"]
    last = events(copy, "U1").iloc[0]
    assert tuple(last[["user", "action", "before", "after"]]) == ("张三", "新增做法", "", SAID)


def test_every_problem_is_listed_and_nothing_is_kept(copy):
    nothing = Found("本市经验", " ", (), "", (), (), "", "", "", "", "")
    with pytest.raises(UserError) as refused:
        add_practice(copy, nothing, user="")
    assert str(refused.value) == (
        "要写做法名称；要写内容提要；要写出处标题；要写发布单位；要写日期；要写原文；要选地区；要选对应的指标或测度；要写经办人"
    )
    with pytest.raises(UserError, match="“去年”不是日期"):
        add_practice(copy, replace(CASE, day="去年"), user="张三")
    with pytest.raises(UserError, match="已经有做法“获得电力便利化改革”"):
        add_practice(copy, replace(CASE, title="获得电力便利化改革"), user="张三")
    assert len(table(copy, "practice")) == 30
    assert not table(copy, "document")["code"].str.startswith("added-").any()


def test_only_an_added_case_can_be_removed_and_its_number_is_not_given_again(copy):
    remove_practice(copy, add_practice(copy, CASE, user="张三"), user="李四")
    assert tuple(events(copy, "U1").loc[0, ["action", "before", "after"]]) == ("移除做法", SAID, "")
    assert len(table(copy, "practice")) == 30
    assert add_practice(copy, CASE, user="张三") == "U2"
    for identifier in ("P01", "U1", "U9"):
        with pytest.raises(UserError, match=f"{identifier} 不是补充的做法，不能移除"):
            remove_practice(copy, identifier, user="李四")


def test_a_case_that_a_declaration_learns_from_stays(copy):
    identifier = add_practice(copy, CASE, user="张三")
    number = create(copy, "xdc-2019", Declaration(practices=(identifier,)), user="张三")
    with pytest.raises(UserError, match=f"申报表 {number} 在学这个做法"):
        remove_practice(copy, identifier, user="李四")
    drop(copy, number, user="张三")
    remove_practice(copy, identifier, user="李四")
    assert len(table(copy, "practice")) == 30


def test_the_day_of_the_document_is_kept_as_a_date_is_written(copy):
    row = one(copy, add_practice(copy, replace(CASE, day="２０２０-１２-4"), user="张三"))
    assert table(copy, "document").set_index("code").at[row["document"], "date"] == "2020-12-04"
