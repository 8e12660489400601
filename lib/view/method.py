"""怎么算的, for people who decide: the steps of the worked example, its table, and what is assumed or not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lib.model import Measure, source
from lib.view import text
from lib.view.table import Number, Table

CONCLUSION = "数值先变成 0–100 分，按权重平均成总分，总分排出名次，名次分成方阵。"
# docs/method.md has each of them with its reason.
ASSUMED = (
    "没有给定前沿值的一端，取本期各地的最好、最差值：最好的地方变了，大家的分都会动。",
    "8 小时算 1 个工作日，目标里的“日”按工作日；“天”和“工作日”之间不换算。",
    "目标的“有风险”“滞后”看走过的路与用去的时间之比，1 和 0.8 两条线文件没有规定。",
    "“稳不稳”让权重上下浮动 25%、试一万次，95% 守得住才叫稳；“份力”只用来比哪条路近。",
)
UNKNOWN = {"有目标无现值": "要责任单位补报", "口径不一致": "不能比，不作判断"}


@dataclass(frozen=True)
class Step:
    """One step of the example: its name, the rule, the number that comes out, and what it is."""

    name: str
    rule: str
    number: str
    words: str


def options(leaves: pd.DataFrame, names: Mapping[str, str]) -> dict[str, str]:
    """Measures to try the example on, in words. In: rows of `trace.leaves`, in their order."""
    return {row.code: f"{names[row.code]}（失 {text.number(row.lost, 2)} 分）" for row in leaves.itertuples()}  # type: ignore[arg-type]


def steps(found: Mapping[str, object], rows: pd.DataFrame, measure: Measure, tier: float) -> list[Step]:
    """The four steps of one number. In: `found` as `trace.scaling`, `rows` as `trace.climb` of the measure, the total's tier."""
    own, total = rows.iloc[0], rows.iloc[-1]
    value, best, worst = (text.quantity(found[each], measure.unit) for each in ("value", "best", "worst"))  # type: ignore[arg-type]
    return [
        Step(
            "数值", "各单位报来的数。", value, f"{measure.name}，{measure.direction.label}；最好 {best}，最差 {worst}"
        ),
        Step(
            "得分",
            "最差记 0，最好记 100，在中间哪里就得几分。",
            f"{text.number(own['score'], 1)} 分",
            f"这一项{text.place(own['rank'])}（{found['of']} 地有得分）",
        ),
        Step(
            "总分",
            "一级一级按权重平均；缺数不算，也不当 0。",
            f"{text.number(total['score'], 2)} 分",
            f"这一项占总分 {text.number(own['whole'] * 100, 2)}%，出了其中 {text.number(own['points'], 2)} 分",
        ),
        Step(
            "名次、方阵",
            "按没有四舍五入的总分排；名次分三档。",
            text.place(total["rank"]),
            text.tier(tier),
        ),
    ]


def climb(rows: pd.DataFrame, names: Mapping[str, str], region: str, period: str) -> Table:
    """The example's way up: 从下往上, 得分, 占上一级, 占总分, 给总分; a click on a number opens the same step in the panel."""
    values = pd.DataFrame(
        {
            "从下往上": [*(names[code] for code in rows["code"].iloc[:-1]), "总分"],
            "得分": rows["score"],
            "占上一级（%）": rows["share"] * 100,
            "占总分（%）": rows["whole"] * 100,
            "给总分几分": rows["points"],
        }
    )
    numbers = dict.fromkeys(list(values.columns[1:]), Number(2))
    addresses = [source.score(region, code, period) for code in rows["code"]]
    return Table(values, numbers, pd.DataFrame(dict.fromkeys(numbers, addresses)))


def adds_up(leaves: pd.DataFrame) -> str:
    """That the measures together make the total. In: `trace.leaves`."""
    total = text.number((leaves["whole"] * leaves["score"]).sum(), 2)
    return f"给总分 = 得分 × 占总分。这个地方有得分的 {len(leaves)} 项测度都这样加起来，正好是总分 {total} 分。"


def level(reasons: Mapping[tuple[str, str], str], period: str, names: Mapping[str, str]) -> str:
    """Which nodes have no score in a period, and why; "" for none. In: reasons by (period, code)."""
    said = [f"{names[code]}（{why}）" for (when, code), why in reasons.items() if when == period]
    return f"本期不计分的：{text.listed(said)}。" if said else ""


def kinds(made_up: bool, period: str, stated: int) -> str:
    """What is real and what is made up. In: whether the period's values are made up, how many statements documents make."""
    counties = (
        f"各县（市、区）{period}的数是**{text.MADE_UP}**，只用来看这套办法怎么用；发布了真实数据，演示数据自动退出"
        if made_up
        else f"各县（市、区）{period}的数是报来的真实数据，点数能看到文件"
    )
    return f"{counties}。平顶山市的名次、目标和短板出自文件，{stated} 条记录都是真实的、带原文，从不和县级得分混算。"
