"""Start-up, what must be so before it, and the garbage collection that Streamlit is told not to do after every run."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from lib.model import UserError
from lib.store import default_path
from lib.store.accounts import any_account
from lib.store.batches import release_due
from lib.store.events import today
from lib.web import keeping, proxies
from lib.web.visits import SingleSignOn

COLLECT_EVERY_SECONDS = 20
RELEASE_EVERY_SECONDS = 60


def check_house(host: str | None, single: SingleSignOn | None) -> None:
    """Ends the program, with what to do next, where everybody on the network could come in; says once in the log how it is."""
    log, found = logging.getLogger("duibiao"), proxies.address(host or "")
    here = host == "localhost" or (found is not None and found.is_loopback)
    try:
        proxies.trusted(os.environ.get(proxies.SETTING, ""))
        accounts = any_account(default_path())
    except UserError as error:
        sys.exit(f"没有启动：{error}")
    if single is not None and not single.providers:
        log.warning(
            "统一身份登录已配置（.streamlit/secrets.toml 的 [auth]），但没有安装 Authlib，用不了：请安装后重启。"
        )
    if single is None and not accounts:
        if not here:
            sys.exit(
                f"没有启动：服务要对网络开放（server.address 是 {host or '全部地址'}），但还没有任何账号，也没有配置统一身份登录。"
                "请先运行 python -m lib account add 建一个管理员账号，或把 server.address 改回 127.0.0.1。"
            )
        log.warning("没有任何账号：不用登录，只有这台电脑能打开。要给别的电脑用，请先建账号：python -m lib account add")
    elif not accounts:
        log.warning("统一身份登录已配置，但还没有任何账号，谁都进不来：请运行 python -m lib account add")


@asynccontextmanager
async def lifespan(app: object, prepare: Callable[[], None] = lambda: None) -> AsyncIterator[dict[str, object]]:
    """Brings the database up to date, freezes what start-up made, and collects garbage on a timer; `prepare` makes what the first
    visitors would wait for, while the server answers already."""
    keeping.begin(default_path())
    gc.collect()
    gc.freeze()
    chores = [
        asyncio.create_task(_prepare(prepare)),
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


async def _prepare(prepare: Callable[[], None]) -> None:
    try:
        await asyncio.to_thread(prepare)
    except UserError as error:
        logging.getLogger("duibiao").warning("nothing prepared for the first visitors: %s", error)


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
