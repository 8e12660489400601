"""推演方案: what is kept, which one the address opens, and what becomes of one: tried again, targets, items of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

import streamlit as st

from lib import scenarios
from lib.core.gap import is_higher
from lib.model import Period, UserError
from lib.model.ledger import Origin, Task
from lib.scenarios import Result
from lib.store import default_path
from lib.store import scenarios as store
from lib.store import targets as goals
from lib.store.events import today
from lib.store.scenarios import Saved
from lib.ui import go, loaders, rectifying, trial
from lib.ui.context import Context
from lib.view import scenario as words
from lib.view import text

PAGE, VIEW, VALUES, OPEN = "benchmark/whatif.py", "lab", "改数值", "方案"
SCENARIO, VERSUS = "scenario", "versus"
# Stands for what is being tried, which has no number.
TRIED = 0
_SAID, _TURN = "_scenario_said", "_scenario_turn"
# No database has a longer number than that.
MOST_DIGITS = 9


def led_here() -> None:
    """An address that names a scenario opens it; called before the choice of the view is drawn."""
    if SCENARIO in st.query_params and VIEW not in st.query_params and VIEW not in st.session_state:
        st.session_state[VIEW] = OPEN


def opened() -> Saved | None:
    """The scenario that the address names, None where it names none that there is: that is told."""
    asked = st.query_params.get(SCENARIO, "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= MOST_DIGITS):
        say(f"地址里的方案“{asked}”没有。", wrong=True)
        return None
    try:
        return store.scenario(default_path(), int(asked))
    except UserError as error:
        say(f"{error}。", wrong=True)
        return None


def kept() -> list[Saved]:
    """Every scenario on the list, the latest first."""
    return store.scenarios(default_path())


def results(context: Context, chosen: Sequence[Saved]) -> list[Result]:
    """What comes of scenarios on the data of now; one that does not fit it any more is told and left out."""
    found = []
    for each in chosen:
        try:
            found.append(scenarios.result(context, each.scenario, each.name))
        except UserError as error:
            say(f"方案“{each.name}”不能推演：{error}。", wrong=True)
    return found


def one(context: Context, number: int) -> Result | None:
    """What comes of the scenario of a number on the data of now; None for 0, and where there is none of it any more."""
    found = results(context, [each for each in kept() if each.id == number]) if number else []
    return next(iter(found), None)


def choose(context: Context, label: str, key: str) -> list[Result]:
    """Which scenarios a paper is to show: kept ones, and what is being tried, which it shows until something else is chosen."""
    tried = trial.current(context)
    now = {TRIED: "正在试的"} if tried.changed and tried.framework in context.snapshot.framework_codes else {}
    found = {each.id: each for each in kept()}
    names = {**now, **{number: f"{number} {each.name}" for number, each in found.items()}}
    if not names:
        return []
    drop_gone(key, names)
    options = {"default": list(now)} if key not in st.session_state else {}
    chosen = st.multiselect(
        label,
        list(names),
        format_func=names.get,
        key=key,
        bind="query-params",
        persist_state="session",
        placeholder="可不选",
        **options,
    )
    scenario = {TRIED: Saved(TRIED, "", "", tried, {}, "", "")}
    return results(context, [{**scenario, **found}[number] for number in chosen])


def drop_gone(key: str, names: Container[int]) -> None:
    """Lets a choice of several scenarios forget those that are gone."""
    if key in st.session_state:
        st.session_state[key] = [number for number in st.session_state[key] if number in names]


def open_scenario(number: int) -> None:
    """Opens a scenario; called before a run."""
    st.query_params[SCENARIO] = str(number)


def close() -> None:
    """Goes back to the list; called before a run."""
    st.query_params.pop(SCENARIO, None)


def turn() -> int:
    """Belongs in the keys of the form: it is empty after something was kept."""
    return int(st.session_state.get(_TURN, 0))


def say(said: str, *, wrong: bool = False) -> None:
    """Something to be told, now or in the next run; `wrong`: what was asked for was not done."""
    st.session_state.setdefault(_SAID, []).append((said, wrong))


def told() -> list[tuple[str, bool]]:
    """What there is to tell, once."""
    return st.session_state.pop(_SAID, [])


def save(context: Context, prefix: str) -> None:
    """Keeps what is being tried under the name that was typed, and opens it; called before a run."""
    found = scenarios.result(context, trial.current(context))
    name, note = (str(st.session_state.get(f"{prefix}-{each}") or "") for each in ("name", "note"))

    def keep() -> None:
        number = store.save(default_path(), name, found.scenario, found.standing, note=note, user=_user())
        st.session_state[_TURN] = turn() + 1
        open_scenario(number)

    _try(keep, f"已保存“{name.strip()}”。")


def rename(found: Saved, prefix: str) -> None:
    """Gives a scenario the name and note that were typed; called before a run."""
    name, note = (str(st.session_state.get(f"{prefix}-{each}") or "") for each in ("name", "note"))
    _try(lambda: store.rename(default_path(), found.id, name, note=note, user=_user()), "已改名。")


def remove(found: Saved) -> None:
    """Takes a scenario off the list; called before a run."""

    def take() -> None:
        store.remove(default_path(), found.id, user=_user())
        close()

    _try(take, f"已删除“{found.name}”。")


def again(context: Context, found: Saved) -> None:
    """Tries a kept scenario again, where it was tried: a copy to go on from; called before a run."""
    scenario = found.scenario
    for key, value in (
        ("framework", scenario.framework),
        (go.PERIOD, scenario.period),
        (go.REGION, scenario.region),
        (trial.OTHERS, scenario.others.value),
        (VIEW, VALUES),
    ):
        st.session_state[key] = value
    if scenario.until:
        st.session_state[trial.UNTIL] = scenario.until
    close()
    trial.put(scenarios.result(context, scenario).context, scenario)


def to_ledger(result: Result, chosen: Sequence[int], owners: Sequence[str], deadline: str) -> None:
    """Puts chosen changes on the ledger as items; called before a run."""
    rows, context = result.changes, result.context
    tasks = []
    for at, owner in zip(chosen, owners, strict=True):
        row = rows.iloc[at]
        place, measure, value, reach = _said(result, at)
        tasks.append(
            Task(
                words.as_task(place, measure, value, reach, result.name),
                origin=Origin.WEAK.value,
                basis=f"推演方案“{result.name}”（{context.period_label}）",
                subject=row["code"],
                region=row["region"],
                owner=owner,
                deadline=deadline,
            )
        )
    lacking = list(dict.fromkeys(said for task in tasks for said in task.lacking)) if tasks else ["还没有勾选"]
    if lacking:
        say(f"没有列入：{'；'.join(lacking)}。", wrong=True)
        return
    rectifying.open_all(context, tasks)
    said, wrong = rectifying.said()
    say(said, wrong=wrong)


def to_targets(result: Result, chosen: Sequence[int], issuer: str, deadline: str) -> None:
    """Sets chosen changes as targets of their counties, the scenario as their document; called before a run."""
    rows, context = result.changes, result.context
    bodies, found = loaders.load_bodies(context.version), []
    for at in chosen:
        row = rows.iloc[at]
        place, measure, value, reach = _said(result, at)
        made_up = f"，{text.DEMO}" if context.demo else ""
        quote = words.as_quote(place, measure, value, reach, f"{context.period_label}{made_up}", deadline)
        paper = goals.Paper(f"推演方案：{result.name}", issuer, today(), "本系统的推演方案", quote)
        found.append(
            goals.Goal(
                code=row["code"],
                region=row["region"],
                scope="",
                level="binding",
                op=">=" if is_higher(context.framework, row["code"]) else "<=",
                value=float(row["value_if"]),
                text="",
                unit=context.book.measures[row["code"]].unit,
                baseline=float(row["value"]),
                baseline_period=context.period,
                deadline=deadline,
                owners=tuple(code for code in context.owner_codes(row["code"]) if code in bodies),
                paper=paper,
            )
        )
    if not found:
        say("没有定目标：还没有勾选。", wrong=True)
        return
    _try(
        lambda: goals.add_targets(default_path(), found, user=_user()),
        f"已定为目标 {len(found)} 项，在“目标进度”里看。",
    )


def _said(result: Result, at: int) -> tuple[str, str, str, str]:
    """Place, measure, value and new value of a change in words."""
    row, context = result.changes.iloc[at], result.context
    measure = context.book.measures[row["code"]]
    said = [text.quantity(row[name], measure.unit) for name in ("value", "value_if")]
    return context.names[row["region"]], measure.name, said[0], said[1]


def link(context: Context, found: Saved) -> str:
    """The address that opens a scenario anywhere, with the choices that it was made in."""
    scenario = found.scenario
    return go.address(
        {
            VIEW: OPEN,
            SCENARIO: str(found.id),
            "framework": context.book.titles[scenario.framework],
            go.PERIOD: Period.parse(scenario.period).label,
            go.REGION: context.names[scenario.region],
        }
    )


def _user() -> str:
    return str(st.session_state.get("user") or "").strip()


def _try(action: Callable[[], object], done: str) -> None:
    """Does it and says so, or says why it could not be done."""
    try:
        action()
    except UserError as error:
        say(f"没有做成：{error}。", wrong=True)
        return
    say(done)
