"""The screens about what is being done: targets, the ledger, the campaign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lib.context import kept
from lib.core import ledger as core_ledger
from lib.core.progress import STATUS_ORDER
from lib.model.screen import Kind
from lib.store.events import today
from lib.ui import facts, loaders, progress, rectifying
from lib.ui.context import Context
from lib.ui.ledger import REAL, Ledger
from lib.ui.room.shown import Picture, Shown
from lib.view import charts, sentences, tables, text

# How many bars a slide has room for.
OWNERS, UNITS = 9, 9
BEGIN = (
    "列入事项以后，这里列出该催办的单位：谁有几项逾期、几项 14 天内到期、几项等复评。"
    "请到“整改台账”页列入：手工填写、从短板批量列入，或导入现有的整改清单。"
)


def targets(context: Context) -> Shown:
    """How many targets have which status today."""
    return _targets(context, date.fromisoformat(today()))


@kept
def _targets(context: Context, day: date) -> Shown:
    assessed = context.snapshot.targets(day)
    rows = tables.status_rows(assessed, [str(status) for status in STATUS_ORDER])
    made_up = bool(assessed["made_up"].any())
    return Shown(
        Kind.TARGETS.label,
        sentences.targets(assessed) + tables.made_up_among(assessed),
        f"目标按状态分（单位：项；截至{text.date_words(day)}）",
        f"数据：{facts.cited(context, assessed)}",
        real=not made_up,
        picture=Picture(charts.status_bars, rows, (charts.ROW,)),
        page="benchmark/targets.py",
    )


def ledger(context: Context) -> Shown:
    """Who has to be reminded of what in the ledger today."""
    day = date.fromisoformat(today())
    items = rectifying.standing(day)
    now = Ledger(context, day, items, rectifying.listing(context, items, day))
    shown = Shown(Kind.LEDGER.label, now.conclusion, "", f"数据：{REAL}", page="act/ledger.py")
    if now.whole.empty:
        return replace(shown, title=BEGIN, empty=True)
    owners = core_ledger.chasing(now.whole)
    shown = replace(shown, made_up=any(each.made_up for name in ("opened", "now") for each in now.whole[name]))
    if owners.empty:
        return replace(shown, title="没有逾期的，没有 14 天内到期的，也没有等复评的。")
    bars = tables.chase_rows(owners, OWNERS)
    title = f"该催办的 {len(owners)} 个单位（单位：项；最急的在前）"
    return replace(shown, title=title, picture=Picture(charts.chase_bars, bars, (charts.ROW,)))


def campaign(context: Context) -> Shown:
    """How far every unit of the latest campaign has come; its calendar before any has declared."""
    latest = next(iter(loaders.load_campaigns(context.version).values()))
    now = progress.standing(context, latest, date.fromisoformat(today()))
    said, page = progress.conclusion(now), "act/progress.py"
    shown = Shown(
        Kind.CAMPAIGN.label, said, "", f"数据：{latest.name}的申报表和季度进展", made_up=now.made_up, page=page
    )
    if now.board.empty:
        rows = tables.phase_rows(latest, now.day)
        title, where = "活动安排（◆ 申报表和季度进展的应报日）", f"数据：{progress.source(now)}"
        # A wall passes over a timetable that is past.
        over, picture = now.day > latest.end, Picture(charts.phases, rows, (charts.ROW,))
        return replace(shown, title=title, source=where, picture=picture, empty=over)
    title = f"各单位目标走完了多少{progress.made_up(now)}"
    bars = tables.board_rows(now.board.head(UNITS))
    return replace(shown, title=title, picture=Picture(charts.progress_bars, bars, (charts.ROW,)))
