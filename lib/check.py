"""Is the house in order: the database whole, the catalogue consistent with itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lib.model import Issue, Measure
from lib.store import catalog, ledger
from lib.store.database import damage
from lib.store.integrity import misshapen, spoiled


def problems(path: Path) -> Iterator[Issue]:
    """Every inconsistency, as issues whose `file` is the table's name."""
    for table, row, finding in damage(path):
        code = "reference-broken" if table else "database-damaged"
        yield Issue(code, finding, file=table or path.name, row=row)
    for finding in misshapen(path):
        yield Issue("schema-differs", finding, file=path.name)
    for finding in spoiled(path):
        yield Issue("file-spoiled", finding, file="file")
    measures = catalog.measures(path)
    nodes = set()
    for code in catalog.table(path, "framework")["code"]:
        tree = catalog.framework(path, code)
        nodes |= {node.code for node in tree.nodes}
        for leaf in tree.leaves:
            yield from _leaf_problems(code, tree[leaf], measures)
    yield from _reference_problems(path, set(measures) | nodes)
    yield from _ledger_problems(path)


def _ledger_problems(path: Path) -> Iterator[Issue]:
    """Items that do not stand as the last line of their history says: somebody has changed the table itself."""
    last = ledger.history(path).drop_duplicates("item").set_index("item")
    for item in ledger.items(path):
        told = last.loc[item.id] if item.id in last.index else None
        if told is None or (told["state"], told["round"], told["task"]) != (item.state.value, item.round, item.task):
            yield Issue(
                "item-differs",
                "与台账自己的历史不一致，可能有人直接改过数据库",
                file="整改台账",
                value=f"第 {item.id} 号",
            )


def _leaf_problems(framework: str, node: object, measures: dict[str, Measure]) -> Iterator[Issue]:
    measure = measures.get(node.code)  # type: ignore[attr-defined]
    if measure is None:
        yield Issue("measure-unknown", "末级指标不在测度目录中", file=framework, value=node.code)  # type: ignore[attr-defined]
        return
    for field in ("name", "unit", "direction"):
        ours, theirs = getattr(node, field), getattr(measure, field)
        if ours != theirs:
            yield Issue(
                "measure-differs",
                f"与测度目录不一致：{ours} / {theirs}",
                file=framework,
                column=field,
                value=measure.code,
            )


def _reference_problems(path: Path, codes: set[str]) -> Iterator[Issue]:
    indicators = set(catalog.table(path, "indicator")["code"])
    regions, departments = set(catalog.regions(path)), set(catalog.table(path, "department")["code"])
    for name in ("fact", "target", "benchmark"):
        rows = catalog.table(path, name)
        for row in rows[~rows["code"].isin(codes | indicators)].itertuples():
            yield Issue("code-unknown", "代码不在目录中", file=name, column="code", value=f"{row.id} {row.code}")
        for row in rows[~rows["region"].isin(regions)].itertuples():
            yield Issue("region-unknown", "地区不在目录中", file=name, column="region", value=f"{row.id} {row.region}")
        if "owner" in rows:
            for row in rows.itertuples():
                for owner in filter(None, row.owner.split(";")):
                    if owner not in departments:
                        yield Issue(
                            "department-unknown", "单位不在目录中", file=name, column="owner", value=f"{row.id} {owner}"
                        )
