"""A table of problems: headers in many spellings, days as offices write them, and every refusal with its place."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.ingest.ledger import DATES, LABELS, MOST_ROWS, Known, as_actions, as_day, names_of, read_ledger
from lib.model import UserError
from lib.model.ledger import Action, Task

KNOWN = Known(
    names_of({"410400": ("平顶山市",), "410421": ("宝丰县", "宝丰"), "410482": ("汝州市", "汝州")}),
    names_of({"tax": ("纳税",), "tax.time": ("纳税时间", "年纳税时间")}),
    names_of({"市税务局": ("市税务局", "税务局"), "市财政局": ("市财政局", "财政局")}),
)
HEAD = ("问题", "责任单位", "整改期限")
GOOD = ("办税慢", "市税务局", "2021-03-31")


def workbook(*rows: tuple, merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(data: bytes, name: str = "清单.xlsx"):
    return read_ledger(data, name, KNOWN, region="410400")


def test_a_full_row_with_office_spellings():
    head = (
        "序号", "存在的问题", "问题来源", "依据文件", "涉及指标", "县（市、区）", "牵头 单位", "配合部门", "分管领导",
        "完成时限", "整改举措", "整改步骤",
    )  # fmt: skip
    row = (
        1, "办税慢", "省营商环境评价报告", "豫发〔2020〕1号", "年纳税时间", "宝丰", "税务局", "财政局；市大数据局、财政局",
        "王市长", "2021年3月31日前", "合并申报", "1.梳理 2021-01-15\n2、试运行（2021年2月1日）\n\n总结",
    )  # fmt: skip
    found = read(workbook(("2021年整改台账",), head, row))
    assert found.issues == ()
    (only,) = found.rows
    assert only.row == 3
    assert only.task == Task(
        problem="办税慢",
        origin="评价报告",
        basis="豫发〔2020〕1号",
        subject="tax.time",
        region="410421",
        owner="市税务局",
        helpers="市财政局、市大数据局",
        leader="王市长",
        deadline="2021-03-31",
        measures="合并申报",
        actions=(Action("梳理", "2021-01-15"), Action("试运行", "2021-02-01"), Action("总结")),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_text_in_any_encoding(encoding):
    text = "问　题,责任单位（必填）,整改期限*\r\n办税慢,税务局,2021.3.31\r\n"
    (only,) = read(text.encode(encoding), "清单.csv").rows
    assert (only.task.problem, only.task.owner, only.task.deadline) == ("办税慢", "市税务局", "2021-03-31")


@pytest.mark.parametrize(
    ("said", "origin"),
    [
        ("短板指标", "短板指标"), ("省评价通报", "评价报告"), ("市委巡察", "督查检查"), ("12345热线", "投诉举报"),
        ("信访件", "投诉举报"), ("其他", "其他"), ("", "其他"), ("会议", "其他"),
    ],
)  # fmt: skip
def test_where_a_problem_comes_from(said, origin):
    (only,) = read(workbook((*HEAD, "来源"), (*GOOD, said))).rows
    assert only.task.origin == origin


@pytest.mark.parametrize(
    "written",
    [
        "2021-03-31", "2021-3-31", "2021/3/31", "2021.03.31", "2021年3月31日", "2021年03月31日前", "２０２１年３月３１日",
        "2021年3月31日之前", " 2021-03-31 ", "2021-03-31 00:00:00", "2021-03-31 13:30", "2021-3-31 9:30:00", "2021/03/31 23:59:59.5",
        "2021-03-31T13:30:00", "2021年3月31日13:30", "2021年3月31日 9：30", "2021.3.31　00:00",
    ],
)  # fmt: skip
def test_days_as_offices_write_them(written):
    assert as_day(written) == "2021-03-31"


@pytest.mark.parametrize("cell", [date(2021, 3, 31), datetime(2021, 3, 31), datetime(2021, 3, 31, 13, 30)])
def test_a_date_cell_of_a_workbook(cell):
    (only,) = read(workbook(HEAD, (*GOOD[:2], cell))).rows
    assert only.task.deadline == "2021-03-31"


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_every_form(day):
    forms = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
    assert {as_day(day.strftime(form)) for form in forms} == {day.isoformat()}


@pytest.mark.parametrize("written", ["2021-03-119:30", "2021-03-31 24:00", "2021-03-31 9:60", "13:30", "2021-03 13:30"])
def test_a_time_is_no_part_of_a_day(written):
    assert as_day(written) is None


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("12月底", "没有写年份"), ("12月31日", "没有写年份"), ("2021年12月底", "没有写到哪一天"), ("2021年12月", "没有写到哪一天"),
        ("2021-12", "没有写到哪一天"), ("2021年底", "没有写到哪一天"), ("2021", "没有写到哪一天"), (44286, "是数字，不是日期"),
        ("2021-02-30", "不是日期"), ("长期坚持", "不是日期"), ("立行立改", "不是日期"), ("2021-03-31至2021-04-30", "不是日期"),
    ],
)  # fmt: skip
def test_a_deadline_that_is_no_day_is_refused_with_its_place(written, message):
    found = read(workbook(("台账",), HEAD, GOOD, (*GOOD[:2], written)))
    (issue,) = found.issues
    assert (issue.code, issue.message) == ("deadline-unread", message)
    assert (issue.file, issue.sheet, issue.row, issue.position, issue.column) == (
        "清单.xlsx",
        "Sheet",
        4,
        3,
        "整改期限",
    )
    assert issue.value == str(written)
    assert DATES in issue.expected


@pytest.mark.parametrize(
    ("row", "code", "position", "value"),
    [
        (("", "市税务局", "2021-03-31", "", ""), "problem-missing", 1, ""),
        (("慢", "", "2021-03-31", "", ""), "owner-missing", 2, ""),
        (("慢", "市税务局", "", "", ""), "deadline-missing", 3, ""),
        (("慢", "市税务局", "2021-03-31", "火星", ""), "region-unknown", 4, "火星"),
        (("慢", "市税务局", "2021-03-31", "", "幸福"), "subject-unknown", 5, "幸福"),
        (("慢" * 501, "市税务局", "2021-03-31", "", ""), "problem-long", 1, "慢" * 501),
    ],
)
def test_every_rule_names_the_cell(row, code, position, value):
    (issue,) = read(workbook((*HEAD, "地区", "指标"), row)).issues
    assert (issue.code, issue.row, issue.position, issue.value) == (code, 2, position, value)
    assert issue.expected


@pytest.mark.parametrize(
    ("label", "field", "most"),
    [
        ("责任单位", "owner", 100), ("配合单位", "helpers", 100), ("责任领导", "leader", 100), ("依据", "basis", 2000),
        ("整改措施", "measures", 2000), ("整改步骤", "actions", 2000),
    ],
)  # fmt: skip
def test_a_text_that_is_too_long_is_refused_with_its_place(label, field, most):
    head = ("问题", "整改期限", "责任单位", label) if field != "owner" else ("问题", "整改期限", "来源", label)
    row = ("办税慢", "2021-03-31", "市税务局" if field != "owner" else "")
    assert read(workbook(head, (*row, "长" * most))).issues == ()
    (issue,) = read(workbook(head, (*row, "长" * (most + 1)))).issues
    assert (issue.code, issue.row, issue.position, issue.column) == (f"{field}-long", 2, 4, label)
    assert (issue.message, issue.expected) == (f"有 {most + 1} 个字，太长", f"不超过 {most} 个字")


@pytest.mark.parametrize(
    "error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#n/a", "＃N/A", "#####"]
)
@pytest.mark.parametrize("at", range(6))
def test_a_formula_that_failed_is_refused_in_every_column(error, at):
    row = ["办税慢", "市税务局", "2021-03-31", "宝丰县", "纳税", "王市长"]
    row[at] = error
    (issue,) = read(workbook((*HEAD, "地区", "指标", "责任领导"), tuple(row))).issues
    assert (issue.code, issue.row, issue.position, issue.value) == ("cell-error", 2, at + 1, error)


def test_a_number_sign_in_a_text_is_no_error():
    assert read(workbook(HEAD, ("3#楼没有窗口", "市税务局", "2021-03-31"))).issues == ()


def test_more_rows_than_a_ledger_takes_are_refused_as_a_whole():
    rows = [(f"问题{at}", *GOOD[1:]) for at in range(MOST_ROWS)]
    found = read(workbook(HEAD, *rows, ("注：共 2000 项",)))
    assert (len(found.rows), found.issues) == (2000, ())
    found = read(workbook(HEAD, *rows, GOOD, ("坏的", "", "12月底")))
    assert found.rows == ()
    (issue,) = found.issues
    assert (issue.code, issue.file, issue.message) == ("rows-many", "清单.xlsx", "超过 2000 行，太多")
    assert issue.expected.startswith("不超过 2000 行整改事项")


def test_all_that_is_wrong_is_told_at_once():
    found = read(workbook((*HEAD, "地区"), ("", "", "12月底", "火星"), GOOD))
    assert [issue.code for issue in found.issues] == [
        "region-unknown", "problem-missing", "owner-missing", "deadline-unread",
    ]  # fmt: skip
    assert len(found.rows) == 2


def test_a_column_that_is_not_there_is_told_once():
    found = read(workbook(("问题", "来源"), ("慢", "其他"), ("远", "其他")))
    assert [(each.code, each.row, each.message) for each in found.issues if each.code == "column-missing"] == [
        ("column-missing", 1, "没有“责任单位”这一列"),
        ("column-missing", 1, "没有“整改期限”这一列"),
    ]
    assert len(found.issues) == 2


@pytest.mark.parametrize("rows", [[("甲", "乙"), (1, 2)], [HEAD], [("问题",), ("慢",)]])
def test_a_file_without_items_says_what_was_expected(rows):
    (issue,) = read(workbook(*rows)).issues
    assert issue.code == "no-items"
    assert "责任单位" in issue.expected


def test_what_is_no_table_is_refused():
    with pytest.raises(UserError, match="PDF"):
        read(b"%PDF-1.4", "清单.xlsx")


def test_merged_cells_and_lines_below_the_table():
    data = workbook(
        HEAD, ("办税慢", "市税务局", "2021-03-31"), ("排队长", None, "2021-04-30"), ("注：共 2 项",), merge="B2:B3"
    )
    found = read(data)
    assert found.issues == ()
    assert [(each.task.problem, each.task.owner) for each in found.rows] == [
        ("办税慢", "市税务局"),
        ("排队长", "市税务局"),
    ]


def test_a_formula_is_text_like_any_other():
    (only,) = read("问题,责任单位,整改期限\n=cmd|'/c calc'!A1,市税务局,2021-03-31\n".encode(), "清单.csv").rows
    assert only.task.problem == "=cmd|'/c calc'!A1"


def test_steps_keep_their_words_and_their_days():
    assert as_actions("一、梳理 2021-01-15\n- 试行，2021.2.1\n（3）2021年总结\n\n2021-05-01") == (
        Action("梳理", "2021-01-15"),
        Action("试行", "2021-02-01"),
        Action("2021年总结"),
        Action("2021-05-01"),
    )


def test_a_name_of_two_things_stands_for_neither():
    assert names_of({"a": ("甲", "乙"), "b": ("乙", "丙"), "c": ("乙",)}) == {"甲": "a", "丙": "b"}


def test_every_label_is_a_header_that_is_read():
    row = tuple(GOOD[HEAD.index(label)] if label in HEAD else "" for label in LABELS.values())
    (only,) = read(workbook(tuple(LABELS.values()), row)).rows
    assert only.task == Task("办税慢", owner="市税务局", deadline="2021-03-31")
