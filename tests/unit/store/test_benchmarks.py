"""标杆值 that people add: written with its document or not at all, kept by a new seeding, taken out with a trail."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lib.model import UserError
from lib.seed import seed
from lib.store import catalog, data_version
from lib.store.benchmarks import Statement, add_benchmark, remove_benchmark, units_for
from lib.store.events import events

SHENZHEN = Statement(
    code="electricity.time_low",
    region="440300",
    op="<=",
    value=3.0,
    unit="工作日",
    period="2020",
    title="深圳市供电服务承诺",
    issuer="深圳供电局",
    day="2020-05",
    origin="营业厅公告栏",
    quote=" 低压用户平均接电时长不超过3个工作日 ",
)


@pytest.fixture
def house(seeded: Path, tmp_path: Path) -> Path:
    """A seeded database of this test's own."""
    return Path(shutil.copy(seeded, tmp_path / "duibiao.db"))


def row(path: Path, number: str) -> pd.Series:
    return catalog.table(path, "benchmark").set_index("id").loc[number]


def test_a_statement_is_kept_with_its_document_and_its_words(house: Path) -> None:
    before = data_version(house)
    assert add_benchmark(house, SHENZHEN, user="李敏") == "U1"
    found = row(house, "U1")
    assert (found["code"], found["region"], found["op"], found["value"], found["unit"], found["period"]) == (
        "electricity.time_low",
        "440300",
        "<=",
        3.0,
        "工作日",
        "2020",
    )
    assert (found["axis"], found["quote"], found["note"]) == (
        "vertical",
        "低压用户平均接电时长不超过3个工作日",
        "李敏补充",
    )
    document = catalog.table(house, "document").set_index("code").loc[found["document"]]
    assert (document["title"], document["issuer"], document["date"]) == ("深圳市供电服务承诺", "深圳供电局", "2020-05")
    assert data_version(house) != before
    trail = events(house, "U1").iloc[0]
    assert (trail["user"], trail["action"]) == ("李敏", "补充标杆值")
    assert tuple(trail[["detail", "before", "after"]]) == (
        "深圳市 低压用户平均接电时长",
        "",
        "不超过 3 工作日，2020年：“低压用户平均接电时长不超过3个工作日”",
    )


def test_seeding_again_keeps_what_people_added(house: Path) -> None:
    add_benchmark(house, SHENZHEN, user="李敏")
    before = row(house, "U1")
    seed(house, demo=False)
    pd.testing.assert_series_equal(row(house, "U1"), before)


def test_every_problem_is_named_and_nothing_is_written(house: Path) -> None:
    before = data_version(house), len(catalog.table(house, "document"))
    bad = replace(
        SHENZHEN, region="999999", op="~", value=None, unit="天", period="去年", quote=" ", title="", day="五月"
    )
    with pytest.raises(UserError) as refused:
        add_benchmark(house, bad, user=" ")
    said = str(refused.value)
    assert len(refused.value.issues) == 8
    for words in (
        "经办人",
        '"999999"',
        "可以用：工作日、小时、日",
        '"~"',
        "要填一个数值",
        '"去年"',
        "抄下原文",
        "要写明出处",
    ):
        assert words in said, words
    assert (data_version(house), len(catalog.table(house, "document"))) == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "no.such"}, "不是目录里的测度"),
        ({"region": "410421"}, "不是目录里的国家、省或市"),
        ({"value": float("inf")}, "要填一个数值"),
        ({"value": float("nan")}, "要填一个数值"),
        ({"unit": ""}, "单位不能换算"),
        ({"day": "2020-13"}, "不是日期"),
    ],
)
def test_each_problem_alone_is_enough(house: Path, change: dict, words: str) -> None:
    with pytest.raises(UserError, match=words):
        add_benchmark(house, replace(SHENZHEN, **change), user="李敏")
    assert "U1" not in set(catalog.table(house, "benchmark")["id"])


def test_numbers_are_never_used_twice_and_a_removal_leaves_a_trail(house: Path) -> None:
    add_benchmark(house, SHENZHEN, user="李敏")
    assert add_benchmark(house, replace(SHENZHEN, unit="小时", value=24), user="李敏") == "U2"
    remove_benchmark(house, "U2", user="王强")
    assert set(catalog.table(house, "benchmark")["id"]) & {"U1", "U2"} == {"U1"}
    trail = events(house, "U2").iloc[0]
    assert (trail["user"], trail["action"]) == ("王强", "删除补充的标杆值")
    assert tuple(trail[["detail", "before", "after"]]) == (
        "深圳市 低压用户平均接电时长",
        "不超过 24 小时，2020年：“低压用户平均接电时长不超过3个工作日”",
        "",
    )
    assert add_benchmark(house, SHENZHEN, user="李敏") == "U3"


@pytest.mark.parametrize(("number", "user"), [("F263", "王强"), ("U9", "王强"), ("U1", " ")])
def test_what_a_document_of_the_catalogue_states_stays(house: Path, number: str, user: str) -> None:
    add_benchmark(house, SHENZHEN, user="李敏")
    before = catalog.table(house, "benchmark")
    with pytest.raises(UserError):
        remove_benchmark(house, number, user=user)
    pd.testing.assert_frame_equal(catalog.table(house, "benchmark"), before)


def test_units_that_fit_a_measure() -> None:
    assert units_for("工作日") == ("工作日", "小时", "日")
    assert units_for("天") == ("天",)
    assert units_for("千瓦") == ("千瓦",)
    assert set(units_for("%")) == {"%", "‰", "小数"}


def test_the_day_of_the_document_is_kept_as_a_date_is_written(house: Path) -> None:
    number = add_benchmark(house, replace(SHENZHEN, day="２０２０-9"), user="李敏")
    assert catalog.table(house, "document").set_index("code").at[row(house, number)["document"], "date"] == "2020-09"
