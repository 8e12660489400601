"""Numbers and changes as a Chinese government paper writes them."""

from __future__ import annotations

import pytest

from lib.view import text

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (87.46, 1, "87.5"),
        (87.44, 1, "87.4"),
        (87, 2, "87.00"),
        (0, 1, "0.0"),
        (-0.0, 1, "0.0"),
        (-0.04, 1, "0.0"),  # never "-0.0"
        (-0.004, 2, "0.00"),
        (1234.5, 1, "1,234.5"),
        (1234567, 0, "1,234,567"),
        (12, 0, "12"),
        (None, 1, "—"),
        (NAN, 1, "—"),
    ],
)
def test_number(value: float | None, decimals: int, expected: str) -> None:
    assert text.number(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3.0, "3"),
        (0.5, "0.5"),
        (87.5, "87.5"),
        (10.0, "10"),  # a zero before the point is no trailing zero
        (100.0, "100"),
        (0.0, "0"),
        (0.875, "0.875"),
        (4.74, "4.74"),
        (1 / 3, "0.3333"),
        (99.99999, "100"),
        (1234.5, "1,234.5"),
        (8916.0, "8,916"),
        (0.00001, "0"),
        (None, "—"),
        (NAN, "—"),
    ],
)
def test_trimmed(value: float | None, expected: str) -> None:
    assert text.trimmed(value) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (2.5, "工作日", "2.5 工作日"),
        (98.4, "%", "98.4%"),
        (3.0, "", "3"),
        (1 / 3, "个", "0.3333 个"),
        (1234.0, "件", "1,234 件"),
        (0.0, "元", "0 元"),
        (None, "元", "—"),
        (NAN, "%", "—"),
    ],
)
def test_quantity(value: float | None, unit: str, expected: str) -> None:
    assert text.quantity(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1.2, 1, "+1.2"),
        (0.5, 1, "+0.5"),
        (-0.4, 1, "\N{MINUS SIGN}0.4"),
        (-1234.56, 1, "\N{MINUS SIGN}1,234.6"),
        (12.345, 2, "+12.35"),
        (0, 0, "0"),
        (None, 1, "—"),
        (NAN, 1, "—"),
    ],
)
def test_signed(value: float | None, decimals: int, expected: str) -> None:
    assert text.signed(value, decimals) == expected


@pytest.mark.parametrize("value", [0.0, -0.0, 0.04, -0.04])
def test_what_is_shown_as_nothing_has_no_sign(value: float) -> None:
    assert text.signed(value)[0] == "0"


@pytest.mark.parametrize(("value", "expected"), [(1.0, "第 1"), (12.0, "第 12"), (None, "无名次"), (NAN, "无名次")])
def test_place(value: float | None, expected: str) -> None:
    assert text.place(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1.0, "第一方阵"), (2, "第二方阵"), (3.0, "第三方阵"), (4.0, "第 4 方阵"), (None, "—"), (NAN, "—")],
)
def test_tier(value: float | None, expected: str) -> None:
    assert text.tier(value) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (2.0, "比上期上升 2 位"),
        (1.0, "比上期上升 1 位"),
        (-1.0, "比上期下降 1 位"),
        (0.0, "与上期持平"),
        (None, ""),
        (NAN, ""),
    ],
)
def test_places_moved(change: float | None, expected: str) -> None:
    assert text.places_moved(change) == expected


def test_places_moved_against_another_period() -> None:
    assert text.places_moved(3.0, "去年") == "比去年上升 3 位"
    assert text.places_moved(0.0, "去年") == "与去年持平"


@pytest.mark.parametrize(
    ("change", "expected"), [(2.0, "▲2"), (1.0, "▲1"), (-1.0, "▼1"), (0.0, "＝"), (None, ""), (NAN, "")]
)
def test_arrow(change: float | None, expected: str) -> None:
    assert text.arrow(change) == expected


@pytest.mark.parametrize(
    ("parts", "expected"), [(["甲", "乙", "丙"], "甲、乙、丙"), (["甲", "", "丙"], "甲、丙"), (["甲"], "甲"), ([], "")]
)
def test_listed(parts: list[str], expected: str) -> None:
    assert text.listed(parts) == expected


def test_one_decimal_unless_told() -> None:
    assert (text.number(87.46), text.signed(87.46)) == ("87.5", "+87.5")


def test_a_generator_will_do() -> None:
    assert text.listed(str(number) for number in (1, 2)) == "1、2"


def test_moments_are_shown_in_chinas_time() -> None:
    assert text.moment("2020-12-04T17:30:59Z") == "2020-12-05 01:30"
    assert text.day("2020-12-04T17:30:59Z") == "2020-12-05"


@pytest.mark.parametrize(
    ("words", "length", "expected"),
    [
        ("纳税", 4, "纳税"),
        ("劳动力市场监管", 3, "劳动\n力市场\n监管"),
        ("不动产登记", 4, "不动产\n登记"),
        ("开办、注销", 2, "开办、\n注\n销"),  # no line begins with a mark
        ("", 4, ""),
        ("2020Q4", 4, "2020Q4"),  # half as wide
        ("包容普惠创新", 4, "包容普\n惠创新"),
    ],
)
def test_folded(words: str, length: int, expected: str) -> None:
    assert text.folded(words, length) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(3.25, 1, "3.3"), (6.25, 1, "6.3"), (3.125, 2, "3.13"), (-0.25, 1, "-0.3"), (2.5, 0, "3"), (-0.04, 1, "0.0")],
)
def test_a_half_is_rounded_up_as_on_paper(value: float, decimals: int, shown: str) -> None:
    assert text.number(value, decimals) == shown
