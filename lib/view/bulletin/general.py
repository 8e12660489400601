"""总体情况: the city in the province, the counties, the targets, the ledger, the counts by month."""

from __future__ import annotations

from collections.abc import Sequence

from lib.model import Period
from lib.model.bulletin import Paperwork, Standing
from lib.model.ledger import State
from lib.model.tally import STATED, Kind
from lib.view import text
from lib.view.bulletin.rectify import late_targets
from lib.view.bulletin.writer import LEDGER, TARGETS, Writer, amount, stated_fact
from lib.view.ledger import STALE

_VERBS = {Kind.INSPECTIONS: "开展", Kind.MEETINGS: "召开", Kind.REPORTS: "刊发"}


def city(writer: Writer) -> str:
    sentences = []
    rows = writer.brief.places
    if len(rows):
        years = [
            f"{writer.when(row)}第{stated_fact(writer, row, '全省营商环境评价位次', amount('=', row['value'], row['unit'] or '名'))}"
            for row in rows.to_dict("records")
        ]
        cited = text.listed(dict.fromkeys(writer.names.documents[row] for row in rows["document"]))
        sentences.append(f"据{cited}，我市在全省营商环境评价中的位次，{'，'.join(years)}。")
    named = writer.brief.named
    if len(named):
        cited = writer.names.documents[named["document"].iloc[0]]
        count = writer.put(len(named), "个", "通报点名的短板指标", writer.when(named.iloc[0].to_dict()), cited)
        sentences.append(f"{cited}点名的短板指标有{count}。")
    return "".join(sentences)


def counties(writer: Writer) -> str:
    found, brief = writer.brief.total, writer.brief
    if found is None:
        return f"{writer.period}县（市、区）的数值不够计分，本期不列排名。"
    words = f"{writer.period}，{ranked(writer, found, '总分', '总分')}。"
    if brief.before is None:
        return words
    earlier, moves = Period.parse(brief.before).label, []
    for (who, places), verb, most in ((brief.risen, "上升", "升幅最大"), (brief.fallen, "下降", "降幅最大")):
        if who:
            by = writer.scored(
                places, "位", f"总分名次{verb}最多", found.code, who[0], when=f"{earlier}至{writer.period}"
            )
            moves.append(f"{writer.places(who)}{'均' if len(who) > 1 else ''}{verb}{by}，{most}")
    return f"{words}与{earlier}比，{'；'.join(moves) if moves else '各地名次没有变化'}。"


def ranked(writer: Writer, found: Standing, what: str, spoken: str = "") -> str:
    """12个县（市、区）总分平均56.1分，比上期提高1.2分；甲县第1（80.0分），乙县第12（20.0分）; `spoken`: the name where the text needs it."""
    code, brief = found.code, writer.brief
    count = writer.scored(found.count, "个", f"{what}有得分的县（市、区）", code)
    if found.count < found.members:
        members = writer.scored(found.members, "个", "参加评价的县（市、区）", code)
        count = f"{members}县（市、区）中{count}有得分，"
    else:
        count = f"{count}县（市、区）"
    words = f"{count}{spoken}平均{writer.scored(found.mean, '分', f'{what}平均分', code, words=_points(found.mean))}"
    if brief.before is not None and found.change == found.change:
        words += f"，{_changed(writer, found, what)}"
    if found.bottom == 1:
        return f"{words}；各地得分相同" if found.count > 1 else words
    ends = [
        _end(writer, found, what, found.first, 1, found.high),
        _end(writer, found, what, found.last, found.bottom, found.low),
    ]
    return f"{words}；{'，'.join(ends)}"


def _end(writer: Writer, found: Standing, what: str, who: tuple[str, ...], place: int, value: float) -> str:
    """乙县第12（20.0分）."""
    name = writer.names.regions[who[0]].short_name
    points = writer.scored(value, "分", f"{name}{what}得分", found.code, who[0], _points(value))
    rank = writer.scored(place, "位", f"{name}{what}名次", found.code, who[0], f"第{place}")
    return f"{writer.places(who)}{'并列' if len(who) > 1 else ''}{rank}（{points}）"


def _points(value: float) -> str:
    return f"{text.number(value)}分"


def _changed(writer: Writer, found: Standing, what: str) -> str:
    assert writer.brief.before is not None
    earlier = Period.parse(writer.brief.before).label
    if text.number(found.change) == text.number(0.0):
        return f"与{earlier}基本持平"
    when = f"{earlier}至{writer.period}"
    by = writer.scored(
        found.change, "分", f"{what}平均分的变化", found.code, words=_points(abs(found.change)), when=when
    )
    return f"比{earlier}{'提高' if found.change > 0 else '下降'}{by}"


def targets(writer: Writer) -> str:
    rows = writer.brief.targets
    if rows.empty:
        return ""
    total = writer.counted(len(rows), "项", "目标", TARGETS)
    parts = [
        f"{status}{writer.counted(int(count), '项', f'目标：{status}', TARGETS)}"
        for status, count in rows.groupby("order", sort=True)["status"].agg(["first", "size"]).itertuples(index=False)
    ]
    late = late_targets(writer)
    return f"{writer.today}，纳入调度的目标{total}，其中{text.listed(parts)}。{late}"


def ledger(writer: Writer) -> str:
    rows = writer.brief.ledger
    if rows.empty:
        return ""
    total = writer.counted(len(rows), "项", "台账事项")
    by_state = rows["state"].value_counts()
    parts = [
        f"{state.label}{writer.counted(int(by_state[state.value]), '项', f'台账：{state.label}')}"
        for state in State
        if by_state.get(state.value, 0)
    ]
    sentences = [f"{writer.today}，整改台账共有{total}，其中{text.listed(parts)}"]
    news = [
        f"{word}{writer.put(count, '项', f'台账：{word}', _since(writer), LEDGER)}"
        for what, word in (("opened", "新列入"), ("closed", "销号"))
        if (count := len({each.item for each in writer.brief.done if each.what == what}))
    ]
    if news and writer.brief.kind is Paperwork.WORK:
        sentences.append(f"{_after(writer)}{text.listed(news)}")
    late = rows[rows["late"] > 0]
    if len(late):
        count = writer.counted(len(late), "项", "台账：逾期")
        longest = writer.counted(int(late["late"].max()), "天", "台账：最长逾期")
        sentences.append(f"逾期{count}，最长的逾期{longest}")
    flagged, stale = rows["flag"].astype(bool), rows["moved"] == STALE
    for chosen, what, words in (
        (flagged & ~stale, "台账：已整改但指标未动", "已整改但指标没有好转的"),
        (flagged & stale, "台账：整改后还没有新数", "整改后还没有新数、看不出作用的"),
    ):
        if chosen.any():
            demo = any(each.made_up for each in rows.loc[chosen, "now"])
            sentences.append(f"{words}{writer.put(int(chosen.sum()), '项', what, writer.today, LEDGER, made_up=demo)}")
    return "；".join(sentences) + "。"


def _after(writer: Writer) -> str:
    since = writer.brief.since
    return f"{text.date_words(since)}上期通报以来" if since else "自建账以来"


def _since(writer: Writer) -> str:
    since, day = writer.brief.since, writer.brief.day
    return f"{text.date_words(since)}以后至{text.date_words(day)}" if since else writer.today


def counts(writer: Writer) -> str:
    brief = writer.brief
    if not brief.counts:
        return _totals(writer) if brief.kind is Paperwork.WORK else ""
    by_months: dict[tuple[str, ...], list[str]] = {}
    for months, kind, value in brief.counts:
        when = _months(months)
        count = writer.put(value, Kind(kind).unit, Kind(kind).label, when, "月度计数")
        by_months.setdefault(months, []).append(f"{spoken(Kind(kind))}{count}")
    return "；".join(f"{_months(months)}，{text.listed(parts)}" for months, parts in by_months.items()) + "。"


def _months(months: Sequence[str]) -> str:
    """2026年9月至11月 for months in a row, else each of them."""
    found = [Period.parse(each) for each in months]
    if len(found) > 2 and found[0].shift(len(found) - 1) == found[-1]:
        last = found[-1].label if found[0].year != found[-1].year else f"{found[-1].number}月"
        return f"{found[0].label}至{last}"
    return text.listed(each.label for each in found)


def _totals(writer: Writer) -> str:
    labels = {code: kind for kind, code in STATED.items()}
    rows = writer.brief.totals
    parts: dict[tuple[str, str], list[str]] = {}
    for kind in Kind:
        for row in rows[rows["code"].map(labels) == kind].to_dict("records"):
            words = stated_fact(writer, row, f"累计{kind.label}", amount(row["op"], row["value"], row["unit"]))
            parts.setdefault((row["document"], writer.when(row)), []).append(f"{spoken(kind)}{words}")
    return "".join(
        f"据{writer.names.documents[document]}，截至{when}，累计{text.listed(said_)}。"
        for (document, when), said_ in parts.items()
    )


def spoken(kind: Kind) -> str:
    """What is counted, with its verb: 召开联席会议."""
    return f"{_VERBS.get(kind, '')}{kind.label}"
