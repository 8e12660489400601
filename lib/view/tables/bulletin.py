"""Papers: the figures behind them, and those that went out."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lib.model.bulletin import Figure, Paperwork
from lib.view import text
from lib.view.table import Table


def paper_figure_table(figures: Iterable[Figure]) -> Table:
    """Every figure of a paper: 数, 是什么, 时间, 出处; a click on one opens its source where it has one."""
    rows = list(figures)
    values = pd.DataFrame(
        {
            "数": [each.text for each in rows],
            "是什么": [each.what for each in rows],
            "时间": [each.when for each in rows],
            "出处": [each.origin for each in rows],
        }
    )
    return Table(values, sources=pd.DataFrame({"数": [each.address for each in rows]}))


def issued_table(rows: pd.DataFrame) -> Table:
    """Papers that went out, as the store lists them: 种类, 期号, 日期, 标题, 印发人, 印发时间."""
    kinds = [Paperwork(kind) for kind in rows["kind"]]
    return Table(
        pd.DataFrame(
            {
                "种类": [kind.label for kind in kinds],
                "期号": [kind.numbered(int(number)) for kind, number in zip(kinds, rows["number"], strict=True)],
                "日期": rows["day"],
                "标题": rows["title"],
                "印发人": rows["issued_by"],
                "印发时间": [text.moment(stamp) for stamp in rows["issued_at"]],
            }
        )
    )
