"""工作通报, 周通报, 日调度: from figures to text. Short plain sentences; nothing that the figures do not say."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from functools import partial
from itertools import accumulate, pairwise

from lib.model import Period
from lib.model.bulletin import Brief, Paper, Paperwork, Paragraph, Section
from lib.view import text
from lib.view.bulletin.asks import asks
from lib.view.bulletin.general import city, counties, counts, ledger, targets
from lib.view.bulletin.rectify import happened, late_items, late_targets
from lib.view.bulletin.weak import weak_indicator
from lib.view.bulletin.writer import Names, Part, Writer, cited, short

__all__ = [
    "COPY_TO",
    "NOTE",
    "REPORT_TO",
    "Names",
    "Writer",
    "cited",
    "early",
    "no_number",
    "notes",
    "short",
    "taken",
    "title_lines",
    "write",
]

REPORT_TO = "市优化营商环境工作领导小组第一组长、组长、各位副组长，省发改委营商环境建设处。"
COPY_TO = "市优化营商环境工作领导小组成员单位，市委督查室，市政府督查室。"
NOTE = f"注：文中县（市、区）得分和名次为{text.DEMO}，程序生成，不是真实情况。"
# Characters of a title's line, and where one may end: after these words, unless the next belongs to them, and before a bracket.
_TITLE = 18
_WORDS = re.compile(
    r"(?:年(?![一二三四]季|[上下]半年|[度底初中末来间内]|[0-9])|季度|半年|月(?![0-9份度底初末])|日(?!常)|营商环境|指标(?!体系)|指标体系|"
    r"情况|问题|工作(?![日组])|的|[，、；：》）])(?![的，、；：》）])|(?=[（《])"
)
NOTHING_LATE = "没有逾期事项，两周内也没有到期事项。"
ORDINALS = "一二三四五六七八九十"


def write(brief: Brief, names: Names, *, number: int | None, issuer: str, appendix: bool = True) -> Paper:
    """The paper that figures make: its head, sections and paragraphs, and every figure in the order of the text."""
    writer = Writer(brief, names)
    make = {Paperwork.WORK: _work, Paperwork.WEEK: _week, Paperwork.DAY: _day}[brief.kind]
    sections = tuple(_section(i, title, parts) for i, (title, parts) in enumerate(make(writer)))
    return Paper(
        brief.kind,
        number,
        brief.day,
        issuer,
        _title(brief, writer),
        sections,
        REPORT_TO,
        COPY_TO,
        writer.figures,
        tuple(dict.fromkeys(writer.spelled)),
        appendix,
        brief.period if brief.kind is Paperwork.WORK else "",
        brief.partial if brief.kind is Paperwork.WORK else "",
    )


def notes(paper: Paper) -> list[str]:
    """What a reader is to know of the paper: made-up places, scores of some measures alone, a period that has not ended."""
    # A paper writes numbers without room around them.
    partial = [f"注：本期{paper.partial.replace(' ', '')}，得分和名次只反映这几项。"] if paper.partial else []
    return [*([NOTE] if paper.made_up else []), *partial, *([early(paper)] if paper.early else [])]


def early(paper: Paper) -> str:
    """That the period ends after the day of the paper."""
    return f"注：评价期 {Period.parse(paper.period).label}在本通报日期之后结束，请核对。"


def no_number(first: tuple[date, int]) -> str:
    """Why no number is offered, by the first bulletin that is known."""
    return f"这一天之前的期号不知道，第{first[1]}期是{text.date_words(first[0])}的，请自己填"


def taken(paper: Paper, day: date) -> str:
    """That a number has gone out, on which day."""
    return f"{paper.kind.label}{paper.kind.numbered(paper.number)}已经印发过（{day}）"


def title_lines(paper: Paper) -> str:
    """The title in lines of about the same length, broken between words where it can be."""
    return "\n".join(_broken(line) or text.folded(line, _TITLE) for line in paper.title.split("\n"))


def _broken(title: str) -> str:
    """A title in lines that end with a word, each cut the one nearest to lines of the same length; "" where there is no such."""
    ends = [0.0, *accumulate(0.5 if character.isascii() else 1.0 for character in title)]
    points = sorted({0, len(title), *(each.end() for each in _WORDS.finditer(title))})
    fewest = max(math.ceil(ends[-1] / _TITLE), 1)
    for count in (fewest, fewest + 1):
        wanted = [ends[-1] * at / count for at in range(count + 1)]
        cuts = [min(points, key=lambda point: abs(ends[point] - near)) for near in wanted]
        if all(0 < ends[after] - ends[before] <= _TITLE for before, after in pairwise(cuts)):
            return "\n".join(title[before:after] for before, after in pairwise(cuts))
    return ""


def _title(brief: Brief, writer: Writer) -> str:
    if brief.kind is Paperwork.WORK:
        return f"关于{writer.period}营商环境短板指标整改情况的通报"
    if brief.kind is Paperwork.WEEK and brief.since is not None:
        return f"营商环境整改一周情况（{_days(brief)}）"
    return f"营商环境整改调度情况（{short(brief.day)}）"


def _days(brief: Brief) -> str:
    """The days of a week up to the paper's own."""
    assert brief.since is not None
    first = date.fromordinal(brief.since.toordinal() + 1)
    return short(first) if first == brief.day else f"{short(first)}至{short(brief.day)}"


def _section(at: int, title: str, parts: Iterable[Part]) -> Section:
    found = [Paragraph(key, label, words, lead) for key, label, lead, words in parts if words]
    numbered, count = [], 0
    for each in found:
        lead = f"（{_ordinal(count)}）{each.lead}" if each.lead else ""
        count += bool(each.lead)
        numbered.append(Paragraph(each.key, each.label, each.draft, lead))
    more = Paragraph(f"more-{at}", "补充一段（可不填）", "")
    return Section(f"{ORDINALS[at]}、{title}", (*numbered, more))


def _ordinal(at: int) -> str:
    return ORDINALS[at] if at < len(ORDINALS) else f"十{ORDINALS[at - len(ORDINALS)]}"


def _work(writer: Writer) -> list[tuple[str, list[Part]]]:
    part = writer.part
    general = [
        part("city", "全市在全省的位次", "", lambda: city(writer)),
        part("counties", "县（市、区）排名", "", lambda: counties(writer)),
        part("targets", "目标进度", "", lambda: targets(writer)),
        part("ledger", "整改台账", "", lambda: ledger(writer)),
        part("counts", "投诉、督查、会议等计数", "", lambda: counts(writer)),
    ]
    weak = [part("weak-basis", "短板怎么选", "", lambda: _basis(writer))] if writer.brief.weak else []
    for each in writer.brief.weak:
        name = writer.name(each.code)
        weak.append(part(f"weak-{each.code}", name, f"{name}。", partial(weak_indicator, writer, each)))
    return [("总体情况", general), ("短板指标整改情况", weak), ("要求", asks(writer))]


def _basis(writer: Writer) -> str:
    if writer.brief.chosen:
        return ""
    count = writer.scored(len(writer.brief.weak), "个", "平均得分最低的指标", "")
    return f"按{writer.period}各县（市、区）平均得分，最低的{count}指标如下。"


def _week(writer: Writer) -> list[tuple[str, list[Part]]]:
    part = writer.part
    progress = [
        part("week-done", "本周办理", "", lambda: happened(writer, "本周")),
        part("ledger", "整改台账", "", lambda: ledger(writer)),
        part("counts", "当月计数", "", lambda: counts(writer)),
    ]
    late = [
        part("late", "逾期和临近到期", "", lambda: late_items(writer)),
        part("targets-late", "目标", "", lambda: late_targets(writer)),
    ]
    late = late if any(words for *_, words in late) else [("late", "逾期和临近到期", "", NOTHING_LATE)]
    return [("本周进展", progress), ("逾期和临近到期", late), ("下周要求", asks(writer))]


def _day(writer: Writer) -> list[tuple[str, list[Part]]]:
    today = [writer.part("day-done", "今日办理", "", lambda: happened(writer, "今日"))]
    late = [writer.part("late", "逾期和临近到期", "", lambda: late_items(writer) or NOTHING_LATE)]
    return [("今日办理", today), ("逾期和临近到期", late), ("要求", asks(writer))]
