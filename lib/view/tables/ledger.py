"""整改台账: chart data and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.model.ledger import Item, Task
from lib.view import ledger as words
from lib.view import text
from lib.view.charts.ledger import CHASED
from lib.view.table import Number, Table

Names = Mapping[str, str]
_BRIEF = 18


def ledger_table(rows: pd.DataFrame, regions: Names) -> Table:
    """号, 情况, 问题 (short), 地区, 责任单位, 状态, 轮, 期限, 变化, 开账时, 现在 from `core.ledger.listing`; values
    open their source."""
    values = pd.DataFrame(
        {
            "号": rows["id"],
            "情况": [words.flag(row.moved) if row.flag else words.urgency(row.late) for row in rows.itertuples()],
            "问题": rows["problem"].map(lambda said: words.short(said, _BRIEF)),
            "地区": [regions.get(code, code) for code in rows["region"]],
            "责任单位": rows["owner"],
            "状态": rows["label"],
            "轮": rows["round"],
            "期限": rows["deadline"],
            "变化": rows["moved"],
            "开账时": rows["opened"].map(words.dated),
            "现在": rows["now"].map(words.dated),
        }
    ).reset_index(drop=True)
    sources = pd.DataFrame(
        {"开账时": [each.source for each in rows["opened"]], "现在": [each.source for each in rows["now"]]}
    )
    return Table(values, {"号": Number(0), "轮": Number(0)}, sources)


def whole_ledger(items: Sequence[Item], rows: pd.DataFrame, regions: Names, subjects: Names) -> pd.DataFrame:
    """Every field of every item, to take away: the columns of the template, so that it can be read back, then how it stands."""
    tasks = {item.id: item.task for item in items}
    columns = {
        label: [_cell(tasks[number], name, regions, subjects) for number in rows["id"]]
        for name, label in words.FIELDS.items()
    }
    return pd.DataFrame(
        {
            "号": list(rows["id"]),
            **columns,
            "轮次": list(rows["round"]),
            "状态": list(rows["label"]),
            "逾期天数": [late if late > 0 else None for late in rows["late"]],
            "开账时": [words.dated(each) for each in rows["opened"]],
            "现在": [words.dated(each) for each in rows["now"]],
            "销号时": [words.dated(each) if each is not None else "" for each in rows["closed"]],
            "变化": list(rows["moved"]),
            "提示": [words.flag(row.moved) if row.flag else "" for row in rows.itertuples()],
        }
    )


def _cell(task: Task, name: str, regions: Names, subjects: Names) -> str:
    if name == "actions":
        return words.step_lines(task.actions)
    return words.field(task, name, regions, subjects).removeprefix(text.MISSING)


def chase_rows(chasing: pd.DataFrame, most: int) -> pd.DataFrame:
    """Chart data for `charts.chase_bars` from `core.ledger.chasing`, the first `most` owners: a bar for each count that is not 0."""
    found = []
    for row in chasing.head(most).itertuples():
        at = 0
        worst = f"最长逾期 {int(row.late)} 天" if row.late == row.late else ""
        for state, name in zip(CHASED, ("overdue", "soon", "review"), strict=True):
            count = int(getattr(row, name))
            if count:
                label = row.owner or "未写责任单位"
                found.append((label, row.owner, state, at, at + count, at + count / 2, count, "" if at else worst))
                at += count
    return pd.DataFrame(found, columns=["label", "owner", "state", "left", "right", "middle", "count", "shown"])


def urgent_table(rows: pd.DataFrame) -> Table:
    """号, 责任单位, 责任领导, 问题, 情况, 期限 from a listing."""
    values = pd.DataFrame(
        {
            "号": rows["id"],
            "责任单位": rows["owner"],
            "责任领导": rows["leader"],
            "问题": rows["problem"].map(lambda said: words.short(said, 60)),
            "情况": [words.urgency(row.late) or f"◇ {row.label}" for row in rows.itertuples()],
            "期限": rows["deadline"],
        }
    ).reset_index(drop=True)
    return Table(values, {"号": Number(0)})


def item_history_table(rows: pd.DataFrame, states: Names) -> Table:
    """时间, 经办人, 轮, 办理, 办理后, 说明, 指标当时 from `store.ledger.history`; the value opens its source."""
    values = pd.DataFrame(
        {
            "时间": rows["at"].map(text.moment),
            "经办人": rows["user"],
            "轮": rows["round"],
            "办理": rows["action"],
            "办理后": rows["state"].map(states),
            "说明": rows["comment"],
            "指标当时": [words.dated(each) if each is not None else "" for each in rows["reading"]],
        }
    ).reset_index(drop=True)
    sources = pd.DataFrame({"指标当时": ["" if each is None else each.source for each in rows["reading"]]})
    return Table(values, {"轮": Number(0)}, sources)


def new_items_table(tasks: Sequence[Task], regions: Names, subjects: Names) -> pd.DataFrame:
    """What would be added: 问题, 来源, 地区, 指标, 责任单位, 期限, 步骤."""
    return pd.DataFrame(
        {
            "问题": [each.problem for each in tasks],
            "来源": [each.origin for each in tasks],
            "地区": [regions.get(each.region, each.region) for each in tasks],
            "指标": [subjects.get(each.subject, each.subject) for each in tasks],
            "责任单位": [each.owner for each in tasks],
            "期限": [each.deadline for each in tasks],
            "步骤": [f"{len(each.actions)} 步" if each.actions else "" for each in tasks],
        }
    )


def conflict_table(mine: Task, theirs: Task, regions: Names, subjects: Names) -> pd.DataFrame:
    """Where what was typed and what is kept differ: 项目, 您写的, 台账上的."""
    names = words.differences(mine, theirs)
    return pd.DataFrame(
        {
            "项目": [words.FIELDS[name] for name in names],
            "您写的": [words.field(mine, name, regions, subjects) for name in names],
            "台账上的": [words.field(theirs, name, regions, subjects) for name in names],
        }
    )
