"""The one table of what can be read: it makes the routes, reads the questions, shapes the answers and is their description."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lib.snapshot import Snapshot
from lib.web.api import tables

Rows = Callable[[Snapshot, tables.Asked, date], tables.Found]
CODE = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$"
PERIOD = r"^(19|20|21)[0-9]{2}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


@dataclass(frozen=True)
class Field:
    """One value of a row: its name, kind (string, number, integer, boolean or integers), meaning, and whether it may be null."""

    name: str
    kind: str
    words: str
    null: bool = False


@dataclass(frozen=True)
class Filter:
    """What a question may ask for: one or several of a kind, with commas between them."""

    name: str
    words: str
    pattern: str


@dataclass(frozen=True)
class Resource:
    """Something that can be read: its name in the address, meaning, the filters, the values of a row, and how rows are found.

    `dated`: the answer is as of a day, today where the question names none.
    """

    name: str
    words: str
    filters: tuple[Filter, ...]
    fields: tuple[Field, ...]
    rows: Rows
    dated: bool = False


def _text(name: str, words: str, null: bool = False) -> Field:
    return Field(name, "string", words, null)


REGION = Filter("region", "地区代码（GB/T 2260），可写几个，用逗号隔开", CODE)
FRAMEWORK = Filter("framework", "指标体系代码，可写几个，用逗号隔开", CODE)
MEASURE = Filter("measure", "测度或指标代码，可写几个，用逗号隔开", CODE)
PERIOD_FILTER = Filter("period", "评价期：2020、2020-H1、2020-Q3 或 2020-09，可写几个，用逗号隔开", PERIOD)
KIND = Filter("kind", "real 真实数据，demo 演示数据", r"^(real|demo)$")
PLACE = (
    _text("region", "地区代码：市和县（市、区）不混在一起，看 level"),
    _text("level", "地区的级别：nation、province、city、county、zone"),
)
MADE = (
    _text("kind", "real 真实数据；demo 演示数据，不是真实情况"),
    Field("provisional", "boolean", "是否为暂定数"),
)

RESOURCES: tuple[Resource, ...] = (
    Resource(
        "regions",
        "地区",
        (REGION, FRAMEWORK),
        (
            _text("code", "代码（GB/T 2260）"),
            _text("name", "名称"),
            _text("short_name", "简称"),
            _text("level", "级别：nation、province、city、county、zone"),
            _text("parent", "上级地区的代码", null=True),
        ),
        tables.regions,
    ),
    Resource(
        "frameworks",
        "指标体系：一行一个指标或测度",
        (FRAMEWORK,),
        (
            _text("framework", "指标体系代码"),
            _text("framework_name", "指标体系名称"),
            _text("code", "指标或测度代码"),
            _text("parent", "上一级指标的代码", null=True),
            _text("name", "名称"),
            Field("depth", "integer", "层级：0 总分"),
            Field("weight", "number", "权重，同级之间相比"),
            _text("direction", "higher 越高越好，lower 越低越好，none 只计数", null=True),
            _text("unit", "单位", null=True),
            Field("best", "number", "得 100 分的数值", null=True),
            Field("worst", "number", "得 0 分的数值", null=True),
            Field("leaf", "boolean", "是否为测度（末级）"),
        ),
        tables.frameworks,
    ),
    Resource(
        "measures",
        "测度",
        (MEASURE, FRAMEWORK),
        (
            _text("code", "代码"),
            _text("name", "名称"),
            _text("indicator", "所属指标", null=True),
            _text("unit", "单位", null=True),
            _text("direction", "higher 越高越好，lower 越低越好，none 只计数"),
            _text("definition", "口径", null=True),
            _text("scope", "范围", null=True),
            _text("frequency", "频次", null=True),
            Field("derived", "boolean", "是否由另外两个测度算出"),
            _text("numerator", "分子", null=True),
            _text("denominator", "分母", null=True),
            Field("per", "number", "分子 ÷ 分母 × 多少", null=True),
            _text("document", "定义出处的文件代码", null=True),
            _text("note", "备注", null=True),
        ),
        tables.measures,
    ),
    Resource(
        "observations",
        "现行数值：没有报送的数值没有行，不会写成 0",
        (REGION, FRAMEWORK, MEASURE, PERIOD_FILTER, KIND),
        (
            *PLACE,
            _text("measure", "测度代码"),
            _text("period", "评价期"),
            Field("value", "number", "数值，未取整"),
            _text("unit", "单位", null=True),
            *MADE,
            Field("batch", "integer", "批次号"),
            Field("other_batch", "integer", "算出的数值：分母的批次号", null=True),
            _text("file", "文件名"),
            _text("sheet", "工作表", null=True),
            Field("row", "integer", "文件中的行", null=True),
            _text("column", "文件中的列", null=True),
            _text("note", "备注", null=True),
        ),
        tables.observations,
    ),
    Resource(
        "scores",
        "得分、名次和方阵：按页面上默认的计分方法",
        (REGION, FRAMEWORK, MEASURE, PERIOD_FILTER, KIND),
        (
            _text("framework", "指标体系代码"),
            _text("period", "评价期"),
            *PLACE,
            _text("code", "指标或测度代码"),
            _text("parent", "上一级指标的代码", null=True),
            _text("name", "指标或测度名称"),
            Field("score", "number", "得分，未取整；缺数为空", null=True),
            Field("coverage", "number", "有数的权重占比，0 到 1", null=True),
            Field("rank", "integer", "名次，并列取靠前", null=True),
            Field("tier", "integer", "方阵", null=True),
            *MADE,
            Field("batches", "integers", "这一体系这一期全部数值的批次号"),
        ),
        tables.scores,
    ),
    Resource(
        "targets",
        "目标和进度：截至某一天",
        (REGION, FRAMEWORK, MEASURE, PERIOD_FILTER, KIND),
        (
            _text("id", "目标编号"),
            *PLACE,
            _text("measure", "指标或测度代码"),
            _text("scope", "范围", null=True),
            _text("op", "比较：=、>、>=、<、<=", null=True),
            Field("value", "number", "目标值", null=True),
            _text("text", "目标的文字", null=True),
            _text("unit", "单位", null=True),
            Field("baseline", "number", "基期值", null=True),
            _text("baseline_basis", "基期的依据", null=True),
            _text("deadline", "期限", null=True),
            _text("deadline_basis", "期限的依据", null=True),
            _text("obligation", "binding 约束性，其他见数据格式"),
            _text("owner", "责任单位代码", null=True),
            _text("document", "出处的文件代码"),
            _text("quote", "原文", null=True),
            _text("note", "备注", null=True),
            _text("day", "截至日"),
            Field("now", "number", "现值，按目标的单位", null=True),
            _text("now_op", "现值的比较", null=True),
            _text("now_text", "现值的文字", null=True),
            _text("now_period", "现值的时间", null=True),
            _text("now_fact", "现值出自文件的哪一条", null=True),
            Field("now_batch", "integer", "现值出自哪一批次", null=True),
            _text("now_kind", "现值：real 真实，demo 演示数据，空为没有现值", null=True),
            Field("now_provisional", "boolean", "现值是否为暂定数，文件中的没有", null=True),
            _text("status", "进度"),
            _text("reason", "为什么这样判断", null=True),
        ),
        tables.targets,
        dated=True,
    ),
)
