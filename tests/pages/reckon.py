"""The total of every county worked out again in plain Python, sharing no code with lib: what the pages must show."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREE = ROOT / "data" / "catalog" / "frameworks"
SHORT = {
    row["code"]: row["short_name"]
    for row in csv.DictReader((ROOT / "data" / "catalog" / "regions.csv").open(encoding="utf-8"))
}


def values(path: Path, period: str) -> dict[tuple[str, str], float]:
    """(region, measure) → value, straight from the table."""
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT region, measure, value FROM observation WHERE period = ?", (period,)).fetchall()
    return {(region, measure): value for region, measure, value in rows}


def totals(known: dict[tuple[str, str], float], framework: str = "pds-2020") -> dict[str, float]:
    """Short name → total, by the frontier where the tree has one, else the cohort's own best and worst; equal weights."""
    nodes = list(csv.DictReader((TREE / f"{framework}.csv").open(encoding="utf-8")))
    regions = sorted({region for region, _ in known})
    return {
        SHORT[region]: total
        for region in regions
        if (total := _score(framework, region, nodes, known, regions)) is not None
    }


def _score(code: str, region: str, nodes: list[dict], known: dict, regions: list[str]) -> float | None:
    children = [node["code"] for node in nodes if node["parent"] == code]
    if not children:
        return _leaf(next(node for node in nodes if node["code"] == code), region, known, regions)
    scores = [_score(child, region, nodes, known, regions) for child in children]
    present = [score for score in scores if score is not None]
    return sum(present) / len(present) if present else None


def _leaf(node: dict, region: str, known: dict, regions: list[str]) -> float | None:
    value = known.get((region, node["code"]))
    cohort = [known[each, node["code"]] for each in regions if (each, node["code"]) in known]
    if value is None:
        return None
    up = node["direction"] == "higher"
    best = float(node["best"]) if node["best"] else (max if up else min)(cohort)
    worst = float(node["worst"]) if node["worst"] else (min if up else max)(cohort)
    if best == worst:
        return None
    return 100 * min(1, max(0, (worst - value) / (worst - best)))
