"""A question as it is asked: every parameter known, in its form and of the catalogue, or the question is refused with all that is wrong with it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from lib.model.errors import shorten
from lib.snapshot import Snapshot
from lib.web.api.problem import Problem
from lib.web.api.resources import CODE, DAY, Resource
from lib.web.api.tables import codes

MOST, USUAL = 1000, 200
LONGEST_QUERY, MOST_VALUES, LONGEST_CURSOR = 8192, 400, 400
FORMATS = ("json", "csv")
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
_COMMON = ("limit", "cursor", "format")


@dataclass(frozen=True)
class Query:
    """What is asked for: the filters, the day, how many rows from which on, and the format ("" where the address says none)."""

    resource: Resource
    asked: dict[str, tuple[str, ...]]
    day: date
    limit: int = USUAL
    first: int = 0
    format: str = ""

    @property
    def said(self) -> dict[str, str]:
        """The parameters that choose rows, as an address says them."""
        chosen = {name: ",".join(values) for name, values in self.asked.items() if values}
        return {**chosen, "day": self.day.isoformat()} if self.resource.dated else chosen

    @property
    def digest(self) -> str:
        """A short text that is the same for the same rows."""
        return hashlib.sha256(f"{self.resource.name}?{urlencode(self.said)}".encode()).hexdigest()[:16]

    def following(self, version: str) -> str:
        """The address of the next page; it holds for one data version."""
        mark = json.dumps([version, self.digest, self.first + self.limit]).encode()
        cursor = base64.urlsafe_b64encode(mark).decode().rstrip("=")
        more = {"format": self.format} if self.format else {}
        return f"/api/v1/{self.resource.name}?" + urlencode(
            {**self.said, "limit": self.limit, **more, "cursor": cursor}, safe=","
        )


def read(resource: Resource, raw: bytes, snapshot: Snapshot, today: date) -> Query:
    """The question in a query string. Problem 400 with everything that is wrong with it, 410 for a cursor of another data version."""
    said, wrong = _pairs(raw), list[tuple[str, str]]()

    def take(name: str, check: Callable[[str], object], default: object) -> object:
        if name not in said:
            return default
        try:
            return check(said[name])
        except ValueError as error:
            wrong.append((name, str(error)))
            return default

    known = {*_COMMON, *(each.name for each in resource.filters), *(["day"] if resource.dated else [])}
    listed = "、".join(sorted(known))
    wrong += [(shorten(name), f"没有这个参数（期望：{listed}）") for name in said if name not in known]
    asked = {
        each.name: take(each.name, _several(each.name, each.pattern, codes(snapshot, each.name)), ())
        for each in resource.filters
    }
    query = Query(
        resource,
        {"region": (), "framework": (), "measure": (), "period": (), "kind": (), **asked},  # type: ignore[dict-item]
        take("day", _day, today),  # type: ignore[arg-type]
        take("limit", _limit, USUAL),  # type: ignore[arg-type]
        format=take("format", _format, ""),  # type: ignore[arg-type]
    )
    mark = take("cursor", _mark, None)
    if mark is not None and not wrong:
        query = _continued(query, mark, snapshot.version)  # type: ignore[arg-type]
    if wrong:
        raise Problem(400, "；".join(f"{name}：{reason}" for name, reason in wrong[:5]), errors=wrong)
    return query


def _pairs(raw: bytes) -> dict[str, str]:
    if len(raw) > LONGEST_QUERY:
        raise Problem(400, f"问号后面有 {len(raw)} 个字节（期望：最多 {LONGEST_QUERY}）；请分几次读取")
    try:
        pairs = parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, strict_parsing=bool(raw), errors="strict", max_num_fields=50
        )
    except ValueError:
        raise Problem(400, "问号后面的写法看不懂（期望：名称=值，用 & 隔开，汉字用 UTF-8 编码）") from None
    names = [name for name, _ in pairs]
    twice = sorted({shorten(name) for name in names if names.count(name) > 1})
    if twice:
        raise Problem(
            400, "同一个参数写了两次（期望：几个值写在一起，用逗号隔开）", errors=[(name, "写了两次") for name in twice]
        )
    return dict(pairs)


def _several(name: str, pattern: str, known: set[str] | None) -> Callable[[str], tuple[str, ...]]:
    form = re.compile(pattern)

    def check(text: str) -> tuple[str, ...]:
        values = tuple(dict.fromkeys(text.split(",")))
        if len(values) > MOST_VALUES:
            raise ValueError(f"写了 {len(values)} 个（期望：最多 {MOST_VALUES} 个）")
        for value in values:
            # `$` would let a line break at the end pass.
            if not form.fullmatch(value) or value.endswith("\n"):
                raise ValueError(f"“{shorten(value)}”的写法不对（期望：{_form(name, pattern)}）")
            if known is not None and value not in known:
                raise ValueError(f"没有“{shorten(value)}”这个代码（期望：目录中的代码）")
        return values

    return check


def _form(name: str, pattern: str) -> str:
    return {"period": "2020、2020-H1、2020-Q3 或 2020-09", "kind": "real 或 demo"}.get(
        name, "字母、数字、点、横线" if pattern == CODE else pattern
    )


def _limit(text: str) -> int:
    if not re.fullmatch("[0-9]{1,4}", text) or not 1 <= int(text) <= MOST:
        raise ValueError(f"“{shorten(text)}”不行（期望：1 到 {MOST} 的整数）")
    return int(text)


def _format(text: str) -> str:
    if text not in FORMATS:
        raise ValueError(f"“{shorten(text)}”不行（期望：json 或 csv）")
    return text


def _day(text: str) -> date:
    wrong = ValueError(f"“{shorten(text)}”不是日期（期望：{EARLIEST} 到 {LATEST}，如 2020-12-31）")
    if not re.fullmatch(DAY, text) or text.endswith("\n"):
        raise wrong
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise wrong from None
    if not EARLIEST <= day <= LATEST:
        raise wrong
    return day


def _mark(text: str) -> tuple[str, str, int]:
    """Data version, digest of the question and first row of a cursor; ValueError for what this server never gave."""
    wrong = ValueError("不是本系统给出的翻页标记（期望：照抄上一页 next 中的）")
    if not re.fullmatch(f"[A-Za-z0-9_-]{{1,{LONGEST_CURSOR}}}", text):
        raise wrong
    try:
        mark = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError):
        raise wrong from None
    if not isinstance(mark, list) or [type(part) for part in mark] != [str, str, int] or not 0 < mark[2] < 2**31:
        raise wrong
    return (mark[0], mark[1], mark[2])


def _continued(query: Query, mark: tuple[str, str, int], version: str) -> Query:
    if mark[0] != version:
        raise Problem(410, "翻页期间数据有了变化，这个翻页标记不再有效：请从第一页重新读取")
    if mark[1] != query.digest:
        raise Problem(400, "翻页标记属于另一次查询：筛选条件要和上一页相同", errors=[("cursor", "属于另一次查询")])
    return Query(query.resource, query.asked, query.day, query.limit, mark[2], query.format)
