"""稳不稳: what is said of how firm a place and a tier are."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.view import text

Names = Mapping[str, str]
WAYS = {"frontier": "前沿距离（现用）", "minmax": "最优最差值之间", "rank": "名次百分位", "zscore": "标准分"}
MEANS = {"arithmetic": "算术平均（现用）", "geometric": "几何平均", "harmonic": "调和平均"}
CLOSE = "名次接近、差异不显著"


def share(value: float) -> str:
    """A share in whole per cent that does not round to none or to all: 78%, 超过 99%, 不到 1%."""
    if 0 < value < 0.01:
        return "不到 1%"
    return "超过 99%" if 0.99 < value < 1 else f"{text.number(100 * value, 0)}%"


def span(low: float, high: float) -> str:
    """第 7–9, or 第 8."""
    return text.place(low) if low == high else f"第 {int(low)}–{int(high)}"


def firmness(firm: bool) -> str:
    """● 稳, ◆ 不稳."""
    return "● 稳" if firm else "◆ 不稳"


def stays(kept: float, tier: float) -> str:
    """How often a region keeps its tier: 全部留在第二方阵, 78% 的情形留在第二方阵."""
    return f"{'全部' if kept == 1 else f'{share(kept)} 的情形'}留在{text.tier(tier)}"


def conclusion(frame: pd.DataFrame, pairs: pd.DataFrame, names: Names, focus: str, draws: str, when: str) -> str:
    """From a stability's `frame` and `pairs`: where the focus region stands, where it would under other weights, whom it is close to.

    `draws` says how (权重上下浮动 25% 的 1 万次里), `when` whether it is so or tried (现在, 推演后).
    """
    ours = frame[frame["region"] == focus]
    if ours.empty:
        return f"{names[focus]}{when}没有名次，说不上稳不稳。"
    at = next(ours.itertuples())
    usual = "仍是" if at.low == at.high == at.rank else "在"
    near = [
        names[other]
        for one, other in (("behind", "ahead"), ("ahead", "behind"))
        for other in pairs.loc[pairs["close"] & (pairs[one] == focus), other]
    ]
    close = f"；与{text.listed(near)}接近，名次差异不显著" if near else "；与相邻名次拉得开"
    return (
        f"{names[focus]}{when}列第 {at.rank}（{text.tier(at.tier)}，{'稳' if at.firm else '不稳'}）：{draws}，"
        f"90% 的情形{usual}{span(at.low, at.high)}，{stays(at.kept, at.tier)}{close}。"
    )


def tiers(frame: pd.DataFrame, names: Names) -> str:
    """Whose tier is not firm, the least firm first."""
    loose = frame[~frame["firm"]].sort_values("kept", kind="stable")
    if loose.empty:
        least = frame["kept"].min()
        kept = "全部留在本方阵" if least == 1 else f"留住最少的：{share(least)}"
        return f"● {len(frame)} 个地区都稳，{kept}"
    who = text.listed(f"{names[at.region]}（{text.tier(at.tier)}，留住 {share(at.kept)}）" for at in loose.itertuples())
    return f"◆ {len(loose)} 个地区不稳：{who}；其余 {len(frame) - len(loose)} 个都稳"


def close(pairs: pd.DataFrame, names: Names) -> str:
    """Which neighbours are close, and how often the lower is level or ahead."""
    near = pairs[pairs["close"]]
    if near.empty:
        return "相邻两位都拉得开，没有名次接近的"
    who = text.listed(f"{names[at.ahead]}与{names[at.behind]}（{share(at.share)}）" for at in near.itertuples())
    return f"≈ 差异不显著：{who}；括号内为后一位持平或反超的情形"


def without(rows: pd.DataFrame, labels: Names) -> str:
    """What leaving one indicator out does to a region at most, from its rows of `dropped`: ▼1 开办企业等 3 项, or 不变."""
    parts = []
    for most, sign in ((rows["gained"].min(), text.DOWN), (rows["gained"].max(), text.UP)):
        codes = list(rows.loc[rows["gained"] == most, "code"])
        if most and (most > 0) == (sign == text.UP) and codes:
            more = f"等 {len(codes)} 项" if len(codes) > 1 else ""
            parts.append(f"{sign}{abs(int(most))}（{labels[codes[0]]}{more}）")
    return "　".join(parts) or ("不变" if rows["rank"].notna().any() else text.MISSING)


def methods(rows: pd.DataFrame, name: str) -> str:
    """Where other methods put a region, from its rows of `swapped`."""
    places = rows["rank"].dropna()
    if places.empty:
        return f"{name}都没有名次"
    level = rows["rank"].isna() & rows["score"].notna()
    zero = "；几何、调和平均下有一项得 0 分，总分就是 0，分不出名次" if level.any() else ""
    stands = "都列" if places.min() == places.max() else "在"
    return f"{len(places)} 种方法下{name}{stands}{span(places.min(), places.max())}{zero}"


def note(frame: pd.DataFrame, pairs: pd.DataFrame, names: Names, swing: str) -> str:
    """One line for beside a ranking, under what swing of weights (25%): who is close, whose tier is not firm; "" for fewer than two places."""
    if len(frame) < 2:
        return ""
    near = text.listed(f"{names[at.ahead]}与{names[at.behind]}" for at in pairs[pairs["close"]].itertuples())
    loose = text.listed(names[region] for region in frame.loc[~frame["firm"], "region"])
    return (
        f"权重上下浮动 {swing}："
        + (f"≈ {near}名次接近、差异不显著；" if near else "相邻名次都拉得开；")
        + (f"◆ 方阵不稳：{loose}。" if loose else "各地方阵都稳。")
    )
