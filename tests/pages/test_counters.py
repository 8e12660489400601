"""月度计数: counts by month come in as a grid and stand beside what documents state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.model.tally import Kind
from lib.store import tallies
from lib.store.events import today

from .conftest import drawn_tables, text_of

PAGE = "act/counters.py"
Visit = Callable[..., AppTest]


def head(at: AppTest) -> str:
    return next(part.value for part in at.markdown if part.value.startswith("## "))


def typed(at: AppTest, year: int, turn: int, edits: dict[int, dict[str, int | None]]) -> AppTest:
    at.session_state[f"counters-{year}-{turn}"] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    return at.run()


def save(at: AppTest) -> AppTest:
    button = next(each for each in at.button if each.label.startswith("保存"))
    assert not button.disabled
    return button.click().run()


@pytest.fixture
def entered(house: Path) -> Path:
    counts = {("2021-01", Kind.COMPLAINTS): 4, ("2021-02", Kind.COMPLAINTS): 2, ("2021-02", Kind.COMPLAINTS_CLOSED): 5}
    tallies.enter(house, counts, user="张三")
    return house


def test_a_year_without_counts_says_so_and_still_shows_what_documents_state(visit: Visit) -> None:
    at = visit(PAGE)
    year = today()[:4]
    assert head(at) == f"## {year}年还没有填报月度数。"
    table = drawn_tables(at)[f"{year}年合计，和文件写明的累计"].set_index("项目")
    assert table["文件写明的累计"].to_dict() == {
        "收到投诉": "17 起（2021年12月）",
        "办结投诉": "—",
        "收到企业诉求": "11 条（2021年12月）",
        "办结企业诉求": "—",
        "督查检查": "—",
        "联席会议": "13 次（2021年12月）",
        "宣传报道": "—",
        "印发通报": "62 期（2021年12月）",
    }
    assert table["本年合计"].isna().all()


def test_the_year_in_the_address_is_added_up(visit: Visit, entered: Path) -> None:
    at = visit(PAGE, year="2021")
    assert head(at) == "## 2021年：收到投诉 6 起，办结投诉 5 起。"
    table = drawn_tables(at)["2021年合计，和文件写明的累计"].set_index("项目")
    assert table.loc["收到投诉", ["本年合计", "已填月数"]].tolist() == [6.0, "2 / 12"]
    assert not at.warning


def test_another_year_is_chosen(visit: Visit, entered: Path) -> None:
    at = visit(PAGE, year="2021")
    at.selectbox(key="year").select("2020").run()
    assert head(at) == "## 2020年还没有填报月度数。"


def test_more_closed_than_received_is_told(visit: Visit, entered: Path) -> None:
    tallies.enter(entered, {("2021-03", Kind.COMPLAINTS_CLOSED): 2}, user="张三")
    at = visit(PAGE, year="2021")
    assert at.warning[0].value == "请核对：办结投诉累计 7 起，多于收到的 6 起。"


def test_the_grid_saves_only_what_was_changed_under_a_name(visit: Visit, entered: Path) -> None:
    at = visit(PAGE, year="2021")
    at = typed(at, 2021, 0, {0: {"收到投诉": 4, "联席会议": 1}, 1: {"收到投诉": None}})
    assert next(each for each in at.button if each.label.startswith("保存")).disabled
    at.text_input(key="user").input("李四")
    at = typed(at, 2021, 0, {0: {"收到投诉": 4, "联席会议": 1}, 1: {"收到投诉": None}})
    assert [each.label for each in at.button if each.label.startswith("保存")] == ["保存 2 个数"]
    at = save(at)
    assert at.success[0].value == "已保存 2 个数。"
    standing = {(row.month, row.kind): row.value for row in tallies.tallies(entered).itertuples()}
    assert standing == {("2021-01", "complaints"): 4, ("2021-01", "meetings"): 1, ("2021-02", "complaints_closed"): 5}
    history = drawn_tables(at)["每一次填报，最近的在前"]
    assert history[["月份", "项目", "数", "经办人"]].head(2).to_numpy().tolist() == [
        ["2021年2月", "收到投诉", "撤回", "李四"],
        ["2021年1月", "联席会议", "1", "李四"],
    ]


def test_a_typed_note_is_shown_as_it_was_typed(visit: Visit, entered: Path) -> None:
    tallies.enter(entered, {("2021-05", Kind.MEETINGS): 1}, user="[a](b)", note="*x*")
    at = visit(PAGE, year="2021")
    assert drawn_tables(at)["每一次填报，最近的在前"].iloc[0][["经办人", "备注"]].tolist() == ["[a](b)", "*x*"]
    assert "填报记录（4 条）" in [each.label for each in at.expander]
    assert "2021年：" in text_of(at)
