"""What 数据齐备 shows of a period, reckoned once for every county that is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from lib.context import kept
from lib.core import difference
from lib.ui.context import Context


@dataclass(frozen=True)
class Complete:
    """County × measure, as `core.difference.completeness`; the same with those first that lack most; who is late."""

    cells: pd.DataFrame
    ordered: pd.DataFrame
    late: pd.DataFrame


def complete(context: Context) -> Complete:
    """How complete the values of a period are."""
    return _complete(replace(context, region="", compare="", span=()))


@kept
def _complete(context: Context) -> Complete:
    leaves = context.framework.leaves
    cells = difference.completeness(context.snapshot.observations, leaves, context.cohort.members, context.period)
    owners = {code: context.owner_codes(code) for code in leaves}
    return Complete(cells, difference.by_gaps(cells), difference.late(cells, owners))
