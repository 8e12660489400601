"""Ten thousand reruns of one session: what the server keeps of runs long gone."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterator

from bench.memory import resident, serving_process
from bench.served import ours
from bench.visitor import visiting

RERUNS, SAMPLES, WARM_UP = 10_000, 40, 200
PAGE, BOX = "ranking", "关注地区"


def run(reruns: int = RERUNS) -> Iterator[tuple]:
    """Rows of (what, MiB, ratio to the first quarter)."""
    with ours() as (address, _):
        samples = asyncio.run(_samples(address, reruns))
    quarter = len(samples) // 4
    first, last = (statistics.median(part) for part in (samples[:quarter], samples[-quarter:]))
    yield "first quarter, median", first, 1.0
    yield "last quarter, median", last, last / first


async def _samples(address: str, reruns: int) -> list[float]:
    process, samples = serving_process(address), []
    async with visiting(address, PAGE) as visitor:
        await visitor.open()
        for _ in range(WARM_UP):
            await visitor.move(BOX)
        for turn in range(reruns):
            await visitor.move(BOX)
            if turn % (reruns // SAMPLES) == 0:
                samples.append(resident(process))
    return samples
