"""A house with accounts: an administrator, an analyst and a viewer, and how their browsers show who they are."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

from lib.model.access import Action, Role
from lib.store import accounts, logins
from lib.store.database import writing
from lib.web import visits

GOOD = "五彩-Wuyuntu-27"


def house(seeded: Path, folder: Path) -> Path:
    """The seeded database with an account for each role but the department's; the viewer's password is still the first one."""
    path = folder / "duibiao.db"
    copy(seeded, path)
    for role in (Role.ADMIN, Role.ANALYST, Role.VIEWER):
        accounts.create(path, str(role), role.label, role, password=GOOD, by="甲")
    with writing(path, Action.MAINTAIN) as db:
        db.conn.execute("UPDATE account SET must_change = 0 WHERE name <> 'viewer'")
    return path


def cookie(path: Path, name: str = "admin") -> str:
    """A new log-in, as its browser sends it."""
    return f"{visits.COOKIE}={visits.signed(logins.log_in(path, name, GOOD, address='test'), logins.seal(path))}"
