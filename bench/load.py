"""Many sessions at once over bare websockets, each acting every ten seconds, ours beside a stock page with one box; and all of
them opening at once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from time import perf_counter

from bench.memory import resident, serving_process
from bench.served import ours, stock
from bench.visitor import Visitor, visiting

SESSIONS, EVERY, SECONDS, RUSH = (1, 10, 50, 100, 200), 10.0, 30.0, 200
BOX = "关注地区"
# Where a session is and what it moves; None for the first slider.
PLACES = (("ranking", BOX), ("", BOX), ("whatif", None))
STOCK_PLACES = (("", "value"),)


@dataclass(frozen=True)
class Found:
    """Milliseconds from acting to the end of its run, runs a second, and what a session costs the server in MiB."""

    p50: float
    p95: float
    rate: float
    memory: float


def acting(sizes: Sequence[int] = SESSIONS, seconds: float = SECONDS) -> Iterator[tuple]:
    """Rows of (what, p50 ms, p95 ms, ratio of p50 to the stock page's, reruns/s, MiB a session)."""
    for size in sizes:
        with stock("box.py") as floor, ours() as (address, _):
            base = asyncio.run(_load(floor, STOCK_PLACES, size, seconds))
            found = asyncio.run(_load(address, PLACES, size, seconds))
        for name, each in (("stock page, one box", base), ("/ranking, /, /whatif", found)):
            yield f"{size} sessions: {name}", each.p50, each.p95, each.p50 / base.p50, each.rate, each.memory


def opening(size: int = RUSH) -> Iterator[tuple]:
    """Rows of (what, seconds until half of them and until the last has its page, ratio to the stock page's last)."""
    with stock("box.py") as floor, ours() as (address, _):
        base = asyncio.run(_rush(floor, STOCK_PLACES, size))
        found = asyncio.run(_rush(address, PLACES, size))
    for name, taken in (("stock page, one box", base), ("/ranking, /, /whatif, just started", found)):
        yield f"{size} sessions: {name}", taken[len(taken) // 2], taken[-1], taken[-1] / base[-1]


async def _rush(address: str, places: Sequence[tuple[str, str | None]], size: int) -> list[float]:
    """Seconds from the first knock until each session has its page, the quickest first."""
    start = perf_counter()

    async def enter(page: str) -> float:
        async with visiting(address, page) as visitor:
            await visitor.open()
            took = perf_counter() - start
            # Who has a page stays while others wait for theirs.
            await waiting.wait()
            return took

    async with asyncio.TaskGroup() as group:
        waiting = asyncio.Barrier(size)
        tasks = [group.create_task(enter(places[i % len(places)][0])) for i in range(size)]
    return sorted(task.result() for task in tasks)


async def _load(address: str, places: Sequence[tuple[str, str | None]], size: int, seconds: float) -> Found:
    """Sessions come in one after another, then act, each at its own moment; one alone acts once a second."""
    process, chance = serving_process(address), random.Random(size)
    async with AsyncExitStack() as stack:
        for page in dict.fromkeys(page for page, _ in places):
            await (await stack.enter_async_context(visiting(address, page))).open()
        before, visitors = resident(process), []
        for i in range(size):
            page, label = places[i % len(places)]
            visitor = await stack.enter_async_context(visiting(address, page))
            await visitor.open()
            visitors.append((visitor, label or visitor.first_slider))
        memory = (resident(process) - before) / size
        every = min(EVERY, float(size))
        taken = await asyncio.gather(
            *(_act(visitor, label, chance.random() * every, every, seconds) for visitor, label in visitors)
        )
    samples = sorted(1000 * took for each in taken for took in each)
    return Found(_part(samples, 0.5), _part(samples, 0.95), len(samples) / seconds, memory)


async def _act(visitor: Visitor, label: str, wait: float, every: float, seconds: float) -> list[float]:
    """Acts from a moment on at a fixed beat, whether or not the last answer was quick; seconds each took."""
    start, samples, moment = perf_counter(), [], wait
    while moment < seconds:
        await asyncio.sleep(max(0.0, start + moment - perf_counter()))
        samples.append(await visitor.move(label))
        moment += every
    return samples


def _part(samples: Sequence[float], share: float) -> float:
    return samples[min(int(share * len(samples)), len(samples) - 1)]
