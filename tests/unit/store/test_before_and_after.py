"""The trail says of every kind of change what was there and what is there now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lib.model import UserError
from lib.model.access import Role
from lib.model.bulletin import Edit
from lib.model.declaration import Goal
from lib.model.ledger import Action
from lib.store import accounts, batches, bulletins, campaigns, declarations, events, files, ledger, logins, words
from tests.unit.store.test_bulletins import PAPER, START
from tests.unit.store.test_declarations import BASELINE, CAMPAIGN, WHOLE
from tests.unit.store.test_ledger import NOW, TASK, THEN


def lines(path: Path, subject: str) -> list[tuple[str, str, str, str]]:
    """What the trail has of a subject, first to last: action, detail, before, after."""
    rows = events.events(path, subject)[["action", "detail", "before", "after"]]
    return [tuple(row) for row in rows.iloc[::-1].itertuples(index=False)]


def test_what_did_not_change_is_not_said_and_what_is_long_is_said_by_its_beginning() -> None:
    before = {"单位": "甲", "措施": "", "期限": "2020-01-01"}
    after = {"单位": "甲", "措施": "长" * 201, "联系人": "王五"}
    assert events.differing(before, after) == {
        "before": "措施：没有；期限：2020-01-01；联系人：没有",
        "after": f"措施：{'长' * 200}……（共 201 字）；期限：没有；联系人：王五",
    }
    assert events.differing({}, {"单位": "甲"}) == {"before": "", "after": "单位：甲"}
    assert events.differing(before, before) == {"before": "", "after": ""}
    many = events.differing({}, {f"{i:02}": "x" for i in range(21)})["after"]
    assert many == "；".join(f"{i:02}：x" for i in range(20)) + "；等 21 处"


def test_an_item_of_the_ledger(path: Path) -> None:
    (number,) = ledger.open_items(path, [(replace(TASK, subject="a", region="r1"), THEN)], user="甲")
    task = ledger.item(path, number).task
    ticked = replace(task, actions=(Action("合并表单", "2021-02-01", "2021-01-15"),))
    for seen, later in ((task, replace(task, deadline="2021-06-30")), (replace(task, deadline="2021-06-30"), ticked)):
        ledger.edit(path, number, later, seen=seen, user="甲")

    def move(step: str, **more: str) -> None:
        ledger.move(path, number, step, "说明", NOW, seen=ledger.item(path, number), user="乙", **more)

    move("start")
    ledger.attach(path, number, b"%PDF-1", "纪要.pdf", "", user="乙")
    move("submit")
    move("close")
    move("reopen", deadline="2021-12-31")
    begun = (
        "状态：待整改；问题：开办企业要跑三趟；来源：其他；指标：a；地区：r1；责任单位：市市场监管局；整改期限：2021-03-31；"
        "整改步骤：合并表单，2021-02-01 前"
    )
    step = "整改步骤：合并表单，2021-02-01 前"
    assert lines(path, f"台账 {number}") == [
        ("台账列入台账", "", "", begun),
        ("台账修改", "", "整改期限：2021-03-31", "整改期限：2021-06-30"),
        (
            "台账修改",
            "",
            f"整改期限：2021-06-30；{step}",
            f"整改期限：2021-03-31；{step}，2021-01-15 完成",
        ),
        ("台账开始整改", "说明", "状态：待整改", "状态：整改中"),
        ("台账上传佐证", "", "", "纪要.pdf"),
        ("台账报请复评", "说明", "状态：整改中", "状态：待复评"),
        ("台账复评通过，销号", "说明", "状态：待复评", "状态：已销号"),
        ("台账再开一轮", "说明", "状态：已销号；整改期限：2021-03-31", "状态：待整改；整改期限：2021-12-31"),
    ]


def test_a_declaration_and_its_reports(path: Path) -> None:
    campaigns.add_campaign(path, CAMPAIGN, user="甲")
    number = declarations.create(path, CAMPAIGN.code, WHOLE, user="甲")
    changes = {"contact": "王五", "create_goals": (Goal("b", 2.5),)}
    changed = declarations.save(path, number, changes, WHOLE, user="甲").content
    declarations.save(path, number, {"contact": "王五"}, changed, user="甲")
    declarations.submit(path, number, [BASELINE], seen=changed, user="甲")
    declarations.send_back(path, number, "目标太低", user="乙")
    declarations.restore(path, number, 1, user="甲")
    declarations.submit(path, number, [BASELINE], seen=WHOLE, user="甲")
    declarations.publish(path, number, user="乙")
    report = {"values": {"a": 2.0}, "done": "做了", "problems": "", "next": ""}
    for later in (report, report | {"values": {"a": 1.5}, "next": "接着做"}):
        declarations.add_report(path, number, "2019-12-31", later, user="甲")
    first, *found = lines(path, f"申报表 {number}")
    assert first[:3] == ("申报表新建", "", "")
    assert first[3].startswith("填报单位：平顶山供电公司；填报时间：2019-11-18；联系人：李四；联系电话：0375-1234567；")
    assert "；对标方向目标（纵向）：electricity.procedures 2；" in first[3]
    old, new = "联系人：李四；创标意向目标：electricity.procedures 1", "联系人：王五；创标意向目标：b 2.5"
    assert found == [
        ("修改申报表", "", old, new),
        ("申报表报送", "", "草稿", "已报送"),
        ("申报表退回", "目标太低", "已报送", "已退回"),
        ("申报表恢复旧版前的内容", "", "", ""),
        ("申报表恢复旧版", "版本 1", new, old),
        ("申报表报送", "", "已退回", "已报送"),
        ("申报表公示", "", "已报送", "已公示"),
        ("报送进展", "2019-12-31", "", "a：2；做了什么：做了"),
        ("报送进展", "2019-12-31", "a：2；下一步：没有", "a：1.5；下一步：接着做"),
    ]


def test_a_declaration_that_is_dropped_and_brought_back(path: Path) -> None:
    campaigns.add_campaign(path, CAMPAIGN, user="甲")
    number = declarations.create(path, CAMPAIGN.code, WHOLE, user="甲")
    declarations.drop(path, number, user="甲")
    declarations.restore(path, number, 1, user="甲")
    dropped, _, restored = lines(path, f"申报表 {number}")[1:]
    assert dropped == ("申报表作废", "", "草稿", "已作废")
    assert restored == ("申报表恢复旧版", "版本 1", "状态：已作废", "状态：草稿")


def test_a_draft_of_a_bulletin(path: Path) -> None:
    issued, dropped = (bulletins.create(path, PAPER.kind, START, user="甲") for _ in range(2))
    changes = {"number": 70, "edit:city": Edit("第10名。", "第9名。"), "edit:title": Edit("新题", "")}
    bulletins.save(path, issued, changes, START, user="甲")
    seen = next(each.content for each in bulletins.drafts(path) if each.id == issued)
    bulletins.save(path, issued, {"number": 70}, seen, user="甲")
    bulletins.save(path, issued, {"number": 71, "edit:title": None}, seen, user="甲")
    seen = next(each.content for each in bulletins.drafts(path) if each.id == issued)
    bulletins.issue(path, issued, PAPER, b"docx", seen=seen, user="乙")
    bulletins.drop(path, dropped, user="甲")
    begun = ("起草工作通报", "", "", "日期：2026-11-23；指标体系：pds-2020；评价期：2020年四季度；附表：有")
    assert lines(path, f"通报稿 {issued}") == [
        begun,
        ("修改工作通报", "", "", "期号：第70期；段落 city：第10名。；标题：新题"),
        ("修改工作通报", "", "期号：第70期；标题：新题", "期号：第71期；标题：没有"),
        ("印发工作通报", "关于整改的通报", "草稿", "已印发：第63期，2026-11-23"),
    ]
    assert lines(path, f"通报稿 {dropped}") == [begun, ("作废通报稿", "", "草稿", "已作废")]


def test_a_batch(path: Path, put: Callable[..., object]) -> None:
    put({("r1", "a", "2020"): 1.0, ("r2", "a", "2020"): 1.0}, "a.csv")
    put({("r1", "a", "2020"): 2.0, ("r2", "a", "2020"): 1.0, ("r3", "a", "2020"): 3.0}, "b.csv")
    batches.withdraw(path, 2, user="甲")
    batches.republish(path, 2, user="乙")
    for day in ("01", "02"):
        put({("r1", "b", "2021"): 1.0}, f"{day}.csv", due=f"2020-12-{day}")
    batches.withdraw(path, 4, user="甲")
    batches.release_due(path, "2020-12-01")
    assert lines(path, "批次 1") == [("发布", "a.csv，2 个数值", "", "已发布：新增 2 个，改动 0 个，不变 0 个")]
    assert lines(path, "批次 2") == [
        ("发布", "b.csv，3 个数值", "原有 2 个数值", "已发布：新增 1 个，改动 1 个，不变 1 个"),
        ("撤回", "1 个恢复为此前的数值，1 个不再有数值", "已发布", "已撤回"),
        ("重新发布", "", "已撤回", "已发布"),
    ]
    waiting = "待 2020-12-01 发布"
    assert lines(path, "批次 3") == [
        ("定时发布", "01.csv，1 个数值", "", f"{waiting}：新增 1 个，改动 0 个，不变 0 个"),
        ("到期发布", "", waiting, "已发布"),
    ]
    assert lines(path, "批次 4")[1] == (
        "取消定时",
        "0 个恢复为此前的数值，0 个不再有数值",
        "待 2020-12-02 发布",
        "已撤回",
    )


def test_a_proof_of_a_value(path: Path) -> None:
    number = files.attach(path, "r1", "a", "2020", data=b"%PDF-1", name="截图.pdf", user="甲", note="系统截图")
    files.detach(path, number, user="乙")
    assert lines(path, "r1 a 2020") == [("上传佐证", "系统截图", "", "截图.pdf")]
    assert lines(path, f"佐证 {number}") == [("移除佐证", "r1 a 2020", "截图.pdf", "")]


def test_words_of_a_department(path: Path) -> None:
    for code in ("a", "b"):
        said = {("measure", "用时"): (code, "小时"), ("region", "老城"): ("r1", ""), ("measure", "备注"): ("", "")}
        words.remember(path, "tax", said, user="甲")
    words.forget(path, "tax", "measure", "用时", user="甲")
    assert lines(path, "tax") == [
        ("记住列名", "3 个", "", "用时：a（小时）；老城：r1；备注：不读"),
        ("记住列名", "3 个", "用时：a（小时）", "用时：b（小时）"),
        ("忘记列名", "", "用时：b（小时）", ""),
    ]


def test_an_account_that_is_unlocked_and_given_a_new_password(path: Path) -> None:
    accounts.create(path, "wang", "王芳", Role.VIEWER, password="Qinglan-7-shan", by="本机")
    for _ in range(2):
        with pytest.raises(UserError, match="账号或密码"):
            logins.log_in(path, "wang", "wrong", address="10.0.0.7")
    accounts.unlock(path, "wang", by="本机")
    accounts.reset(path, "wang", "Qinglan-8-shan", by="本机")
    assert lines(path, "wang")[-2:] == [
        ("解锁账号", "", "2 次登录失败", "没有登录失败"),
        ("重置密码", "", "", "新密码，下次登录要改"),
    ]
