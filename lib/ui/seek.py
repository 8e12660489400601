"""寻标: the choice of a department and what it leads, cards of those worth learning from, the nation's places, and a way to add one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from lib.context import kept
from lib.core import compare, recommend
from lib.core.distribution import history
from lib.core.recommend import Lack, Why
from lib.model import UserError, source
from lib.model.access import Action
from lib.model.declaration import Declaration
from lib.store import default_path
from lib.store.benchmarks import LEVELS, OPERATORS, Statement, add_benchmark, remove_benchmark, units_for
from lib.ui import access, declaring, facts, go, indicator, intake, loaders, show, subject, switch
from lib.ui.context import Context
from lib.view import sentences, tables, text
from lib.view.subject import Subject
from lib.view.table import Table

EVERY = "全部"
CITY_FILES = "平顶山市（市级部门）"
# Cards side by side, and for how many there is room at least; of more that tie, the others are named in a line.
MOST, FEWEST = 4, 3
_QUOTED = ["原文", "出处", "备注"]
_VERTICAL = "纵向在全国范围内选定并明确至少一个"
_HORIZONTAL = "横向在全市范围内选定并明确至少一个"


def choose_unit(context: Context) -> str:
    """A department that leads an indicator; "" for all of them."""
    units = [EVERY, *recommend.leaders(context.framework)]
    chosen = switch.pick("责任单位", units, "unit", lambda code: context.book.departments.get(code, code))
    return "" if chosen == EVERY else chosen


def choose_subject(context: Context, unit: str) -> str:
    """The total, an indicator or a measure; of a department what it leads."""
    framework, said = context.framework, subject.listed(context)
    others = [node.code for node in framework.nodes if node.code != context.root]
    options = list(recommend.led(framework, unit)) if unit else [context.root, *others]
    return switch.pick("指标", options, go.SUBJECT, said.__getitem__)


def periods(context: Context) -> list[str]:
    """The series up to the period looked at."""
    series = list(context.series)
    return series[: series.index(context.period) + 1]


@dataclass(frozen=True)
class Worth:
    """Every county on a node beside the one looked at (`rows`), what speaks for whom (`found`), and by county all that speaks for it."""

    rows: pd.DataFrame
    found: Mapping[Why, tuple[str, ...] | Lack]
    whys: Mapping[str, tuple[Why, ...]]


@kept
def worth(context: Context, code: str) -> Worth:
    """Whom of the city to learn from on a node."""
    rows = recommend.contenders(context.scores, code, context.region, periods(context))
    found = recommend.recommend(rows, context.region)
    return Worth(rows, found, recommend.merged(found))


@kept
def courses(context: Context, code: str) -> pd.DataFrame:
    """How those worth learning from and all others came to where they are, as `charts.courses` draws it."""
    known, upto = worth(context, code), periods(context)
    return tables.course_rows(
        history(context.scores, code, upto),
        {period: context.series[period] for period in upto},
        context.names,
        context.region,
        _named(context, known.whys),
        _starts(known, context.region),
        indicator.subject(context, code),
    )


def cards(context: Context, known: Worth, about: Subject) -> None:
    """Those worth learning from side by side, each with what speaks for it and a button to choose it."""
    name, rows = context.names[context.region], known.rows
    lacks = {why: str(each) for why, each in known.found.items() if isinstance(each, Lack)}
    if not known.whys:
        st.info(
            f"{_nobody(rows, name, known.found[Why.BEST])}。可以在左边“对标对象”里选一个县（市、区），或换一个指标；纵向看下面。"
        )
        return
    shown, rest = list(known.whys.items())[:MOST], list(known.whys.items())[MOST:]
    by = rows.set_index("region", drop=False)
    own = float(by.at[context.region, "slope"])
    for column, (region, whys) in zip(st.columns(max(len(shown), FEWEST)), shown, strict=False):
        with column.container(border=True, height="stretch", gap="small", key=_key(context, region)):
            _card(context, by.loc[region], whys, about, own)
    others = text.listed(context.names[region] for region, _ in rest)
    lines = [f"并列的还有{others}"] if others else []
    lines += [f"没有“{why}”：{lack}" for why, lack in lacks.items()]
    lines.append(f"都与{name}相比。要学别的县（市、区），在左边“对标对象”里选")
    st.caption("。".join(lines) + "。")


def _nobody(rows: pd.DataFrame, name: str, lack: object) -> str:
    """Why there is nobody to learn from: the region is first, alone or with others, or nobody has a value."""
    if lack is Lack.EMPTY:
        return str(lack)
    first = int((rows["place"] == 1).sum())
    return f"{name}{lack}{f'（并列第 1 的有 {first} 地）' if first > 1 else ''}"


def everyone(context: Context, about: Subject) -> None:
    """All counties beside the one looked at."""
    title = f"各县（市、区）{about.scored}与{context.names[context.region]}相比"
    show.table(_everyone(context, about.code), title=title, context=context.over(periods(context)), long=True)
    st.caption("每期变化是泰尔—森斜率，至少 4 期才算；起点是两地都有数的最早一期。")


@kept
def _everyone(context: Context, code: str) -> Table:
    rows, about = worth(context, code).rows, indicator.subject(context, code)
    return tables.contender_table(rows, context.names, context.region, context.period, about)


def _card(context: Context, row: pd.Series, whys: Sequence[Why], about: Subject, own: float) -> None:
    name, us = context.names[row["region"]], context.names[context.region]
    st.markdown(" ".join(f":blue-badge[{why}]" for why in whys))
    st.markdown(f"### {name}")
    lead = "" if pd.isna(row["lead"]) else f"，领先 {about.say_gap(row['lead'])}"
    st.markdown(f"**{about.say(row['value'])}**，{text.place(row['place'])}{lead}")
    st.caption("  \n".join(sentences.worth(why, row, us, about, own) for why in whys))
    st.space("stretch")
    with st.container(horizontal=True, vertical_alignment="center"):
        if context.compare == name:
            st.markdown(":blue[**● 已选**]")
        else:
            st.button("选为横向标杆", key=f"choose-{row['region']}", on_click=_choose, args=(name,))
        st.button("看画像", key=f"profile-{row['region']}", type="tertiary", on_click=go.county, args=(row["region"],))


def _key(context: Context, region: str) -> str:
    """The name that style.css knows a card by, a chosen one too."""
    return f"worth-{'chosen-' if region == context.compare_code else ''}{region}"


def _choose(name: str) -> None:
    st.session_state["compare"] = name


def _named(context: Context, whys: Mapping[str, Sequence[Why]]) -> dict[str, str]:
    """By region what stands beside its line: what speaks for it, or that it is the one chosen."""
    lines = {region: text.listed(said) for region, said in list(whys.items())[:MOST]}
    return lines | (
        {context.compare_code: "已选"} if context.compare_code and context.compare_code not in lines else {}
    )


def _starts(known: Worth, region: str) -> dict[str, list[str]]:
    """Which points of which lines are the like starts."""
    alike = known.found[Why.ALIKE]
    if isinstance(alike, Lack):
        return {}
    at = known.rows.set_index("region")["start_period"]
    return {region: [at[each] for each in alike], **{each: [at[each]] for each in alike}}


@st.cache_resource(max_entries=8, show_spinner=False)
def _city(version: str) -> pd.DataFrame:
    book = loaders.load_catalog(version)
    return compare.of_documents(book.facts, facts.CITY, book.measures)


@st.cache_resource(max_entries=64, show_spinner=False)
def _stated(version: str, framework: str, code: str) -> pd.DataFrame:
    book = loaders.load_catalog(version)
    under = compare.about(book.trees[framework], code, book.measures)
    stated = recommend.stated(book.benchmarks, under)
    return compare.compare(_city(version), stated, book.measures)


def national(context: Context, code: str) -> pd.DataFrame:
    """What the nation's places state of the measures under a node, beside what the city's documents state."""
    return _stated(context.version, context.framework_code, code)


@dataclass(frozen=True)
class Nation:
    """What the nation's places state beside the city's and the county's values: those worth a look in few columns (`near`), all with
    their quotes, and where all of it is from."""

    near: Table
    quoted: pd.DataFrame
    cited: str


@kept
def nation(context: Context, code: str, chosen: str) -> Nation:
    """The nation's places on a node, the chosen one's statements first."""
    beside, county = national(context, code), _beside_county(context, code)
    whole = _national_table(context, beside, county, chosen)
    assert whole.sources is not None
    looked = whole.sources["标杆值"].isin(_near(beside, county, chosen)["source"])
    few = [name for name in whole.values.columns if name not in _QUOTED]
    near = Table(whole.values[few][looked].reset_index(drop=True), sources=whole.sources[looked].reset_index(drop=True))
    quoted = whole.values[["测度", "标杆地区", "标杆值", *_QUOTED]]
    return Nation(near, quoted, _cited(context, beside))


def _behind(context: Context, beside: pd.DataFrame) -> pd.DataFrame:
    """The catalogue's rows of the statements, and whether a person added each (`added`)."""
    rows = context.book.benchmarks
    found = rows[rows["id"].map(source.fact).isin(beside["source"])]
    return found.assign(added=found["id"].map(source.is_added).astype(bool))


def _beside_county(context: Context, code: str) -> pd.DataFrame:
    """The same statements beside the county's values of the period."""
    measures = context.book.measures
    ours = compare.of_values(context.scores, context.region, context.period, measures)
    return compare.compare(ours, national(context, code)[list(compare.STATED)], measures)


def _near(beside: pd.DataFrame, county: pd.DataFrame, chosen: str) -> pd.DataFrame:
    """The statements that have a value of the city's or the county's beside them, and those of the chosen place; all where
    there are none."""
    there = county.set_index("source")["ours_source"].reindex(beside["source"]).to_numpy()
    found = beside[(beside["ours_source"] != "") | (there != "") | (beside["region"] == chosen)]
    return beside if found.empty else found


def _national_table(context: Context, beside: pd.DataFrame, county: pd.DataFrame, chosen: str) -> Table:
    """The statements beside the city's and the county's values."""
    when = f"{context.period_label}{f'，{text.DEMO}' if context.over((context.period,)).demo else ''}"
    return tables.national_table(
        _behind(context, beside),
        beside,
        county,
        context.book.measures,
        context.names,
        context.cited,
        context.names[context.region],
        when,
        chosen,
    )


def _cited(context: Context, beside: pd.DataFrame) -> str:
    """Where the statements, the city's and the county's values are from."""
    known = context.book.facts
    ours = known[known["id"].map(source.fact).isin(beside["ours_source"])]
    county = context.over((context.period,)).source_line.removeprefix("数据：")
    return f"{facts.cited(context, _behind(context, beside), ours)}；{context.names[context.region]}：{county}"


@kept
def _own(context: Context, code: str) -> tuple[dict, ...]:
    """The statements on a node that people added."""
    rows = _behind(context, national(context, code))
    return tuple(rows[rows["added"]].to_dict("records"))


def supplement(context: Context, code: str) -> None:
    """The form that adds a benchmark's value with its source, and those among the stated ones that people added."""
    measures = subject.about(context, code)
    with st.expander("分析员补充一个标杆值", icon=":material/add:"):
        left, right = st.columns([1, 3])
        with left:
            user = access.who(Action.EDIT)
        chosen = right.selectbox(
            "测度", list(measures), format_func=lambda each: measures[each].name, key=f"added_measure-{code}"
        )
        _form(context, chosen, user)
        for row in _own(context, code):
            with st.container(border=True, horizontal=True, vertical_alignment="center"):
                said = f"{context.names[row['region']]}　{measures[row['code']].name} {facts.stated(row)}"
                st.markdown(show.plain(f"{said}（{row['note']}）：{row['quote']}"))
                number = row["id"]
                st.button("删除", key=f"remove-{number}", disabled=not user, on_click=_remove, args=(number, user))


def _form(context: Context, code: str, user: str) -> None:
    book, turn = context.book, st.session_state.setdefault("added_turn", 0)
    places = {key: each.name for key, each in book.regions.items() if each.level in LEVELS and key != facts.CITY}
    with st.form(f"added-{turn}", border=False):
        first, second, third, fourth, fifth = st.columns([3, 2, 2, 2, 3])
        region = first.selectbox("地方", list(places), format_func=places.get, key=f"added_region-{turn}")
        op = second.selectbox(
            "比较符", list(OPERATORS), format_func=lambda each: f"{each} {OPERATORS[each]}", key=f"added_op-{turn}"
        )
        value = third.number_input("数值", value=None, format="%f", key=f"added_value-{turn}")
        unit = fourth.selectbox("单位", units_for(book.measures[code].unit), key=f"added_unit-{turn}-{code}")
        stated = fifth.text_input("时间", key=f"added_period-{turn}", placeholder="如 2020年、2020-09")
        first, second, third, fourth = st.columns([4, 3, 2, 3])
        title = first.text_input("出处（标题）", key=f"added_title-{turn}", placeholder="文件、报道或网页的标题")
        issuer = second.text_input("发布单位", key=f"added_issuer-{turn}")
        day = third.text_input("发布日期", key=f"added_day-{turn}", placeholder="2020-12-04")
        origin = fourth.text_input("在哪里找到", key=f"added_origin-{turn}", placeholder="网址、文件夹或联系人")
        quote = st.text_area("原文", key=f"added_quote-{turn}", placeholder="抄下写着这个数的那句话", height=80)
        pressed = st.form_submit_button("补充", disabled=not user, icon=":material/add:")
    if not user:
        st.caption("填写经办人后可以补充。")
    if not pressed:
        return
    period = intake.asked_period(stated) or stated
    statement = Statement(code, region, op, value, unit, period, title, issuer, day.strip(), origin, quote)
    try:
        add_benchmark(default_path(), statement, user=user)
    except UserError as error:
        st.error("\n\n".join(show.plain(issue) for issue in error.issues))
    else:
        st.session_state["added_turn"] = turn + 1
        st.toast("已补充标杆值", icon=":material/check_circle:")
        st.rerun()


def _remove(number: str, user: str) -> None:
    try:
        remove_benchmark(default_path(), number, user=user)
    except UserError as error:
        st.toast(show.plain(error), icon=":material/error:")


def next_steps(context: Context, rows: pd.DataFrame, code: str, unit: str, vertical: str) -> None:
    """Where to go on: the gap, or the form with what has been chosen. `rows` are the contenders on the node."""
    name = context.names[context.region]
    horizontal = context.compare if context.compare_code else ""
    st.markdown(
        f"**纵向** {f'● {context.names[vertical]}' if vertical else subject.NO_PLACE}　**横向** {f'● {horizontal}' if horizontal else subject.NO_PLACE}"
    )
    whose = switch.one("谁来申报", [CITY_FILES, name], "applicant")
    leads = [unit] if unit else context.owner_codes(code)[:1]
    content = Declaration(
        unit=text.listed(context.book.departments.get(each, each) for each in leads),
        region=facts.CITY if whose == CITY_FILES else context.region,
        subject=code,
        vertical=context.names[vertical] if vertical else "",
        horizontal=horizontal,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "以此开始申报",
            type="primary",
            icon=":material/assignment:",
            key="begin",
            disabled=not (vertical and horizontal),
            on_click=declaring.begin,
            args=(content,),
        )
        st.page_link("benchmark/gap.py", label="看差距：好在哪、差在哪", icon=":material/compare_arrows:")
    missing = [f"还没有选纵向标杆，活动方案要求“{_VERTICAL}”"] * (not vertical)
    missing += [f"还没有选横向标杆，活动方案要求“{_HORIZONTAL}”"] * (not horizontal)
    lead = rows.set_index("region").at[context.compare_code, "lead"] if horizontal else float("nan")
    if lead <= 0:
        st.caption(f":material/warning: {horizontal}这一项不比{name}好。方案要求横向学“晋位次争上游走前列先进单位”。")
    st.caption("；".join(missing) + "。" if missing else "打开申报表，单位、指标和两个标杆已填好。")
