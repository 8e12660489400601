"""The rows of each resource, read from a snapshot: found first, dressed with names and sources page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from lib.model.source import Origin, Source
from lib.snapshot import Snapshot

Asked = Mapping[str, tuple[str, ...]]
_VALUE_KEY = ["region", "measure", "period"]


@dataclass(frozen=True)
class Found:
    """How many rows answer a question, and any stretch of them (first, how many)."""

    count: int
    page: Callable[[int, int], pd.DataFrame]


def _whole(rows: pd.DataFrame) -> Found:
    return Found(len(rows), lambda first, most: rows.iloc[first : first + most])


def regions(snapshot: Snapshot, asked: Asked, day: date) -> Found:
    """Places, in catalogue order: code, name, short_name, level, parent."""
    wanted = _members(snapshot, asked["framework"])
    rows = [
        (place.code, place.name, place.short_name, place.level, place.parent or None)
        for place in snapshot.catalog.regions.values()
        if (not asked["region"] or place.code in asked["region"]) and (wanted is None or place.code in wanted)
    ]
    return _whole(pd.DataFrame(rows, columns=["code", "name", "short_name", "level", "parent"]))


def frameworks(snapshot: Snapshot, asked: Asked, day: date) -> Found:
    """Frameworks with their nodes, a row a node: framework, framework_name, code, parent, name, depth, weight, direction, unit, best, worst, leaf."""
    rows = []
    for code in _chosen(snapshot, asked["framework"]):
        tree = snapshot.catalog.trees[code]
        name = str(snapshot.catalog.frameworks.set_index("code").at[code, "name"])
        for node in tree.nodes:
            ends = (node.direction.value if node.direction else None, node.unit or None, node.best, node.worst)
            place = (code, name, node.code, node.parent or None, node.name, tree.depth(node.code), node.weight)
            rows.append((*place, *ends, node.code not in tree.children))
    columns = ["framework", "framework_name", "code", "parent", "name", "depth", "weight"]
    return _whole(pd.DataFrame(rows, columns=[*columns, "direction", "unit", "best", "worst", "leaf"]))


def measures(snapshot: Snapshot, asked: Asked, day: date) -> Found:
    """Measures, in catalogue order: code, name, indicator, unit, direction, definition, scope, frequency, derived, numerator, denominator, per,
    document, note."""
    wanted = _leaves(snapshot, asked["framework"])
    rows = [
        (
            *(each.code, each.name, each.indicator or None, each.unit or None, each.direction.value),
            *(each.definition or None, each.scope or None, each.frequency or None, each.derived),
            *(each.numerator or None, each.denominator or None, each.per if each.derived else None),
            *(each.document or None, each.note or None),
        )
        for each in snapshot.catalog.measures.values()
        if (not asked["measure"] or each.code in asked["measure"]) and (wanted is None or each.code in wanted)
    ]
    columns = ["code", "name", "indicator", "unit", "direction", "definition", "scope", "frequency", "derived"]
    return _whole(pd.DataFrame(rows, columns=[*columns, "numerator", "denominator", "per", "document", "note"]))


def observations(snapshot: Snapshot, asked: Asked, day: date) -> Found:
    """Values that stand, by measure, period and place: region, level, measure, period, value, unit, kind, provisional, batch, other_batch, file,
    sheet, row, column, note."""
    rows, order = snapshot.observations, snapshot.order
    fits = np.ones(len(rows), dtype=bool)
    for name in (*_VALUE_KEY, "kind"):
        if asked[name]:
            fits &= rows[name].isin(asked[name]).to_numpy()
    wanted, members = _leaves(snapshot, asked["framework"]), _members(snapshot, asked["framework"])
    if wanted is not None and members is not None:
        fits &= rows["measure"].isin(wanted).to_numpy() & rows["region"].isin(members).to_numpy()
    at = order[fits[order]]
    return Found(len(at), lambda first, most: _dressed(snapshot, rows.iloc[at[first : first + most]]))


def _dressed(snapshot: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    book = snapshot.catalog
    return rows.assign(
        level=[book.regions[code].level for code in rows["region"]],
        unit=[book.measures[code].unit or None for code in rows["measure"]],
        provisional=rows["provisional"].astype(bool),
        file=rows["batch"].map(snapshot.batches["file"]),
        sheet=rows["file_sheet"].replace("", None),
        row=rows["file_row"],
        column=rows["file_column"].replace("", None),
        note=rows["note"].replace("", None),
    )


def scores(snapshot: Snapshot, asked: Asked, day: date) -> Found:
    """Scores, coverage, places and tiers of every node: framework, period, region, level, code, parent, name, score, coverage, rank, tier, kind,
    provisional, batches."""
    parts = []
    for framework in _chosen(snapshot, asked["framework"]):
        found = snapshot.scores(framework)
        if found is None:
            continue
        rows = found.frame
        for name, column in (("region", "region"), ("period", "period"), ("measure", "code")):
            if asked[name]:
                rows = rows[rows[column].isin(asked[name])]
        basis = {period: snapshot.basis(framework, period) for period in rows["period"].unique()}
        if asked["kind"]:
            rows = rows[rows["period"].map({period: each.kind for period, each in basis.items()}).isin(asked["kind"])]
        parts.append(rows.assign(framework=framework))
    if not parts:
        return _whole(pd.DataFrame())
    rows = pd.concat(parts, ignore_index=True)
    return Found(len(rows), lambda first, most: _with_basis(snapshot, rows.iloc[first : first + most]))


def _with_basis(snapshot: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    book = snapshot.catalog
    nodes = [book.trees[row.framework][row.code] for row in rows.itertuples()]
    basis = [snapshot.basis(row.framework, row.period) for row in rows.itertuples()]
    return rows.assign(
        level=[book.regions[code].level for code in rows["region"]],
        parent=[node.parent or None for node in nodes],
        name=[node.name for node in nodes],
        kind=[each.kind for each in basis],
        provisional=[each.provisional for each in basis],
        batches=[each.batches for each in basis],
    )


def targets(snapshot: Snapshot, asked: Asked, day: date) -> Found:
    """Targets of the city and its counties with their state at the end of a day, the most urgent first; `now` is in the target's unit."""
    rows = snapshot.targets(day)
    for name, column in (("region", "region"), ("measure", "code")):
        if asked[name]:
            rows = rows[rows[column].isin(asked[name])]
    if asked["framework"]:
        trees = [snapshot.catalog.trees[code] for code in asked["framework"]]
        rows = rows[rows["code"].isin({node.code for tree in trees for node in tree.nodes})]
    rows = rows.assign(now_kind=[_kind_of(row) for row in rows.to_dict("records")])
    if asked["kind"]:
        rows = rows[rows["now_kind"].isin(asked["kind"])]
    if asked["period"]:
        rows = rows[rows["now_period"].isin(asked["period"])]
    return Found(len(rows), lambda first, most: _with_value(snapshot, rows.iloc[first : first + most], day))


def _kind_of(target: Mapping[str, Any]) -> str | None:
    """Whether what a target stands at is real or made up; None when nothing is known of it."""
    if not target["source"]:
        return None
    return "demo" if target["made_up"] else "real"


def _with_value(snapshot: Snapshot, rows: pd.DataFrame, day: date) -> pd.DataFrame:
    values = [_value_of(snapshot, address) for address in rows["source"]]
    words = ["scope", "op", "text", "unit", "baseline_basis", "deadline", "deadline_basis", "owner", "quote", "note"]
    words += ["now_text", "now_op", "now_period", "fact", "reason"]
    book = snapshot.catalog
    return rows.assign(
        **{name: rows[name].replace("", None) for name in words},
        measure=rows["code"],
        obligation=rows["level"],
        level=[book.regions[code].level for code in rows["region"]],
        now_fact=rows["fact"].replace("", None),
        now_batch=[batch for batch, _ in values],
        now_provisional=[provisional for _, provisional in values],
        day=day.isoformat(),
    )


def _value_of(snapshot: Snapshot, address: str) -> tuple[int | None, bool | None]:
    """Batch and whether it is provisional, of a value at an address; None and None for a document's statement or nothing."""
    found = Source.parse(address or "")
    if found is None or found.origin is not Origin.VALUE:
        return None, None
    rows = snapshot.observations
    here = (rows["region"] == found.region) & (rows["measure"] == found.code) & (rows["period"] == found.period)
    value = rows[here].iloc[0]
    return int(value["batch"]), bool(value["provisional"])


def _chosen(snapshot: Snapshot, framework: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in snapshot.catalog.trees if not framework or code in framework)


def _leaves(snapshot: Snapshot, framework: tuple[str, ...]) -> set[str] | None:
    """Measures of frameworks; None when none is asked for."""
    return {leaf for code in framework for leaf in snapshot.catalog.trees[code].leaves} if framework else None


def _members(snapshot: Snapshot, framework: tuple[str, ...]) -> set[str] | None:
    """Places that frameworks rank; None when none is asked for."""
    return {place for code in framework for place in snapshot.catalog.cohort(code).members} if framework else None


def codes(snapshot: Snapshot, filter_name: str) -> set[str] | None:
    """What a filter may name: every place, framework, or measure and indicator of the catalogue; None where the form alone decides."""
    book = snapshot.catalog
    known = {
        "region": lambda: {*book.regions},
        "framework": lambda: {*book.trees},
        "measure": lambda: (
            {*book.measures, *(node.code for tree in book.trees.values() for node in tree.nodes)}
            | {*book.targets["code"]}
        ),
    }
    return known[filter_name]() if filter_name in known else None
