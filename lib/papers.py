"""What every paper that goes out is made from: a view of the data, the targets, the ledger and the counts at the end of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from lib.context import BEST, Context, describes_conditions, of_performance
from lib.core import ledger as core
from lib.core.campaign import day_of
from lib.core.cityfacts import CITY, province_places
from lib.core.duties import by_owner, duties
from lib.core.movers import mean_changes
from lib.core.next_place import single_steps
from lib.core.progress import STATUS_ORDER, Status
from lib.core.spread import spread, weakest
from lib.core.whatif import levers, what_if
from lib.export import slides as export_slides
from lib.export import workbook as export_workbook
from lib.export.workbook import Sheet
from lib.model import UserError
from lib.model.ledger import Item, Reading, State
from lib.model.slides import Deck, Slide
from lib.snapshot import Snapshot, sort_periods
from lib.store import data_version, tallies
from lib.store import ledger as store
from lib.view import slides as view
from lib.view import text
from lib.view import workbook as books
from lib.view.text import MADE_UP
from lib.view.theme import RED, STATUS_COLOURS


@dataclass(frozen=True)
class Material:
    """What stands at the end of a day, as seen by a context."""

    context: Context
    day: date

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Every target with its status, the most urgent first."""
        return self.context.snapshot.targets(self.day)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The ledger's items that were opened by the day, as they are now."""
        return tuple(each for each in store.items(self.context.snapshot.path) if day_of(each.opened_at) <= self.day)

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """The same as `core.ledger.listing`."""
        return core.listing(self.items, look_at(self.context, self.items), self.context.book.measures, self.day)

    @cached_property
    def history(self) -> pd.DataFrame:
        """What happened on the ledger up to the day, latest first, as `store.ledger.history`."""
        rows = store.history(self.context.snapshot.path)
        return rows[rows["at"].map(lambda stamp: day_of(stamp) <= self.day).astype(bool)].reset_index(drop=True)

    @cached_property
    def tallies(self) -> pd.DataFrame:
        """The counts by month that stand, as `store.tallies.tallies`."""
        return tallies.tallies(self.context.snapshot.path)


def presentation(material: Material, changes: Mapping[str, float] | None = None) -> bytes:
    """The meeting's slides as PPTX, as `slides`."""
    return export_slides.presentation(slides(material, changes))


def slides(material: Material, changes: Mapping[str, float] | None = None) -> Deck:
    """The meeting's slides; `changes` are the values of the context's region that a what-if moved, none: what would bring it a
    place, or else add most."""
    context, day = material.context, material.day
    found = [
        *_of_counties(material),
        _of_targets(material),
        *_of_what_if(context, changes or _suggested(context)),
        *_of_ledger(material),
        *_of_duties(material),
    ]
    city = context.book.regions[CITY].name
    subtitle = f"数据：{context.period_label}　截至：{text.date_words(day)}"
    return Deck(f"{city}营商环境工作情况", subtitle, tuple(found))


def _of_counties(material: Material) -> list[Slide]:
    context = material.context
    source, made_up = context.source_line, context.demo
    codes = [node.code for node in context.framework.indicators]
    rows, changes = context.moved(context.root), mean_changes(context.scores, codes, context.period, context.before)
    low = weakest(context.scores.frame, codes, context.period)
    means = spread(context.scores.frame, context.period)["mean"].reindex(codes)
    places = province_places(context.book.facts, CITY)
    title = view.headline(context.book.regions[CITY].name, places, rows, context.period_label)
    documents = text.listed(dict.fromkeys(context.cited[code] for code in places["document"]))
    whole = view.overview(
        _numbers(material, rows), means, context.labels, title, f"{source}；全省名次：{documents}", made_up
    )
    if low.empty or rows["rank"].isna().all():
        return [whole]
    return [
        whole,
        view.ranking(rows, context.names, context.period_label, source, made_up),
        view.weakest(low, changes, context.labels, context.names, context.owner, source, made_up),
    ]


def _numbers(material: Material, rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """What is known of the whole city in numbers: what, how much, of when and by whom."""
    context = material.context
    places = province_places(context.book.facts, CITY)
    found = [
        ("全省营商环境评价", f"第 {int(row.value)}", f"{row.period}年，{context.cited[row.document]}")
        for row in places.itertuples()
    ]
    kind = text.DEMO if context.demo else "各地报数"
    scored = rows["score"].dropna()
    if len(scored):
        found.append(("县（市、区）平均总分", f"{text.number(scored.mean())} 分", f"{context.period_label}，{kind}"))
    counts, until = material.targets["status"].value_counts(), f"截至{text.date_words(material.day)}"
    for status in (Status.REACHED, Status.NO_VALUE):
        found.append((f"目标{status}", f"{int(counts.get(status, 0))} / {len(material.targets)} 项", until))
    if len(material.ledger):
        late = int((material.ledger["late"] > 0).sum())
        found.append(("整改台账", f"{len(material.ledger)} 项，逾期 {late} 项", until))
    return found


def _of_targets(material: Material) -> Slide:
    context = material.context
    documents = text.listed(dict.fromkeys(context.cited[code] for code in material.targets["document"]))
    order = [str(status) for status in STATUS_ORDER]
    return view.targets(material.targets, order, context.named, f"目标：{documents}", context.departments)


def _of_what_if(context: Context, changes: Mapping[str, float]) -> list[Slide]:
    if not changes:
        return []
    outcome = what_if(context.scores, context.region, context.period, changes)
    name, measures = context.names[context.region], context.book.measures
    moved = outcome.moved(list(changes))
    return [
        view.what_if(
            outcome.before,
            outcome.after,
            moved,
            name,
            context.labels,
            measures,
            context.source_line,
            context.demo,
        )
    ]


def _suggested(context: Context) -> dict[str, float]:
    """The one measure that is the shortest way to a better place; where none alone would do, the three that would add most."""
    decimals = {code: context.book.measures[code].decimals for code in context.framework.leaves}
    steps = single_steps(context.scores, context.region, context.period, decimals)
    if len(steps):
        return {str(steps["code"].iloc[0]): float(steps["reach"].iloc[0])}
    room = [lever for lever in levers(context.scores, context.region, context.period) if lever.headroom > 0]
    return {lever.code: lever.best for lever in room[:3]}


def _of_ledger(material: Material) -> list[Slide]:
    if material.ledger.empty:
        return []
    return [
        view.ledger(material.ledger, [state.label for state in State], _LEDGER.format(text.date_words(material.day)))
    ]


def _of_duties(material: Material) -> list[Slide]:
    context, targets = material.context, material.targets
    named = targets.assign(
        title=[_title(context, row) for row in targets.itertuples()],
        owner=[tuple(context.departments(codes).split("、")) for codes in targets["owner"]],
    )
    rows = duties(material.ledger, named, material.day)
    return [view.duties(by_owner(rows), _LEDGER.format(text.date_words(material.day)))] if len(rows) else []


_LEDGER = "整改台账和目标进度，截至{}"


def _title(context: Context, target: object) -> str:
    scope = f"（{target.scope}）" if target.scope else ""  # type: ignore[attr-defined]
    return f"{context.named.get(target.code, target.code)}{scope}"  # type: ignore[attr-defined]


def workbook(material: Material) -> bytes:
    """The data behind the screens as XLSX: ranking, heat map, values with their places in the files, targets, ledger, sources."""
    context, book = material.context, material.context.book
    moved = context.moved(context.root)
    codes = [node.code for node in context.framework.indicators]
    now = context.scores.frame[context.scores.frame["period"] == context.period]
    heads = {code: context.labels[code] for code in codes}
    rows = context.snapshot.observations
    rows = rows[(rows["period"] == context.period) & rows["measure"].isin(context.framework.leaves)]
    used = context.snapshot.batches.loc[[batch for batch, _, _ in context.sources]]
    cited = {*material.targets["document"], *province_places(book.facts, CITY)["document"]}
    mark = f"（{text.DEMO}）" if context.demo else ""
    sheets = [
        Sheet(f"排名{mark}", books.ranking(moved, context.names)),
        Sheet(
            f"热力图{mark}", books.heat(now, list(moved["region"]), codes, heads, context.names), tuple(heads.values())
        ),
        Sheet("数值明细", books.values_table(rows, used["file"], context.names, book.measures)),
        Sheet(
            "目标",
            books.targets(material.targets, context.named, context.departments, context.cited),
            coloured={"状态": STATUS_COLOURS},
        ),
        Sheet(
            "整改台账",
            books.ledger(material.ledger, context.named, context.names),
            coloured={"状态": view.STATE_COLOURS, "已整改但指标未动": {"是": RED}},
        ),
        Sheet("数据批次", books.batches(used)),
        Sheet("引用文件", books.documents(book.documents[book.documents.index.isin(cited)])),
    ]
    made_up = [MADE_UP] if context.demo else []
    day = text.date_words(material.day)
    notes = [f"截至{day}。", f"{context.framework.root.name}，{context.period_label}。", *made_up, context.source_line]
    return export_workbook.workbook(sheets, [*notes, f"权重：{context.weights_basis}", f"方阵：{context.cohort.basis}"])


def look_at(context: Context, items: tuple[Item, ...]) -> Mapping[int, Reading]:
    """By item, what its indicator is now."""
    return {each.id: look(context, each.task.subject, each.task.region) for each in items}


def look(context: Context, subject: str, region: str) -> Reading:
    """What a measure or indicator of a place is now, whatever period the context shows."""
    book = context.book
    return core.look(subject, region, book.facts, context.snapshot.observations, context.scores, book.measures)


def gather(path: Path, day: date, *, framework: str = "", period: str = "", region: str = "") -> Material:
    """The material of a database at the end of a day: the first framework of performance that has values, its latest period, and the
    member that stands last in it, unless others are named. UserError for one that there is none of."""
    snapshot = Snapshot(path, data_version(path))
    codes = [code for code in snapshot.framework_codes if not describes_conditions(code)] or list(
        snapshot.framework_codes
    )
    code = _one_of(framework or (codes[0] if codes else ""), snapshot.framework_codes, "有数值的指标体系")
    scores = snapshot.scores(code)
    assert scores is not None
    periods = sort_periods(list(scores.panel.periods))
    when = _one_of(period or periods[0], tuple(periods), "有数值的评价期")
    last = (
        scores.at(when).standing(scores.framework.root.code).sort_values("rank", na_position="first")["region"].iloc[-1]
    )
    where = _one_of(region or str(last), scores.panel.regions, "参评地区")
    return Material(of_performance(Context(snapshot, code, when, where, BEST, scores)), day)


def _one_of(wanted: str, known: tuple[str, ...], what: str) -> str:
    if wanted not in known:
        raise UserError(f'"{wanted}" 不是{what}（期望：{"、".join(known) or "先导入数据"}）')
    return wanted
