"""Whether the database can be written now, and if not why and what to do; looked at afresh each time, so that it ends by itself."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock

from lib.model import UserError

# Below this nothing is written any more: what is left is for the journal of a change that is under way.
SPARE_BYTES = 8 * 2**20
_MIB = 2**20
_found: dict[Path, Condition] = {}
_lock = Lock()


class Fault(StrEnum):
    """What is wrong with the database; whatever it is but `AMISS` keeps it from being written."""

    FULL = "full"
    LOCKED = "locked"
    DAMAGED = "damaged"
    AMISS = "amiss"


@dataclass(frozen=True)
class Condition:
    """The fault (None: all is well), what is wrong, and what to do about it."""

    fault: Fault | None = None
    reason: str = ""
    remedy: str = ""

    @property
    def writable(self) -> bool:
        """Whether anything may be saved."""
        return self.fault in (None, Fault.AMISS)

    def __str__(self) -> str:
        return f"{self.reason}。{self.remedy}" if self.fault else ""


WHOLE = Condition()


def condition(path: Path) -> Condition:
    """How the database stands at this moment; costs some microseconds."""
    found = _found.get(path.resolve())
    if found is not None and not found.writable:
        return found
    now = barrier(path)
    return now if now.fault else found or WHOLE


def barrier(path: Path) -> Condition:
    """What the disk has against writing, whatever the file holds."""
    locked = next((place for place in (path, path.parent) if place.exists() and not os.access(place, os.W_OK)), None)
    if locked is not None:
        kind = "数据库所在的文件夹" if locked.is_dir() else "数据库文件"
        return Condition(
            Fault.LOCKED, f"{kind} {locked.name} 是只读的", "请管理员检查磁盘是否只读、运行服务的用户有没有写入权限"
        )
    return _room(path.parent)


def _room(folder: Path) -> Condition:
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return WHOLE
    if free >= SPARE_BYTES:
        return WHOLE
    reason = f"磁盘满了（只剩 {free / _MIB:.1f} MB）"
    return Condition(Fault.FULL, reason, f"请管理员腾出空间，至少 {SPARE_BYTES // _MIB} MB，腾出后自动恢复")


def refuse(path: Path) -> None:
    """UserError when the database cannot be written now."""
    _refuse(condition(path))


def refuse_barrier(path: Path) -> None:
    """UserError when the disk does not let the database be written now, also for replacing a damaged one."""
    _refuse(barrier(path))


def _refuse(now: Condition) -> None:
    if not now.writable:
        raise UserError(f"现在只能看，不能保存：{now.reason}。没有写进任何内容，请保留填写的内容稍后再试。{now.remedy}")


def room_for(folder: Path, size: int) -> None:
    """UserError when a file of that many bytes would not fit into a folder that is there."""
    free = shutil.disk_usage(folder).free
    if free < size + SPARE_BYTES:
        need = (size + SPARE_BYTES) / _MIB
        raise UserError(f"磁盘空间不够：{folder} 需要 {need:.0f} MB，只剩 {free / _MIB:.0f} MB，请先腾出空间")


def damaged(path: Path, finding: str) -> None:
    """From now on the database counts as damaged, until `whole` is called: it is shown and not written."""
    remedy = "请管理员运行 python -m lib backups 查看备份，再用 python -m lib restore 恢复；服务不用停"
    _note(path, Condition(Fault.DAMAGED, f"数据库文件已损坏（{finding}）", remedy))


def amiss(path: Path, finding: str) -> None:
    """From now on, until `whole` is called, something in the database counts as not in order that does not hinder writing."""
    _note(path, Condition(Fault.AMISS, f"数据库检查发现问题（{finding}）", "请管理员运行 python -m lib check 查看全部"))


def whole(path: Path) -> None:
    """A check has found nothing: the database may be written again."""
    with _lock:
        _found.pop(path.resolve(), None)


def _note(path: Path, condition: Condition) -> None:
    with _lock:
        _found[path.resolve()] = condition
