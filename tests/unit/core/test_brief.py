"""Figures for the bulletin: numbers in the series, what is new, who stands where, numbers that are not the data's."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core import brief, cityfacts
from lib.model.bulletin import Done, Paperwork
from lib.model.ledger import Action, Item, Reading, State, Task

DOCUMENTS = pd.DataFrame(
    {
        "code": ["b37", "plan", "report"],
        "doc_no": ["优化营商环境工作通报第37期", "平营商办〔2020〕4号", ""],
        "date": ["2020-12-04", "2020", "2021-12-17"],
        "kind": ["工作通报", "工作方案", "工作通报"],
        "region": ["410400"] * 3,
        "issuer": ["办公室", "办公室", "监督局"],
    }
).set_index("code")
FACTS = pd.DataFrame({"document": ["report"], "code": ["mechanism.bulletins"], "value": [62.0], "period": ["2021-12"]})
NONE = pd.DataFrame({"kind": [], "number": [], "day": []})
WORK, WEEK, DAY = Paperwork


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2020-11-30", None),
        ("2020-12-03", None),
        ("2020-12-04", 38),
        ("2021-12-16", 38),
        ("2021-12-17", 63),
        ("2026-11-23", 63),
    ],
)
def test_the_next_number_is_one_more_than_the_greatest_known_by_the_day(day: str, number: int | None) -> None:
    known = brief.issues(DOCUMENTS, FACTS, NONE)
    assert known == [(date(2020, 12, 4), 37), (date(2021, 12, 17), 62)]
    assert brief.next_number(WORK, date.fromisoformat(day), known) == number


def test_the_first_number_is_1_where_no_bulletin_is_known_at_all() -> None:
    assert brief.next_number(WORK, date(2020, 1, 1), []) == 1


@pytest.mark.parametrize("written", ["2020-12", "2020", "", "2020年底", "2020-13-01"])
def test_a_document_without_a_day_gives_no_number(written: str) -> None:
    dated = DOCUMENTS.assign(date=[written, "2020", written])
    assert brief.issues(dated, FACTS, NONE) == []


def test_what_was_issued_here_counts_and_short_forms_do_not() -> None:
    issued = pd.DataFrame({"kind": ["work", "week"], "number": [63, 202603], "day": ["2026-01-05", "2026-01-15"]})
    known = brief.issues(DOCUMENTS, FACTS, issued)
    assert brief.next_number(WORK, date(2026, 2, 1), known) == 64
    assert brief.since(WORK, date(2026, 2, 1), known) == date(2026, 1, 5)
    assert brief.since(WORK, date(2020, 12, 4), known) is None


@pytest.mark.parametrize(
    ("day", "week"), [("2026-11-23", 202648), ("2026-11-22", 202647), ("2027-01-01", 202653), ("2024-12-30", 202501)]
)
def test_a_week_belongs_to_the_year_of_its_thursday(day: str, week: int) -> None:
    assert brief.next_number(WEEK, date.fromisoformat(day), []) == week


def test_a_week_begins_on_monday_and_a_day_is_itself() -> None:
    assert brief.since(WEEK, date(2026, 11, 25), []) == date(2026, 11, 22)
    assert brief.since(WEEK, date(2026, 11, 22), []) == date(2026, 11, 15)
    assert brief.since(DAY, date(2026, 11, 1), []) == date(2026, 10, 31)
    assert brief.next_number(DAY, date(2026, 1, 2), []) == 20260102
    assert [kind.numbered(number) for kind, number in ((WORK, 38), (WEEK, 202605), (DAY, 20260102))] == [
        "第38期",
        "2026年第5周",
        "2026年1月2日",
    ]


def test_only_documents_dated_by_the_day_are_known() -> None:
    rows = pd.DataFrame({"document": ["plan", "b37", "report", ""], "value": [1, 2, 3, 4]})
    assert list(cityfacts.known(rows, DOCUMENTS, date(2020, 12, 3))["value"]) == [1, 4]
    assert list(cityfacts.known(rows, DOCUMENTS, date(2020, 12, 4))["value"]) == [1, 2, 4]
    assert list(cityfacts.known(rows, DOCUMENTS, date(2022, 1, 1))["value"]) == [1, 2, 3, 4]


def test_the_issuer_is_that_of_the_last_bulletin() -> None:
    days = (date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1))
    assert [brief.issuer(DOCUMENTS, "410400", day) for day in days] == ["办公室", "办公室", "监督局"]
    assert brief.issuer(DOCUMENTS, "410500", days[0]) == ""


def test_counts_of_the_months_from_the_last_bulletin_on() -> None:
    tallies = pd.DataFrame(
        [
            ("2026-08", "complaints", 9),
            ("2026-09", "complaints", 3),
            ("2026-10", "complaints", 4),
            ("2026-10", "meetings", 0),
            ("2026-12", "complaints", 7),
        ],
        columns=["month", "kind", "value"],
    )
    assert brief.counts(tallies, date(2026, 9, 30), date(2026, 11, 5)) == (
        (("2026-09", "2026-10"), "complaints", 7),
        (("2026-10",), "meetings", 0),
    )
    assert brief.counts(tallies, None, date(2026, 8, 31)) == ((("2026-08",), "complaints", 9),)
    assert brief.counts(tallies.iloc[:0], None, date(2026, 8, 31)) == ()


def test_what_was_done_between_two_days() -> None:
    actions = (Action("甲", "", "2026-11-02"), Action("乙", "", "2026-11-05"), Action("丙", "2026-11-04"))
    item = Item(7, 1, State.CLOSED, Task("p", actions=actions), Reading(), None, "2026-11-01T16:30:00Z", "", "", "")
    history = pd.DataFrame(
        {
            "item": [7, 7],
            "at": ["2026-11-03T16:30:00Z", "2026-11-04T01:00:00Z"],
            "action": ["复评通过，销号", "修改"],
        }
    )
    found = brief.done([item], history, date(2026, 11, 1), date(2026, 11, 4))
    second, fourth = date(2026, 11, 2), date(2026, 11, 4)
    assert found == (Done(7, "opened", second), Done(7, "step", second, actions[0]), Done(7, "closed", fourth))
    assert brief.done([item], history, date(2026, 11, 4), date(2026, 11, 4)) == ()


def test_who_moved_most_with_all_that_tie() -> None:
    rows = pd.DataFrame({"region": ["a", "b", "c", "d"], "rank_change": [2.0, 2.0, float("nan"), -4.0]})
    assert brief.most_moved(rows) == ((("a", "b"), 2), (("d",), 4))
    assert brief.most_moved(rows.assign(rank_change=0.0)) == (((), 0), ((), 0))


DRAFT = "2020年四季度，截至2021年12月17日，2026年第47周，设三个专窗。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("企业开办时间7小时，新华区第1（77.8分）。", []),
        ("企业开办时间８小时", ["8"]),
        ("企业开办时间17小时", ["17"]),
        ("企业开办时间7.5小时", ["7.5"]),
        ("企业开办时间 7 小时", []),
        ("共12个，又12个", []),
        ("2020年四季度，12个县", []),
        ("2021年12月17日第62期，台账第3号，〔2020〕4号，《2020年方案》，2026年第47周", []),
        ("到年底压减30%以上，办结1,200件", ["30%", "1,200"]),
        ("10千伏配电线路停运率降幅", []),
        ("5至9日到期", ["5", "9"]),
        ("截至2021年12月，12月17日，2021年", []),
        ("截至２０２１年 12 月 18 日", ["2021年12月18日"]),
        ("2月17日，2021年四季度，2020年", ["2月17日", "2021年四季度"]),
        ("2021-12-17", ["2021-12-17"]),
        ("2026年第48周，第47周", ["2026年第48周"]),
        ("三十五个县，约百分之五十，一百二十天", ["三十五个", "百分之五十", "一百二十天"]),
        ("第三名，两项，五位，十期，三成", ["三名", "两项", "五位", "十期"]),
        ("列出三个专窗，第三十七期，《五个一》", []),
        ("列出十三个专窗", ["十三个"]),
        ("8月9日前办结5件", ["8月9日", "5"]),
    ],
)
def test_numbers_that_are_not_the_datas(text: str, found: list[str]) -> None:
    assert brief.stray(text, ["7小时", "第1", "77.8分", "12个"], ["10千伏配电线路停运率降幅"], DRAFT) == found


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.integers(0, 10**6))
def test_a_text_of_figures_alone_has_no_stray_number_and_another_one_is_found(values: list[int], other: int) -> None:
    figures = [f"{value}项" for value in values]
    assert brief.stray("，".join(figures), figures) == []
    wanted = [] if other in values else [str(other)]
    assert brief.stray("，".join([*figures, f"{other}项"]), figures) == wanted
