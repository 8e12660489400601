"""The form's cells and back, and what the campaign's plan does not let pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.core.declaration import (
    Places,
    Present,
    a_year_after,
    cells,
    declared,
    due_text,
    exact,
    goal_text,
    problems,
    read_goals,
    stated_goals,
)
from lib.model import Issue, Measure, Severity
from lib.model.campaign import Campaign, Phase, Stage
from lib.model.declaration import HEAD, ROWS, Baseline, Declaration, Goal
from tests.unit.core.build import HIGHER, LOWER

STEPS, LOW, RATE = "electricity.procedures", "electricity.time_low", "tax.online_rate"
MEASURES = {
    measure.code: measure
    for measure in (
        Measure(STEPS, "办电环节", "个", LOWER, decimals=0, aliases=("获得电力环节",)),
        Measure(LOW, "低压用户平均接电时长", "工作日", LOWER),
        Measure(RATE, "依申请业务网上办税率", "%", HIGHER),
    )
}
CAMPAIGN = Campaign(
    "c",
    "活动",
    (
        Phase(Stage.PREPARE, "准备阶段", date(2019, 10, 21), date(2019, 11, 20)),
        Phase(Stage.ACT, "实施阶段", date(2019, 11, 21), date(2020, 11, 30)),
        Phase(Stage.SUM_UP, "总结阶段", date(2020, 12, 1), date(2020, 12, 31)),
    ),
)
NOW = Present(
    values={STEPS: Baseline(STEPS, 3.0, "2019-10", "fact:F1"), RATE: Baseline(RATE, 95.0, "2019-10", "fact:F2")},
    missing={LOW: "的现值 1.4 天未写明口径"},
    vertical={STEPS: 2.0},
    horizontal={STEPS: 2.0},
)
WHOLE = Declaration(
    unit="平顶山供电公司",
    filled="2019-11-18",
    contact="李四",
    phone="0375-1234567",
    region="410400",
    subject="electricity",
    vertical="北京市",
    horizontal="宝丰县",
    vertical_goals=(Goal(STEPS, 2.0),),
    horizontal_goals=(Goal(STEPS, 2.0),),
    vertical_gap="办电环节落后 1 个",
    horizontal_gap="办电环节落后 1 个",
    steps="一、合并环节\n二、并联审批",
    due="2020-11-18",
    create_goals=(Goal(STEPS, 1.0),),
    highlight="一件事一次办",
    create_steps="推行网上办",
    create_due="2020-12-31",
)
PLACES = {
    **dict.fromkeys(("宝丰县", "市税务局", "平顶山供电公司", "国网平顶山供电公司"), Places(inside=True)),
    "北京市": Places(outside=True),
}


def places(name: str) -> Places:
    return PLACES.get(name, Places())


def found(content: Declaration, present: Present = NOW) -> list[Issue]:
    return problems(content, present, CAMPAIGN, MEASURES, places)


def codes(content: Declaration, present: Present = NOW) -> list[tuple[str, str]]:
    return [(issue.code, issue.column) for issue in found(content, present)]


def test_a_whole_declaration_passes() -> None:
    assert found(WHOLE) == []


@pytest.mark.parametrize(
    ("changes", "code", "where", "message", "rule"),
    [
        ({"vertical": " "}, "vertical-missing", "纵向标杆单位", "没有选纵向标杆", "纵向在全国范围内选定并明确至少一个"),
        ({"vertical": "宝丰县"}, "vertical-own", "纵向标杆单位", "宝丰县在本市", "纵向在全国范围内"),
        ({"vertical": "北京市、市税务局"}, "vertical-own", "纵向标杆单位", "市税务局在本市", "纵向在全国范围内"),
        (
            {"horizontal": ""},
            "horizontal-missing",
            "横向标杆单位",
            "没有选横向标杆",
            "横向在全市范围内选定并明确至少一个",
        ),
        ({"horizontal": "北京市"}, "horizontal-outside", "横向标杆单位", "北京市不在本市", "横向在全市范围内"),
        ({"horizontal": "-、无"}, "horizontal-missing", "横向标杆单位", "没有选横向标杆", "横向在全市范围内"),
        ({"vertical": "暂无"}, "vertical-missing", "纵向标杆单位", "没有选纵向标杆", "纵向在全国范围内"),
        (
            {"horizontal": "国网平顶山供电公司"},
            "benchmark-self",
            "横向标杆单位",
            "不能以自己为标杆",
            "横向在全市范围内",
        ),
        ({"horizontal": "本单位"}, "benchmark-self", "横向标杆单位", "不能以自己为标杆", "横向在全市范围内"),
        ({"vertical_goals": (Goal(STEPS, -1.0),)}, "goal-impossible", "对标目标（纵向）", "不应为负数", "量化"),
        ({"create_goals": (Goal(RATE, 100.5),)}, "goal-impossible", "创标目标", "不应超过 100", "量化"),
        ({"create_goals": (Goal("gone.measure", 1.0),)}, "goal-unknown", "创标目标", "目录里已没有这个测度", "量化"),
        (
            {"vertical_words": "办电环节压到5个，比上年减少1个"},
            "goal-not-better",
            "对标目标（纵向）",
            "办电环节 ≤ 5 个：现值已是 3 个",
            "各部门制定的标准必须高于现有标准水平",
        ),
        ({"horizontal": "平顶山供电公司"}, "benchmark-self", "横向标杆单位", "不能以自己为标杆", "横向在全市范围内"),
        ({"vertical_goals": ()}, "goal-without-number", "对标目标（纵向）", "没有写目标", "目标应尽可能量化、细化"),
        (
            {"horizontal_goals": (), "horizontal_words": "大幅精简办电环节"},
            "goal-without-number",
            "对标目标（横向）",
            "目标“大幅精简办电环节”没有数字",
            "目标应尽可能量化、细化",
        ),
        ({"create_goals": ()}, "goal-without-number", "创标目标", "没有写目标", "目标应尽可能量化、细化"),
        ({"due": ""}, "goal-without-date", "对标时限", "目标没有完成日期", "力争用一年左右的时间达到学习对象的水平"),
        ({"create_due": ""}, "goal-without-date", "创标时限", "目标没有完成日期", "力争用一年左右"),
        ({"due": "2019-11-18"}, "date-past", "对标时限", "2019年11月18日不晚于填报时间", "力争用一年左右"),
        (
            {"vertical_goals": (Goal(STEPS, 3.0),)},
            "goal-not-better",
            "对标目标（纵向）",
            "办电环节 ≤ 3 个：现值已是 3 个，目标要比它低",
            "各部门制定的标准必须高于现有标准水平",
        ),
        (
            {"create_goals": (Goal(RATE, 94.9), Goal(STEPS, 1.0))},
            "goal-not-better",
            "创标目标",
            "依申请业务网上办税率 ≥ 94.9%：现值已是 95 %，目标要比它高",
            "各部门制定的标准必须高于现有标准水平",
        ),
        (
            {"horizontal_words": "办电环节由5个减到4个"},
            "goal-not-better",
            "对标目标（横向）",
            "办电环节 ≤ 4 个：现值已是 3 个",
            "各部门制定的标准必须高于现有标准水平",
        ),
        ({"steps": ""}, "steps-missing", "对标举措", "没有写举措", "举措应具体明确"),
        ({"highlight": ""}, "highlight-missing", "创标亮点", "没有写亮点", "做到人无我有、人有我新"),
        ({"vertical_gap": ""}, "gap-missing", "差距（纵向）", "没有写差距", "本单位差在哪"),
        ({"phone": ""}, "head-empty", "联系电话", "没有填写", "各部门要认真填写"),
    ],
)
def test_refused_with_the_plans_own_sentence(
    changes: dict[str, object], code: str, where: str, message: str, rule: str
) -> None:
    issue = next(issue for issue in found(replace(WHOLE, **changes)) if issue.severity is Severity.ERROR)
    assert (issue.code, issue.column) == (code, where)
    assert message in issue.message
    assert rule in issue.expected


def test_an_error_a_fault() -> None:
    empty = [issue.code for issue in found(Declaration()) if issue.severity is Severity.ERROR]
    assert empty == [
        *["head-empty"] * 4,
        "vertical-missing",
        "horizontal-missing",
        *["goal-without-number"] * 3,
        *["goal-without-date"] * 2,
        *["steps-missing"] * 2,
        *["gap-missing"] * 2,
        "highlight-missing",
    ]


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"due": "2020-11-19"}, "beyond-a-year", "对标时限"),  # 2019-11-18 and a year is 2020-11-18
        ({"create_due": "2021-01-01"}, "beyond-campaign", "创标时限"),
        ({"filled": "2019-11-21"}, "filed-late", "填报时间"),
        ({"vertical_goals": (Goal(RATE, 96.0), Goal(LOW, 5.0))}, "goal-unchecked", "对标目标（纵向）"),
        ({"create_words": "覆盖12个县（市、区）"}, "goal-unchecked", "创标目标"),
        ({"create_goals": (Goal(STEPS, 2.0),)}, "create-not-ahead", "创标目标"),
    ],
)
def test_remarks_do_not_stop_a_submission(changes: dict[str, object], code: str, where: str) -> None:
    issues = found(replace(WHOLE, **changes))
    assert [(issue.code, issue.column) for issue in issues] == [(code, where)]
    assert issues[0].severity is Severity.WARNING


def test_a_goal_short_of_the_benchmark_is_remarked() -> None:
    present = replace(NOW, vertical={STEPS: 1.0})
    content = replace(WHOLE, create_goals=(Goal(STEPS, 0.5),))
    assert codes(content, present) == [("goal-short", "对标目标（纵向）")]


def test_a_benchmark_that_is_nowhere_ahead_is_remarked() -> None:
    present = replace(NOW, horizontal={STEPS: 3.0, RATE: 95.0})
    assert ("benchmark-behind", "横向标杆单位") in codes(WHOLE, present)
    assert ("benchmark-behind", "横向标杆单位") not in codes(WHOLE, replace(NOW, horizontal={STEPS: 3.0, RATE: 95.1}))


def test_a_value_without_scope_cannot_be_checked_and_says_why() -> None:
    content = replace(WHOLE, vertical_goals=(Goal(LOW, 5.0),))
    issue = next(issue for issue in found(content) if issue.code == "goal-unchecked")
    assert issue.message == "低压用户平均接电时长的现值 1.4 天未写明口径，无法核对目标是否高于现有水平"


@pytest.mark.parametrize(("day", "expected"), [("2019-11-18", "2020-11-18"), ("2020-02-29", "2021-02-28")])
def test_a_year_after(day: str, expected: str) -> None:
    assert a_year_after(day) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("办电环节由2个减到1个", [(STEPS, 1.0)]),
        ("获得电力环节压到２个以内", [(STEPS, 2.0)]),  # by its other name, with a full-width digit
        ("低压用户平均接电时长压到24小时内", [(LOW, 3.0)]),  # 8 小时 = 1 工作日
        ("低压用户平均接电时长 3天", []),  # 天 are no 工作日
        ("办电环节压到1个以内，减少3个", [(STEPS, 1.0)]),
        ("办电环节减少1个、压到2个", [(STEPS, 2.0)]),
        ("办电环节减少1个，合并2个", [(STEPS, 1.0)]),  # a clause by itself
        ("办电环节先减1个再减2个", []),  # which of the two is the goal cannot be told
        ("办电环节压到两个以内", [(STEPS, 2.0)]),
        ("办电环节 ≥ 1 个", []),  # the wrong way
        ("办电环节 ≤1e0个", []),
        ("办电环节压到2", []),  # a number without a unit says nothing
        ("3个办电环节", []),  # what stands before the name is not about it
        ("依申请业务网上办税率达到99.5%\n办电环节1个", [(RATE, 99.5), (STEPS, 1.0)]),
    ],
)
def test_what_words_say_in_numbers(words: str, expected: list[tuple[str, float]]) -> None:
    assert [(goal.measure, goal.value) for goal in stated_goals(words, MEASURES, tuple(MEASURES))] == expected


@pytest.mark.parametrize(
    ("value", "said"),
    [(2.0, "2"), (0.1, "0.1"), (-0.0, "0"), (1e-7, "0.0000001"), (100.0, "100"), (1e16, "10000000000000000")],
)
def test_every_digit_and_no_exponent(value: float, said: str) -> None:
    assert exact(value) == said


def test_a_goal_in_the_words_of_the_form() -> None:
    assert goal_text(Goal(STEPS, 1.0), MEASURES) == "办电环节 ≤ 1 个"
    assert goal_text(Goal(RATE, 99.5), MEASURES) == "依申请业务网上办税率 ≥ 99.5%"


@pytest.mark.parametrize(
    ("line", "goals", "words"),
    [
        ("办电环节 ≤ 1 个", (Goal(STEPS, 1.0),), ""),
        ("办电环节≤１个", (Goal(STEPS, 1.0),), ""),
        ("办电环节 ≥ 1 个", (), "办电环节 ≥ 1 个"),  # the wrong way
        ("办电环节 ≤ 1 项", (), "办电环节 ≤ 1 项"),  # another unit
        ("没有的测度 ≤ 1 个", (), "没有的测度 ≤ 1 个"),
        ("办电环节 ≤ 1 个\n办电环节 ≤ 2 个", (Goal(STEPS, 1.0),), "办电环节 ≤ 2 个"),  # one goal a measure
    ],
)
def test_goals_are_read_from_a_cell(line: str, goals: tuple[Goal, ...], words: str) -> None:
    assert read_goals(line, MEASURES) == (goals, words)


def test_the_cells_of_the_form() -> None:
    said = cells(WHOLE, MEASURES)
    assert set(said) == {*HEAD, *(row.field for row in ROWS)}
    assert said["filled"] == "2019年11月18日"
    assert said["vertical_goals"] == "办电环节 ≤ 2 个"
    assert said["due"] == "2020年11月18日前完成。"
    assert cells(replace(WHOLE, due=""), MEASURES)["due"] == due_text("") == "年  月  日前完成。"


TEXT = st.text("甲乙丙丁一二三，。、 ab", max_size=20).map(str.strip)
LINES = st.lists(TEXT.filter(bool), max_size=3).map("\n".join)
GOALS = st.lists(
    st.builds(Goal, st.sampled_from(list(MEASURES)), st.floats(0, 1e6).map(lambda each: round(each, 3))),
    unique_by=lambda goal: goal.measure,
    max_size=3,
).map(tuple)
DAYS = st.one_of(st.just(""), st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(date.isoformat))
ANY = st.builds(
    Declaration,
    **dict.fromkeys(("unit", "contact", "phone", "vertical", "horizontal"), TEXT),
    **dict.fromkeys(("filled", "due", "create_due"), DAYS),
    **dict.fromkeys(("vertical_goals", "horizontal_goals", "create_goals"), GOALS),
    **dict.fromkeys(
        (
            *("vertical_words", "horizontal_words", "create_words", "vertical_gap", "horizontal_gap"),
            *("steps", "highlight", "create_steps"),
        ),
        LINES,
    ),
)


@given(ANY)
def test_what_the_form_says_is_read_back(content: Declaration) -> None:
    assert declared(cells(content, MEASURES), MEASURES, Declaration()) == content


def test_what_the_form_has_no_cell_for_stays() -> None:
    before = Declaration(region="410421", subject="tax", practices=("P22",), unit="别的")
    read = declared(cells(WHOLE, MEASURES), MEASURES, before)
    assert (read.region, read.subject, read.practices, read.unit) == ("410421", "tax", ("P22",), "平顶山供电公司")
    assert Declaration.of(WHOLE.plain()) == WHOLE
