"""申报表: from nothing to the public list, what is refused on the way, and that nothing typed is lost."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from streamlit.testing.v1 import AppTest

from lib.core.declaration import cells
from lib.export.declaration import form
from lib.model.declaration import Declaration, Goal, State
from lib.store import catalog, declarations
from lib.store.events import today
from tests.pages.conftest import conclusion, drawn_tables, text_of

PAGE, CAMPAIGN = "benchmark/declaration.py", "xdc-2019"
STEPS = ("1 填报单位", "2 寻标", "3 对标", "4 创标", "5 核对报送")
PROCEDURES = "electricity.procedures"


WHOLE = Declaration(
    unit="平顶山供电公司",
    filled="2019-11-18",
    contact="李四",
    phone="0375-1234567",
    region="410400",
    subject="electricity",
    vertical="北京",
    horizontal="郏县",
    vertical_goals=(Goal(PROCEDURES, 1.0),),
    horizontal_goals=(Goal(PROCEDURES, 1.0),),
    vertical_gap="办电环节持平",
    horizontal_gap="办电环节持平",
    steps="并联审批",
    due="2020-11-18",
    create_goals=(Goal(PROCEDURES, 1.0),),
    highlight="全程网办",
    create_steps="一窗受理",
    create_due="2020-11-30",
)


def begun(house: Path, content: Declaration = WHOLE) -> int:
    return declarations.create(house, CAMPAIGN, content, user="张三")


def field(at: AppTest, kind: str, name: str, number: int = 1):
    return getattr(at, kind)(key=f"form-{number}-{name}")


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [each for each in at.button if each.label == label]
    assert not button.disabled, label
    button.click().run()
    assert not at.exception, at.exception
    return at


def signed(at: AppTest) -> AppTest:
    at.text_input(key="user").set_value("张三").run()
    return at


def kept(house: Path, number: int = 1) -> Declaration:
    return declarations.declaration(house, number).content


def test_an_empty_page_says_how_to_begin(visit):
    at = visit(PAGE)
    assert conclusion(at) == "## 还没有申报表。"
    assert "点“开始填报”" in at.info[0].value
    (button,) = [each for each in at.button if each.label == "开始填报"]
    assert button.disabled
    assert not signed(at).button[[each.label for each in at.button].index("开始填报")].disabled


def test_every_change_is_kept_as_it_is_made(house, visit):
    at = press(signed(visit(PAGE)), "开始填报")
    assert at.query_params["form"] == "1"
    assert kept(house).filled == today()
    field(at, "selectbox", "unit").set_value("平顶山供电公司").run()
    field(at, "text_input", "contact").set_value(" 李四 ").run()
    field(at, "selectbox", "region").set_value("410400").run()
    field(at, "selectbox", "subject").set_value("electricity").run()
    assert not at.exception, at.exception
    assert (kept(house).unit, kept(house).contact) == ("平顶山供电公司", "李四")
    at = visit(PAGE, form="1")  # as after a reload
    assert field(at, "text_input", "contact").value == "李四"
    assert "平顶山供电公司：获得电力（草稿）" in conclusion(at)


def test_benchmarks_bring_the_gap_with_both_values_and_their_times(house, visit):
    begun(house, Declaration(region="410400", subject="electricity"))
    at = visit(PAGE, form="1", step="2 寻标")
    field(at, "multiselect", "vertical").set_value(["北京"]).run()
    assert not at.exception, at.exception
    assert kept(house).vertical == "北京"
    assert (
        kept(house).vertical_gap.splitlines()[0]
        == "办电环节：平顶山市 2 个（2021年12月），北京 2 个（不晚于2019年10月），持平。"
    )
    table = drawn_tables(at)["纵向：现值和标杆"].set_index("测度")
    assert table.loc["办电环节", "比较"] == "持平"
    low = table.loc["低压用户平均接电时长"]
    assert set(low["标杆值"]) == {"≤ 25 天（不晚于2019年10月）", "4.74 天（不晚于2019年10月）"}
    assert set(low["比较"]) == {"本地现值 1.4 天未写明口径，不作比较"}
    field(at, "multiselect", "horizontal").set_value(["郏县"]).run()
    assert "演示数据" in kept(house).horizontal_gap


def test_words_that_a_person_wrote_are_not_replaced_by_the_data(house, visit):
    begun(house, Declaration(region="410400", subject="electricity", vertical_gap="我们自己写的"))
    at = visit(PAGE, form="1", step="2 寻标")
    field(at, "multiselect", "vertical").set_value(["北京"]).run()
    assert kept(house).vertical_gap == "我们自己写的"


def test_goals_are_set_changed_and_taken_away(house, visit):
    begun(house, Declaration(region="410400", subject="electricity"))
    at = visit(PAGE, form="1", step="3 对标")
    box = f"vertical_goals-{PROCEDURES}"
    for value, goals in ((2.0, (Goal(PROCEDURES, 2.0),)), (1.0, (Goal(PROCEDURES, 1.0),)), (None, ())):
        field(at, "number_input", box).set_value(value).run()
        assert kept(house).vertical_goals == goals
    assert "现值 1.4 天未写明口径" in text_of(at)


def test_a_unit_states_its_own_value_where_no_document_has_one(house, visit):
    begun(house, replace(WHOLE, unit="市税务局", subject="tax", vertical_goals=(Goal("tax.time", 90.0),)))
    at = visit(PAGE, form="1", step="3 对标")
    box = field(at, "number_input", "own-tax.time")
    box.set_value(88.0).run()
    assert kept(house).own == (Goal("tax.time", 88.0),)
    said = text_of(at).replace("\\", "")
    assert "自报现值：没有写出处和时间" in said
    assert "年度纳税时间 ≤ 90 小时：现值已是 88 小时，目标要比它低" in said
    field(at, "text_input", "own_source").set_value("市税务局统计，2019年10月").run()
    field(at, "number_input", "own-tax.time").set_value(120.0).run()
    table = drawn_tables(visit(PAGE, form="1", step="2 寻标"))["横向：现值和标杆"].set_index("测度")
    assert table.loc["年度纳税时间", "现值"] == "120 小时（自报：市税务局统计，2019年10月）"
    assert table.loc["年度纳税时间", "比较"].startswith("落后")
    press(signed(visit(PAGE, form="1", step=STEPS[-1])), "报送")
    baseline = {each.measure: each for each in declarations.declaration(house, 1).baseline}["tax.time"]
    assert (baseline.value, baseline.period, baseline.source) == (120.0, "自报：市税务局统计，2019年10月", "")


def test_made_up_values_are_marked_also_where_they_are_not_compared(house, visit):
    begun(house, replace(WHOLE, subject="tax", vertical_goals=()))
    said = text_of(visit(PAGE, form="1", step="3 对标"))
    row = said.partition("年度纳税时间")[2].partition("年度纳税次数")[0]
    assert "小时　:orange[演]" in row.replace("\u00a0", " ")
    assert "演示数据" in text_of(visit(PAGE, form="1", step=STEPS[-1]))


def test_practices_bring_their_words(house, visit):
    begun(house, Declaration(region="410400", subject="electricity"))
    at = visit(PAGE, form="1")
    field(at, "multiselect", "practices").set_value(["P22"]).run()
    assert kept(house).practices == ("P22",)
    assert kept(house).steps.startswith("参照“获得电力便利化改革”：")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"vertical": ""}, "纵向标杆单位：没有选纵向标杆"),
        ({"horizontal": ""}, "横向标杆单位：没有选横向标杆"),
        ({"vertical_goals": (), "vertical_words": "明显改善"}, "对标目标（纵向）：目标“明显改善”没有数字"),
        ({"due": ""}, "对标时限：目标没有完成日期"),
        ({"vertical_goals": (Goal(PROCEDURES, 2.0),)}, "办电环节 ≤ 2 个：现值已是 2 个，目标要比它低"),
    ],
)
def test_what_breaks_the_plan_is_not_handed_in(house, visit, changes, said):
    begun(house, replace(WHOLE, **changes))
    at = press(signed(visit(PAGE, form="1", step=STEPS[-1])), "报送")
    assert [part.value for part in at.error] == ["没有报送：有 1 处不符合方案，逐条列在右边。"]
    assert said in text_of(at).replace("\\", "")
    assert declarations.declaration(house, 1).state is State.DRAFT


@pytest.mark.parametrize(
    ("vertical", "refused"),
    [
        ("北京市税务局", False),
        ("国网北京电力", False),
        ("无锡市税务局", False),
        ("石家庄市新华区", False),
        ("河南省信阳市", False),
        ("市税务局", True),
        ("平顶山市税务局", True),
        ("宝丰县税务局", True),
        ("新华区政务中心", True),
        ("宝 丰", True),
        ("北京、郏县", True),
        ("本市先进单位", True),
    ],
)
def test_a_vertical_benchmark_lies_outside_the_city(house, visit, vertical, refused):
    begun(house, replace(WHOLE, unit="市税务局", vertical=vertical))
    said = text_of(visit(PAGE, form="1", step=STEPS[-1]))
    assert ("不是全国范围内的标杆" in said) is refused
    assert "不能以自己为标杆" not in said


@pytest.mark.parametrize(("horizontal", "refused"), [("郏县", False), ("市商务局", False), ("北京市税务局", True)])
def test_a_horizontal_benchmark_lies_in_the_city(house, visit, horizontal, refused):
    begun(house, replace(WHOLE, horizontal=horizontal))
    said = text_of(visit(PAGE, form="1", step=STEPS[-1]))
    assert ("不是全市范围内的标杆" in said) is refused


def test_from_draft_to_the_public_list_and_back(house, visit):
    begun(house)
    at = press(signed(visit(PAGE, form="1", step=STEPS[-1])), "报送")
    filed = declarations.declaration(house, 1)
    assert filed.state is State.SUBMITTED
    assert [(each.measure, each.value, each.period) for each in filed.baseline] == [(PROCEDURES, 2.0, "2021-12")]
    press(at, "公示")
    assert declarations.declaration(house, 1).state is State.PUBLISHED
    press(at, "回到申报表列表")
    table = drawn_tables(at)["公示：1 份申报表"].iloc[0]
    assert (table["单位"], table["指标"], table["纵向标杆"], table["横向标杆"], table["目标"]) == (
        "平顶山供电公司",
        "获得电力",
        "北京",
        "郏县",
        "办电环节 ≤ 1 个（纵向、横向、创标）",
    )
    press(at, "看平顶山供电公司的申报表")
    press(at, "退回")
    assert "退回要写明意见" in at.error[0].value
    at.text_area(key="comment-1").set_value("时限太长").run()
    press(at, "退回")
    assert declarations.declaration(house, 1).state is State.RETURNED
    assert "退回意见：时限太长" in at.warning[0].value


def test_two_in_one_form_see_each_other_and_lose_nothing(house, visit):
    begun(house)
    mine = visit(PAGE, form="1")
    theirs = visit(PAGE, form="1")
    field(theirs, "text_input", "contact").set_value("王五").run()
    field(mine, "text_input", "phone").set_value("110").run()
    assert (kept(house).contact, kept(house).phone) == ("王五", "110")
    assert field(mine, "text_input", "contact").value == "王五"
    assert any("别人刚改过" in part.value for part in mine.success)
    field(theirs, "text_input", "phone").set_value("120").run()
    assert kept(house).phone == "120"
    actions = declarations.versions(house, 1)
    assert actions["content"][actions["action"] == declarations.OVERWRITTEN].iloc[0].phone == "110"


def test_a_version_is_shown_and_brought_back(house, visit):
    begun(house)
    at = signed(visit(PAGE, form="1"))
    field(at, "text_input", "contact").set_value("王五").run()
    press(at, "恢复这个版本")
    assert kept(house) == WHOLE
    assert "已恢复版本 1" in at.success[0].value


def test_a_form_filled_in_with_word_becomes_a_draft(house, visit):
    data = form(cells(WHOLE, catalog.measures(house)))
    at = signed(visit(PAGE))
    at.file_uploader(key="form_file").set_value(("申报表.docx", data, "application/octet-stream")).run()
    press(at, "读入为草稿")
    assert kept(house) == WHOLE


def test_a_form_mended_in_word_takes_the_drafts_place(house, visit):
    begun(house)
    document = docx.Document(io.BytesIO(form(cells(WHOLE, catalog.measures(house)))))
    document.tables[0].cell(6, 3).paragraphs[0].runs[0].text = "在 Word 里改的举措"
    data = io.BytesIO()
    document.save(data)
    at = signed(visit(PAGE, form="1", step=STEPS[-1]))
    at.file_uploader(key="back-1").set_value(("申报表.docx", data.getvalue(), "application/octet-stream")).run()
    press(at, "换成文件里的内容")
    assert kept(house).steps == "在 Word 里改的举措"
    rows = declarations.versions(house, 1)
    assert rows["content"][rows["action"] == "读入 Word 前的内容"].iloc[0] == WHOLE


def test_a_file_that_is_no_form_is_refused_with_the_reason(visit):
    at = signed(visit(PAGE))
    at.file_uploader(key="form_file").set_value(("别的.docx", b"PK\x03\x04", "application/octet-stream")).run()
    assert "读不出内容" in at.error[0].value


def test_a_draft_is_dropped_and_can_be_had_back(house, visit):
    begun(house)
    at = press(signed(visit(PAGE, form="1", step=STEPS[-1])), "作废这份草稿")
    assert declarations.declaration(house, 1).state is State.DROPPED
    press(at, "恢复这个版本")
    assert declarations.declaration(house, 1).state is State.DRAFT


@pytest.mark.parametrize("asked", ["99", "abc", "9" * 23, "-1", "٣"])
def test_an_address_of_a_form_that_is_not_there(visit, asked):
    at = visit(PAGE)
    at.query_params["form"] = asked
    at.run()
    assert not at.exception
    said = [part.value for part in at.error]
    assert said == [f"没有申报表 {asked}" if asked == "99" else f"地址里的申报表“{asked}”没有。"]


def test_days_are_chosen(house, visit):
    begun(house)
    at = visit(PAGE, form="1", step="4 创标")
    field(at, "date_input", "create_due").set_value(date(2020, 12, 1)).run()
    assert kept(house).create_due == "2020-12-01"
    field(at, "text_area", "highlight").set_value("新亮点").run()
    assert kept(house).highlight == "新亮点"


@pytest.mark.parametrize("step", STEPS)
def test_every_step_draws_for_the_city_and_for_a_county(house, visit, step):
    begun(house)
    begun(house, Declaration(unit="宝丰县", region="410421", subject="tax", vertical="北京", horizontal="郏县"))
    for number in ("1", "2"):
        assert not visit(PAGE, form=number, step=step).exception
