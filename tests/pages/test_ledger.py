"""整改台账: the board, the table, who is to be reminded, an item's way, and the ways to put items on it."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from lib.model.ledger import Action, Reading, State, Task
from lib.store import batches
from lib.store import ledger as store
from lib.store.events import today
from tests.pages.conftest import conclusion, drawn_tables, text_of

PAGE = "act/ledger.py"
TODAY = date.fromisoformat(today())


def on(days: int) -> str:
    """A day so many days from today, ISO."""
    return (TODAY + timedelta(days=days)).isoformat()


def reading(value: float = 3.0, period: str = "2020-Q4", made_up: bool = True) -> Reading:
    return Reading(value, "工作日", period, f"value:start_business.time:410421:{period}", made_up)


def put(house: Path, problem: str, days: int = 30, **more) -> int:
    opened = more.pop("opened", Reading(words="没有对应的指标"))
    task = Task(problem, **{"owner": "市税务局", "deadline": on(days), **more})
    return store.open_items(house, [(task, opened)], user="张三")[0]


def go_on(house: Path, number: int, *steps: str) -> None:
    for step in steps:
        if step == "submit":
            store.attach(house, number, b"%PDF-1", "纪要.pdf", "", user="李四")
        here = store.item(house, number)
        store.move(house, number, step, "说明", here.opened, seen=here, user="李四")


@pytest.fixture
def filled(house: Path) -> dict[str, int]:
    numbers = {
        "late": put(house, "办税排长队", -12, origin="投诉举报"),
        "soon": put(house, "接电环节多", 5, owner="平顶山供电公司", origin="督查检查"),
        "far": put(house, "登记跑两趟", 60, owner="市自然资源和规划局", region="410421"),
        "waiting": put(house, "开办慢", -3, opened=reading(), subject="start_business.time", region="410421"),
        "still": put(house, "开办还是慢", 3, opened=reading(), subject="start_business.time", region="410421"),
    }
    go_on(house, numbers["far"], "start")
    go_on(house, numbers["waiting"], "start", "submit")
    go_on(house, numbers["still"], "start", "submit", "close")
    return numbers


def _now(house: Path) -> float:
    """What 企业开办时间 of 宝丰县 is in the demonstration data."""
    rows = batches.current(house)
    here = rows[
        (rows["measure"] == "start_business.time") & (rows["region"] == "410421") & (rows["period"] == "2020-Q4")
    ]
    return float(here["value"].iloc[0])


def press(at, label: str):
    next(each for each in at.button if each.label == label).click().run()
    assert not at.exception, at.exception
    return at


def sign(at, name: str = "王五"):
    at.text_input(key="user").set_value(name).run()
    return at


def test_an_empty_ledger_says_how_to_begin(visit):
    at = visit(PAGE)
    assert conclusion(at).endswith("台账上还没有整改事项。")
    assert at.info[0].value.startswith("台账上还没有整改事项。可以手工填写")
    press(at, "从短板列入")
    assert at.segmented_control(key="enter").value == "从短板列入"


def test_the_board_has_a_card_an_item_in_the_column_of_its_state(visit, filled):
    at = visit(PAGE)
    assert conclusion(at).endswith(
        "在办 4 项，逾期 1 项，14 天内到期 1 项，待复评 1 项；已销号 1 项，其中指标未动 1 项（都还没有新数）。"
    )
    heads = [part.value for part in at.markdown if part.value.startswith("**") and "　" in part.value]
    assert heads == ["**○ 待整改**　2", "**◐ 整改中**　1", "**◇ 待复评**　1", "**● 已销号**　1", "**↩ 退回**　0"]
    said = text_of(at)
    assert ":red[**▲ 逾期 12 天**]" in said
    assert ":orange[○ 还有 5 天]" in said
    # Both that are handed in or closed: there is no newer value than the one at the opening.
    assert said.count(":orange[⚑ 指标未动，没有新数]") == 2
    press(at, "办税排长队")
    assert "办税排长队：市税务局负责，待整改，逾期 12 天。" in conclusion(at)


@pytest.mark.parametrize(
    ("query", "problems"),
    [
        ({"item_owner": "平顶山供电公司"}, ["接电环节多"]),
        ({"item_state": "待整改"}, ["办税排长队", "接电环节多"]),
        ({"item_origin": "投诉举报"}, ["办税排长队"]),
        ({"item_region": "宝丰县"}, ["登记跑两趟", "开办慢", "开办还是慢"]),
    ],
)
def test_a_link_filters_the_ledger(visit, filled, query, problems):
    at = visit(PAGE, ledger="台账", **query)
    (shown,) = drawn_tables(at).values()
    assert list(shown["问题"]) == problems
    # The conclusion stays that of the whole ledger.
    assert "在办 4 项" in conclusion(at)


def test_the_table_is_sorted_by_urgency_and_leads_to_the_sources(visit, filled):
    at = visit(PAGE, ledger="台账")
    ((table, _),) = at.session_state["_outputs"].tables.values()
    assert list(table.values["情况"]) == [
        "▲ 逾期 12 天", "○ 还有 5 天", "○ 还有 60 天", "⚑ 指标未动，没有新数", "⚑ 指标未动，没有新数",
    ]  # fmt: skip
    row = list(table.values["问题"]).index("开办慢")
    assert table.values["开账时"].iloc[row] == "3 工作日（2020年四季度，演示数据）"
    assert table.source(row, "开账时") == "value:start_business.time:410421:2020-Q4"
    assert table.source(row, "现在") == "value:start_business.time:410421:2020-Q4"


def test_who_is_to_be_reminded(visit, filled):
    at = visit(PAGE, ledger="催办")
    ((chart, _),) = at.session_state["_outputs"].charts.values()
    rows = chart["datasets"]["rows"]
    assert rows[["owner", "state", "count", "shown"]].values.tolist() == [
        ["市税务局", "▲ 逾期", 1, "最长逾期 12 天"],
        ["市税务局", "◇ 待复评", 1, ""],
        ["平顶山供电公司", "○ 14 天内到期", 1, ""],
    ]
    assert rows[["left", "right"]].values.tolist() == [[0, 1], [1, 2], [0, 1]]
    assert drawn_tables(at)["最急的 3 项"]["情况"].tolist() == ["▲ 逾期 12 天", "○ 还有 5 天", "◇ 待复评"]


def test_a_newer_value_takes_the_flag_off_or_makes_it_red(visit, house):
    better = put(house, "开办慢", opened=reading(99.0, "2020-Q3"), subject="start_business.time", region="410421")
    worse = put(house, "开办还慢", opened=reading(0.1, "2020-Q3"), subject="start_business.time", region="410421")
    for number in (better, worse):
        go_on(house, number, "start", "submit", "close")
    at = visit(PAGE)
    assert conclusion(at).endswith("已销号 2 项，其中指标未动 1 项。")
    assert text_of(at).count(":red[**⚑ 已整改但指标未动**]") == 1
    assert "▲ 指标已好转：99 工作日 → " in visit(PAGE, item=str(better)).success[0].value
    assert "⚑ 已整改但指标未动：指标变差：0.1 工作日 → " in visit(PAGE, item=str(worse)).error[0].value


def test_another_day_shows_the_ledger_as_it_stood(visit, filled):
    at = visit(PAGE, day=on(-1))
    assert "还没有整改事项" in conclusion(at)
    at = visit(PAGE, day=on(10))
    assert "在办 4 项，逾期 2 项，14 天内到期 0 项" in conclusion(at)


def test_the_way_from_opening_to_the_next_round(visit, house):
    number = put(house, "开办慢", 3, opened=reading(), subject="start_business.time", region="410421")
    at = visit(PAGE, item=str(number))
    assert "先填经办人。" in text_of(at)
    assert next(each for each in at.button if each.label == "开始整改").disabled
    press(sign(at), "开始整改")
    assert at.success[0].value == "已办理：开始整改。"
    assert "要写说明；要有这一轮的佐证材料（现有 0 份）。" in text_of(at)
    at.text_area(key=f"do-{number}-1-doing-comment").set_value("合并了表单")
    press(at, "报请复评")
    assert "佐证材料" in at.error[0].value
    # Nothing that was typed is lost.
    assert at.text_area(key=f"do-{number}-1-doing-comment").value == "合并了表单"
    store.attach(house, number, b"%PDF-1", "纪要.pdf", "", user="李四")
    press(at, "报请复评")
    assert store.item(house, number).state is State.REVIEW
    press(at, "复评通过，销号")
    assert "要写说明" in at.error[0].value
    at.text_area(key=f"do-{number}-1-review-comment").set_value("看过佐证")
    press(at, "复评通过，销号")
    flagged = [each.value for each in at.warning]
    assert any("⚑ 已整改但指标未动：之后没有新一期的数" in each for each in flagged)
    at.text_area(key=f"do-{number}-1-closed-comment").set_value("指标没动")
    press(at, "再开一轮")
    found = store.item(house, number)
    assert (found.round, found.state, found.task.deadline) == (2, State.OPEN, on(90))
    shown = next(each for title, each in drawn_tables(at).items() if "的经过" in title)
    assert list(shown["办理"]) == ["再开一轮", "复评通过，销号", "报请复评", "上传佐证", "开始整改", "列入台账"]
    assert list(shown["轮"]) == [2, 1, 1, 1, 1, 1]


def test_a_step_is_ticked_with_the_day(visit, house):
    number = put(house, "慢", actions=(Action("合并表单", on(-2)), Action("试运行")))
    at = sign(visit(PAGE, item=str(number)))
    assert [box.label for box in at.checkbox] == [f"合并表单（{on(-2)} 前）　:red[▲ 过了期限]", "试运行"]
    at.checkbox[0].check().run()
    assert store.item(house, number).task.actions == (Action("合并表单", on(-2), today()), Action("试运行"))
    assert at.checkbox[0].value
    at.checkbox[0].uncheck().run()
    assert store.item(house, number).task.actions[0].done == ""
    # One's own tick is no change of another's for what is being typed below.
    at.checkbox[0].check().run()
    at.text_area(key=f"edit-{number}-actions").set_value(f"合并表单 {on(-2)}\n验收")
    press(at, "保存修改")
    assert at.success[0].value == "已保存。"
    assert store.item(house, number).task.actions == (Action("合并表单", on(-2), today()), Action("验收"))


def test_steps_of_the_same_name_and_reworded_ones_keep_their_days(visit, house):
    kept = (Action("走访", "", on(-3)), Action("走访", "", on(-2)), Action("试运行", "", on(-1)))
    number = put(house, "慢", actions=kept)
    at = sign(visit(PAGE, item=str(number)))
    at.text_area(key=f"edit-{number}-actions").set_value("走访\n走访\n试运行一个月")
    press(at, "保存修改")
    assert store.item(house, number).task.actions == (*kept[:2], Action("试运行一个月", "", on(-1)))


def test_an_edit_is_kept_and_one_that_crosses_anothers_loses_nothing(visit, house):
    number = put(house, "慢")
    at = sign(visit(PAGE, item=str(number)))
    at.text_area(key=f"edit-{number}-problem").set_value("办税慢")
    press(at, "保存修改")
    assert store.item(house, number).task.problem == "办税慢"
    theirs = store.item(house, number).task.with_field("leader", "赵市长")
    store.edit(house, number, theirs, seen=store.item(house, number).task, user="别人")
    at.text_area(key=f"edit-{number}-problem").set_value("办税很慢")
    press(at, "保存修改")
    assert "别人刚改过" in at.error[0].value
    assert at.text_area(key=f"edit-{number}-problem").value == "办税很慢"
    clash = drawn_tables(at)["别人改过：您写的和台账上的"]
    assert clash.values.tolist() == [["问题", "办税很慢", "办税慢"], ["责任领导", "—", "赵市长"]]
    assert store.item(house, number).task == theirs
    press(at, "看过了，以我写的为准")
    press(at, "保存修改")
    assert store.item(house, number).task.problem == "办税很慢"
    assert store.item(house, number).task.leader == ""


def test_an_item_given_another_indicator_is_compared_from_that_ones_value_now(visit, house):
    number = put(house, "开办慢", subject="start_business.time", region="410421", opened=reading(20.0))
    at = sign(visit(PAGE, item=str(number)))
    at.selectbox(key=f"edit-{number}-subject").set_value("")
    press(at, "保存修改")
    assert at.success[0].value == "已保存。指标或地区换了，开账时的数换成现在的数。"
    assert store.item(house, number).opened == Reading(words="没有对应的指标")
    at.selectbox(key=f"edit-{number}-subject").set_value("start_business.time")
    press(at, "保存修改")
    assert (store.item(house, number).opened.value, store.item(house, number).opened.period) == (_now(house), "2020-Q4")


def test_a_proof_that_is_broken_off_is_refused(visit, house):
    number = put(house, "慢")
    at = sign(visit(PAGE, item=str(number)))
    at.file_uploader(key=f"proof-{number}-0-file").set_value(("纪要.pdf", b"%PDF-1.4", "application/pdf"))
    press(at, "上传佐证")
    assert "文件只有 8 个字节，是空的或不完整" in at.error[0].value
    assert store.proofs(house).empty


def test_an_item_may_be_returned_with_a_new_deadline(visit, house):
    number = put(house, "慢", -5)
    go_on(house, number, "start", "submit")
    at = sign(visit(PAGE, item=str(number)))
    at.text_area(key=f"do-{number}-1-review-comment").set_value("佐证不实")
    at.date_input(key=f"do-{number}-1-review-deadline").set_value(date.fromisoformat(on(-1)))
    press(at, "复评不通过，退回")
    assert "不早于今天" in at.error[0].value
    at.date_input(key=f"do-{number}-1-review-deadline").set_value(date.fromisoformat(on(20)))
    press(at, "复评不通过，退回")
    found = store.item(house, number)
    assert (found.state, found.round, found.task.deadline) == (State.RETURNED, 2, on(20))
    assert at.date_input(key=f"edit-{number}-deadline").value == date.fromisoformat(on(20))


def test_an_item_leads_to_its_indicator(visit, filled):
    at = press(visit(PAGE, item=str(filled["waiting"])), "看这个指标的分布和走势")
    assert at.selectbox(key="region").value == "410421"
    assert at.selectbox(key="subject").value == "start_business.time"


def test_a_closed_item_cannot_be_changed(visit, house):
    number = put(house, "慢")
    go_on(house, number, "start", "submit", "close")
    at = sign(visit(PAGE, item=str(number)))
    labels = {each.label for each in at.button}
    assert "再开一轮" in labels
    assert not {"保存修改", "上传佐证", "开始整改"} & labels


@pytest.mark.parametrize("item", ["99", "一", "-1", "9" * 12])
def test_an_address_of_an_item_that_is_not_there_says_so(visit, filled, item):
    at = visit(PAGE, item=item)
    assert ("没有第 99 号" if item == "99" else "不是台账的号") in at.error[0].value
    assert "在办 4 项" in conclusion(at)


def test_an_item_is_written_by_hand_after_every_lack_was_listed(visit, house):
    at = sign(visit(PAGE, ledger="新列入"))
    press(at, "列入台账")
    assert at.error[0].value == ("没有列入：要写明问题：哪里不行；要写明责任单位：谁来改；要写明整改期限：哪天前改好。")
    at.text_area(key="new-0-problem").set_value("开办慢")
    at.selectbox(key="new-0-owner").set_value("市市场监管局")
    at.selectbox(key="new-0-region").set_value("410421")
    at.selectbox(key="new-0-subject").set_value("start_business.time")
    at.date_input(key="new-0-deadline").set_value(date.fromisoformat(on(30)))
    at.text_area(key="new-0-actions").set_value(f"1. 合并表单 {on(10)}\n试运行")
    press(at, "列入台账")
    (found,) = store.items(house)
    assert found.task.actions == (Action("合并表单", on(10)), Action("试运行"))
    assert (found.task.region, found.task.owner, found.task.deadline) == ("410421", "市市场监管局", on(30))
    assert (found.opened.value, found.opened.period, found.opened.made_up) == (_now(house), "2020-Q4", True)
    assert "开办慢：市市场监管局负责，待整改，还有 30 天。" in conclusion(at)


def test_the_same_problem_is_not_put_on_twice(visit, house):
    put(house, "开办慢")
    at = sign(visit(PAGE, ledger="新列入"))
    at.text_area(key="new-0-problem").set_value("开办 慢")
    at.selectbox(key="new-0-owner").set_value("市税务局")
    at.date_input(key="new-0-deadline").set_value(date.fromisoformat(on(30)))
    press(at, "列入台账")
    assert "已在台账上" in at.error[0].value
    assert len(store.items(house)) == 1


def test_a_countys_weaknesses_are_put_on_together(visit, house):
    at = visit("see/county.py", region="宝丰县")
    press(at, "把宝丰县的短板列入整改台账").switch_page(PAGE).run()
    assert at.segmented_control(key="ledger").value == "新列入"
    press(sign(at), "把勾选的列入台账")
    items = store.items(house)
    assert len(items) == 3
    for each in items:
        assert each.task.problem.startswith("宝丰县")
        assert "全市中位" in each.task.problem
        assert "演示数据" in each.task.problem
        assert (each.task.region, each.task.origin, each.task.deadline) == ("410421", "短板指标", on(90))
        assert each.opened.value is not None
        assert each.task.owner
    assert "另有 3 项已在台账上" in text_of(at)


def test_the_citys_weak_indicators_are_those_that_the_bulletin_names(visit, house):
    at = sign(visit(PAGE, ledger="新列入", enter="从短板列入", ledger_whose="平顶山市（通报点名的弱项）"))
    press(at, "把勾选的列入台账")
    items = store.items(house)
    assert len(items) == 3
    assert {each.task.region for each in items} == {"410400"}
    assert all("弱项指标" in each.task.problem for each in items)


@pytest.mark.parametrize(
    ("page", "label", "query"),
    [
        ("benchmark/gap.py", "列入整改台账", {"region": "宝丰县"}),
        ("benchmark/gap.py", "列入整改台账", {"region": "宝丰县", "whose": "平顶山市（市级，据文件）"}),
        ("see/indicator.py", "把宝丰县的这一项列入整改台账", {"region": "宝丰县", "subject": "企业开办时间"}),
    ],
)
def test_other_pages_bring_what_they_found_into_the_form(visit, house, page, label, query):
    at = visit(page, **query)
    press(at, label).switch_page(PAGE).run()
    assert at.info[0].value.startswith("已带来问题")
    problem = at.text_area(key="new-1-problem").value
    assert problem.startswith("平顶山市" if "whose" in query else "宝丰县")
    assert at.selectbox(key="new-1-subject").value
    sign(at)
    at.date_input(key="new-1-deadline").set_value(date.fromisoformat(on(30)))
    at.selectbox(key="new-1-owner").set_value("市市场监管局")
    press(at, "列入台账")
    assert store.items(house)[0].task.problem == problem


def table(*rows: tuple, header=("问题", "责任单位", "整改期限", "县区", "指标")) -> bytes:
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def upload(at, data: bytes, name: str = "清单.xlsx"):
    next(each for each in at.get("file_uploader")).set_value((name, data, "application/octet-stream")).run()
    assert not at.exception, at.exception
    return at


def test_a_file_is_read_shown_and_put_on_the_ledger_in_one_go(visit, house):
    put(house, "办税慢")
    rows = table(("办税 慢", "税务局", "2027-03-31"), ("开办慢", "市场监管局", "2027年3月31日", "宝丰", "企业开办时间"))
    at = sign(visit(PAGE, ledger="新列入", enter="从表格导入"))
    upload(at, rows)
    assert "读到 2 项：**将列入 1 项**" in text_of(at)
    press(at, "把 1 项列入台账")
    one = store.items(house)[-1]
    assert (one.task.problem, one.task.owner, one.task.region, one.task.subject) == (
        "开办慢", "市市场监管局", "410421", "start_business.time",
    )  # fmt: skip
    assert one.opened.value == _now(house)


def test_a_file_that_another_has_put_on_meanwhile_is_not_put_on_twice(visit, house):
    at = sign(visit(PAGE, ledger="新列入", enter="从表格导入"))
    upload(at, table(("办税慢", "税务局", "2027-03-31"), ("开办慢", "市场监管局", "2027-03-31")))
    put(house, "办税慢")
    press(at, "把 2 项列入台账")
    assert at.success[0].value == (
        "已列入台账 1 项：第 2 号。1 项没有列入：同一问题、同一责任单位已在台账上，还没有销号：“办税慢”。"
    )
    assert [each.task.problem for each in store.items(house)] == ["办税慢", "开办慢"]


def test_weaknesses_that_another_has_put_on_meanwhile_are_not_put_on_twice(visit, house):
    first, second = (sign(visit(PAGE, ledger="新列入", enter="从短板列入")) for _ in range(2))
    press(first, "把勾选的列入台账")
    press(second, "把勾选的列入台账")
    assert second.error[0].value.startswith("3 项没有列入：")
    assert len(store.items(house)) == 3


def test_a_file_with_an_error_puts_nothing_on_the_ledger(visit, house):
    rows = table(("好的", "市税务局", "2027-03-31"), ("坏的", "市税务局", "12月底"))
    at = sign(visit(PAGE, ledger="新列入", enter="从表格导入"))
    upload(at, rows)
    assert at.error[0].value == "读到 2 项，有 1 处错误，改正后再导入；现在什么都没有列入。"
    assert drawn_tables(at)["错误"][["行", "列", "值", "问题"]].values.tolist() == [
        ["3", "整改期限", "12月底", "没有写年份"]
    ]
    assert not any("列入台账" in each.label for each in at.button)
    assert store.items(house) == []


def test_what_was_typed_for_a_new_item_outlives_a_look_at_the_board(visit):
    at = visit(PAGE, ledger="新列入")
    at.text_area(key="new-0-problem").input("一窗受理不到位").run()
    for view in ("看板", "新列入"):
        at.button_group(key="ledger").set_value([view]).run()
    assert at.text_area(key="new-0-problem").value == "一窗受理不到位"


def test_made_up_values_on_the_board_are_marked(visit, house):
    def marked() -> bool:
        return "有的指标数是演示数据：程序生成，不是真实情况" in text_of(visit(PAGE))

    plain, made = Task("甲", owner="甲局", deadline="2020-01-31"), Reading(1.5, "工作日", "2020-Q4", made_up=True)
    store.open_items(house, [(plain, Reading())], user="张三")
    assert not marked()
    store.open_items(house, [(Task("乙", owner="甲局", deadline="2020-01-31"), made)], user="张三")
    assert marked()
