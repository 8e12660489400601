"""An issue is one line with an address: which file, sheet, row and column, what stood there, what was expected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.model import DuibiaoError, Issue, Severity, UserError
from lib.model.errors import shorten

HALF_A_DAY = Issue(
    code="value-not-number",
    message="不是数字",
    file="指标_2020.csv",
    row=14,
    column="企业开办时间",
    value="半天",
    expected="小时",
)


def test_the_line_is_the_one_of_the_style_guide() -> None:
    assert str(HALF_A_DAY) == '指标_2020.csv 第 14 行「企业开办时间」："半天" 不是数字（期望：小时）'


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"sheet": "三季度"},
            '指标_2020.csv 工作表「三季度」 第 14 行「企业开办时间」："半天" 不是数字（期望：小时）',
        ),
        ({"row": None}, '指标_2020.csv「企业开办时间」："半天" 不是数字（期望：小时）'),
        ({"column": ""}, '指标_2020.csv 第 14 行："半天" 不是数字（期望：小时）'),
        ({"row": None, "column": ""}, '指标_2020.csv："半天" 不是数字（期望：小时）'),
        ({"file": ""}, '第 14 行「企业开办时间」："半天" 不是数字（期望：小时）'),
        ({"file": "", "row": None}, '「企业开办时间」："半天" 不是数字（期望：小时）'),
        ({"file": "", "row": None, "column": ""}, '"半天" 不是数字（期望：小时）'),
        ({"value": None}, "指标_2020.csv 第 14 行「企业开办时间」：不是数字（期望：小时）"),
        ({"value": ""}, '指标_2020.csv 第 14 行「企业开办时间」："" 不是数字（期望：小时）'),
        ({"expected": ""}, '指标_2020.csv 第 14 行「企业开办时间」："半天" 不是数字'),
        ({"row": 0}, '指标_2020.csv 第 0 行「企业开办时间」："半天" 不是数字（期望：小时）'),
    ],
)
def test_what_is_not_known_is_left_out_of_the_line(changes: dict[str, object], line: str) -> None:
    assert str(replace(HALF_A_DAY, **changes)) == line


def test_a_bare_message_is_its_own_line() -> None:
    assert str(Issue("refused", "没有批次 7")) == "没有批次 7"


def test_a_value_with_line_breaks_stays_on_one_line() -> None:
    line = str(replace(HALF_A_DAY, value="半\r\n天\n\t左右"))
    assert line == '指标_2020.csv 第 14 行「企业开办时间」："半 天 左右" 不是数字（期望：小时）'


@pytest.mark.parametrize(("length", "shown"), [(60, "长" * 60), (61, "长" * 59 + "…"), (500, "长" * 59 + "…")])
def test_a_long_value_is_shortened_to_sixty_characters(length: int, shown: str) -> None:
    assert shorten("长" * length) == shown
    assert len(shown) == 60


def test_an_issue_is_an_error_unless_it_says_otherwise() -> None:
    assert HALF_A_DAY.severity is Severity.ERROR
    assert [severity.value for severity in Severity] == ["error", "warning", "info"]


def test_a_user_error_carries_every_issue_and_says_them_a_line_each() -> None:
    second = Issue("root-missing", "没有总指标")
    error = UserError(issue for issue in (HALF_A_DAY, second))
    assert error.issues == [HALF_A_DAY, second]
    assert str(error) == f"{HALF_A_DAY}\n没有总指标"
    assert isinstance(error, DuibiaoError)


@pytest.mark.parametrize("given", ["没有批次 7", Issue("refused", "没有批次 7")])
def test_a_user_error_can_be_one_sentence_or_one_issue(given: str | Issue) -> None:
    assert UserError(given).issues == [Issue("refused", "没有批次 7")]
