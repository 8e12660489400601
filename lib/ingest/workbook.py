"""XLSX and XLS bytes become grids, read in a process of their own so that a hostile file can only end that one."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from pathlib import Path

from lib.ingest.grid import Grid, Limits, refusal, text_frame
from lib.model import UserError

CHILD = Path(__file__).with_name("workbook_child.py")
SMALLER = "较小的工作簿，或另存为 CSV 后再导入"
PASSED_ON = ("rows", "columns", "cells", "blank_rows", "unpacked_bytes", "entries", "ratio", "seconds", "memory")
OUT_OF_TIME = {-getattr(signal, name) for name in ("SIGXCPU",) if hasattr(signal, name)}
log = logging.getLogger(__name__)


def read_workbook(data: bytes, file: str, sheet: str | None, limits: Limits) -> list[Grid]:
    """Every sheet of a workbook, or the one named."""
    options = {name: getattr(limits, name) for name in PASSED_ON} | {"sheet": sheet}
    answer = _ask(options, data, file, limits)
    if "refusal" in answer:
        raise refusal(file, **answer["refusal"])
    return [
        Grid(file, found["title"], text_frame(found["rows"]), tuple(map(tuple, found["merged"])), found["hidden"])
        for found in answer["sheets"]
    ]


def _ask(options: dict, data: bytes, file: str, limits: Limits) -> dict:
    """The child's answer; how it ended says why there is none."""
    try:
        ended = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input=json.dumps(options).encode() + b"\n" + data,
            capture_output=True,
            timeout=limits.seconds,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise _slow(file, limits) from error
    if ended.returncode == 0:
        return json.loads(ended.stdout)
    reason = ended.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
    log.warning("reading a workbook ended with %s: %s", ended.returncode, "".join(reason)[:500])
    if ended.returncode in OUT_OF_TIME:
        raise _slow(file, limits)
    if "".join(reason).startswith("ModuleNotFoundError"):
        raise RuntimeError(f"the environment is incomplete: {reason[0]}")
    # One is an exception of the parser, anything else the end of the process itself.
    if ended.returncode != 1:
        raise refusal(file, "workbook-crashed", "读取时中断，内容可能已损坏", SMALLER)
    if data.startswith(b"PK"):
        raise refusal(file, "xlsx-broken", "不是完整的 XLSX 文件", "能在 WPS 或 Excel 中打开的 .xlsx 文件")
    raise refusal(file, "xls-broken", "不是完整的 XLS 文件", "能在 WPS 或 Excel 中打开的 .xls 文件")


def _slow(file: str, limits: Limits) -> UserError:
    return refusal(file, "workbook-slow", f"读取用时超过 {limits.seconds} 秒，已停止", SMALLER)
