"""Campaigns that people add stand beside those of the catalogue."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lib.model import UserError
from lib.model.campaign import Campaign, Phase, Stage
from lib.seed import seed
from lib.store import connect, data_version
from lib.store.campaigns import add_campaign, campaigns
from lib.store.events import events

PHASES = (
    Phase(Stage.PREPARE, "准备阶段", date(2021, 1, 4), date(2021, 1, 29)),
    Phase(Stage.ACT, "实施阶段", date(2021, 1, 30), date(2021, 10, 31)),
    Phase(Stage.SUM_UP, "总结阶段", date(2021, 11, 1), date(2021, 12, 31)),
)


@pytest.fixture
def copy(seeded: Path, tmp_path: Path) -> Path:
    path = tmp_path / "copy.db"
    with connect(seeded) as db:
        db.conn.execute("VACUUM INTO ?", (str(path),))
    return path


def test_the_catalogue_has_the_plan_of_2019(seeded):
    (plan,) = campaigns(seeded).values()
    assert (plan.code, plan.document, plan.filing_due) == ("xdc-2019", "campaign-2019", date(2019, 11, 20))
    assert [phase.stage for phase in plan.phases] == list(Stage)


def test_an_added_one_is_read_back_the_latest_first_and_outlives_a_seed(copy):
    version = data_version(copy)
    code = add_campaign(copy, Campaign("", "2021年活动", PHASES), user="张三")
    assert data_version(copy) != version
    seed(copy)
    found = campaigns(copy)
    assert list(found) == [code, "xdc-2019"]
    assert found[code] == Campaign(code, "2021年活动", PHASES)
    last = events(copy, code).iloc[0]
    assert (last["user"], last["action"], last["before"]) == ("张三", "新增活动", "")
    assert last["after"] == "2021年活动：" + "；".join(f"{each.name} {each.start} 至 {each.end}" for each in PHASES)
    assert add_campaign(copy, Campaign("", "又一个", PHASES), user="张三") != code


def test_nothing_is_added_when_something_is_wrong(copy):
    backwards = (PHASES[0], PHASES[2], PHASES[1])
    with pytest.raises(UserError, match="要写活动名称；实施阶段要在总结阶段结束以后开始；要写经办人"):
        add_campaign(copy, Campaign("", "", backwards), user=" ")
    add_campaign(copy, Campaign("", "2021年活动", PHASES), user="张三")
    with pytest.raises(UserError, match="已经有活动“2021年活动”"):
        add_campaign(copy, Campaign("", "2021年活动", PHASES), user="张三")
    assert len(campaigns(copy)) == 2
