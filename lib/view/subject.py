"""What a page about one indicator is about: its name, and how its values are said."""

from __future__ import annotations

from dataclasses import dataclass

from lib.view import text


@dataclass(frozen=True)
class Subject:
    """A measure, looked at by its values in its unit, or an indicator, looked at by its scores."""

    code: str
    name: str
    unit: str
    decimals: int
    higher: bool
    measure: bool

    def say(self, value: float | None) -> str:
        """A value with its unit: 3.4 工作日, 98.4%, 57.3 分."""
        return self._with_unit(text.number(value, self.decimals))

    def say_middle(self, value: float | None) -> str:
        """A mean or median, with a decimal more than counted values have: 2.5 个."""
        return self._with_unit(text.number(value, max(self.decimals, 1)))

    def say_change(self, value: float | None) -> str:
        """A change of a mean with its sign and unit; between two shares it is in percentage points."""
        return self._between(text.signed(value, max(self.decimals, 1)))

    def say_gap(self, value: float | None) -> str:
        """How far two values are apart, without a sign."""
        return self._between(text.number(value, self.decimals))

    def verdict(self, change: float) -> str:
        """（变好） or （变差） behind the change of a measure; scores speak for themselves."""
        if not self.measure or float(f"{change:.{max(self.decimals, 1)}f}") == 0:
            return ""
        return "（变好）" if (change > 0) == self.higher else "（变差）"

    @property
    def whole(self) -> bool:
        """Whether its values are counted in whole numbers."""
        return self.measure and self.decimals == 0

    @property
    def quantity(self) -> str:
        """What is measured, for an axis or a head: 数值（工作日） or 得分."""
        return (f"数值（{self.unit}）" if self.unit else "数值") if self.measure else "得分"

    @property
    def axis(self) -> str:
        """The same with the name and the direction: 办电环节（个，越低越好）."""
        if not self.measure:
            return f"{self.scored}（0–100）"
        parts = [part for part in (self.unit, "越高越好" if self.higher else "越低越好") if part]
        return f"{self.name}（{'，'.join(parts)}）"

    @property
    def scored(self) -> str:
        """The name with what is looked at: 总分, 获得信贷得分, 办电环节."""
        return self.name if self.measure or self.name.endswith("分") else f"{self.name}得分"

    def _between(self, said: str) -> str:
        return f"{said} 个百分点" if self.unit == "%" and said != text.MISSING else self._with_unit(said)

    def _with_unit(self, said: str) -> str:
        if said == text.MISSING or not self.unit:
            return said
        return f"{said}%" if self.unit == "%" else f"{said} {self.unit}"
