"""Start-up and the garbage collection that Streamlit is told not to do after every run."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from lib.model import UserError
from lib.store import default_path
from lib.store.batches import release_due
from lib.store.events import today
from lib.web import keeping

COLLECT_EVERY_SECONDS = 20
RELEASE_EVERY_SECONDS = 60


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[dict[str, object]]:
    """Brings the database up to date, freezes what start-up made, and collects garbage on a timer."""
    keeping.begin(default_path())
    gc.collect()
    gc.freeze()
    chores = [
        asyncio.create_task(_collect()),
        asyncio.create_task(_release()),
        asyncio.create_task(keeping.keep(default_path())),
    ]
    try:
        yield {}
    finally:
        for chore in chores:
            chore.cancel()
            with suppress(asyncio.CancelledError):
                await chore


async def _collect() -> None:
    while True:
        await asyncio.sleep(COLLECT_EVERY_SECONDS)
        gc.collect()


async def _release() -> None:
    """Publishes what has waited for its day; a database that cannot be written now is tried again."""
    while True:
        try:
            released = await asyncio.to_thread(release_due, default_path(), today())
        except UserError as error:
            logging.getLogger("duibiao").warning("waiting batches not released: %s", error)
        else:
            if released:
                logging.getLogger("duibiao").info("released batches %s", released)
        await asyncio.sleep(RELEASE_EVERY_SECONDS)
