"""A table of problems to put right, as offices write it: bytes → sheets of text → tasks and what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lib.ingest.grid import Grid
from lib.ingest.table import read_grids
from lib.ingest.vocabulary import plain
from lib.model import Issue
from lib.model.ledger import LONGEST, Action, Origin, Task

# What each column may be called; the first is what our own template calls it.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "problem": (
        *("问题", "存在问题", "存在的问题", "问题描述", "问题清单", "具体问题", "主要问题", "反馈问题", "短板问题"),
        *("整改事项", "整改任务", "整改内容", "事项", "任务", "薄弱环节"),
    ),
    "origin": ("来源", "问题来源", "来源类型", "线索来源"),
    "basis": ("依据", "依据文件", "文件依据", "整改依据", "出处"),
    "subject": ("指标", "对应指标", "指标名称", "涉及指标", "测度", "三级指标"),
    "region": ("地区", "县区", "区县", "县市区", "县(市、区)", "县(市,区)", "涉及地区", "所在地区", "属地"),
    "owner": (
        *("责任单位", "牵头单位", "整改单位", "整改责任单位", "主责单位", "牵头部门", "责任部门", "承办单位"),
        *("整改责任部门", "牵头责任单位", "主办单位"),
    ),
    "helpers": ("配合单位", "配合部门", "协办单位", "协同单位", "参与单位"),
    "leader": ("责任领导", "分管领导", "包保领导", "牵头领导", "责任人", "整改责任人", "领导"),
    "deadline": (
        *(
            "整改期限",
            "完成时限",
            "完成时间",
            "整改时限",
            "期限",
            "时限",
            "截止日期",
            "完成期限",
            "办结时限",
            "整改完成时限",
        ),
        *("限期", "整改截止时间", "截止时间"),
    ),
    "measures": ("整改措施", "措施", "整改举措", "工作措施", "具体措施", "整改措施及要求"),
    "actions": ("整改步骤", "步骤", "工作步骤", "序时进度"),
}
LABELS = {name: words[0] for name, words in HEADERS.items()}
# A header stands within so many rows, and has the problem and at least one more column.
WITHIN = 20
DATES = "2020-12-31、2020年12月31日或 2020.12.31"
_COLUMNS = {plain(word): name for name, words in HEADERS.items() for word in words}
_ORIGINS = (
    (Origin.WEAK, "短板|指标|弱项"),
    (Origin.REPORT, "评价|评估|通报|报告"),
    (Origin.INSPECTION, "督查|督导|检查|巡察|巡视|审计|暗访|抽查"),
    (Origin.COMPLAINT, "投诉|举报|信访|12345|热线|留言"),
)
_DAY = re.compile(
    r"(?P<y>\d{4})(?:[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号]?)(?:前|止|之前|以前)?"
)
_CLOCK = re.compile(r"(?:\s+|(?<=\d)T|(?<=[日号]))(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?\s*$", re.IGNORECASE)
_STEP = re.compile(r"^(?P<what>.*?)[\s,，;；|｜(（]*(?P<due>\d{4}[-./年]\d{1,2}[-./月]\d{1,2}[日号]?)前?[)）]?$")
_MARK = re.compile(r"^\s*(?:\d{1,2}[.、)）．]|[(（]\d{1,2}[)）]|[一二三四五六七八九十]+、|[-•●])\s*")

# What a formula leaves in its cell where it fails, and a date where its column is too narrow.
_ERROR = re.compile(
    r"#(?:n/a|(?:ref|value|div/0|null|num|spill|calc|field|blocked|connect|busy|unknown)!|name\?|getting_data|#{2,})"
)

MOST_ROWS = 2000
Names = Mapping[str, str]
# Field, code, message, what was expected.
Wrong = tuple[str, str, str, str]


@dataclass(frozen=True)
class Known:
    """What names stand for, by their plain text: places and indicators to codes, departments to the name the ledger writes."""

    regions: Names
    subjects: Names
    bodies: Names


@dataclass(frozen=True)
class Row:
    """A task with the place in the file that it was read from."""

    task: Task
    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class Found:
    """What a file says: tasks in its order, and everything wrong with it."""

    rows: tuple[Row, ...]
    issues: tuple[Issue, ...]


def names_of(entries: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """By plain name, what it stands for; a name of two different things stands for neither. In: thing → its names."""
    found: dict[str, str] = {}
    double = set()
    for thing, names in entries.items():
        for name in {plain(each) for each in names if each.strip()}:
            if found.setdefault(name, thing) != thing:
                double.add(name)
    return {name: thing for name, thing in found.items() if name not in double}


def read_ledger(data: bytes, name: str, known: Known, *, region: str) -> Found:
    """The tasks of every sheet that has a header with 问题; `region` is whose an item is where no place is named.

    UserError where the file cannot be opened; a file without such a sheet has one issue.
    """
    rows: list[Row] = []
    issues: list[Issue] = []
    grids = [grid for grid in read_grids(data, name) if not grid.hidden]
    heads = [(grid, head) for grid in grids if (head := _head(grid)) is not None]
    for grid, (at, columns) in heads:
        found, wrong = _sheet(grid, at, columns, known, region)
        rows += found
        issues += wrong
        if len(rows) > MOST_ROWS:
            message, expected = f"超过 {MOST_ROWS} 行，太多", f"不超过 {MOST_ROWS} 行整改事项；再多请分几个文件导入"
            return Found((), (grid.issue(Issue("rows-many", message, expected=expected)),))
    if not heads or (not rows and not issues):
        expected = "有“问题”“责任单位”“整改期限”等列名的表，下面每行一个问题（可以下载模板）"
        issues.append(Issue("no-items", "没有读到整改事项", file=grids[0].file if grids else name, expected=expected))
    return Found(tuple(rows), tuple(issues))


def _head(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The header's row and the columns that it names, of several alike the first; None where no row names enough."""
    for at in range(min(WITHIN, len(grid.cells))):
        columns: dict[str, int] = {}
        for column, cell in enumerate(grid.cells.iloc[at]):
            field = _COLUMNS.get(re.sub(r"[(\[](?:必填|选填|可不填)[)\]]$", "", plain(cell)).strip("*:"))
            if field:
                columns.setdefault(field, column)
        if "problem" in columns and len(columns) > 1:
            return at, columns
    return None


def _sheet(
    grid: Grid, head: int, columns: Mapping[str, int], known: Known, region: str
) -> tuple[list[Row], list[Issue]]:
    titles = {field: str(grid.cells.iat[head, column]).strip() for field, column in columns.items()}
    issues = [
        grid.issue(
            Issue("column-missing", f"没有“{LABELS[field]}”这一列", expected="、".join(HEADERS[field][:4])), head
        )
        for field in ("owner", "deadline")
        if field not in columns
    ]
    rows = []
    for at, cells in _filled(grid, head, columns):
        task, wrong = _task(cells, known, region)
        issues += [
            grid.issue(
                Issue(code, said, column=titles[field], value=cells[field], expected=expected), at, columns[field]
            )
            for field, code, said, expected in wrong
            if field in columns
        ]
        rows.append(Row(task, grid.file, grid.sheet, at + 1))
    return rows, issues


def _filled(grid: Grid, head: int, columns: Mapping[str, int]) -> list[tuple[int, dict[str, str]]]:
    """The rows below the header that say something, merged cells filled down: (0-based row, cells by field); no more than show that
    there are more than MOST_ROWS."""
    filled = grid.cells.copy()
    for top, left, bottom, right in grid.merged:
        if top > head:
            filled.iloc[top : bottom + 1, left : right + 1] = grid.cells.iat[top, left]
    found = []
    own = grid.cells.iloc[head + 1 :, list(columns.values())].apply(lambda column: column.str.strip() != "").any(axis=1)
    for at in own.to_numpy().nonzero()[0] + head + 1:
        cells = {field: str(filled.iat[at, column]).strip() for field, column in columns.items()}
        if not _remark(cells):
            found.append((int(at), cells))
        if len(found) > MOST_ROWS:
            break
    return found


def _remark(cells: Mapping[str, str]) -> bool:
    """Whether a row is a line below the table: 注：…, 填表人：…."""
    said = [text for text in cells.values() if text]
    return len(set(said)) == 1 and re.match(r"(?:注|备注|说明|填表人|填报人|审核人|联系人)[:：]", said[0]) is not None


def _task(cells: Mapping[str, str], known: Known, region: str) -> tuple[Task, list[Wrong]]:
    """A row's task, and what is wrong with it: (field, code, message, expected)."""
    wrong: list[Wrong] = []

    def named(field: str, names: Names, code: str, message: str, expected: str, otherwise: str) -> str:
        said = cells.get(field, "")
        if said and plain(said) not in names:
            wrong.append((field, code, message, expected))
        return names.get(plain(said), otherwise)

    subject = named(
        "subject",
        known.subjects,
        "subject-unknown",
        "不是目录里的指标",
        "指标体系里的指标或测度名称，没有对应的留空",
        "",
    )
    place = named(
        "region", known.regions, "region-unknown", "不是本市的地区", "县（市、区）名称，市级的写平顶山市", region
    )
    origin = next((each for each, words in _ORIGINS if re.search(words, cells.get("origin", ""))), Origin.OTHER)
    deadline, actions = as_day(cells.get("deadline", "")), as_actions(cells.get("actions", ""))
    if not cells["problem"]:
        wrong.append(("problem", "problem-missing", "没有写问题", "哪里不行，一句话"))
    if not cells.get("owner"):
        wrong.append(("owner", "owner-missing", "没有写责任单位", "谁来改，如 市税务局"))
    if not cells.get("deadline"):
        wrong.append(("deadline", "deadline-missing", "没有写整改期限", DATES))
    elif deadline is None:
        wrong.append(("deadline", "deadline-unread", *_why(cells["deadline"])))
    task = Task(
        problem=cells["problem"],
        origin=origin.value,
        basis=cells.get("basis", ""),
        subject=subject,
        region=place,
        owner=_bodies(cells.get("owner", ""), known),
        helpers=_bodies(cells.get("helpers", ""), known),
        leader=cells.get("leader", ""),
        deadline=deadline or "",
        measures=cells.get("measures", ""),
        actions=actions,
    )
    for field, count in task.too_long.items():
        wrong.append((field, f"{field}-long", f"有 {count} 个字，太长", f"不超过 {LONGEST[field]} 个字"))
    failed = [field for field, said in cells.items() if _ERROR.fullmatch(plain(said))]
    errors = [(field, "cell-error", "是出错的公式或显示不下的数", "改好这一格，或直接写内容") for field in failed]
    return task, [*errors, *(each for each in wrong if each[0] not in failed)]


def _bodies(said: str, known: Known) -> str:
    """Departments as the ledger writes them, those that the catalogue does not have as they stand."""
    parts = [part.strip() for part in re.split(r"[、,，;；/\n]", said) if part.strip()]
    return "、".join(dict.fromkeys(known.bodies.get(plain(part), part) for part in parts))


def as_day(text: str) -> str | None:
    """The day that a cell states, ISO: 2020-12-31, 2020年12月31日, 2020.12.31, 2020/12/31 13:30:00; None for anything else."""
    match = _DAY.fullmatch(plain(_CLOCK.sub("", unicodedata.normalize("NFKC", text))))
    if match is None:
        return None
    try:
        return date(int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"])).isoformat()
    except ValueError:
        return None


def _why(text: str) -> tuple[str, str]:
    """Why a text is no day, and what is expected instead."""
    flat = plain(text)
    if re.match(r"\d{1,2}月", flat):
        return "没有写年份", f"写全年月日：{DATES}"
    if re.match(r"\d{4}(?:年|[-./])\d{1,2}月?(?:底|末|份|前)*$", flat) or re.match(r"\d{4}年?(?:底|末)?$", flat):
        return "没有写到哪一天", f"写全年月日：{DATES}"
    if re.fullmatch(r"\d{5}(?:\.\d+)?", flat):
        return "是数字，不是日期", f"把单元格设为日期，或写 {DATES}"
    return "不是日期", DATES


def as_actions(text: str) -> tuple[Action, ...]:
    """Steps, one a line, each with the day it is due behind it where it has one: 梳理流程 2020-12-31."""
    return tuple(filter(None, map(_action, text.splitlines())))


def _action(line: str) -> Action | None:
    what = _MARK.sub("", line).strip()
    match = _STEP.match(what)
    due = as_day(match["due"]) if match else None
    if match and due and match["what"].strip():
        return Action(match["what"].strip(), due)
    return Action(what) if what else None
