"""The running server brings the database up to date and publishes what has waited for its day."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pandas as pd
import pytest

from lib.model import UserError
from lib.store.batches import batches, publish
from lib.web.lifecycle import check_house, lifespan
from tests.unit.store.conftest import add_vocabulary


def test_a_running_server_releases_what_is_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "db" / "duibiao.db"
    monkeypatch.setenv("DUIBIAO_DB", str(path))
    rows = pd.DataFrame([("r1", "a", "2020", 1.0)], columns=["region", "measure", "period", "value"])

    async def run() -> list[str]:
        async with lifespan(None):
            # The start has made the database; the next start finds the waiting batch.
            assert path.exists()
        add_vocabulary(path)
        publish(path, rows, file="a.csv", sha256="a", user="甲", due="2020-01-01")
        publish(path, rows, file="b.csv", sha256="b", user="甲", due="2999-01-01")
        async with lifespan(None):
            for _ in range(100):
                states = list(batches(path).sort_values("id")["status"])
                if states[0] == "published":
                    break
                await asyncio.sleep(0.05)
        return states

    assert asyncio.run(run()) == ["published", "scheduled"]


class Sign:
    """Single sign-on with or without what it needs."""

    def __init__(self, **providers: str) -> None:
        self.providers = providers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_an_open_house_on_this_machine_starts_and_says_so_once(empty, caplog, host):
    check_house(host, None)
    assert caplog.text.count("不用登录，只有这台电脑能打开") == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "", None, "10.0.0.1", "::", "house.pds.gov.cn"])
def test_an_open_house_on_the_network_does_not_start(empty, host):
    with pytest.raises(SystemExit) as caught:
        check_house(host, None)
    assert "python -m lib account add" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_with_an_account_it_starts_anywhere(home, caplog):
    check_house("0.0.0.0", None)
    assert caplog.text == ""


def test_single_sign_on_without_what_it_needs_is_said(empty, caplog):
    check_house("0.0.0.0", Sign())
    assert "没有安装 Authlib" in caplog.text
    assert "谁都进不来" in caplog.text
    caplog.clear()
    check_house("0.0.0.0", Sign(default="统一身份"))
    assert "Authlib" not in caplog.text


def test_a_wrong_setting_is_said_at_the_start(home, monkeypatch):
    monkeypatch.setenv("DUIBIAO_PROXIES", "proxy")
    with pytest.raises(SystemExit, match="DUIBIAO_PROXIES"):
        check_house("127.0.0.1", None)


def test_what_can_not_be_prepared_does_not_stop_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DUIBIAO_DB", str(tmp_path / "duibiao.db"))
    asked = []

    def prepare() -> None:
        asked.append(True)
        raise UserError("读不到")

    async def run() -> None:
        async with lifespan(None, prepare):
            await asyncio.sleep(0.2)

    asyncio.run(run())
    assert asked == [True]
    assert "读不到" in caplog.text
