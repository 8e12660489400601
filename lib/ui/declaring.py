"""A declaration while it is filled in: every change is kept at once, and nobody's words are lost when two write in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd
import streamlit as st

from lib.core import declaration as rules
from lib.core.compare import about, compare, in_unit, of_benchmarks, of_documents, of_values
from lib.core.score import Scores
from lib.ingest.declaration import read_form
from lib.model import Direction, Framework, Issue, Period, Severity, UserError
from lib.model.campaign import Campaign
from lib.model.declaration import Baseline, Declaration, Goal
from lib.store import declarations as store
from lib.store import default_path
from lib.store.campaigns import campaigns as stored_campaigns
from lib.store.declarations import Filed
from lib.store.events import today
from lib.ui import go, loaders
from lib.ui.context import Context
from lib.ui.facts import CITY
from lib.view import declaration as words
from lib.view import text

FORM, _BEGUN, _SEEN, _SAID = "form", "_begun", "_form_seen", "_form_said"
MOST_PLACES = 4


def begin(content: Declaration) -> None:
    """Opens the page of declarations with what has been chosen so far; called before a run, nothing is kept yet."""
    st.session_state[_BEGUN] = content
    go.page("benchmark/declaration.py")


def begun() -> Declaration | None:
    """What another page has chosen for a new declaration."""
    return st.session_state.get(_BEGUN)


def dismiss() -> None:
    """Forgets what another page has chosen."""
    st.session_state.pop(_BEGUN, None)


@st.cache_resource(max_entries=8, show_spinner=False)
def campaigns(version: str) -> dict[str, Campaign]:
    """Every campaign by its code, the latest first."""
    return stored_campaigns(default_path())


def filed() -> list[Filed]:
    """Every declaration, the one changed last first."""
    return store.declarations(default_path())


def open_form(number: int) -> None:
    """Opens a declaration; called before a run."""
    st.query_params[FORM] = str(number)


def close_form() -> None:
    """Goes back to the list; called before a run."""
    st.query_params.pop(FORM, None)


def opened() -> Filed | None:
    """The declaration that the address names, None where it names none that there is; what another wrote meanwhile is shown afresh."""
    asked = st.query_params.get(FORM, "")
    if not asked.isdecimal():
        return None
    try:
        found = store.declaration(default_path(), int(asked))
    except UserError as error:
        say(str(error), wrong=True)
        return None
    seen = st.session_state.setdefault(_SEEN, {})
    if seen.get(found.id, found.content) != found.content:
        _refresh(found.id)
        say("别人刚改过这份申报表，下面是最新内容。")
    seen[found.id] = found.content
    return found


def _refresh(number: int) -> None:
    """Lets the form's fields show what is kept."""
    for key in [key for key in st.session_state if str(key).startswith(f"form-{number}-")]:
        del st.session_state[key]


def change(number: int, **changes: object) -> None:
    """Keeps changed fields; called before a run."""
    seen = st.session_state[_SEEN][number]
    try:
        store.save(default_path(), number, changes, seen, user=user())
    except UserError as error:
        say(str(error), wrong=True)
        return
    # Not what is stored now: where another has changed more, the next run sees the difference and shows it.
    st.session_state[_SEEN][number] = replace(seen, **changes)


def say(words: str, *, wrong: bool = False) -> None:
    """Something for the next run to say; `wrong`: what was asked for was not done."""
    st.session_state[_SAID] = words, wrong


def said() -> tuple[str, bool]:
    """What the last action has to say, once, and whether it failed."""
    return st.session_state.pop(_SAID, ("", False))


def user() -> str:
    """Who does this, as given in the page's box."""
    return str(st.session_state.get("user", "")).strip()


@dataclass(frozen=True)
class Basis:
    """What a declaration stands on: its framework and period, its own values and its benchmarks' on the subject's measures."""

    context: Context
    content: Declaration

    @cached_property
    def framework_code(self) -> str:
        """The framework in force, or the first that has the subject."""
        trees = self.context.book.trees
        order = [self.context.framework_code, *trees]
        return next((code for code in order if self.content.subject in trees[code].index), order[0])

    @property
    def framework(self) -> Framework:
        """Its tree."""
        return self.context.book.trees[self.framework_code]

    @cached_property
    def scores(self) -> Scores | None:
        """Its scores; None where it has no values."""
        return loaders.load_scores(self.context.version, self.framework_code)

    @cached_property
    def period(self) -> str:
        """The period in force, or the framework's latest; "" without values."""
        if self.scores is None:
            return ""
        periods = self.scores.panel.periods
        return self.context.period if self.context.period in periods else loaders.sort_periods(list(periods))[0]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The measures of the subject, then others of it that a goal is set on or that both sides state."""
        if self.content.subject not in self.framework.index:
            return ()
        below = list(self.framework.below(self.content.subject))
        stated = [
            *self.vertical.loc[self.vertical["comparable"], "code"],
            *(goal.measure for goal in self.content.goals),
        ]
        return tuple(dict.fromkeys([*below, *(code for code in stated if code in self.family)]))

    @cached_property
    def family(self) -> tuple[str, ...]:
        """Every measure of the subject that has a direction, also those that the framework does not score."""
        if self.content.subject not in self.framework.index:
            return ()
        measures = self.context.book.measures
        known = about(self.framework, self.content.subject, measures)
        return tuple(code for code, each in measures.items() if code in known and each.direction is not Direction.NONE)

    @cached_property
    def ours(self) -> pd.DataFrame:
        """What the place that declares states: the city by the documents, a county by its values."""
        return self._stated(self.content.region)

    @cached_property
    def known(self) -> Mapping[str, Mapping[str, Any]]:
        """The same by measure."""
        return {row["code"]: row for row in self.ours.to_dict("records")}

    @cached_property
    def vertical(self) -> pd.DataFrame:
        """The national benchmarks beside it, as `core.compare`."""
        places = places_in(self.content.vertical, self.context)
        book = self.context.book
        return self._beside([of_benchmarks(book.benchmarks, place, book.measures) for place in places])

    @cached_property
    def horizontal(self) -> pd.DataFrame:
        """The city's own benchmarks beside it, as `core.compare`."""
        places = [code for code in places_in(self.content.horizontal, self.context) if self._member(code)]
        return self._beside([self._stated(place) for place in places], alike=self.content.region != CITY)

    @cached_property
    def present(self) -> rules.Present:
        """What the rules are checked against."""
        measures, values, missing, rows = self.context.book.measures, {}, {}, self.known
        made_up = self.made_up and self.content.region != CITY
        for code in self.family:
            value, reason = in_unit(rows[code], measures[code]) if code in rows else (float("nan"), "")
            if value == value:
                values[code] = Baseline(code, value, rows[code]["period"], rows[code]["source"], made_up)
            else:
                missing[code] = f"的现值{reason}" if reason else self._why_missing(code)
        return rules.Present(values, missing, self._best(self.vertical), self._best(self.horizontal))

    @property
    def made_up(self) -> bool:
        """Whether the counties' values of the period are made up."""
        return any(
            kind == "demo"
            for _, kind, _ in loaders.load_sources(self.context.version, self.framework_code, self.period)
        )

    @property
    def uses_made_up(self) -> bool:
        """Whether a made-up value stands in the declaration: a county declares, or is the benchmark."""
        return self.made_up and (self.content.region != CITY or not self.horizontal.empty)

    def prefilled(self) -> Declaration:
        """The content with today's date, the gaps by the data, and what the chosen practices did."""
        content = self.content
        return replace(
            content,
            filled=content.filled or today(),
            vertical_gap=content.vertical_gap or self.gap_words(self.vertical),
            horizontal_gap=content.horizontal_gap or self.gap_words(self.horizontal),
            steps=content.steps or self.practice_words(content.practices),
        )

    def gap_words(self, table: pd.DataFrame) -> str:
        """The gap to a benchmark measure by measure, in the words of a paper."""
        names, own = self.context.names, self.context.names.get(self.content.region, "本地")
        return words.gaps(table, self.context.book.measures, own, names, self.demo_of())

    def practice_words(self, numbers: Iterable[str]) -> str:
        """What the practices did, a paragraph each."""
        rows = self.context.book.practices.set_index("id")
        chosen = [rows.loc[number] for number in numbers if number in rows.index]
        return "\n".join(f"参照“{row['title']}”：{row['summary']}" for row in chosen)

    def demo_of(self) -> frozenset[str]:
        """Places whose values are made up."""
        return frozenset(self.scores.panel.regions) if self.made_up and self.scores is not None else frozenset()

    def _stated(self, region: str) -> pd.DataFrame:
        book = self.context.book
        if self.scores is not None and self._member(region):
            return of_values(self.scores, region, self.period, book.measures)
        return of_documents(book.facts, region, book.measures)

    def _member(self, region: str) -> bool:
        return self.scores is not None and region in self.scores.panel.regions

    def _beside(self, theirs: list[pd.DataFrame], *, alike: bool = False) -> pd.DataFrame:
        measures = self.context.book.measures
        parts = [rows[rows["code"].isin(self.family)] for rows in theirs]
        return compare(self.ours, pd.concat(parts) if parts else self.ours.head(0), measures, alike=alike)

    def _best(self, table: pd.DataFrame) -> dict[str, float]:
        """By measure the best value that a benchmark states, in the measure's unit; refused ones are left out."""
        measures, found = self.context.book.measures, {}
        for row in table[table["comparable"]].itertuples():
            better = max if measures[row.code].direction is Direction.HIGHER else min
            found[row.code] = better(row.theirs_value, found.get(row.code, row.theirs_value))
        return found

    def _why_missing(self, code: str) -> str:
        """Why there is no value of a measure: a statement that may or may not be about it, or none at all."""
        rows = self.known
        for other, measure in self.context.book.measures.items():
            if code in measure.ambiguous_for and other in rows:
                return f"的现值 {rows[other]['value']:g} {rows[other]['unit']}未写明口径"
        return "没有现值"


def places_in(names: str, context: Context) -> list[str]:
    """The codes of the places that a list of names begins with: 北京市、国网上海电力."""
    found = []
    for name in words.split(names):
        fitting = [
            (len(each), code)
            for code, region in context.book.regions.items()
            for each in (region.name, region.short_name)
            if each in name
        ]
        if fitting:
            found.append(max(fitting)[1])
    return list(dict.fromkeys(found))[:MOST_PLACES]


def check(basis: Basis, campaign: Campaign) -> list[Issue]:
    """Everything that the plan does not let pass or asks to think about."""
    book = basis.context.book
    members = {
        book.regions[code] for cohort in book.cohorts.values() for code in cohort.members if code.startswith("4104")
    }
    city = {name: name for region in members for name in (region.name, region.short_name)}
    city |= {"平顶山市": "", "平顶山": "", **dict.fromkeys(book.departments.values(), "")}
    return rules.problems(basis.content, basis.present, campaign, book.measures, city)


def refused(issues: Iterable[Issue]) -> list[Issue]:
    """Those that stop a submission."""
    return [issue for issue in issues if issue.severity is Severity.ERROR]


def create(context: Context, campaign: str, content: Declaration) -> None:
    """A new draft with what the data can fill in, opened; called before a run."""
    if content.subject == context.root:
        # A declaration is about one indicator.
        content = content.with_field("subject", "")
    number = store.create(default_path(), campaign, Basis(context, content).prefilled(), user=user())
    dismiss()
    open_form(number)


def seek(basis: Basis, number: int, name: str, chosen: list[str]) -> None:
    """Other benchmarks: the gap's words follow as long as nobody has changed them."""
    gap = f"{name}_gap"
    before = basis.gap_words(getattr(basis, name))
    later = Basis(basis.context, basis.content.with_field(name, "、".join(chosen)))
    changes: dict[str, object] = {name: later.content.vertical if name == "vertical" else later.content.horizontal}
    if getattr(basis.content, gap) in ("", before):
        changes[gap] = later.gap_words(getattr(later, name))
        st.session_state.pop(f"form-{number}-{gap}", None)
    change(number, **changes)


def set_goal(number: int, field: str, measure: str, value: float | None) -> None:
    """Sets, changes or takes away the goal on one measure; called before a run."""
    goals = getattr(st.session_state[_SEEN][number], field)
    rest = tuple(goal for goal in goals if goal.measure != measure)
    kept = (
        tuple(Goal(measure, float(value)) if goal.measure == measure else goal for goal in goals)
        if value is not None
        else rest
    )
    if value is not None and kept == goals and len(rest) == len(goals):
        kept = (*goals, Goal(measure, float(value)))
    change(number, **{field: kept})


def submit(basis: Basis, filed: Filed, campaign: Campaign) -> None:
    """Hands in what the plan lets pass; called before a run."""
    wrong = refused(check(basis, campaign))
    if wrong:
        say(f"没有报送：有 {len(wrong)} 处不符合方案，逐条列在右边。", wrong=True)
        return
    wanted = {goal.measure for goal in filed.content.goals}
    baseline = [value for code, value in basis.present.values.items() if code in wanted]
    _try(lambda: store.submit(default_path(), filed.id, baseline, user=user()), "已报送，等待审核公示。")


def act(action: str, number: int, comment: str = "") -> None:
    """Returns, publishes or drops a declaration; called before a run."""
    path = default_path()
    if action == "退回":
        _try(lambda: store.send_back(path, number, comment, user=user()), "已退回，填报单位可以修改后重新报送。")
    elif action == "公示":
        _try(lambda: store.publish(path, number, user=user()), "已公示。")
    else:
        _try(lambda: store.drop(path, number, user=user()), "已作废，仍可从“版本和经过”恢复。")


def restore(number: int, version: int) -> None:
    """Brings back an earlier version; called before a run."""

    def bring_back() -> None:
        st.session_state[_SEEN][number] = store.restore(default_path(), number, version, user=user()).content
        _refresh(number)

    _try(bring_back, f"已恢复版本 {version}。")


def versions(number: int) -> pd.DataFrame:
    """What happened to a declaration, latest first."""
    return store.versions(default_path(), number)


def read(context: Context, data: bytes, name: str, before: Declaration) -> Declaration:
    """What a form filled in with Word says; UserError when it is no such form."""
    content = rules.declared(read_form(data, name), context.book.measures, before)
    if content.subject or not content.goals:
        return content
    indicator = context.book.measures[content.goals[0].measure].indicator
    return replace(content, subject=indicator if indicator in context.framework.index else "")


def cells(content: Declaration, context: Context) -> Mapping[str, str]:
    """The text of the form's cells."""
    return rules.cells(content, context.book.measures)


def period_words(baseline: Baseline) -> str:
    """When a value was so: 2021年12月."""
    return Period.parse(baseline.period).label


def _try(action: Callable[[], object], done: str) -> None:
    """Does it and says so, or says why it could not be done."""
    try:
        action()
    except UserError as error:
        say(str(error), wrong=True)
    else:
        say(done)


def replace_all(number: int, content: Declaration) -> None:
    """Takes over everything that a Word file says; what stood before is kept as a version; called before a run."""
    seen = st.session_state[_SEEN][number]
    store.keep_version(default_path(), number, "读入 Word 前的内容", user=user())
    changes = {name: value for name, value in vars(content).items() if value != getattr(seen, name)}
    change(number, **changes)
    _refresh(number)
    say("已换成文件里的内容。" if changes else "文件里的内容和现在的一样。")


def public(context: Context, rows: Iterable[Filed]) -> list[tuple[Declaration, Mapping[str, str], str, bool]]:
    """Published declarations as `view.declaration.public_table` takes them."""
    return [
        (
            each.content,
            cells(each.content, context),
            text.day(each.published_at),
            any(baseline.made_up for baseline in each.baseline),
        )
        for each in rows
    ]
