"""From handing a batch of values to the store until every open page shows what they change, beside the same pages drawn again with
nothing published."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from bench.served import ours
from bench.visitor import Visitor, visiting
from lib.office import COUNTY_COHORT
from lib.store import batches, catalog

OPEN, ROUNDS, PAGE, PERIOD = 50, 5, "ranking", "2020-Q4"


def run(count: int = OPEN, rounds: int = ROUNDS) -> Iterator[tuple]:
    """Rows of (what, median in ms, ratio to the pages drawn again with nothing published)."""
    with ours() as (address, path):
        taken = asyncio.run(_rounds(address, path, count, rounds))
    again, published, first, every = (statistics.median(each) for each in zip(*taken, strict=True))
    names = (
        f"{count} pages drawn again, nothing published: the last has it",
        "a batch of a whole period in the database",
        "from there until the first page shows it",
        f"from there until all {count} pages show it",
    )
    for name, took in zip(names, (again, published, first, every), strict=True):
        yield name, took, took / again


async def _rounds(address: str, path: Path, count: int, rounds: int) -> list[tuple[float, ...]]:
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(visiting(address, PAGE)) for _ in range(count)]
        for each in visitors:
            await each.open()
        return [await _round(visitors, path, turn) for turn in range(rounds)]


async def _round(visitors: Sequence[Visitor], path: Path, turn: int) -> tuple[float, ...]:
    """Milliseconds of drawing again, of publishing, and until the first and the last page show it."""
    again = max(await asyncio.gather(*(each.open() for each in visitors)))
    before = [each.said for each in visitors]
    rows = _values(path, turn)
    start = perf_counter()
    receipt = await asyncio.to_thread(
        batches.publish, path, rows, file=f"{turn}.csv", sha256=f"bench-{turn}", user="bench"
    )
    published = perf_counter() - start
    assert receipt.batch is not None
    after = await asyncio.gather(*(each.open() for each in visitors))
    if any(each.said == old for each, old in zip(visitors, before, strict=True)):
        raise AssertionError("a page still shows what was before")
    return tuple(1000 * took for took in (again, published, min(after), max(after)))


def _values(path: Path, turn: int) -> pd.DataFrame:
    """New values of every measure that is not derived for every county in a period."""
    measures = [code for code, measure in catalog.measures(path).items() if not measure.derived]
    members = catalog.cohorts(path)[COUNTY_COHORT].members
    rows = pd.MultiIndex.from_product([measures, members], names=["measure", "region"]).to_frame(index=False)
    return rows.assign(period=PERIOD, value=np.random.default_rng(turn).uniform(1, 99, len(rows)).round(3))
