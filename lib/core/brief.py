"""What a bulletin may say, in figures: the standing of the counties, the weak indicators, the targets, the ledger, the counts.

Only what documents dated by the day of the paper state is known to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from lib.core.campaign import day_of
from lib.core.compare import about, compare, of_documents, of_nation
from lib.core.movers import furthest
from lib.core.score import Scores
from lib.model import Direction, Framework, Measure, source
from lib.model.bulletin import Done, Paperwork, Standing, as_whole, normal
from lib.model.ledger import STEPS, Item
from lib.model.tally import STATED, Kind

# Of one indicator, at most so many values of the documents, and so many benchmarks, are written out.
VALUES, BENCHMARKS = 4, 2
_NUMBER = re.compile(r"第([0-9]+)期")
_NAMED = re.compile(
    r"《[^》]*》|〔[0-9]{4}〕[0-9]+号|第[0-9]+(?:期|号)|(?<!年)第[0-9]+周|第[一二三四五六七八九十百]+(?:期|号|周)"
)
_DATE = re.compile(
    r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?|[一二三四]季度|[上下]半年|第[0-9]+周)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|"
    r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?"
)
_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?%?")
_SPELLED = re.compile("百分之[〇零一二三四五六七八九十百点]+|[〇零一二三四五六七八九十百千万亿两点]+[个项名位天期%]")
_DOUBTFUL = re.compile("|".join(each.pattern for each in (_DATE, _SPELLED, _DIGITS)))


def issues(documents: pd.DataFrame, facts: pd.DataFrame, issued: pd.DataFrame) -> list[tuple[date, int]]:
    """Every bulletin whose number is known, with its day, earliest first: those of the documents that are dated by a day by their number, a document's
    count of all bulletins so far as the number of the last one, and those issued here."""
    dates = documents["date"]
    found = [
        (dated, int(match[1]))
        for row in documents.itertuples()
        if (match := _NUMBER.search(str(row.doc_no)))
        and Paperwork.WORK.label in str(row.doc_no)
        and (dated := _whole_day(row.date))
    ]
    counts = facts[(facts["code"] == STATED[Kind.BULLETINS]) & facts["value"].notna()]
    found += [
        (dated, int(row.value))  # type: ignore[arg-type]
        for row in counts.itertuples()
        if (dated := _whole_day(dates.get(row.document, "")))
    ]
    ours = issued[issued["kind"] == Paperwork.WORK.value]
    found += [(date.fromisoformat(row.day), int(row.number)) for row in ours.itertuples()]  # type: ignore[arg-type]
    return sorted(found)


def _whole_day(written: object) -> date | None:
    """A day that is written out; None for a year, a month, or what is no date."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


def next_number(kind: Paperwork, day: date, known_issues: Collection[tuple[date, int]]) -> int | None:
    """The number of a paper of a day: the greatest of the bulletins dated by then and one, 1 where there are none
    at all, None where only later ones are known; the year and week (202647, a week
    belongs to the year of its Thursday); the date (20261122)."""
    if kind is Paperwork.WEEK:
        year, week, _ = day.isocalendar()
        return year * 100 + week
    if kind is Paperwork.DAY:
        return day.year * 10000 + day.month * 100 + day.day
    earlier = [number for dated, number in known_issues if dated <= day]
    return None if known_issues and not earlier else max(earlier, default=0) + 1


def issuer(documents: pd.DataFrame, city: str, day: date) -> str:
    """Who issued the city's last bulletin by a day; the first one known where there was none yet; "" where none is known."""
    rows = documents[(documents["kind"] == Paperwork.WORK.label) & (documents["region"] == city)].sort_values("date")
    earlier = rows[rows["date"] <= day.isoformat()]
    chosen = earlier.tail(1) if len(earlier) else rows.head(1)
    return str(chosen["issuer"].iloc[0]) if len(chosen) else ""


def since(kind: Paperwork, day: date, known_issues: Iterable[tuple[date, int]]) -> date | None:
    """The day after which things are new to a paper: that of the bulletin before, the Sunday before the week, the day before."""
    if kind is Paperwork.WEEK:
        return day - timedelta(days=day.isoweekday())
    if kind is Paperwork.DAY:
        return day - timedelta(days=1)
    return max((dated for dated, _ in known_issues if dated < day), default=None)


def standing(scores: Scores, code: str, period: str, change: float) -> Standing | None:
    """How the members stand on a node, `change` being that of their mean as `movers.mean_changes`; None when nobody has a score."""
    rows = scores.at(period).standing(code)
    there = rows[rows["score"].notna()]
    if there.empty:
        return None
    bottom = int(there["rank"].max())
    first, last = there[there["rank"] == 1], there[there["rank"] == bottom]
    return Standing(
        code=code,
        count=len(there),
        members=len(rows),
        mean=float(there["score"].mean()),
        change=change,
        first=tuple(first["region"]),
        high=float(first["score"].iloc[0]),
        last=tuple(last["region"]),
        low=float(last["score"].iloc[0]),
        bottom=bottom,
    )


def most_moved(rows: pd.DataFrame) -> tuple[tuple[tuple[str, ...], int], tuple[tuple[str, ...], int]]:
    """Who gained and who lost most places in a movement frame, with how many; nobody and 0 where nothing moved."""
    changes = rows.set_index("region")["rank_change"]
    risen, fallen = furthest(changes)
    gained, lost = (int(abs(changes[found[0]])) if found else 0 for found in (risen, fallen))
    return (tuple(risen), gained), (tuple(fallen), lost)


def values_stated(
    facts: pd.DataFrame,
    benchmarks: pd.DataFrame,
    goals: Sequence[str],
    city: str,
    framework: Framework,
    code: str,
    measures: Mapping[str, Measure],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What documents state of the city on an indicator, and the best benchmark beside each value that may be compared.

    Out: at most VALUES rows as `compare.of_documents` (those with a benchmark first, then those with a goal) with document, before
    and before_text, and at most BENCHMARKS rows as `compare.compare` with document (those behind first, the largest percentage first).
    """
    on = about(framework, code, measures)
    ours = of_documents(facts, city, on)
    beside = compare(ours, of_nation(benchmarks, on), on)
    beside = beside[beside["comparable"].astype(bool)]
    beside = beside.sort_values("gap_percent", ascending=False, kind="stable").drop_duplicates("code").head(BENCHMARKS)
    known = set(beside["code"])
    order = [0 if each in known else 1 if each in goals else 2 for each in ours["code"]]
    chosen = ours.assign(order=order).sort_values("order", kind="stable").head(VALUES)
    return _with(chosen.drop(columns="order"), facts), _with(beside, benchmarks)


def _with(stated: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Statements with what else their documents say of them: document, before, before_text."""
    more = rows.assign(source=rows["id"].map(source.fact)).set_index("source")[["document", "before", "before_text"]]
    return stated.join(more, on="source").reset_index(drop=True)


def within(framework: Framework, code: str, measures: Mapping[str, Measure]) -> set[str]:
    """The codes that belong to an indicator: its own, its parts', and those of the catalogue's measures about it."""
    parts = {node.code for node in framework.nodes if code in framework.path(node.code)}
    counted = {each for each, one in measures.items() if one.direction is Direction.NONE and one.indicator in parts}
    return parts | counted | set(about(framework, code, measures))


def done(items: Iterable[Item], history: pd.DataFrame, after: date | None, day: date) -> tuple[Done, ...]:
    """What was done on the ledger after one day and by another, in the order of the days: items opened and closed, steps done."""
    first = after or date.min
    found = [Done(each.id, "opened", day_of(each.opened_at)) for each in items]
    closings = history[history["action"] == STEPS["close"].action]
    found += [Done(int(row.item), "closed", day_of(row.at)) for row in closings.itertuples()]  # type: ignore[arg-type]
    found += [
        Done(each.id, "step", date.fromisoformat(action.done), action)
        for each in items
        for action in each.task.actions
        if action.done
    ]
    inside = [each for each in found if first < each.day <= day]
    return tuple(dict.fromkeys(sorted(inside, key=lambda each: (each.day, each.item))))


def counts(tallies: pd.DataFrame, after: date | None, day: date) -> tuple[tuple[tuple[str, ...], str, int], ...]:
    """Sums of the monthly counts from the month of one day to the month of another: (months that somebody entered, kind, sum)."""
    first = (after or date.min).strftime("%Y-%m") if after else ""
    rows = tallies[(tallies["month"] >= first) & (tallies["month"] <= day.strftime("%Y-%m"))]
    found = []
    for kind in Kind:
        own = rows[rows["kind"] == kind.value].sort_values("month")
        if len(own):
            found.append((tuple(own["month"]), kind.value, int(own["value"].sum())))
    return tuple(found)


def stray(text: str, figures: Iterable[str], names: Iterable[str] = (), draft: str = "") -> list[str]:
    """The numbers and dates in a text that are not the data's, in its order.

    Not the data's: a number in digits that is none of the figures; a date that is none of the `draft`'s, which is all the text
    that the data gives; a number in Chinese characters with a unit that the draft does not have. Numbers of issues, items and
    documents, titles in 《》 and the `names` are no figures. Full-width digits and spaces make no difference; a figure stands where
    it is written as a whole, with its unit.
    """
    left, own = _NAMED.sub("　", normal(text)), normal(draft)
    spoken = {normal(each) for each in [*figures, *names]}
    for each in sorted(filter(None, spoken), key=len, reverse=True):
        left = as_whole(each).sub("　", left)
    found = dict.fromkeys(_DOUBTFUL.findall(left))
    return [each for each in found if _DIGITS.fullmatch(each) or not _in(each, own)]


def _in(words: str, draft: str) -> bool:
    """Whether a date, or a part of one, or a number in Chinese characters is in a text as a whole."""
    return re.search(rf"(?<![0-9〇零一二三四五六七八九十百千万亿两点]){re.escape(words)}", draft) is not None
