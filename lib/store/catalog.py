"""The committed catalogue in and out of the database: places, departments, frameworks, facts, targets, practices."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from pathlib import Path

import pandas as pd

from lib.model import Cohort, Direction, Framework, Measure, Node, Region
from lib.model.access import Action
from lib.store.database import bump, connect, frame, writing

# In the order that foreign keys ask for.
TABLES = (
    "document",
    "region",
    "cohort",
    "department",
    "indicator",
    "measure",
    "framework",
    "fact",
    "target",
    "benchmark",
    "practice",
    "campaign",
    "phase",
)
_NUMBERS = frozenset({"per", "decimals", "value", "before", "baseline", "first_to", "third_from"})


def save_catalog(path: Path, tables: Mapping[str, pd.DataFrame], frameworks: Mapping[str, Framework]) -> None:
    """Brings the catalogue tables to the given state in one transaction: rows are added or changed by their key.

    `tables` are text frames named as in TABLES, columns as in docs/data-formats.md; rows that people added stay.
    """
    with writing(path, Action.MAINTAIN) as db:
        for name in TABLES:
            db.table(name).upsert_all(_records(tables[name]), pk=db.table(name).pks[0])
        for name, other in permutations(("fact", "target", "benchmark"), 2):
            # A statement that has moved to another table is not kept in both.
            moved = [(number,) for number in tables[name].get("id", ())]
            db.conn.executemany(f"DELETE FROM {other} WHERE id = ?", moved)
        for code, framework in frameworks.items():
            db.conn.execute("DELETE FROM framework_node WHERE framework = ?", (code,))
            db.table("framework_node").insert_all(_node_records(code, framework))
        bump(db)


def table(path: Path, name: str) -> pd.DataFrame:
    """One catalogue table as a frame; ValueError for any other name."""
    if name not in TABLES:
        raise ValueError(f"no such catalogue table: {name}")
    with connect(path) as db:
        return frame(db, f'SELECT * FROM "{name}"')


def framework(path: Path, code: str) -> Framework:
    """One framework with its tree; KeyError when there is none of that code."""
    with connect(path) as db:
        rows = frame(db, "SELECT * FROM framework_node WHERE framework = ? ORDER BY position", (code,))
    if rows.empty:
        raise KeyError(f"没有这个指标体系：{code}")
    return Framework(tuple(_node(row) for row in rows.to_dict("records")))


def measures(path: Path) -> dict[str, Measure]:
    """Every measure by its code."""
    return {row["code"]: _measure(row) for row in table(path, "measure").to_dict("records")}


def regions(path: Path) -> dict[str, Region]:
    """Every place by its code."""
    return {
        row["code"]: Region(
            row["code"], row["name"], row["short_name"], row["level"], row["parent"], _listed(row["aliases"])
        )
        for row in table(path, "region").to_dict("records")
    }


def cohorts(path: Path) -> dict[str, Cohort]:
    """Every cohort by its code."""
    return {
        row["code"]: Cohort(
            row["code"],
            row["name"],
            _listed(row["members"]),
            (int(row["first_to"]), int(row["third_from"]) - 1),
            row["basis"],
        )
        for row in table(path, "cohort").to_dict("records")
    }


def _records(rows: pd.DataFrame) -> list[dict[str, object]]:
    return [
        {
            column: (None if text == "" else float(text)) if column in _NUMBERS else text
            for column, text in record.items()
        }
        for record in rows.to_dict("records")
    ]


def _node_records(code: str, tree: Framework) -> list[dict[str, object]]:
    return [
        {
            "framework": code,
            "position": position,
            "code": node.code,
            "parent": node.parent,
            "name": node.name,
            "weight": node.weight,
            "direction": None if node.direction is None else node.direction.value,
            "best": node.best,
            "worst": node.worst,
            "unit": node.unit,
            "power": node.power,
            "bounds_basis": node.bounds_basis,
            "lead": ";".join(node.lead),
            "helpers": ";".join(node.helpers),
        }
        for position, node in enumerate(tree.nodes)
    ]


def _node(row: Mapping[str, object]) -> Node:
    def number(name: str) -> float | None:
        return None if pd.isna(row[name]) else float(row[name])  # type: ignore[arg-type]

    return Node(
        code=str(row["code"]),
        parent=str(row["parent"]),
        name=str(row["name"]),
        weight=float(row["weight"]),  # type: ignore[arg-type]
        direction=None if pd.isna(row["direction"]) else Direction(row["direction"]),
        best=number("best"),
        worst=number("worst"),
        unit=str(row["unit"]),
        power=float(row["power"]),  # type: ignore[arg-type]
        bounds_basis=str(row["bounds_basis"]),
        lead=_listed(row["lead"]),
        helpers=_listed(row["helpers"]),
    )


def _measure(row: Mapping[str, object]) -> Measure:
    return Measure(
        code=str(row["code"]),
        name=str(row["name"]),
        unit=str(row["unit"]),
        direction=Direction(row["direction"]),
        indicator=str(row["indicator"]),
        definition=str(row["definition"]),
        scope=str(row["scope"]),
        numerator=str(row["numerator"]),
        denominator=str(row["denominator"]),
        per=1.0 if pd.isna(row["per"]) else float(row["per"]),  # type: ignore[arg-type]
        decimals=2 if pd.isna(row["decimals"]) else int(row["decimals"]),  # type: ignore[call-overload]
        aliases=_listed(row["aliases"]),
        ambiguous_for=_listed(row["ambiguous_for"]),
        frequency=str(row["frequency"]),
        document=str(row["document"]),
        note=str(row["note"]),
    )


def _listed(text: object) -> tuple[str, ...]:
    return tuple(part for part in str(text).split(";") if part)


def empty(path: Path) -> bool:
    """Whether the catalogue has not been loaded yet."""
    with connect(path) as db:
        return db.conn.execute("SELECT 1 FROM framework LIMIT 1").fetchone() is None
