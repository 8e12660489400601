"""活动: a campaign with its phases and the days on which reports are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lib.model.period import Period


class Stage(StrEnum):
    """What a phase is for."""

    PREPARE = "prepare"
    ACT = "act"
    SUM_UP = "sum_up"


@dataclass(frozen=True)
class Phase:
    """A phase from its first to its last day; `quote` is the sentence that sets it, "" where a person did."""

    stage: Stage
    name: str
    start: date
    end: date
    task: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Campaign:
    """A campaign, its phases in time order; `document` is the code of the one that sets it up, "" where a person did."""

    code: str
    name: str
    phases: tuple[Phase, ...]
    document: str = ""

    @property
    def filing_due(self) -> date:
        """The last day for declarations: the end of the preparation."""
        return next(phase.end for phase in self.phases if phase.stage is Stage.PREPARE)

    @property
    def end(self) -> date:
        """The last day."""
        return self.phases[-1].end

    @property
    def reports_due(self) -> tuple[date, ...]:
        """The ends of the quarters that end while the campaign is carried out."""
        found = []
        for phase in self.phases:
            if phase.stage is Stage.ACT:
                quarter = Period(phase.start.year, "quarter", (phase.start.month + 2) // 3)
                while quarter.end <= phase.end:
                    found.append(quarter.end)
                    quarter = quarter.shift(1)
        return tuple(found)

    def phase(self, day: date) -> Phase | None:
        """The phase that a day lies in; None before the first and after the last."""
        return next((phase for phase in self.phases if phase.start <= day <= phase.end), None)

    def next_due(self, day: date) -> date | None:
        """The first day from `day` on when something is due: the forms, then the reports; None after the last."""
        return next((due for due in (self.filing_due, *self.reports_due) if due >= day), None)

    @property
    def problems(self) -> list[str]:
        """What keeps it from being carried out, in words; none when everything is in order."""
        found = [] if self.name.strip() else ["要写活动名称"]
        found += [f"{each.name}的开始日期晚于结束日期" for each in self.phases if each.start > each.end]
        pairs = zip(self.phases, self.phases[1:], strict=False)
        found += [
            f"{later.name}要在{earlier.name}结束以后开始" for earlier, later in pairs if later.start <= earlier.end
        ]
        if not found and not self.reports_due:
            found.append("实施阶段里没有一个季度末，报不了进展：请把实施阶段放长")
        return found
