"""What the meeting's slides say: a conclusion each, with the bars and the rows that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from lib.model import Measure
from lib.model.slides import Grid, Plot, Slide
from lib.view import sentences, text
from lib.view.ledger import STALE
from lib.view.tables import cells
from lib.view.tables.overview import points_moved
from lib.view.theme import AMBER, BLUE, GREEN, RED, REST, SKY, STATUS_COLOURS, TIER_COLOURS

MOST = 8


SHARED = "比上期的升降按两期都有的测度重新计分；上期当时公布的名次、得分可能不同。"
STATE_COLOURS = {"待整改": AMBER, "整改中": BLUE, "待复评": SKY, "已销号": GREEN, "退回": RED}


def overview(
    numbers: Sequence[tuple[str, str, str]],
    means: pd.Series,
    names: cells.Names,
    title: str,
    source: str,
    made_up: bool,
) -> Slide:
    """The whole picture: what is known in numbers (what, how much, of when and by whom), and each indicator's mean score."""
    known = means[means.notna()].sort_values(ascending=False)
    plot = Plot(
        tuple(names[code] for code in known.index),
        {"平均得分": tuple(float(value) for value in known)},
        (BLUE,),
        tuple([BLUE] * max(len(known) - 5, 0) + [AMBER] * min(len(known), 5)),
    )
    grid = Grid(("项目", "数", "时间和来源"), tuple(numbers), (3, 3, 5))
    remark = "左图：各指标的县（市、区）平均得分，橙色是最低的五个。"
    return Slide(title, source, plot if len(known) else None, grid, (remark,) if len(known) else (), made_up)


def headline(city: str, places: pd.DataFrame, rows: pd.DataFrame, period: str) -> str:
    """The city's place in the province by year, from the documents, and the mean of the counties' totals."""
    years = "、".join(f"{row.period}年第 {int(row.value)}" for row in places.itertuples())
    parts = [f"{city}在全省营商环境评价中 {years}"] if years else []
    scored = rows["score"].dropna()
    parts += [f"{period}各县（市、区）平均 {text.number(scored.mean())} 分"] if len(scored) else []
    return "；".join(parts) or f"{period}还没有可说的数"


def ranking(rows: pd.DataFrame, names: cells.Names, period: str, source: str, made_up: bool) -> Slide:
    """From the total's movement frame: every place with its tier."""
    ranked = rows[rows["rank"].notna()]
    tiers = [text.tier(each) for each in ranked["tier"]]
    plot = Plot(
        tuple(names[code] for code in ranked["region"]),
        {"总分": tuple(float(score) for score in ranked["score"])},
        (BLUE,),
        tuple(TIER_COLOURS[each] for each in tiers),
    )
    places = tuple(
        (
            str(int(row.rank)),
            names[row.region],
            text.number(row.score, 2),
            text.arrow(row.rank_change) or text.MISSING,
            tier,
        )
        for row, tier in zip(ranked.itertuples(), tiers, strict=True)
    )
    grid = Grid(("名次", "县（市、区）", "总分", "比上期", "方阵"), places, (2, 4, 3, 3, 4))
    return Slide(_title(sentences.overview(rows, names, period)), source, plot, grid, (SHARED,), made_up)


def weakest(
    low: pd.DataFrame,
    changes: Mapping[str, float],
    names: cells.Names,
    places: cells.Names,
    owner: Callable[[str], str],
    source: str,
    made_up: bool,
) -> Slide:
    """From `spread.weakest` and `movers.mean_changes`: the weakest indicators with who leads them."""
    first = low.iloc[0]
    title = (
        f"最弱的 {len(low)} 个指标平均都不到 {text.number(_above(low['mean'].max()), 0)} 分，"
        f"最低的是{names[first['code']]}（{text.number(first['mean'])} 分，牵头：{owner(first['code'])}）"
    )
    plot = Plot(tuple(names[code] for code in low["code"]), {"平均得分": tuple(map(float, low["mean"]))}, (AMBER,))
    rows = tuple(
        (
            names[row.code],
            points_moved(changes[row.code]) or text.MISSING,
            f"{places[row.last]} {text.number(row.low)}",
            f"{places[row.first]} {text.number(row.high)}",
            owner(row.code),
        )
        for row in low.itertuples()
    )
    grid = Grid(("指标", "平均比上期", "最低", "最高", "牵头单位"), rows, (4, 3, 4, 4, 5))
    return Slide(title, source, plot, grid, (SHARED,), made_up)


def _title(sentence: str) -> str:
    """A sentence as a title: without its full stop."""
    return sentence.removesuffix("。")


def _above(value: float) -> float:
    """The next whole number above a value."""
    return float(int(value) + 1)


def targets(
    assessed: pd.DataFrame, order: Sequence[str], names: cells.Names, source: str, owners: Callable[[str], str]
) -> Slide:
    """From assessed targets, the most urgent first: how many stand where, and those that can be judged."""
    counts = assessed["status"].value_counts()
    used = [status for status in order if counts.get(status, 0)]
    plot = Plot(
        tuple(used),
        {"项": tuple(float(counts[status]) for status in used)},
        (BLUE,),
        tuple(STATUS_COLOURS[status] for status in used),
        decimals=0,
        unit=" 项",
    )
    judged = assessed[assessed["status"] != "有目标无现值"].head(MOST - 2)
    rows = tuple(
        (
            names.get(row.code, row.code) + (f"（{row.scope}）" if row.scope else ""),
            cells.stated(row.op, row.value, row.text, row.unit),
            cells.stated(row.now_op, row.now_value, row.now_text, row.now_unit),
            row.status,
            text.first(owners(row.owner)),
        )
        for row in judged.itertuples()
    )
    grid = Grid(("目标事项", "目标", "现值", "状态", "责任单位"), rows, (5, 3, 3, 3, 5)) if rows else None
    return Slide(_title(sentences.targets(assessed)), source, plot, grid)


def what_if(
    title: str,
    changes: pd.DataFrame,
    weights: Sequence[tuple[str, float, float]],
    movement: pd.DataFrame,
    region: str,
    regions: cells.Names,
    names: cells.Names,
    measures: Mapping[str, Measure],
    remark: str,
    source: str,
    made_up: bool,
) -> Slide:
    """What other values or weights would bring: `changes` and `movement` as of `scenarios.Result` and its outcome, `weights` as code,
    weight, weight if; the picture is of the region's own measures, or where none of them changes of all totals."""
    own = changes[changes["region"] == region]
    if len(own):
        labels, now, then = own["code"].map(names), own["score"], own["score_if"]
    else:
        rows = movement.sort_values("rank", kind="stable")
        labels, now, then = rows["region"].map(regions), rows["score_before"], rows["score"]
    series = {name: tuple(map(cells.optional, found)) for name, found in (("现在得分", now), ("推演得分", then))}
    moved = [
        (
            names[row.code] if row.region == region else f"{regions[row.region]}{names[row.code]}",
            text.quantity(row.value, measures[row.code].unit),
            text.quantity(row.value_if, measures[row.code].unit),
            text.signed(row.total, 2),
        )
        for row in changes.itertuples()
    ]
    moved += [
        (f"权重：{names[code]}", text.trimmed(before), text.trimmed(after), text.MISSING)
        for code, before, after in weights
    ]
    left = len(moved) - MOST
    remarks = (remark, *([f"另有 {left} 项改动，见方案页。"] if left > 0 else []))
    grid = Grid(("改动", "现在", "推演", "单改这项，总分"), tuple(moved[:MOST]), (5, 3, 3, 2))
    return Slide(_title(title), source, Plot(tuple(labels), series, (REST, BLUE)), grid, remarks, made_up)


def ledger(listing: pd.DataFrame, states: Sequence[str], source: str) -> Slide:
    """From `core.ledger.listing`: how many items stand where, and those that are late or have not helped."""
    counts = listing["label"].value_counts()
    late, stale = int((listing["late"] > 0).sum()), listing["flag"] & (listing["moved"] == STALE)
    still = int(listing["flag"].sum()) - int(stale.sum())
    title = f"整改台账 {len(listing)} 项：已销号 {int(counts.get('已销号', 0))} 项"
    title += f"，逾期 {late} 项" if late else "，没有逾期的"
    title += f"，已整改但指标未动 {still} 项" if still else ""
    title += f"，整改后还没有新数 {int(stale.sum())} 项" if stale.any() else ""
    plot = Plot(
        tuple(states),
        {"项": tuple(float(counts.get(each, 0)) for each in states)},
        (BLUE,),
        tuple(STATE_COLOURS[each] for each in states),
        decimals=0,
        unit=" 项",
    )
    shown = listing[(listing["late"] > 0) | listing["flag"]].head(MOST)
    rows = tuple(
        (str(row.id), row.problem, row.owner, standing(row.late, row.label, row.moved if row.flag else ""))
        for row in shown.itertuples()
    )
    grid = Grid(("号", "问题", "责任单位", "情况"), rows, (1, 6, 3, 4)) if rows else None
    return Slide(title, source, plot, grid)


def standing(late: float, label: str, unmoved: str) -> str:
    """How an item stands in a few words: 整改中，逾期 12 天; 已销号，指标未变; 已销号，还没有新数."""
    if unmoved:
        return f"{label}，还没有新数" if unmoved == STALE else f"{label}，指标{unmoved}"
    return label if late != late else f"{label}，{days(late)}"


def days(late: float) -> str:
    """逾期 12 天; 今天到期; 还有 5 天."""
    if late == 0:
        return "今天到期"
    return f"逾期 {int(late)} 天" if late > 0 else f"还有 {-int(late)} 天"


def duties(owed: pd.DataFrame, source: str) -> Slide:
    """From `core.duties`: who owes how much, and what first."""
    late, missing = owed[(owed["item_late"] + owed["target_late"]) > 0], int((owed["missing"] > 0).sum())
    parts = [f"{len(late)} 个单位有逾期、滞后的事"] if len(late) else []
    parts += [f"{missing} 个单位有目标没报现值"] if missing else []
    title = f"{'，'.join(parts) or f'{len(owed)} 个单位有两周内到期的事'}；先找{owed['owner'].iloc[0]}"
    rows = tuple(
        (
            row.owner,
            *(
                _count(value)
                for value in (row.item_late, row.target_late, row.item_soon + row.target_soon, row.missing)
            ),
            row.what,
            row.deadline or text.MISSING,
            text.MISSING if row.late != row.late else past(row.late),
        )
        for row in owed.head(MOST + 2).itertuples()
    )
    more = len(owed) - len(rows)
    head = ("责任单位", "整改逾期", "目标逾期滞后", "两周内到期", "缺现值", "最急的一件", "期限", "到今天")
    remark = (f"另有 {more} 个单位，见台账和目标进度页。",) if more else ()
    return Slide(title, source, None, Grid(head, rows, (5, 2, 2, 2, 2, 6, 3, 4)), remark)


def past(late: float) -> str:
    """期限已过 12 天; 今天到期; 还有 5 天."""
    return f"期限已过 {int(late)} 天" if late > 0 else days(late)


def _count(value: int) -> str:
    return f"{value} 项" if value else text.MISSING
