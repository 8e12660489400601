"""Sentences of the targets' page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from lib.view import sentences, text

METHOD = (
    "状态看截至这一天已有的最近一个数。达到目标为已达标；过了期限还没有达到为逾期；没有到期的，先看刚到期的里程碑，再看从基线到目标走了多少、"
    "时间过了多少（够为正常推进，够八成为有风险，再少为滞后）。没有现值就是没有，不按 0 算。"
)
BULLETS = "有基线的，0 是基线、100 是目标；没有基线的，100 是目标，长短是现值与目标之比（越低越好的反过来）。超过 120 的画到 120。◆ 是下一里程碑。"


def said(day: date) -> str:
    """2026年11月22日."""
    return f"{day.year}年{day.month}月{day.day}日"


def conclusion(assessed: pd.DataFrame, day: date) -> str:
    """How all targets stand at the end of a day."""
    return f"截至{said(day)}，{sentences.targets(assessed)}"


def calls(rows: pd.DataFrame, day: date) -> str:
    """Who has to be called, in a sentence."""
    if rows.empty:
        return f"截至{said(day)}，没有要催的：没有逾期、滞后、两周内到期或缺现值的目标。"
    counts = {name: int((rows[name] > 0).sum()) for name in ("overdue", "behind", "soon", "missing")}
    words = {"overdue": "有逾期的", "behind": "有滞后的", "soon": "两周内有到期的", "missing": "没有现值的"}
    parts = [f"{words[name]} {count} 个" for name, count in counts.items() if count]
    return f"截至{said(day)}，要找 {len(rows)} 个单位：{'，'.join(parts)}。"


def not_drawn(counts: Mapping[str, int]) -> str:
    """Which targets have no bar, by status; "" where all have."""
    parts = [f"{status} {count} 项" for status, count in counts.items() if count]
    return f"画不出来的：{text.listed(parts)}。" if parts else ""


def counties(found: pd.DataFrame) -> str:
    """How many targets counties already meet; the targets are the whole city's."""
    met = int(found["met"].sum())
    made_up = f"县级数值里有{text.DEMO}，不是真实情况。" if found["made_up"].any() else ""
    return (
        f"{found['id'].nunique()} 项目标有县级数值，{len(found)} 个数里 {met} 个已达到。{made_up}"
        "市级目标按县（市、区）逐个对照；“市本级”的目标不对照，“县（市）”的只对照县和县级市。"
    )
