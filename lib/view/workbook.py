"""The tables of the data workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from lib.model import Measure, Period
from lib.model.ledger import Reading
from lib.view import text
from lib.view.table import Number, Table
from lib.view.tables import cells

KINDS = {"real": "真实", "demo": text.DEMO}


def ranking(rows: pd.DataFrame, names: cells.Names) -> Table:
    """From a movement frame, best place first: 名次, 县（市、区）, 总分, 方阵, 上期名次, 名次升降, 总分升降."""
    values = pd.DataFrame(
        {
            "名次": rows["rank"],
            "县（市、区）": rows["region"].map(names),
            "总分": rows["score"],
            "方阵": [text.tier(each) for each in rows["tier"]],
            "上期名次（共同测度）": rows["rank_before"],
            "名次升降": rows["rank_change"],
            "总分升降": rows["score_change"],
        }
    )
    whole = {name: Number() for name in ("名次", "上期名次（共同测度）")}
    return Table(
        values, {**whole, "总分": Number(2), "名次升降": Number(signed=True), "总分升降": Number(2, signed=True)}
    )


def heat(
    scores: pd.DataFrame, regions: Sequence[str], codes: Sequence[str], heads: cells.Names, names: cells.Names
) -> Table:
    """From a period's scores (region, code, score): a row a county in the given order, a column an indicator."""
    grid = scores.pivot(index="region", columns="code", values="score").reindex(index=regions, columns=codes)
    values = grid.rename(columns=heads).reset_index(drop=True)
    values.insert(0, "县（市、区）", [names[region] for region in regions])
    return Table(values, {heads[code]: Number(1) for code in codes})


def values_table(
    rows: pd.DataFrame, files: Mapping[int, str], names: cells.Names, measures: Mapping[str, Measure]
) -> Table:
    """The values that stand, each with the place in the file that it is from: rows of `Snapshot.observations`."""
    table = pd.DataFrame(
        {
            "县（市、区）": rows["region"].map(names),
            "测度": [measures[code].name for code in rows["measure"]],
            "评价期": [Period.parse(each).label for each in rows["period"]],
            "数值": rows["value"],
            "单位": [measures[code].unit for code in rows["measure"]],
            "性质": rows["kind"].map(KINDS),
            "批次": rows["batch"],
            "文件": rows["batch"].map(files),
            "工作表": rows["file_sheet"],
            "行": rows["file_row"],
            "列": rows["file_column"],
            "备注": rows["note"],
        }
    )
    return Table(table.reset_index(drop=True))


def targets(assessed: pd.DataFrame, names: cells.Names, owners: Callable[[str], str], documents: cells.Names) -> Table:
    """Assessed targets, the most urgent first, with quote and document."""
    rows = list(assessed.itertuples())
    values = pd.DataFrame(
        {
            "编号": assessed["id"],
            "状态": assessed["status"],
            "目标事项": [names.get(row.code, row.code) for row in rows],
            "适用范围": [row.scope or "全市" for row in rows],
            "基线": assessed["baseline"].astype(float),
            "目标": [cells.stated(row.op, row.value, row.text, row.unit) for row in rows],
            "现值": [cells.stated(row.now_op, row.now_value, row.now_text, row.now_unit) for row in rows],
            "现值时间": [cells.when(row.now_period) for row in rows],
            "期限": assessed["deadline"],
            "责任单位": [owners(row.owner) for row in rows],
            "说明": assessed["reason"],
            "原文": assessed["quote"],
            "出处": [documents.get(row.document, "") for row in rows],
        }
    )
    return Table(values)


def ledger(listing: pd.DataFrame, subjects: cells.Names, places: cells.Names) -> Table:
    """From `core.ledger.listing`: every item with its indicator's value at opening, now and at closing."""
    values = pd.DataFrame(
        {
            "号": listing["id"],
            "轮次": listing["round"],
            "状态": listing["label"],
            "问题": listing["problem"],
            "来源": listing["origin"],
            "指标": [subjects.get(code, code) for code in listing["subject"]],
            "地区": [places.get(code, code) for code in listing["region"]],
            "责任单位": listing["owner"],
            "配合单位": listing["helpers"],
            "责任领导": listing["leader"],
            "期限": listing["deadline"],
            "逾期天数": listing["late"].where(listing["late"] > 0),
            "开账时": [reading(each) for each in listing["opened"]],
            "现在": [reading(each) for each in listing["now"]],
            "销号时": [reading(each) for each in listing["closed"]],
            "指标变化": listing["moved"],
            "已整改但指标未动": ["是" if flag else "" for flag in listing["flag"]],
        }
    )
    return Table(values)


def reading(found: Reading | None) -> str:
    """A reading in words, with its period: 7 小时（2021年12月）; "" for none."""
    if found is None:
        return ""
    said = text.quantity(found.value, found.unit) if found.value is not None else found.words
    when = cells.when(found.period)
    mark = f"，{text.DEMO}" if found.made_up else ""
    return f"{said}（{when}{mark}）" if when else said


def batches(rows: pd.DataFrame) -> Table:
    """The publications behind the values: 批次, 性质, 文件, 数值个数, 发布人, 发布时间, 文件校验值."""
    values = pd.DataFrame(
        {
            "批次": rows.index,
            "性质": rows["kind"].map(KINDS),
            "文件": rows["file"],
            "数值个数": rows["rows"],
            "发布人": rows["user"],
            "发布时间": [text.moment(each) for each in rows["created_at"]],
            "文件校验值（SHA-256）": rows["sha256"],
        }
    )
    return Table(values.reset_index(drop=True))


def documents(rows: pd.DataFrame) -> Table:
    """The documents cited: 文件, 文号, 发布单位, 日期."""
    named = {"title": "文件", "doc_no": "文号", "issuer": "发布单位", "date": "日期"}
    return Table(rows[list(named)].rename(columns=named).reset_index(drop=True))
