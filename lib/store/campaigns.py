"""Campaigns with their phases: those of the catalogue and those that people add."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import sqlite_utils

from lib.model import UserError
from lib.model.access import Action
from lib.model.campaign import Campaign, Phase, Stage
from lib.store.catalog import table
from lib.store.database import bump, writing
from lib.store.events import record

ADDED = "added-"


def campaigns(path: Path) -> dict[str, Campaign]:
    """Every campaign by its code, the latest first."""
    phases: dict[str, list[Phase]] = {}
    for row in table(path, "phase").sort_values("starts").itertuples():
        phase = Phase(
            Stage(row.stage),
            row.name,
            date.fromisoformat(row.starts),
            date.fromisoformat(row.ends),
            row.task,
            row.quote,
        )
        phases.setdefault(row.campaign, []).append(phase)
    rows = table(path, "campaign").to_dict("records")
    found = [Campaign(row["code"], row["name"], tuple(phases[row["code"]]), row["document"]) for row in rows]
    return {each.code: each for each in sorted(found, key=lambda campaign: campaign.end, reverse=True)}


def add_campaign(path: Path, campaign: Campaign, *, user: str) -> str:
    """Adds a campaign with its phases, under a new code where it has none; returns the code.

    UserError that lists every problem of it, or when there is one of that code or name.
    """
    problems = [*campaign.problems, *([] if user.strip() else ["要写经办人"])]
    if problems:
        raise UserError("；".join(problems))
    with writing(path, Action.EDIT) as db:
        same = "SELECT name FROM campaign WHERE code = ? OR name = ?"
        if db.conn.execute(same, (campaign.code, campaign.name)).fetchone() is not None:
            raise UserError(f"已经有活动“{campaign.name}”：请换一个名称")
        code = campaign.code or _next_code(db)
        sql = "INSERT INTO campaign (code, name, document, note) VALUES (?, ?, ?, ?)"
        db.conn.execute(sql, (code, campaign.name, campaign.document, f"{user}补充"))
        rows = [
            (f"{code}-{i}", code, each.stage.value, each.name, str(each.start), str(each.end), each.task, each.quote)
            for i, each in enumerate(campaign.phases, 1)
        ]
        sql = (
            "INSERT INTO phase (id, campaign, stage, name, starts, ends, task, quote, note) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')"
        )
        db.conn.executemany(sql, rows)
        phases = "；".join(f"{each.name} {each.start} 至 {each.end}" for each in campaign.phases)
        record(db, user, "新增活动", code, after=f"{campaign.name}：{phases}")
        bump(db)
    return code


def _next_code(db: sqlite_utils.Database) -> str:
    """No campaign is ever taken away: their number never repeats."""
    count = db.conn.execute("SELECT COUNT(*) FROM campaign WHERE code LIKE ?", (f"{ADDED}%",)).fetchone()[0]
    return f"{ADDED}{count + 1}"
