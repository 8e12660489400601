"""Answers: a page of rows as JSON or guarded CSV with the mark of its data version, and problems."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

import pandas as pd
from starlette.responses import Response

from lib.core.score import METHOD_VERSION
from lib.export.guard import table_csv
from lib.web.api.problem import KIND, Problem
from lib.web.api.query import Query
from lib.web.api.resources import Field

JSON, CSV = "application/json", "text/csv"
# A copy may be kept, but is asked about before each use: a withdrawn value must not live on in it.
KEEPING = {"cache-control": "private, no-cache", "vary": "Accept, Authorization, Cookie"}


def format_of(query: Query, accept: str) -> str:
    """json or csv: as the address says, else as the header prefers. Problem 406 where it takes neither."""
    if query.format:
        return query.format
    wanted = _preferences(accept)
    json_, csv_ = (max(_liking(wanted, kind), default=0.0) for kind in (JSON, CSV))
    if not json_ and not csv_:
        raise Problem(406, f"只有 {JSON} 和 {CSV} 两种格式（Accept 写的是别的）")
    return "csv" if csv_ > json_ else "json"


def _preferences(accept: str) -> dict[str, float]:
    """Kinds of content and how much each is liked; what cannot be read counts as not liked."""
    found = {}
    for part in (accept.strip() or "*/*").split(","):
        kind, *more = (piece.strip().lower() for piece in part.split(";"))
        weights = [piece[2:] for piece in more if piece.startswith("q=")]
        fits = not weights or re.fullmatch(r"[01](\.[0-9]{0,3})?", weights[0])
        found[kind] = (float(weights[0]) if weights else 1.0) if fits else 0.0
    return found


def _liking(wanted: Mapping[str, float], kind: str) -> list[float]:
    """The most exact of what fits a kind decides."""
    return next(([wanted[each]] for each in (kind, f"{kind.split('/')[0]}/*", "*/*") if each in wanted), [])


def tag(version: str, *said: str) -> str:
    """The mark of an answer: it changes with the data, the question and the method."""
    told = "\n".join([version, METHOD_VERSION, *said])
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def is_held(header: str, mark: str) -> bool:
    """Whether who asks has the answer already (If-None-Match)."""
    bare = mark.removeprefix("W/")
    return any(each.strip().removeprefix("W/") in (bare, "*") for each in header.split(","))


def page(query: Query, version: str, format_: str, count: int, rows: pd.DataFrame, mark: str) -> Response:
    """One page of an answer, with the address of the next in its head and, in JSON, in its body."""
    following = query.following(version) if query.first + len(rows) < count else None
    headers = {**KEEPING, "etag": mark, "x-data-version": version, "x-total-count": str(count)}
    if following:
        headers["link"] = f'<{following}>; rel="next"'
    if format_ == "csv":
        headers["content-disposition"] = f'attachment; filename="{query.resource.name}.csv"'
        return Response(_csv(rows, query.resource.fields), headers=headers, media_type=CSV)
    content = {"data_version": version, "count": count, "items": items(rows, query.resource.fields), "next": following}
    return as_json(content, headers)


def as_json(content: object, headers: Mapping[str, str]) -> Response:
    """An answer in JSON: Chinese as it is, and nothing that JSON does not have."""
    return Response(json.dumps(content, ensure_ascii=False, allow_nan=False), headers=dict(headers), media_type=JSON)


def items(rows: pd.DataFrame, fields: tuple[Field, ...]) -> list[dict[str, object]]:
    """Rows as they are sent: each value of its kind, missing ones null, numbers with all digits."""
    columns = [[_plain(value, field.kind) for value in rows[field.name]] if len(rows) else [] for field in fields]
    names = [field.name for field in fields]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(value: object, kind: str) -> object:
    if kind == "integers":
        return [int(each) for each in value]  # type: ignore[attr-defined]
    if pd.isna(value):
        return None
    make = {"string": str, "number": float, "integer": int, "boolean": bool}[kind]
    return make(value)  # type: ignore[operator]


def _csv(rows: pd.DataFrame, fields: tuple[Field, ...]) -> bytes:
    written = [{name: _cell(value) for name, value in item.items()} for item in items(rows, fields)]
    return table_csv(pd.DataFrame(written, columns=[field.name for field in fields], dtype=object))


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(map(str, value)) if isinstance(value, list) else value


def refusal(problem: Problem) -> Response:
    """A problem as an answer; never kept."""
    body = json.dumps(problem.content, ensure_ascii=False)
    headers = {"cache-control": "no-store", **problem.headers}
    return Response(body, problem.status, headers, KIND)
