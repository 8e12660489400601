"""The ledger's template, and the whole ledger as it is taken away: both are read back."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

from lib.core.ledger import listing
from lib.export.guard import table_xlsx
from lib.export.ledger import ledger_template
from lib.ingest.ledger import LABELS, Known, names_of, read_ledger
from lib.model.ledger import Action, Item, Reading, State, Task
from lib.view import tables

KNOWN = Known(names_of({"410400": ("平顶山市",), "410421": ("宝丰县",)}), names_of({"tax": ("纳税",)}), {})
HEADERS = list(LABELS.values())


def template() -> openpyxl.Workbook:
    data = ledger_template(HEADERS, {"来源": ["短板指标", "其他"], "地区": ["平顶山市", "宝丰县"]})
    return openpyxl.load_workbook(io.BytesIO(data))


def read(book: openpyxl.Workbook):
    data = io.BytesIO()
    book.save(data)
    return read_ledger(data.getvalue(), "a.xlsx", KNOWN, region="410400")


def test_an_empty_template_has_nothing_to_read_and_says_so():
    book = template()
    assert book.sheetnames == ["整改事项", "选项", "说明"]
    assert book["选项"].sheet_state == "hidden"
    assert [issue.code for issue in read(book).issues] == ["no-items"]


def test_a_filled_template_is_read_back():
    book = template()
    said = {"问题": "=办税慢", "责任单位": "市税务局", "整改期限": "2021-03-31", "地区": "宝丰县", "指标": "纳税"}
    for name, value in said.items():
        cell = book["整改事项"].cell(2, HEADERS.index(name) + 1)
        cell.value, cell.data_type = value, "s"
    found = read(book)
    assert found.issues == ()
    (only,) = found.rows
    assert only.task == Task("=办税慢", subject="tax", region="410421", owner="市税务局", deadline="2021-03-31")


def test_the_lists_offer_what_is_allowed():
    rules = {str(rule.sqref): rule.formula1 for rule in template()["整改事项"].data_validations.dataValidation}
    assert rules == {"B2:B201": "'选项'!$B$1:$B$2", "E2:E201": "'选项'!$E$1:$E$2"}


def test_the_whole_ledger_is_read_back_as_the_same_tasks():
    task = Task(
        "办税慢", "督查检查", "原话", "tax", "410421", "市税务局", "市财政局", "王", "2021-03-31", "一、二",
        (Action("梳理", "2021-01-15"), Action("总结")),
    )  # fmt: skip
    opened = Reading(3.0, "小时", "2020-Q4", "value:tax:410421:2020-Q4", True)
    item = Item(7, 2, State.CLOSED, task, opened, opened, "", "", "张三", "")
    rows = listing([item], {7: opened}, {}, date(2021, 4, 1))
    whole = tables.whole_ledger([item], rows, {"410421": "宝丰县"}, {"tax": "纳税"})
    assert whole.iloc[0][["号", "轮次", "状态", "开账时", "销号时", "变化"]].tolist() == [
        7, 2, "已销号", "3 小时（2020年四季度，演示数据）", "3 小时（2020年四季度，演示数据）", "没有新的数",
    ]  # fmt: skip
    found = read_ledger(table_xlsx({"整改台账": whole}), "a.xlsx", KNOWN, region="410400")
    assert found.issues == ()
    assert [row.task for row in found.rows] == [task]
