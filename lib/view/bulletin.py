"""工作通报, 周通报, 日调度: from figures to text. Short plain sentences; nothing that the figures do not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from lib.model import Direction, Measure, Period, Region
from lib.model.bulletin import Brief, Done, Figure, Paper, Paperwork, Paragraph, Section, Standing, Weak
from lib.model.ledger import State
from lib.model.source import fact as fact_address
from lib.model.source import score as score_address
from lib.model.tally import STATED, Kind
from lib.view import text
from lib.view.tables.campaign import said

REPORT_TO = "市优化营商环境工作领导小组第一组长、组长、各位副组长，省发改委营商环境建设处。"
COPY_TO = "市优化营商环境工作领导小组成员单位，市委督查室，市政府督查室。"
NOTE = f"注：文中县（市、区）得分和名次为{text.DEMO}，程序生成，不是真实情况。"
LEDGER, TARGETS = "整改台账", "各方案确定的目标"
ORDINALS = "一二三四五六七八九十"
# Names of one kind are written out up to so many.
NAMED, ITEMS = 3, 5
LATE_TARGETS, MISSING_TARGET = ("逾期未达标", "滞后"), "有目标无现值"
_BOUNDS = {"<=": "不超过", ">=": "不少于", "<": "不到", ">": "超过", "≈": "约"}
_VERBS = {Kind.INSPECTIONS: "开展", Kind.MEETINGS: "召开", Kind.REPORTS: "刊发"}
_SPOKEN = {"工作日": "个工作日", "百分点": "个百分点"}


@dataclass(frozen=True)
class Names:
    """What codes are called: places, measures and indicators, departments; and how documents are cited."""

    regions: Mapping[str, Region]
    subjects: Mapping[str, str]
    measures: Mapping[str, Measure]
    departments: Mapping[str, str]
    documents: Mapping[str, str]
    city: str


class Writer:
    """Writes sentences and keeps every figure in them with where it is from."""

    def __init__(self, brief: Brief, names: Names) -> None:
        self.brief, self.names = brief, names
        self.figures: list[Figure] = []
        self.spelled: list[str] = []
        self.city = names.city
        self.today = f"截至{said(brief.day)}"
        self.period = Period.parse(brief.period).label

    def put(
        self,
        value: float | None,
        unit: str,
        what: str,
        when: str,
        origin: str,
        address: str = "",
        *,
        words: str = "",
        made_up: bool = False,
    ) -> str:
        """A figure's text: the words given, or the value with its unit."""
        written = words or amount("=", value, unit)
        self.figures.append(Figure(written, value, unit, what, when, origin, address, made_up))
        return written

    def scored(
        self, value: float, unit: str, what: str, code: str, region: str = "", words: str = "", when: str = ""
    ) -> str:
        """A figure of the counties' scores."""
        demo = self.brief.made_up
        address = score_address(region, code, self.brief.period) if region else ""
        origin = text.DEMO if demo else "县（市、区）评价得分"
        return self.put(value, unit, what, when or self.period, origin, address, words=words, made_up=demo)

    def counted(self, value: int, unit: str, what: str, origin: str = LEDGER) -> str:
        """A count as of the day."""
        return self.put(value, unit, what, self.today, origin)

    def name(self, code: str) -> str:
        """A measure's or indicator's name; one with digits in it is no figure."""
        found = self.names.subjects.get(code, code)
        if any(character.isdigit() for character in found):
            self.spelled.append(found)
        return found

    def typed(self, words: str, origin: str, what: str = "台账原文") -> str:
        """Words that are not ours, a person's in the ledger or a rule's: numbers in them are theirs."""
        words = " ".join(words.split()).rstrip("。；;，,")
        if any(character.isdigit() for character in words):
            self.put(None, "", what, self.today, origin, words=words)
        return words

    def places(self, codes: Sequence[str]) -> str:
        """新华区、卫东区; of many that share a place the first ones and how many."""
        named = text.listed(self.names.regions[code].short_name for code in codes[:NAMED])
        return (
            named if len(codes) <= NAMED else f"{named}等{self.counted(len(codes), '个', '并列的县（市、区）', '排名')}"
        )

    def departments(self, codes: str) -> str:
        """市市场监管局、市税务局 for market_regulation;tax."""
        return text.listed(self.names.departments.get(code, code) for code in codes.split(";"))

    def when(self, row: Mapping[str, Any]) -> str:
        """When a statement was so."""
        return Period.parse(row["period"]).label if row["period"] else ""


def amount(op: str, value: float | None, unit: str) -> str:
    """A value as an official paper writes it: 7小时, 不超过72个工作日, 约7000家, 79%."""
    number = text.trimmed(value).replace(",", "")
    written = f"{number}%" if unit == "%" else f"{number}{_SPOKEN.get(unit, unit)}"
    return f"{_BOUNDS.get(op, '')}{written}"


def cited(document: Mapping[str, Any]) -> str:
    """How a text names a document: 优化营商环境工作通报第37期, or its title with its number or date."""
    number, day = str(document["doc_no"]), str(document["date"])
    if "期" in number:
        return number
    when = said(date.fromisoformat(day)) if len(day) == len("2021-12-17") else f"{day}年"
    return f"《{document['title']}》（{number or when}）"


def write(brief: Brief, names: Names, *, number: int, issuer: str, appendix: bool = True) -> Paper:
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
        tuple(dict.fromkeys(writer.figures)),
        tuple(dict.fromkeys(writer.spelled)),
        appendix,
    )


def _title(brief: Brief, writer: Writer) -> str:
    if brief.kind is Paperwork.WORK:
        return f"关于{writer.period}营商环境短板指标整改情况的通报"
    if brief.kind is Paperwork.WEEK and brief.since is not None:
        return f"营商环境整改一周情况（{_days(brief)}）"
    return f"营商环境整改调度情况（{short(brief.day)}）"


def short(day: date) -> str:
    """11月22日."""
    return f"{day.month}月{day.day}日"


def _days(brief: Brief) -> str:
    """The days of a week up to the paper's own."""
    assert brief.since is not None
    first = date.fromordinal(brief.since.toordinal() + 1)
    return short(first) if first == brief.day else f"{short(first)}至{short(brief.day)}"


# What a section is made of: key, label in the editor, lead, words; no words, no paragraph.
Part = tuple[str, str, str, str]


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
    general = [
        ("city", "全市在全省的位次", "", _city(writer)),
        ("counties", "县（市、区）排名", "", _counties(writer)),
        ("targets", "目标进度", "", _targets(writer)),
        ("ledger", "整改台账", "", _ledger(writer)),
        ("counts", "投诉、督查、会议等计数", "", _counts(writer)),
    ]
    weak = [
        (f"weak-{each.code}", writer.name(each.code), f"{writer.name(each.code)}。", _weak(writer, each))
        for each in writer.brief.weak
    ]
    if weak and not writer.brief.chosen:
        count = writer.scored(len(weak), "个", "平均得分最低的指标", "")
        weak.insert(
            0, ("weak-basis", "短板怎么选", "", f"按{writer.period}各县（市、区）平均得分，最低的{count}指标如下。")
        )
    return [("总体情况", general), ("短板指标整改情况", weak), ("要求", _asks(writer))]


def _week(writer: Writer) -> list[tuple[str, list[Part]]]:
    progress = [
        ("week-done", "本周办理", "", _happened(writer, "本周")),
        ("ledger", "整改台账", "", _ledger(writer)),
        ("counts", "当月计数", "", _counts(writer)),
    ]
    late = [("late", "逾期和临近到期", "", _late(writer)), ("targets-late", "目标", "", _late_targets(writer))]
    late = (
        late
        if any(words for *_, words in late)
        else [("late", "逾期和临近到期", "", "没有逾期事项，两周内也没有到期事项。")]
    )
    return [("本周进展", progress), ("逾期和临近到期", late), ("下周要求", _asks(writer))]


def _day(writer: Writer) -> list[tuple[str, list[Part]]]:
    today = [("day-done", "今日办理", "", _happened(writer, "今日"))]
    late = [("late", "逾期和临近到期", "", _late(writer) or "没有逾期事项，两周内也没有到期事项。")]
    return [("今日办理", today), ("逾期和临近到期", late), ("要求", _asks(writer))]


def _city(writer: Writer) -> str:
    sentences = []
    rows = writer.brief.places
    if len(rows):
        years = [
            f"{writer.when(row)}第{_fact(writer, row, '全省营商环境评价位次', amount('=', row['value'], row['unit'] or '名'))}"
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


def _fact(writer: Writer, row: Mapping[str, Any], what: str, words: str) -> str:
    address = fact_address(str(row["id"]))
    value = None if pd.isna(row["value"]) else float(row["value"])
    cited = writer.names.documents.get(row["document"], "")
    return writer.put(value, str(row["unit"]), what, writer.when(row), cited, address, words=words)


def _counties(writer: Writer) -> str:
    found, brief = writer.brief.total, writer.brief
    if found is None:
        return f"{writer.period}县（市、区）的数值不够计分，本期不列排名。"
    words = f"{writer.period}，{_ranked(writer, found, '总分', '总分')}。"
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


def _ranked(writer: Writer, found: Standing, what: str, spoken: str = "") -> str:
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


def _targets(writer: Writer) -> str:
    rows = writer.brief.targets
    if rows.empty:
        return ""
    total = writer.counted(len(rows), "项", "目标", TARGETS)
    parts = [
        f"{status}{writer.counted(int(count), '项', f'目标：{status}', TARGETS)}"
        for status, count in rows.groupby("order", sort=True)["status"].agg(["first", "size"]).itertuples(index=False)
    ]
    late = _late_targets(writer)
    return f"{writer.today}，纳入调度的目标{total}，其中{text.listed(parts)}。{late}"


def _late_targets(writer: Writer) -> str:
    rows = writer.brief.targets
    rows = rows[rows["status"].isin(LATE_TARGETS)]
    if rows.empty:
        return ""
    named = [_target(writer, row) for row in rows.head(ITEMS).to_dict("records")]
    rest = (
        f"；另有{writer.counted(len(rows) - ITEMS, '项', '其余逾期、滞后的目标', TARGETS)}" if len(rows) > ITEMS else ""
    )
    return f"逾期未达标或滞后的：{'；'.join(named)}{rest}。"


def _target(writer: Writer, row: Mapping[str, Any], owner: str = "") -> str:
    """纳税时间不超过20小时（期限2020年12月31日，逾期12天，市税务局）; without the unit where it is the `owner`."""
    notes = []
    if row["deadline"]:
        due = date.fromisoformat(row["deadline"])
        notes.append(f"期限{said(due)}")
        if due < writer.brief.day and row["status"] in LATE_TARGETS:
            what = f"{writer.name(row['code'])}目标逾期"
            notes.append(f"逾期{writer.counted((writer.brief.day - due).days, '天', what, TARGETS)}")
    who = writer.departments(row["owner"])
    notes += [who] if who not in ("", owner) else []
    inside = f"（{'，'.join(notes)}）" if notes else ""
    place = "" if row["region"] == writer.city else writer.names.regions[row["region"]].short_name
    return f"{place}{_goal(writer, row)}{inside}"


def _goal(writer: Writer, row: Mapping[str, Any]) -> str:
    name = writer.name(row["code"])
    words = str(row["text"]) if pd.isna(row["value"]) else amount(row["op"], row["value"], row["unit"])
    goal = _fact(writer, {**row, "period": ""}, f"{name}的目标", words)
    scope = f"（{row['scope']}）" if row["scope"] else ""
    return f"{name}{scope}{goal}"


def _ledger(writer: Writer) -> str:
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
    flagged = int(rows["flag"].sum())
    if flagged:
        demo = any(each.made_up for each in rows.loc[rows["flag"].astype(bool), "now"])
        what = "台账：已整改但指标未动"
        count = writer.put(flagged, "项", what, writer.today, LEDGER, made_up=demo)
        sentences.append(f"已整改但指标没有好转的{count}")
    return "；".join(sentences) + "。"


def _after(writer: Writer) -> str:
    since = writer.brief.since
    return f"{said(since)}上期通报以来" if since else "自建账以来"


def _since(writer: Writer) -> str:
    since, day = writer.brief.since, writer.brief.day
    return f"{said(since)}以后至{said(day)}" if since else writer.today


def _counts(writer: Writer) -> str:
    brief = writer.brief
    if not brief.counts:
        return _totals(writer) if brief.kind is Paperwork.WORK else ""
    by_months: dict[tuple[str, ...], list[str]] = {}
    for months, kind, value in brief.counts:
        when = _months(months)
        count = writer.put(value, Kind(kind).unit, Kind(kind).label, when, "月度计数")
        by_months.setdefault(months, []).append(f"{spoken(Kind(kind))}{count}")
    return "；".join(f"{_months(months)}，{text.listed(parts)}" for months, parts in by_months.items()) + "。"


def spoken(kind: Kind) -> str:
    """What is counted, with its verb: 召开联席会议."""
    return f"{_VERBS.get(kind, '')}{kind.label}"


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
            words = _fact(writer, row, f"累计{kind.label}", amount(row["op"], row["value"], row["unit"]))
            parts.setdefault((row["document"], writer.when(row)), []).append(f"{spoken(kind)}{words}")
    return "".join(
        f"据{writer.names.documents[document]}，截至{when}，累计{text.listed(said_)}。"
        for (document, when), said_ in parts.items()
    )


def _weak(writer: Writer, weak: Weak) -> str:
    """One weak indicator: who leads it, how the counties and the city stand, what is asked, what was done, what is late."""
    parts = [
        f"牵头单位：{weak.owner}。" if weak.owner != text.MISSING else "",
        _weak_counties(writer, weak),
        f"该指标是{weak.named}点名的短板指标。" if weak.named else "",
        _stated(writer, weak),
        _compared(writer, weak),
        _weak_targets(writer, weak),
        _weak_items(writer, weak),
    ]
    return "".join(parts)


def _weak_counties(writer: Writer, weak: Weak) -> str:
    if weak.standing is None:
        return f"{writer.period}各县（市、区）没有这项得分。"
    return f"{writer.period}，{_ranked(writer, weak.standing, writer.name(weak.code))}。"


def _stated(writer: Writer, weak: Weak) -> str:
    parts = [_value(writer, row) for row in weak.stated.to_dict("records")]
    return f"全市现值：{'；'.join(parts)}。" if parts else ""


def _value(writer: Writer, row: Mapping[str, Any]) -> str:
    name, when = writer.name(row["code"]), writer.when(row)
    words = str(row["text"]) if pd.isna(row["value"]) else amount(row["op"], row["value"], row["unit"])
    value = None if pd.isna(row["value"]) else float(row["value"])
    if value is not None or any(character.isdigit() for character in words):
        cited = writer.names.documents.get(row["document"], "")
        writer.put(value, row["unit"], f"全市{name}", when, cited, row["source"], words=words)
    before = row.get("before")
    if before is not None and not pd.isna(before):
        earlier = writer.put(float(before), row["unit"], f"全市{name}（原来）", when, "", row["source"])
        words = f"由{earlier}变为{words}"
    scope = f"（{row['scope']}）" if row["scope"] else ""
    return f"{name}{scope}{'：' if value is None else ''}{words}（{when}）"


def _compared(writer: Writer, weak: Weak) -> str:
    parts = []
    for row in weak.compared.to_dict("records"):
        measure, place = writer.names.measures[row["code"]], writer.names.regions[row["region"]].name
        when = writer.when(row)
        theirs = writer.put(
            row["value"],
            row["unit"],
            f"{place}{measure.name}",
            when,
            "",
            row["source"],
            words=amount(row["op"], row["value"], row["unit"]),
        )
        rule = f"，{writer.typed(row['rule'], '对标计算', '换算规则')}" if row["rule"] else ""
        parts.append(f"{writer.name(row['code'])}，{place}{theirs}（{when}），{_gap(writer, row, measure)}{rule}")
    return f"与全国标杆比：{'；'.join(parts)}。" if parts else ""


def _gap(writer: Writer, row: Mapping[str, Any], measure: Measure) -> str:
    if row["gap"] == 0:
        return "我市与其持平"
    unit = "百分点" if measure.unit == "%" else measure.unit
    by = writer.put(abs(row["gap"]), unit, f"与标杆的差距：{measure.name}", writer.when(row), "对标计算")
    more = (row["gap"] > 0) == (measure.direction is Direction.LOWER)
    return f"我市{'多' if more else '少'}{by}"


def _weak_targets(writer: Writer, weak: Weak) -> str:
    rows = weak.targets
    spoken = rows[rows["status"] != MISSING_TARGET]
    parts = [f"{_target(writer, row, weak.owner)}{row['status']}" for row in spoken.head(NAMED).to_dict("records")]
    rest = len(spoken) - NAMED
    if rest > 0:
        parts.append(f"另有{writer.counted(rest, '项', '其余目标', TARGETS)}")
    if len(rows) > len(spoken):
        parts.append(f"{writer.counted(len(rows) - len(spoken), '项', '有目标无现值', TARGETS)}有目标无现值")
    return f"目标：{'；'.join(parts)}。" if parts else ""


def _weak_items(writer: Writer, weak: Weak) -> str:
    ids = set(weak.items["id"])
    finished = [each for each in writer.brief.done if each.item in ids and each.what != "opened"]
    moved = _moves(writer, finished)
    late = weak.items[weak.items["late"] > 0]
    overdue = [_item(writer, row) for row in late.to_dict("records")]
    undone = weak.items[weak.items["state"].isin([State.OPEN.value, State.DOING.value, State.RETURNED.value])]
    going = undone[~(undone["late"] > 0)]
    parts = [f"整改进展：{moved}。" if moved else "", f"逾期：{'；'.join(overdue)}。" if overdue else ""]
    if len(going):
        parts.insert(1, f"正在办理：{'；'.join(_item(writer, row) for row in going.head(NAMED).to_dict('records'))}。")
    return "".join(parts)


def _moves(writer: Writer, found: Sequence[Done]) -> str:
    """台账第3号11月2日完成“开设专窗”；第4号11月5日销号."""
    parts = []
    for each in found[: ITEMS * 2]:
        number = f"台账第{each.item}号"
        if each.what == "step" and each.action is not None:
            parts.append(
                f"{number}于{said(each.day)}完成“{writer.typed(each.action.what, f'{LEDGER}第{each.item}号')}”"
            )
        else:
            parts.append(f"{number}于{said(each.day)}{'销号' if each.what == 'closed' else '列入台账'}")
    rest = len(found) - ITEMS * 2
    if rest > 0:
        parts.append(f"另有{writer.counted(rest, '件', '其余办理记录')}")
    return "；".join(parts)


def _item(writer: Writer, row: Mapping[str, Any]) -> str:
    """台账第3号“办照慢”（市市场监管局，期限2026年11月1日，逾期12天）."""
    origin = f"{LEDGER}第{row['id']}号"
    notes = [writer.departments(row["owner"])] if row["owner"] else []
    if row["deadline"]:
        notes.append(f"期限{said(date.fromisoformat(row['deadline']))}")
    if row["late"] == row["late"]:
        days = int(row["late"])
        what = f"台账第{row['id']}号{'逾期' if days > 0 else '距到期'}"
        if days > 0:
            notes.append(f"逾期{writer.put(days, '天', what, writer.today, origin)}")
        elif row["soon"]:
            notes.append(f"还有{writer.put(-days, '天', what, writer.today, origin)}到期" if days else "今日到期")
    inside = f"（{'，'.join(notes)}）" if notes else ""
    return f"台账第{row['id']}号“{writer.typed(row['problem'], origin)}”{inside}"


def _happened(writer: Writer, when: str) -> str:
    """What was done in the week or on the day."""
    if not writer.brief.done:
        return f"{when}整改台账没有新的办理记录。"
    return f"{_moves(writer, writer.brief.done)}。"


def _late(writer: Writer) -> str:
    rows = writer.brief.ledger
    if rows.empty:
        return ""
    sentences = []
    for kind, found in (("逾期", rows[rows["late"] > 0]), ("两周内到期", rows[rows["soon"].astype(bool)])):
        if len(found):
            count = writer.counted(len(found), "项", f"台账：{kind}")
            listed = [_item(writer, row) for row in found.head(ITEMS * 2).to_dict("records")]
            rest = "等" if len(found) > ITEMS * 2 else ""
            sentences.append(f"{kind}的{count}：{'；'.join(listed)}{rest}。")
    return "".join(sentences)


def _asks(writer: Writer) -> list[Part]:
    """What is asked of whom, from what is late, in doubt or missing."""
    rows = writer.brief.ledger
    found = [
        ("ask-late", "逾期事项", "逾期事项抓紧办结。", _ask_late(writer, rows[rows["late"] > 0])),
        ("ask-flag", "指标未动的事项", "整改要见实效。", _ask_flagged(writer, rows[rows["flag"].astype(bool)])),
        ("ask-targets", "逾期的目标", "逾期目标说明原因。", _ask_targets(writer)),
    ]
    if writer.brief.kind is Paperwork.WORK:
        found += [
            ("ask-open", "没有列入台账的短板", "短板指标列入台账。", _ask_open(writer)),
            ("ask-values", "没有现值的目标", "目标现值及时报送。", _ask_values(writer)),
        ]
    found = [part for part in found if part[3]]
    return found or [("ask-none", "要求", "", "没有逾期事项和逾期目标，各责任单位按台账期限办理。")]


def _ask_late(writer: Writer, rows: pd.DataFrame) -> str:
    parts = []
    for owner, own in rows.groupby("owner", sort=False):
        count = writer.counted(len(own), "项", f"{writer.departments(str(owner)) or '未写责任单位'}逾期事项")
        parts.append(f"{writer.departments(str(owner)) or '未写责任单位的'}{count}")
    return f"{text.listed(parts)}已经逾期，要说明原因，定下办结日期，抓紧整改。" if parts else ""


def _ask_flagged(writer: Writer, rows: pd.DataFrame) -> str:
    parts = [
        f"台账第{row['id']}号（{writer.departments(row['owner']) or '未写责任单位'}）"
        for row in rows.head(ITEMS).to_dict("records")
    ]
    more = "等" if len(rows) > ITEMS else ""
    return f"{text.listed(parts)}{more}已报整改完成，指标还没有好转，要重新查找原因，补充措施。" if parts else ""


def _ask_targets(writer: Writer) -> str:
    rows = writer.brief.targets
    parts = _by_owner(writer, rows[rows["status"].isin(LATE_TARGETS)], "逾期或滞后的目标")
    return f"{parts}逾期或滞后，要报告原因和下一步措施。" if parts else ""


def _ask_open(writer: Writer) -> str:
    missing = [each for each in writer.brief.weak if not (each.items["state"] != State.CLOSED.value).any()]
    if not missing:
        return ""
    parts = [f"{writer.name(each.code)}{f'（{each.owner}）' if each.owner != text.MISSING else ''}" for each in missing]
    return f"{'，'.join(parts)}还没有在办的整改事项，牵头单位要列出问题、措施、责任人和期限。"


def _ask_values(writer: Writer) -> str:
    rows = writer.brief.targets
    parts = _by_owner(writer, rows[rows["status"] == MISSING_TARGET], "没有现值的目标")
    return f"{parts}有目标无现值，要报送现值和出处。" if parts else ""


def _by_owner(writer: Writer, rows: pd.DataFrame, what: str) -> str:
    """市税务局8项、市中级人民法院2项 by the first unit of each target, those with most first."""
    first = rows["owner"].map(lambda codes: codes.split(";")[0])
    counts = first[first != ""].value_counts(sort=True)
    parts = [
        f"{writer.departments(str(code))}{writer.counted(int(count), '项', f'{writer.departments(str(code))}{what}', TARGETS)}"
        for code, count in counts.items()
    ]
    return text.listed(parts)
