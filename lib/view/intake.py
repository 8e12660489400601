"""Tables and sentences of the way in: what a file says, what is wrong with it, what it would change, which batches there are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from lib.model import Issue, Measure, Period, Severity
from lib.view import text

Names = Mapping[str, str]
LEVELS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "说明"}
STATES = {"new": "新增", "changed": "变更", "unchanged": "不变"}
STATUSES = {"published": "已发布", "withdrawn": "已撤回", "scheduled": "待发布"}
KINDS = {"real": "真实", "demo": "演示"}
MARKS = {"present": "● 有", "provisional": "◐ 暂定", "demo": "◇ 演示", "missing": "○ 缺"}
_UNIT_FACTORS = (100, 1_000, 10_000, 100_000_000)


def issue_table(issues: Iterable[Issue]) -> pd.DataFrame:
    """文件, 工作表, 行, 列, 值, 问题, 期望, a row an issue; columns that are empty throughout are left out."""
    rows = pd.DataFrame(
        [
            {
                "文件": issue.file,
                "工作表": issue.sheet,
                "行": "" if issue.row is None else str(issue.row),
                "列": issue.column,
                "值": issue.value or "",
                "问题": issue.message,
                "期望": issue.expected,
            }
            for issue in issues
        ],
        columns=["文件", "工作表", "行", "列", "值", "问题", "期望"],
    )
    return rows.loc[:, [name for name in rows if name == "问题" or (rows[name] != "").any()]]


def counted(issues: Sequence[Issue]) -> dict[str, int]:
    """How many errors, warnings and remarks."""
    return {label: sum(issue.severity is level for issue in issues) for level, label in LEVELS.items()}


def reading(files: int, rows: pd.DataFrame, errors: int) -> str:
    """What was read from the files, and whether it can be published."""
    if rows.empty:
        what = f"{files} 个文件里没有读到可以发布的数值"
    else:
        what = f"读到 {len(rows)} 个数值：{rows['region'].nunique()} 个县（市、区）、{rows['measure'].nunique()} 项测度，{periods(rows)}"
    return (
        f"{what}；有 {errors} 处错误，改正后才能发布。"
        if errors
        else f"{what}。"
        if rows.empty
        else f"{what}；可以发布。"
    )


def periods(rows: pd.DataFrame) -> str:
    """2020年三季度, or how many there are and from when to when."""
    found = sorted({Period.parse(str(period)) for period in rows["period"].unique()})
    if len(found) <= 3:
        return text.listed(period.label for period in found)
    return f"{found[0].label}至{found[-1].label} {len(found)} 期"


def change_table(rows: pd.DataFrame, names: Names, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """地区, 测度, 单位, 评价期, 现值, 新值, 变化, 提示. In: measure, region, period, value, before, last, jump, state."""
    return pd.DataFrame(
        {
            "地区": [names[str(code)] for code in rows["region"]],
            "测度": [measures[str(code)].name for code in rows["measure"]],
            "单位": [measures[str(code)].unit for code in rows["measure"]],
            "评价期": [Period.parse(str(period)).label for period in rows["period"]],
            "现值": [text.trimmed(value, 6) for value in rows["before"]],
            "上期": [text.trimmed(value, 6) for value in rows["last"]],
            "新值": [text.trimmed(value, 6) for value in rows["value"]],
            "变化": [jump(value) for value in rows["jump"]],
            "提示": [_suspicion(row) for row in rows.itertuples()],
        }
    )


def jump(value: float) -> str:
    """+35%, −12%; 从 0 起 when there is nothing to relate it to."""
    if math.isnan(value):
        return text.MISSING
    return "从 0 起" if math.isinf(value) else text.signed(value * 100, 1) + "%"


def _suspicion(row: object) -> str:
    """Whether a jump looks like another unit: a hundred, a thousand, ten thousand times."""
    start = row.last if math.isnan(row.before) else row.before  # type: ignore[attr-defined]
    if math.isnan(start) or start == 0 or row.value == 0:  # type: ignore[attr-defined]
        return ""
    ratio = abs(row.value / start)  # type: ignore[attr-defined]
    for factor in _UNIT_FACTORS:
        for times, words in ((factor, "倍"), (1 / factor, "分之一")):
            if 0.5 < ratio / times < 2:
                return f"约为原来的 {factor:,} {words}，单位可能不同"
    return ""


def gone_table(rows: pd.DataFrame, names: Names, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """地区, 测度, 评价期, 上期数值. In: measure, region, period, last."""
    return pd.DataFrame(
        {
            "地区": [names[code] for code in rows["region"]],
            "测度": [measures[code].name for code in rows["measure"]],
            "评价期": [Period.parse(period).label for period in rows["period"]],
            "上期数值": [text.trimmed(value, 6) for value in rows["last"]],
        }
    )


def difference(counts: Mapping[str, int], jumping: int, gone: int, kept: int = 0) -> str:
    """新增 3、变更 2、不变 1; what deserves a look."""
    words = "、".join(f"{STATES[state]} {counts.get(state, 0)}" for state in STATES)
    look = [f"{jumping} 个变化较大"] * bool(jumping) + [f"{gone} 个上期有、这次没有"] * bool(gone)
    look += [f"{kept} 个现值这次没有报、继续使用"] * bool(kept)
    return f"与现有真实数值相比：{words}" + (f"；其中 {'，'.join(look)}" if look else "") + "。"


def effect_table(rows: pd.DataFrame, names: Names) -> pd.DataFrame:
    """地区, 名次, 方阵, 得分 now → then, from `movement.compare_standings`; places that move first."""
    return pd.DataFrame(
        {
            "地区": rows["region"].map(names),
            "名次": [_then(row.rank_before, row.rank, text.place) for row in rows.itertuples()],
            "变化": [text.arrow(_float(value)) or text.MISSING for value in rows["rank_change"]],
            "方阵": [_then(row.tier_before, row.tier, text.tier) for row in rows.itertuples()],
            "总分": [
                _then(row.score_before, row.score, lambda value: text.number(value, 2)) for row in rows.itertuples()
            ],
        }
    )


def _then(before: float, after: float, words: object) -> str:
    old, new = words(before), words(after)  # type: ignore[operator]
    return new if old == new else f"{old} → {new}"


def effect(rows: pd.DataFrame, names: Names) -> str:
    """Who would gain or lose places."""
    moved = rows[rows["rank_change"].fillna(0) != 0]
    told = [f"{names[row.region]} {text.arrow(row.rank_change)}" for row in moved.itertuples()]
    parts = [f"{len(moved)} 地名次有变：{'，'.join(told)}"] * bool(told)
    first = int((rows["rank_before"].isna() & rows["rank"].notna()).sum())
    lost = int((rows["rank_before"].notna() & rows["rank"].isna()).sum())
    parts += [f"{first} 地首次有名次"] * bool(first) + [f"{lost} 地不再有名次"] * bool(lost)
    return ("；".join(parts) or "各地名次不变") + "。"


def batch_table(rows: pd.DataFrame, departments: Names) -> pd.DataFrame:
    """批次, 状态, 性质, 文件, 报送单位, 经办人, 时间, 数值, 备注, 文件指纹."""
    return pd.DataFrame(
        {
            "批次": rows["id"].astype(int),
            "状态": [_status(row) for row in rows.itertuples()],
            "性质": rows["kind"].map(KINDS),
            "文件": rows["file"],
            "报送单位": [departments.get(code, code) or text.MISSING for code in rows["department"]],
            "经办人": rows["user"],
            "时间": [text.moment(value) for value in rows["created_at"]],
            "数值": rows["rows"].astype(int),
            "备注": rows["note"],
            "文件指纹": rows["sha256"].str[:12],
        }
    )


def _status(row: object) -> str:
    label = STATUSES[row.status]  # type: ignore[attr-defined]
    if row.status == "scheduled":  # type: ignore[attr-defined]
        return f"{label}（{row.due}）"  # type: ignore[attr-defined]
    return f"{label}（{row.withdrawn_by}）" if row.status == "withdrawn" else label  # type: ignore[attr-defined]


def event_table(rows: pd.DataFrame) -> pd.DataFrame:
    """时间, 经办人, 事项, 说明."""
    return pd.DataFrame(
        {
            "时间": [text.moment(value) for value in rows["at"]],
            "经办人": rows["user"],
            "事项": rows["action"],
            "说明": rows["detail"],
        }
    )


def value_table(rows: pd.DataFrame, names: Names, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """A batch's values with their addresses: 地区, 测度, 评价期, 数值, 单位, 位置, 说明."""
    return pd.DataFrame(
        {
            "地区": rows["region"].map(names),
            "测度": [measures[code].name for code in rows["measure"]],
            "评价期": _labels(rows["period"]),
            "数值": rows["value"],
            "单位": [measures[code].unit for code in rows["measure"]],
            "位置": [
                _address(*each) for each in zip(rows["file_sheet"], rows["file_row"], rows["file_column"], strict=True)
            ],
            "说明": [
                text.listed(["暂定"] * bool(provisional) + [note])
                for provisional, note in zip(rows["provisional"], rows["note"], strict=True)
            ],
        }
    )


def _labels(periods: pd.Series) -> list[str]:
    """Periods as they are spelled; each is read once, however often it stands there."""
    label = {each: Period.parse(str(each)).label for each in periods.unique()}
    return [label[each] for each in periods]


def address(row: object) -> str:
    """工作表「表」第 3 行「企业开办时间」; "" where the value came from no file."""
    return _address(row.file_sheet, row.file_row, row.file_column)  # type: ignore[attr-defined]


def _address(sheet: str, row: float, column: str) -> str:
    if pd.isna(row):
        return ""
    return f"{f'工作表「{sheet}」' if sheet else ''}第 {int(row)} 行「{column}」"


def withdrawal_table(rows: pd.DataFrame, names: Names, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """地区, 测度, 评价期, 现值, 之后. In: measure, region, period, value, kind, after, kind_after."""
    return pd.DataFrame(
        {
            "地区": rows["region"].map(names),
            "测度": [measures[code].name for code in rows["measure"]],
            "评价期": _labels(rows["period"]),
            "现值": [
                text.trimmed(value, 6) + ("（演示）" * (kind == "demo"))
                for value, kind in zip(rows["value"], rows["kind"], strict=True)
            ],
            "之后": [
                "无数值" if math.isnan(after) else text.trimmed(after, 6) + ("（演示）" * (kind == "demo"))
                for after, kind in zip(rows["after"], rows["kind_after"], strict=True)
            ],
        }
    )


def withdrawal(rows: pd.DataFrame) -> str:
    """What withdrawing a batch would do."""
    if rows.empty:
        return "撤回不改变任何现值：这个批次的数值与现有相同，或已被后来的批次替换。"
    gone = int(rows["after"].isna().sum())
    demo = int((rows["kind_after"] == "demo").sum())
    parts = [f"{len(rows) - gone - demo} 个恢复为此前的数值", f"{gone} 个不再有数值"]
    parts += [f"{demo} 个重新显示演示数据"] * bool(demo)
    return f"撤回会改变 {len(rows)} 处：{'，'.join(parts)}。"


def retiring(rows: pd.DataFrame) -> int:
    """How many demonstration values would leave. In: kind, kind_after."""
    return int(((rows["kind"] == "demo") & (rows["kind_after"] != "demo")).sum())


def republication(rows: pd.DataFrame) -> str:
    """What publishing a batch again would do."""
    if rows.empty:
        return "重新发布不改变任何现值。"
    new = int(rows["value"].isna().sum())
    demo = retiring(rows)
    parts = [f"{new} 个新增", f"{len(rows) - new - demo} 个替换现值"] + [f"{demo} 个演示数据退出"] * bool(demo)
    return f"重新发布会改变 {len(rows)} 处：{'，'.join(parts)}。它的数值排在最新。"


def completeness_rows(complete: pd.DataFrame, names: Names, labels: Names) -> pd.DataFrame:
    """Chart data for `charts.completeness`: label, place, state (words), in the order given."""
    return pd.DataFrame(
        {
            "label": complete["measure"].map(labels),
            "place": complete["region"].map(names),
            "state": complete["state"].map(MARKS),
            "mark": [MARKS[state][0] for state in complete["state"]],
        }
    )


def completeness(complete: pd.DataFrame, period: str) -> str:
    """How much of a period is there."""
    counts = complete["state"].value_counts()
    real = int(counts.get("present", 0)) + int(counts.get("provisional", 0))
    parts = [f"真实数值 {real} 个"]
    parts += [f"其中暂定 {counts.get('provisional')} 个"] * ("provisional" in counts)
    parts += [f"演示数据 {counts.get('demo')} 个"] * ("demo" in counts)
    parts += [f"缺 {counts.get('missing', 0)} 个"]
    return f"{period}应有 {len(complete)} 个数值：{'，'.join(parts)}。"


def late_table(rows: pd.DataFrame, departments: Names, labels: Names) -> pd.DataFrame:
    """牵头单位, 应报, 已报真实数, 缺, 缺的测度."""
    return pd.DataFrame(
        {
            "牵头单位": [departments.get(code, code) or "未定牵头单位" for code in rows["owner"]],
            "应报": rows["due"],
            "已报": rows["present"],
            "未报": rows["missing"],
            "未报齐的测度": [_few([labels[code] for code in codes]) for codes in rows["measures"]],
        }
    )


def _few(names: Sequence[str], most: int = 4) -> str:
    listed = text.listed(names[:most])
    return f"{listed} 等 {len(names)} 项" if len(names) > most else listed or text.MISSING


def _float(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type]


def receipt(file: str, done: object, due: str = "") -> str:
    """What a publication did."""
    if done.batch is None:  # type: ignore[attr-defined]
        return f"《{file}》：同一文件已在批次 {done.same_as} 发布，没有新增。"  # type: ignore[attr-defined]
    counts = f"新增 {done.added}、变更 {done.changed}、不变 {done.unchanged}"  # type: ignore[attr-defined]
    if due:
        return f"《{file}》：已存为批次 {done.batch}，将在 {due} 发布（{counts}）。"  # type: ignore[attr-defined]
    return f"《{file}》：已发布为批次 {done.batch}（{counts}）。"  # type: ignore[attr-defined]


def batches(rows: pd.DataFrame) -> str:
    """How many batches there are, and the latest."""
    if rows.empty:
        return "还没有批次。"
    counts = rows["status"].value_counts()
    parts = [f"{label} {counts[status]} 个" for status, label in STATUSES.items() if status in counts]
    latest = rows.iloc[0]
    return f"共 {len(rows)} 个批次：{'、'.join(parts)}；最近是《{latest['file']}》，{latest['user']}，{text.moment(latest['created_at'])}。"


def batch_title(row: pd.Series) -> str:
    """《指标.csv》，已发布，972 个数值，张三，2020-12-04 09:30."""
    return f"《{row['file']}》，{STATUSES[row['status']]}，{row['rows']} 个数值，{row['user']}，{text.moment(row['created_at'])}"


def proof(row: object, names: Names, labels: Names) -> str:
    """One proof in words: whose value, the file, who and when."""
    size = f"{row.size / 2**20:.1f} MB" if row.size >= 2**20 else f"{max(round(row.size / 1024), 1)} KB"  # type: ignore[attr-defined]
    about = text.listed([row.name, size, row.note, f"{row.user} {text.moment(row.created_at)}"])  # type: ignore[attr-defined]
    return f"{names[row.region]} {labels[row.measure]}：{about}"  # type: ignore[attr-defined]


def word_table(rows: pd.DataFrame, departments: Names, meanings: Names) -> pd.DataFrame:
    """报送单位, 文件里的写法, 识别为, 单位, 经办人, 时间."""
    return pd.DataFrame(
        {
            "报送单位": [departments.get(code, code) or "全部单位" for code in rows["department"]],
            "文件里的写法": rows["text"],
            "识别为": [meanings.get(code, code) or "不导入" for code in rows["code"]],
            "单位": rows["unit"],
            "经办人": rows["user"],
            "时间": [text.moment(value) for value in rows["created_at"]],
        }
    )
