"""Units of measurement: which may be compared, and by which stated rule one becomes another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

HOURS_PER_WORKDAY = 8.0
WORKDAY_RULE = "按 8 小时 = 1 工作日折算"
DAY_RULE = "“日”按 1 工作日计"
ITEM_RULE = "“项”与“个”同按个数计"
# A share written as 0.9459, for which offices have no unit word.
FRACTION = "小数"

# Each unit as (dimension, factor to the dimension's base unit, rule that the step rests on).
_UNITS: dict[str, tuple[str, float, str]] = {
    "工作日": ("worktime", 1.0, ""),
    "小时": ("worktime", 1.0 / HOURS_PER_WORKDAY, WORKDAY_RULE),
    "日": ("worktime", 1.0, DAY_RULE),
    "天": ("calendar", 1.0, ""),
    "元": ("money", 1.0, ""),
    "万元": ("money", 1e4, ""),
    "亿元": ("money", 1e8, ""),
    "个": ("count", 1.0, ""),
    "项": ("count", 1.0, ITEM_RULE),
    "万个": ("count", 1e4, ""),
    "人": ("people", 1.0, ""),
    "万人": ("people", 1e4, ""),
    "件": ("items", 1.0, ""),
    "万件": ("items", 1e4, ""),
    "户": ("households", 1.0, ""),
    "万户": ("households", 1e4, ""),
    "次": ("times", 1.0, ""),
    "万次": ("times", 1e4, ""),
    "%": ("share", 1.0, ""),
    "‰": ("share", 0.1, "由“‰”换算为“%”"),
    FRACTION: ("share", 100.0, "小数按 ×100 换算为“%”"),
}
UNITS = frozenset(_UNITS)


@dataclass(frozen=True)
class Conversion:
    """A value in the wanted unit, with the rule it rests on; `value` is None when refused and `rule` says why."""

    value: float | None
    rule: str = ""

    @property
    def refused(self) -> bool:
        """Whether the two units may not be compared."""
        return self.value is None


def convert(value: float, unit: str, to: str) -> Conversion:
    """Turns a value from one unit into another by a stated rule, or refuses with the reason."""
    if unit == to:
        return Conversion(value)
    if unit not in _UNITS or to not in _UNITS:
        return Conversion(None, f"单位“{unit}”与“{to}”没有换算规则")
    dimension, factor, rule = _UNITS[unit]
    target_dimension, target_factor, target_rule = _UNITS[to]
    if dimension != target_dimension:
        return Conversion(None, f"“{unit}”与“{to}”口径不同，不作比较")
    rules = "；".join(dict.fromkeys(part for part in (rule, target_rule) if part))
    # In decimals, as a person would: 0.57 as a fraction is 57 %, not 56.99999999999999 %.
    exact = Decimal(repr(float(value))) * Decimal(repr(factor)) / Decimal(repr(target_factor))
    return Conversion(float(exact), rules)
