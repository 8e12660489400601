"""What each role may do, and that a higher one may do all that a lower one may."""

from __future__ import annotations

from itertools import pairwise

from lib.model.access import GUEST, LOCAL, Action, Person, Role, allowed


def test_each_role_allows_more_than_the_one_before():
    for lower, higher in pairwise(Role):
        assert allowed(lower) < allowed(higher)
    assert allowed(Role.ADMIN) == set(Action)


def test_what_the_roles_are_for():
    assert allowed(Role.VIEWER) == {Action.SEE, Action.EXPORT}
    department = Person("wang", "王芳", Role.DEPARTMENT, "sjj")
    assert department.may(Action.DECLARE) and department.may(Action.RECTIFY)
    assert not department.may(Action.PUBLISH)
    assert not Person("li", "李明", Role.ANALYST).may(Action.ACCOUNTS)


def test_who_does_not_log_in():
    assert LOCAL.may(Action.MAINTAIN)
    assert not GUEST.may(Action.KEEP)
    assert [role.label for role in Role] == ["查看", "责任单位", "分析员", "管理员"]
