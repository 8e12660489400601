"""Many sessions at once over bare websockets, each acting every ten seconds, ours, in one process and in two that share a database,
beside a stock page with one box; and all of them opening at once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from time import perf_counter

from bench.memory import resident, serving_process
from bench.served import ours, several, stock
from bench.visitor import Visitor, visiting

SESSIONS, EVERY, SECONDS, RUSH = (1, 10, 50, 100, 200), 10.0, 30.0, 200
# From so many sessions on two processes are measured too.
MANY = 50
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
        with stock("box.py") as floor:
            base = asyncio.run(_load((floor,), STOCK_PLACES, size, seconds))
        yield _row(size, "stock page, one box", base, base)
        for count in (1, 2) if size >= MANY else (1,):
            with several(count) as (addresses, _):
                found = asyncio.run(_load(addresses, PLACES, size, seconds))
            yield _row(size, "/ranking, /, /whatif" + (", two processes" if count == 2 else ""), found, base)


def _row(size: int, name: str, found: Found, base: Found) -> tuple:
    return f"{size} sessions: {name}", found.p50, found.p95, found.p50 / base.p50, found.rate, found.memory


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


async def _load(addresses: Sequence[str], places: Sequence[tuple[str, str | None]], size: int, seconds: float) -> Found:
    """Sessions come in one after another, to each process in turn, then act, each at its own moment; one alone acts once a second."""
    processes, chance = [serving_process(each) for each in addresses], random.Random(size)
    async with AsyncExitStack() as stack:
        for address in addresses:
            for page in dict.fromkeys(page for page, _ in places):
                await (await stack.enter_async_context(visiting(address, page))).open()
        before, visitors = sum(map(resident, processes)), []
        for i in range(size):
            turn, at = divmod(i, len(places))
            page, label = places[at]
            visitor = await stack.enter_async_context(visiting(addresses[turn % len(addresses)], page))
            await visitor.open()
            visitors.append((visitor, label or visitor.first_slider))
        memory = (sum(map(resident, processes)) - before) / size
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
