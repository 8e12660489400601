"""通报材料: the draft from the data, what a person writes over it, issue, and the papers that went out."""

from __future__ import annotations

import pytest

from lib.model.bulletin import Content, Edit, Paperwork
from lib.store import bulletins as store
from lib.store import files
from tests.pages.conftest import conclusion, drawn_tables, text_of

PAGE = "act/bulletin.py"
DAY = "2026-11-23"
COUNTS = "投诉、督查、会议等计数"
STATED = (
    "据《全市优化营商环境工作情况通报》（2021年12月17日），截至2021年12月，累计收到投诉17起、收到企业诉求11条、"
    "召开联席会议13次、印发通报62期。"
)


def area(at, label: str):
    return next(each for each in at.text_area if each.label == label)


def button(at, label: str, turn: int = 0):
    return [each for each in at.button if each.label == label][turn]


def paper(at) -> str:
    """The preview."""
    return "".join(each.proto.body for each in at.get("html") if "paper-box" in each.proto.body)


def test_the_draft_opens_with_its_number_and_text(visit) -> None:
    at = visit(PAGE, day=DAY)
    assert conclusion(at).startswith("## 工作通报第63期：短板指标 5 个，台账上没有整改事项，取自数据的 ")
    assert area(at, COUNTS).value == STATED
    assert next(each for each in at.number_input if each.label == "期号").value == 63
    assert "优化营商环境工作通报" in paper(at) and "第63期" in paper(at) and STATED in paper(at)
    assert "演示数据" in paper(at) and "演示数据" in text_of(at)
    figures = drawn_tables(at)["文中每个数的出处（点“数”看来源）"]
    assert list(figures.columns) == ["数", "是什么", "时间", "出处"]
    assert list(figures.loc[figures["是什么"] == "全市企业开办时间", "数"]) == ["7小时"]


def test_nothing_is_kept_before_somebody_writes(visit, house) -> None:
    visit(PAGE, day=DAY)
    assert store.drafts(house) == []


def test_what_is_written_is_kept_and_survives(visit, house) -> None:
    at = visit(PAGE, day=DAY)
    area(at, COUNTS).set_value("收到投诉17起，都已办结，企业满意度90%。").run()
    (draft,) = store.drafts(house)
    assert draft.content.edits == {"counts": Edit("收到投诉17起，都已办结，企业满意度90%。", STATED)}
    assert (draft.content.day, draft.content.period) == (DAY, "2020-Q4")
    # The number that no source has is named, the other is not.
    assert "这些数或日期不是取自数据：90%" in text_of(at)
    assert "改过 1 处，改过的文字请人工核对，另有 1 个数或日期不是取自数据" in conclusion(at)
    again = visit(PAGE, draft=f"稿子 {draft.id}")
    assert area(again, COUNTS).value == "收到投诉17起，都已办结，企业满意度90%。"
    assert "企业满意度90%" in paper(again)
    button(again, "恢复为数据生成的文字").click().run()
    assert area(again, COUNTS).value == STATED
    assert store.drafts(house)[0].content.edits == {}


def test_the_conclusion_claims_no_more_than_was_checked(visit) -> None:
    at = visit(PAGE, day=DAY)
    table = "文中每个数的出处（点“数”看来源）"
    before = drawn_tables(at)[table]
    assert f"取自数据的 {len(before)} 个数都有出处。" in conclusion(at)
    # A date of its own, another one, and a count in Chinese characters; two of the four figures are gone.
    area(at, COUNTS).set_value("截至2021年12月，收到投诉17起、诉求11条，三十五个县2021年6月30日前办结。").run()
    assert "都有出处" not in conclusion(at)
    assert conclusion(at).endswith("，改过 1 处，改过的文字请人工核对，另有 2 个数或日期不是取自数据。")
    assert "这些数或日期不是取自数据：三十五个、2021年6月30日" in text_of(at)
    assert "▲ 改过 1 处，改过的文字请人工核对。" in text_of(at)
    assert text_of(at).count("改过，请人工核对") == 1
    left = drawn_tables(at)[table]
    gone = before[~before["是什么"].isin(left["是什么"])]
    assert list(gone["数"]) == ["13次", "62期"] and len(left) == len(before) - 2


def test_an_empty_paragraph_is_left_out_and_all_come_back_at_once(visit, house) -> None:
    at = visit(PAGE, day=DAY)
    area(at, COUNTS).set_value("").run()
    area(at, "目标进度").set_value("目标另行通报。").run()
    assert STATED not in paper(at) and "目标另行通报。" in paper(at)
    assert len(store.drafts(house)[0].content.edits) == 2
    button(at, "全部恢复为数据生成的文字").click().run()
    assert STATED in paper(at) and "目标另行通报。" not in paper(at)


def test_a_paragraph_whose_data_has_changed_since_says_so(visit, house) -> None:
    content = Content(DAY, framework="pds-2020", period="2020-Q4", edits={"counts": Edit("写过的。", "旧数据的话。")})
    number = store.create(house, Paperwork.WORK, content, user="张三")
    at = visit(PAGE, draft=f"稿子 {number}")
    assert "写这一段以后数据变了" in text_of(at) and "累计收到投诉17起" in text_of(at)


def test_what_was_written_in_a_paragraph_that_is_gone_is_still_there(visit, house) -> None:
    content = Content(DAY, framework="pds-2020", period="2020-Q4", edits={"weak-tax": Edit("纳税的话。", "")})
    number = store.create(house, Paperwork.WORK, content, user="张三")
    at = visit(PAGE, draft=f"稿子 {number}")
    assert "写过、现在稿子里没有的 1 段" in [each.label for each in at.expander]
    assert [each.value for each in at.code if each.value == "纳税的话。"] == ["纳税的话。"]


def test_words_that_come_second_are_shown_and_not_lost(visit, house) -> None:
    content = Content(DAY, framework="pds-2020", period="2020-Q4")
    number = store.create(house, Paperwork.WORK, content, user="张三")
    at = visit(PAGE, draft=f"稿子 {number}")
    store.save(house, number, {"edit:counts": Edit("李四写的。", STATED)}, content, user="李四")
    area(at, COUNTS).set_value("我写的。").run()
    assert "没有保存：别人刚改过同一处" in at.error[0].value
    assert "我写的。" in [each.value for each in at.code]
    assert area(at, COUNTS).value == "李四写的。"


def test_a_draft_keeps_the_period_that_it_was_begun_with(visit, house) -> None:
    number = store.create(house, Paperwork.WORK, Content(DAY, framework="pds-2020", period="2020-Q2"), user="张三")
    at = visit(PAGE, draft=f"稿子 {number}")
    assert "关于2020年二季度" in paper(at).replace("<br>", "")


def test_other_indicators_can_be_chosen(visit, house) -> None:
    at = visit(PAGE, day=DAY)
    at.multiselect[0].set_value(["tax"]).run()
    assert store.drafts(house)[0].content.weak == ("tax",)
    assert conclusion(at).startswith("## 工作通报第63期：短板指标 1 个")
    assert "（一）纳税。" in paper(at) and "投资项目审批。" not in paper(at)


def test_issuing_freezes_paper_and_file(visit, house) -> None:
    at = visit(PAGE, day=DAY)
    area(at, "目标进度").set_value("目标另行通报。").run()
    button(at, "确认印发").click().run()
    assert at.error[0].value.startswith("没有印发：要写明经办人")
    next(each for each in at.text_input if each.label == "经办人").set_value("张三").run()
    button(at, "确认印发").click().run()
    assert conclusion(at) == "## 已印发 1 份。"
    row = store.issued(house).iloc[0]
    assert (row["kind"], row["number"], row["day"], row["issued_by"]) == ("work", 63, DAY, "张三")
    assert files.content(house, row["sha256"]).startswith(b"PK")
    assert "目标另行通报。" in paper(at)
    table = drawn_tables(at)["已印发的材料"]
    assert list(table.iloc[0][["种类", "期号", "印发人"]]) == ["工作通报", "第63期", "张三"]
    # The next one of the day has the next number.
    assert conclusion(visit(PAGE, day=DAY)).startswith("## 工作通报第64期")


@pytest.mark.parametrize("number", [37, 63])
def test_a_number_that_went_out_is_refused(visit, house, number: int) -> None:
    if number == 63:
        issue = visit(PAGE, day=DAY)
        next(each for each in issue.text_input if each.label == "经办人").set_value("张三").run()
        button(issue, "确认印发").click().run()
    before = len(store.issued(house))
    at = visit(PAGE, day=DAY)
    next(each for each in at.number_input if each.label == "期号").set_value(number).run()
    assert f"第{number}期已经印发过" in at.warning[0].value
    next(each for each in at.text_input if each.label == "经办人").set_value("张三").run()
    button(at, "确认印发").click().run()
    assert f"第{number}期已经印发过" in at.error[0].value
    assert len(store.issued(house)) == before


def test_a_number_that_is_not_known_is_to_be_filled_in(visit, house) -> None:
    at = visit(PAGE, day="2020-11-30")
    box = next(each for each in at.number_input if each.label == "期号")
    assert box.value is None and (box.min, box.max) == (1, 9999)
    assert conclusion(at).startswith("## 工作通报第　期：")
    assert at.warning[0].value == ("这一天之前的期号不知道，第37期是2020年12月4日的，请自己填。没有期号不能印发。")
    next(each for each in at.text_input if each.label == "经办人").set_value("张三").run()
    button(at, "确认印发").click().run()
    assert at.error[0].value.startswith("没有印发：这一天之前的期号不知道")
    assert store.issued(house).empty and store.drafts(house) == []
    next(each for each in at.number_input if each.label == "期号").set_value(36).run()
    assert conclusion(at).startswith("## 工作通报第36期：") and not at.warning
    assert "注：评价期 2020年四季度在本通报日期之后结束，请核对。" in paper(at)
    button(at, "确认印发").click().run()
    assert list(store.issued(house)["number"]) == [36]


def test_a_draft_can_be_dropped(visit, house) -> None:
    at = visit(PAGE, day=DAY)
    area(at, COUNTS).set_value("x。").run()
    next(each for each in at.text_input if each.label == "经办人").set_value("张三").run()
    button(at, "作废这份稿子").click().run()
    assert store.drafts(house) == []
    assert area(at, COUNTS).value == STATED


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("周通报", "## 周通报2026年第48周：台账上没有整改事项。"),
        ("日调度", "## 日调度2026年11月23日：台账上没有整改事项。"),
        ("已印发", "## 已印发 0 份。"),
    ],
)
def test_each_view_opens_by_its_address(visit, view: str, said: str) -> None:
    at = visit(PAGE, paper=view, day=DAY)
    assert conclusion(at) == said
    assert view == "已印发" or f"优化营商环境{view}" in paper(at)


def test_without_anything_issued_the_page_says_what_to_do(visit) -> None:
    assert visit(PAGE, paper="已印发").info[0].value.startswith("还没有印发过")


@pytest.mark.parametrize("view", ["汇报PPT", "数据工作簿"])
def test_slides_and_workbook_open(visit, view: str) -> None:
    assert conclusion(visit(PAGE, paper=view, day=DAY)).startswith(f"## {view}")


def test_words_of_a_person_do_not_become_markup(visit, house) -> None:
    at = visit(PAGE, day=DAY)
    area(at, COUNTS).set_value("<img src=x onerror=alert(1)>。").run()
    assert "<img" not in paper(at) and "&lt;img src=x" in paper(at)
