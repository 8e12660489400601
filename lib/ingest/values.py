"""A cell's text becomes a number in the measure's unit, a missing value, or the reason why it is neither."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lib.model import Measure, convert

MISSING = frozenset(
    {"", "-", "--", "—", "——", "–", "/", "\\", "…", "...", "……", "暂无", "无", "无数据", "暂缺", "缺", "缺失", "不适用"}
    | {"未统计", "未报", "n/a", "na", "null", "none", "nan", "#n/a"}
)
# Times and counts; a rate of change in % may well be negative.
NEVER_NEGATIVE = frozenset({"工作日", "小时", "日", "天", "个", "项", "件", "家", "人", "户", "次", "环节", "年"})
_SCALES = {"万": 1e4, "亿": 1e8, "千": 1e3, "百万": 1e6}
_ABOUT = re.compile(r"^(约|近|超|超过|大于|小于|不低于|不超过|不少于|≥|≤|>|<|>=|<=)|(左右|余|以上|以内|以下|多)$")
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?P<power>e[-+]?\d{1,3})?(?P<tail>.*)"
)


@dataclass(frozen=True)
class Value:
    """What a cell says: a number (None when missing), with the note on how it was read, or the problem."""

    number: float | None = None
    note: str = ""
    problem: str = ""
    percent: bool = False


def read_value(text: str, measure: Measure) -> Value:
    """Reads one cell for a measure.

    Full-width digits, thousands commas, brackets for negatives, %, 万 and 亿, and a unit behind the number are
    understood; another unit is converted by the stated rule or refused. Missing words are missing, never 0.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    compact = re.sub(r"\s+", "", plain).lower()
    if compact in MISSING or plain in MISSING:
        return Value()
    if compact.startswith("#"):
        return Value(problem="是公式错误")
    if compact.startswith("="):
        return Value(problem="是没有结果的公式")
    negative = re.fullmatch(r"\((.+)\)", compact)
    return _read(negative[1] if negative else compact, measure, -1.0 if negative else 1.0)


def _read(text: str, measure: Measure, sign: float) -> Value:
    about = _ABOUT.search(text)
    bare = _ABOUT.sub("", text) if about else text
    bare = re.sub(r"^半(?=个?[工小天日])", "0.5", bare)
    match = _NUMBER.fullmatch(bare)
    if match is None or re.search(r"[\d_]", match["tail"]):
        return Value(problem="不是数字")
    number = sign * float(match["sign"] + match["digits"].replace(",", "") + (match["power"] or ""))
    if number < 0 and measure.unit in NEVER_NEGATIVE:
        return Value(problem="不应为负数")
    if not abs(number) < float("inf"):
        return Value(problem="数字太大")
    if about:
        return Value(problem="不是确切的数值")
    return _in_unit(number, match["tail"], measure)


def _in_unit(number: float, tail: str, measure: Measure) -> Value:
    """The number in the measure's unit, from the words behind it."""
    if not tail or tail == measure.unit.lower():
        return Value(number, percent=tail == "%")
    if tail in ("%", "‰"):
        return _share(number, tail, measure)
    if tail in _SCALES:
        return Value(number * _SCALES[tail], f"“{tail}”按 {_SCALES[tail]:,.0f} 计")
    unit = tail.removeprefix("个") if tail != "个" else tail
    if unit == measure.unit.lower():
        return Value(number)
    converted = convert(number, unit, measure.unit)
    if converted.value is None:
        return Value(problem=converted.rule)
    return Value(converted.value, converted.rule or f"由“{unit}”换算为“{measure.unit}”")


def _share(number: float, tail: str, measure: Measure) -> Value:
    if tail == "‰" and measure.unit == "%":
        return Value(number / 10, "由“‰”换算为“%”", percent=True)
    return Value(problem=f"带百分号，但这项测度的单位是“{measure.unit or '无'}”")
