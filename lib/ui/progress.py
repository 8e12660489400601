"""创标进展: what a campaign's declarations and reports say at the end of a day, and the forms by which they come in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd
import streamlit as st

from lib.core import campaign as core
from lib.core.ledger import SOON
from lib.core.recommend import leaders
from lib.model import UserError
from lib.model.access import Action
from lib.model.campaign import Campaign, Phase, Stage
from lib.model.declaration import State
from lib.store import campaigns as store
from lib.store import declarations, default_path
from lib.store.declarations import Filed
from lib.ui import access, loaders, show, switch
from lib.ui.basis import places_in
from lib.ui.context import Context
from lib.ui.facts import stated
from lib.view import sentences, tables, text
from lib.view.declaration import GOALS
from lib.view.table import Table
from lib.view.tables.campaign import FORM

VIEWS = BOARD, FILING, REPORT, ARRANGE = "比学赶超", "报送情况", "填季度进展", "活动安排"
CAMPAIGN = "campaign"


NOBODY = "未写单位"
PHASES = {Stage.PREPARE: "准备阶段", Stage.ACT: "实施阶段", Stage.SUM_UP: "总结阶段"}
METHOD = (
    "走完 =（现在 − 原来）÷（目标 − 原来），限制在 0 到 100%，达到目标为 100%；一份申报表取各目标的平均，一个单位取各份的平均。"
    "没有报数、或没有原值又没有达到的目标不计入，不按 0 算；每个测度取截至这一天最近一次报的数。"
)
_DONE, _REFUSED, _TURN = "_progress_done", "_progress_refused", "_progress_turn"


@dataclass(frozen=True)
class Progress:
    """A campaign at the end of a day."""

    context: Context
    campaign: Campaign
    day: date
    filed: tuple[Filed, ...]
    reports: pd.DataFrame

    @cached_property
    def declarations(self) -> pd.DataFrame:
        """The campaign's declarations that are in use: id, unit, submitted, published (UTC stamps, "" for not)."""
        rows = [
            (each.id, each.content.unit or NOBODY, each.submitted_at, each.published_at if _public(each) else "")
            for each in self.filed
        ]
        return pd.DataFrame(rows, columns=["id", "unit", "submitted", "published"])

    @cached_property
    def public(self) -> pd.DataFrame:
        """Those that are published."""
        return core.public(self.declarations, self.day)

    @cached_property
    def form(self) -> pd.DataFrame:
        """How each form stands, as `core.filed`."""
        return core.filed(self.declarations, self.campaign.filing_due, self.day)

    @cached_property
    def reported(self) -> pd.DataFrame:
        """How each report stands, as `core.reported`."""
        return core.reported(self.declarations, self.reports, self.campaign.reports_due, self.day)

    @cached_property
    def goals(self) -> pd.DataFrame:
        """The published declarations' goals with their values, as `core.advance`."""
        units = dict(zip(self.public["id"], self.public["unit"], strict=True))
        rows = [goal for each in self.filed if each.id in units for goal in _goals(self.context, each, units[each.id])]
        return core.advance(pd.DataFrame(rows, columns=_GOALS), self.reports, self.day)

    @cached_property
    def board(self) -> pd.DataFrame:
        """The departments by progress, as `core.board`."""
        return core.board(self.public, self.goals)

    @cached_property
    def labels(self) -> dict[int, str]:
        """What each declaration is called: its unit, with the indicator, then the number, where that is not enough; those that are behind first."""
        subjects = {each.id: self.context.book.indicators.get(each.content.subject, "") for each in self.filed}
        names = dict(zip(self.declarations["id"], self.declarations["unit"], strict=True))
        for more in (subjects, {each: f"第 {each} 号" for each in subjects}):
            same = Counter(names.values())
            names = {
                each: f"{name}（{more[each]}）" if same[name] > 1 and more[each] else name
                for each, name in names.items()
            }
        late = pd.concat([self.form, self.reported])
        behind = late[late["status"] == core.Filing.OVERDUE].groupby("id")["late"].sum()
        return dict(sorted(names.items(), key=lambda item: -int(behind.get(item[0], 0))))

    @property
    def made_up(self) -> bool:
        """Whether a goal starts from a value that is made up."""
        return bool(self.goals["made_up"].any())


def _public(filed: Filed) -> bool:
    return filed.state is State.PUBLISHED


_GOALS = ["declaration", "unit", "measure", "goal", "roles", "baseline", "period", "made_up", "source", "direction"]


def _goals(context: Context, filed: Filed, unit: str) -> list[tuple]:
    """A row a goal: _GOALS; a measure that the catalogue does not have is left out."""
    start = {each.measure: each for each in filed.baseline}
    rows = []
    for goal in filed.content.goals:
        measure = context.book.measures.get(goal.measure)
        if measure is None:
            continue
        roles = text.listed(word for name, word in GOALS.items() if goal in getattr(filed.content, name))
        base = start.get(goal.measure)
        known = (base.value, base.period, base.made_up, base.source) if base else (float("nan"), "", False, "")
        rows.append((filed.id, unit, goal.measure, goal.value, roles, *known, measure.direction))
    return rows


def choose(context: Context) -> Progress:
    """The campaign and the day that are looked at, with all that was handed in."""
    found = loaders.load_campaigns(context.version)
    code = switch.pick("活动", list(found), CAMPAIGN, lambda each: found[each].name)
    return standing(context, found[code], switch.day())


def standing(context: Context, campaign: Campaign, day: date) -> Progress:
    """A campaign at the end of a day, with all that was handed in."""
    path = default_path()
    filed = [
        each
        for each in declarations.declarations(path)
        if each.campaign == campaign.code and each.state is not State.DROPPED
    ]
    known = [each for each in filed if core.day_of(each.created_at) <= day]
    reports = declarations.reports(path)
    ours = reports[reports["declaration"].isin([each.id for each in known])].reset_index(drop=True)
    return Progress(context, campaign, day, tuple(sorted(known, key=lambda each: each.id)), ours)


def conclusion(progress: Progress) -> str:
    """The sentence that opens the page."""
    units, public = progress.declarations["unit"].nunique(), progress.public["unit"].nunique()
    rows = progress.reported
    so_far = rows["due"].map(lambda due: due <= progress.day).astype(bool)
    counts = rows.loc[so_far, "status"].astype(str).value_counts().to_dict()
    early = int((rows.loc[~so_far, "status"] == core.Filing.ON_TIME).sum())
    return sentences.campaign(text.date_words(progress.day), units, public, counts, early, progress.board)


def source(progress: Progress) -> str:
    """Where the timetable is from: a document, or a person who added it."""
    return progress.context.cited.get(progress.campaign.document, "经办人补充的活动")


def made_up(progress: Progress) -> str:
    """What a title says where a goal starts from demonstration data."""
    return f"（有的原值是{text.DEMO}）" if progress.made_up else ""


def sorted_goals(progress: Progress) -> pd.DataFrame:
    """Every goal, the department that is ahead first."""
    order = {unit: i for i, unit in enumerate(progress.board["unit"])}
    return progress.goals.sort_values("unit", key=lambda column: column.map(order), kind="stable").reset_index(
        drop=True
    )


def reminders(progress: Progress) -> Table:
    """Who is late or soon will be, the latest first."""
    form = progress.form.assign(what=FORM)
    report = progress.reported.assign(what=[f"{due.month}月底进展" for due in progress.reported["due"]])
    rows = pd.concat([form, report], ignore_index=True)
    rows = rows[rows["status"].isin([core.Filing.OVERDUE, core.Filing.NOT_DUE])]
    left = [(progress.day - due).days for due in rows["due"]]
    rows = rows.assign(late=left)
    contents = {each.id: each.content for each in progress.filed}
    rows = rows.assign(
        contact=[contents[number].contact for number in rows["id"]],
        phone=[contents[number].phone for number in rows["id"]],
    )
    return Table(tables.reminder_table(rows[rows["late"] >= -SOON].sort_values("late", ascending=False, kind="stable")))


def undeclared(progress: Progress) -> str:
    """The departments that lead an indicator and have no declaration, in words; "" where every one has."""
    bodies, there = loaders.load_bodies(progress.context.version), set(progress.declarations["unit"])
    leads = [bodies[code] for code in leaders(progress.context.framework) if code in bodies]
    names = [name for name in leads if name not in there]
    return f"指标牵头单位里还没有填申报表的 {len(names)} 个：{text.listed(names)}。" if names else ""


def report_form(progress: Progress) -> None:
    """The quarterly report of one declaration: a value a goal's measure, and what was done."""
    _said()
    known = {each.id: each for each in progress.filed if each.id in set(progress.public["id"])}
    if not known:
        st.info("公示以后才报进展：现在还没有公示的申报表。")
        return
    left, middle, right = st.columns([2, 1, 1])
    with left:
        number = switch.pick("申报表", list(known), "report_of", progress.labels.__getitem__)
    owed = progress.reported[progress.reported["id"] == number]
    if owed.empty:
        st.info("这份申报表公示以后，活动里没有要报的季度末了。")
        return
    waiting = owed[~owed["status"].isin([core.Filing.ON_TIME, core.Filing.LATE])]
    dues = [str(due) for due in owed["due"]]
    first = dues.index(str(waiting["due"].iloc[0])) if len(waiting) else len(dues) - 1
    due = middle.selectbox(
        "报哪个季度末",
        dues,
        index=first,
        format_func=lambda each: text.date_words(date.fromisoformat(each)),
        key=f"report_due-{number}",
        persist_state="session",
    )
    with right:
        access.who(Action.DECLARE)
    key = f"report-{number}-{due}-{st.session_state.get(_TURN, 0)}"
    own = progress.goals[progress.goals["declaration"] == number]
    for measure, rows in own.groupby("measure", sort=False):
        _value(progress, known[number], str(measure), rows, key)
    options = {"persist_state": "session", "height": 80}
    columns = st.columns(3)
    for column, (name, label) in zip(columns, _TEXTS.items(), strict=True):
        column.text_area(label, key=f"{key}-{name}", **options)
    codes = tuple(dict.fromkeys(own["measure"]))
    st.button(
        "报送", type="primary", icon=":material/send:", on_click=_send, args=(progress.context, number, due, codes, key)
    )
    st.caption("没有数的测度留空，不要填 0。报错了再报一次，以最后一次为准，原来的留着。")
    history = progress.reports[progress.reports["declaration"] == number]
    if len(history):
        show.table(tables.report_table(history, progress.context.book.measures), title="报送记录（最近的在前）")


_TEXTS = {"done": "做了什么", "problems": "问题", "next": "下一步"}


def _value(progress: Progress, filed: Filed, code: str, rows: pd.DataFrame, key: str) -> None:
    """One measure's value now, beside the value before, the goals and the benchmark."""
    measure = progress.context.book.measures[code]
    words, number = st.columns([3, 1], vertical_alignment="bottom")
    table = tables.goal_table(rows, progress.context.book.measures).values
    goals = text.listed(f"{row.目标}（{row.目标来自}）" for row in table.itertuples())
    parts = [
        f"原来 {table['原来'].iloc[0]}",
        f"目标 {goals}",
        *_benchmark(progress.context, filed.content.vertical, code),
    ]
    words.markdown(f"**{show.plain(measure.name)}**　{show.plain('；'.join(parts))}")
    number.number_input(
        f"{measure.name}，现在（{measure.unit}）",
        value=None,
        key=f"{key}-{code}",
        persist_state="session",
        placeholder="可不填",
    )


def _benchmark(context: Context, names: str, code: str) -> list[str]:
    """What the vertical benchmarks are stated to have reached on a measure; nothing where no document says."""
    rows = context.book.benchmarks
    found = rows[rows["region"].isin(places_in(names, context)) & (rows["code"] == code)]
    said = [f"{context.names[row['region']]} {stated(row)}" for row in found.to_dict("records")]
    return [f"标杆 {text.listed(said)}"] if said else []


def _send(context: Context, number: int, due: str, codes: tuple[str, ...], key: str) -> None:
    """Hands a report in; called before a run."""
    state, user = st.session_state, access.name(Action.DECLARE)
    values = {code: float(state[f"{key}-{code}"]) for code in codes if state.get(f"{key}-{code}") is not None}
    texts = {name: str(state.get(f"{key}-{name}") or "").strip() for name in _TEXTS}
    problems = core.refused(values, context.book.measures)
    problems += [] if user else ["要写经办人"]
    problems += [] if values or any(texts.values()) else ["什么都没有填"]
    try:
        if problems:
            raise UserError("；".join(problems))
        declarations.add_report(default_path(), number, due, {"values": values, **texts}, user=user)
    except UserError as error:
        state[_REFUSED] = f"没有报送：{error}。"
        return
    state[_DONE] = f"已报送{text.date_words(date.fromisoformat(due))}的进展。"
    state[_TURN] = state.get(_TURN, 0) + 1


def _said() -> None:
    """What came of the last click, in a place of its own: boxes below lose what is being typed when they move."""
    with st.container():
        if done := st.session_state.pop(_DONE, ""):
            st.success(show.plain(done), icon=":material/check_circle:")
        if refused := st.session_state.pop(_REFUSED, ""):
            st.error(show.plain(refused), icon=":material/error:")


def campaign_form() -> None:
    """Adds a campaign: its name and the days of its three phases."""
    _said()
    turn = st.session_state.get(_TURN, 0)
    left, right = st.columns([3, 1])
    left.text_input("活动名称", key=f"campaign_name-{turn}", persist_state="session")
    with right:
        access.who(Action.EDIT)
    for column, (stage, name) in zip(st.columns(3), PHASES.items(), strict=True):
        with column:
            st.markdown(f"**{name}**")
            for end, label in (("start", "第一天"), ("end", "最后一天")):
                key = f"campaign_{stage}_{end}-{turn}"
                st.date_input(f"{name}{label}", value=None, key=key, persist_state="session")
    st.button("新增活动", type="primary", icon=":material/add:", on_click=_add, args=(turn,))
    st.caption("准备阶段的最后一天是申报表的截止日；实施阶段里的每个季度末是进展的应报日。")


def _add(turn: int) -> None:
    """Adds the campaign that the form describes; called before a run."""
    state = st.session_state
    days = {stage: [state.get(f"campaign_{stage}_{end}-{turn}") for end in ("start", "end")] for stage in PHASES}
    user = access.name(Action.EDIT)
    missing = [f"{PHASES[stage]}的日期没有填全" for stage, pair in days.items() if None in pair]
    phases = tuple(Phase(stage, PHASES[stage], *pair) for stage, pair in days.items() if None not in pair)
    wanted = Campaign("", str(state.get(f"campaign_name-{turn}") or "").strip(), phases)
    try:
        if missing:
            raise UserError("；".join([*([] if wanted.name else ["要写活动名称"]), *missing]))
        code = store.add_campaign(default_path(), wanted, user=user)
    except UserError as error:
        state[_REFUSED] = f"没有新增：{error}。"
        return
    state[_DONE], state[_TURN], state[CAMPAIGN] = f"已新增“{wanted.name}”。", turn + 1, code
