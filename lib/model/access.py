"""Who may do what: roles, what each allows, and the person that a visit belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account is for; each allows what the one before it does, and more."""

    VIEWER = "viewer"
    DEPARTMENT = "department"
    ANALYST = "analyst"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """In words."""
        return {"viewer": "查看", "department": "责任单位", "analyst": "分析员", "admin": "管理员"}[self.value]

    def allows(self, action: Action) -> bool:
        """Whether it allows something."""
        return action in allowed(self)


class Action(StrEnum):
    """What can be done; the name stands in the refusal."""

    SEE = "查看"
    EXPORT = "导出"
    # Of its own department only, for whoever has one.
    DECLARE = "填申报表、报进展"
    RECTIFY = "反馈整改"
    KEEP = "保存方案和屏单"
    PUBLISH = "发布和撤回数据"
    EDIT = "修改目标、标杆、做法、台账和活动"
    JUDGE = "退回和公示申报表、复评整改"
    BULLETIN = "起草和印发通报"
    ACCOUNTS = "管理账号"
    AUDIT = "看操作记录"
    MAINTAIN = "备份和恢复"


_FIRST = {
    Role.VIEWER: {Action.SEE, Action.EXPORT},
    Role.DEPARTMENT: {Action.DECLARE, Action.RECTIFY, Action.KEEP},
    Role.ANALYST: {Action.PUBLISH, Action.EDIT, Action.JUDGE, Action.BULLETIN},
    Role.ADMIN: {Action.ACCOUNTS, Action.AUDIT, Action.MAINTAIN},
}


def allowed(role: Role) -> frozenset[Action]:
    """Everything that a role allows."""
    ladder = list(Role)
    return frozenset().union(*(_FIRST[each] for each in ladder[: ladder.index(role) + 1]))


def least(action: Action) -> Role:
    """The first role that allows it."""
    return next(role for role in Role if role.allows(action))


@dataclass(frozen=True)
class Person:
    """Whose visit it is: the account (none where nobody logs in), the name that deeds are written under, the role, and the department
    by its code that a role of DEPARTMENT is bound to."""

    account: str
    name: str
    role: Role
    department: str = ""

    def may(self, action: Action) -> bool:
        """Whether the role allows it."""
        return self.role.allows(action)


# One office PC, where nobody logs in: everything is allowed, and whoever does something writes down the own name.
LOCAL = Person("", "", Role.ADMIN)
# A visitor without an account, where a setting lets people look on without logging in.
GUEST = Person("", "访客", Role.VIEWER)
