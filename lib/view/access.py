"""账号 and 操作记录: accounts and the trail as tables and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from lib.model.access import Role
from lib.view import text

NOBODY = "还没有账号：只有这台电脑能打开，谁都能办所有的事；建了第一个管理员账号，就要登录了。"


def accounts(rows: pd.DataFrame) -> str:
    """How many accounts of each role there are. In: rows of `store.accounts.accounts`."""
    if rows.empty:
        return NOBODY
    counts = {role: int(((rows["role"] == role.value) & (rows["disabled"] == 0)).sum()) for role in reversed(Role)}
    said = text.listed(f"{role.label} {count} 个" for role, count in counts.items() if count)
    off = int(rows["disabled"].sum())
    return f"{len(rows)} 个账号：{said}" + (f"；停用 {off} 个" if off else "") + "。"


def account_table(rows: pd.DataFrame, departments: Mapping[str, str], locked: Mapping[str, str]) -> pd.DataFrame:
    """账号, 姓名, 角色, 单位, 状态, 现在登录, 最近活动. In: `locked` until when an account is locked, by its name."""
    return pd.DataFrame(
        {
            "账号": rows["name"],
            "姓名": rows["person"],
            "角色": [Role(role).label for role in rows["role"]],
            "单位": [departments.get(code, code) or text.MISSING for code in rows["department"]],
            "状态": [_state(row, locked.get(str(row["name"]), "")) for row in rows.to_dict("records")],
            "现在登录": [f"{count} 处" if count else text.MISSING for count in rows["logins"]],
            "最近活动": [text.moment(at) if at else text.MISSING for at in rows["seen_at"]],
        }
    )


def _state(row: Mapping[str, object], locked: str) -> str:
    if row["disabled"]:
        return "停用"
    if locked:
        return f"锁定到 {text.moment(locked)}"
    if row["single"]:
        return "只用统一身份登录"
    return "首次登录要改密码" if row["must_change"] else "正常"


def key_table(rows: pd.DataFrame) -> pd.DataFrame:
    """给谁用, 状态, 发放, 经办人, 有效到, 最近使用. In: rows of `store.tokens.tokens`."""
    moments = {"发放": "created_at", "有效到": "expires_at", "最近使用": "used_at"}
    shown = {
        label: [text.moment(at) if at else text.MISSING for at in rows[column]] for label, column in moments.items()
    }
    table = pd.DataFrame({"给谁用": rows["name"], "状态": rows["state"], "经办人": rows["created_by"], **shown})
    return table[["给谁用", "状态", "发放", "经办人", "有效到", "最近使用"]]


def trail(count: int, first: str, fitting: int) -> str:
    """How much the trail has and since when. In: all lines, the day of the first, those that fit what is asked for."""
    if not count:
        return "还没有操作记录。"
    said = f"{text.date_words(date.fromisoformat(first))}以来 {count} 条操作记录，只增不改"
    return f"{said}；符合条件的 {fitting} 条。" if fitting != count else f"{said}。"


def trail_table(rows: pd.DataFrame) -> pd.DataFrame:
    """时间, 谁, 做了什么, 对象, 说明, 改前, 改后, 从哪里."""
    return pd.DataFrame(
        {
            "时间": [text.moment(at) for at in rows["at"]],
            "谁": rows["user"],
            "做了什么": rows["action"],
            "对象": rows["subject"],
            "说明": rows["detail"],
            "改前": rows["before"],
            "改后": rows["after"],
            "从哪里": rows["address"],
        }
    )
