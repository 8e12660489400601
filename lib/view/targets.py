"""Sentences of the targets' page."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.view import text

METHOD = (
    "状态看截至这一天已有的最近一个数。达到目标为已达标；过了期限还没有达到为逾期；没有到期的，先看刚到期的里程碑，再看从基线到目标走了多少、"
    "时间过了多少（够为正常推进，够八成为有风险，再少为滞后）。没有现值就是没有，不按 0 算。"
)
BULLETS = "有基线的，0 是基线、100 是目标；没有基线的，100 是目标，长短是现值与目标之比（越低越好的反过来）。超过 120 的画到 120。◆ 是下一里程碑。"


ABOUT = "本页是市和县（市、区）的目标，与指标体系、评价期和地区的选择无关。"
SOME_MADE_UP = f"县级现值里有{text.DEMO}，已逐个标明；市级的目标和现值都是文件原文。"
COUNTIES = "● 达到　▲ 未达到　— 没有数或不适用；点数字看出处。市级目标按县（市、区）逐个对照；“市本级”的目标不对照，“县（市）”的只对照县和县级市。"


def calls(rows: pd.DataFrame) -> str:
    """Who has to be called, in a sentence."""
    if rows.empty:
        return "今天没有要催的：没有逾期、滞后、两周内到期或缺现值的目标。"
    counts = {name: int((rows[name] > 0).sum()) for name in ("overdue", "behind", "soon", "missing")}
    words = {"overdue": "有逾期目标的", "behind": "有滞后目标的", "soon": "两周内到期的", "missing": "缺现值的"}
    parts = [f"{words[name]} {count} 个" for name, count in counts.items() if count]
    return f"要找 {len(rows)} 个单位：{'，'.join(parts)}。"


def not_drawn(counts: Mapping[str, int]) -> str:
    """Which targets have no bar, by status; "" where all have."""
    parts = [f"{status} {count} 项" for status, count in counts.items() if count]
    return f"画不出来的：{text.listed(parts)}。" if parts else ""


def counties(found: pd.DataFrame) -> str:
    """How many targets counties already meet; the targets are the whole city's."""
    if found.empty:
        return "筛选范围内没有能按县（市、区）对照的市级目标。"
    met = int(found["met"].sum())
    made_up = f"县级数值里有{text.DEMO}，不是真实情况" if found["made_up"].any() else "县级数值是真实数据"
    return f"{found['id'].nunique()} 项市级目标有县级数值，{len(found)} 个数里 {met} 个已达到；{made_up}。"
