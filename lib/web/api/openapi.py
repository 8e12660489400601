"""The description of the interface for machines (OpenAPI 3.1), made from the table of resources."""

from __future__ import annotations

from lib.web.api.problem import KIND, TITLES
from lib.web.api.query import MOST, MOST_VALUES, USUAL
from lib.web.api.resources import DAY, RESOURCES, Field, Filter, Resource

_WORDS = """只能读取。每个数带批次（batch）、性质（kind：real 真实、demo 演示数据）和是否暂定；得分带指标体系和评价期。
缺数为 null（CSV 为空），从不写成 0；数值未取整。翻页标记和 ETag 对一个数据版本有效，数据有变化时翻页标记答 410。"""


def document() -> dict[str, object]:
    """The whole description."""
    paths = {f"/api/v1/{each.name}": {"get": _get(each)} for each in RESOURCES}
    return {
        "openapi": "3.1.0",
        "info": {"title": "对标台接口", "version": "1", "description": _WORDS},
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}, {}],
        "paths": {
            "/api/v1/": {"get": _plain("index", "有哪些可以读取", {"$ref": "#/components/schemas/index"})},
            **paths,
            "/api/v1/openapi.json": {"get": _plain("openapi", "接口说明", {"type": "object"})},
        },
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "headers": {"ETag": {"schema": {"type": "string"}, "description": "数据版本和查询的标记"}},
            "schemas": {
                **{each.name: _row(each) for each in RESOURCES},
                "index": _index(),
                "problem": _problem(),
            },
            "responses": {str(status): _refused(status) for status in _REFUSALS},
        },
    }


_REFUSALS = (400, 401, 406, 410, 429, 503)


def _get(resource: Resource) -> dict[str, object]:
    page = {
        "type": "object",
        "additionalProperties": False,
        "required": ["data_version", "count", "items", "next"],
        "properties": {
            "data_version": {"type": "string"},
            "count": {"type": "integer", "minimum": 0, "description": "一共有几行"},
            "items": {
                "type": "array",
                "maxItems": MOST,
                "items": {"$ref": f"#/components/schemas/{resource.name}"},
            },
            "next": {"type": ["string", "null"], "description": "下一页的地址，最后一页为 null"},
        },
    }
    content = {"application/json": {"schema": page}, "text/csv": {"schema": {"type": "string"}}}
    return {
        "operationId": resource.name,
        "summary": resource.words,
        "parameters": [*map(_filter, resource.filters), *([_DAY] if resource.dated else []), *_COMMON],
        "responses": _answers(resource.words, content, _REFUSALS),
    }


def _plain(name: str, words: str, schema: dict[str, object]) -> dict[str, object]:
    content = {"application/json": {"schema": schema}}
    return {"operationId": name, "summary": words, "responses": _answers(words, content, (400, 401, 429, 503))}


def _answers(words: str, content: dict[str, object], refusals: tuple[int, ...]) -> dict[str, object]:
    etag = {"ETag": {"$ref": "#/components/headers/ETag"}}
    return {
        "200": {"description": words, "headers": etag, "content": content},
        "304": {"description": "和手里的一样（If-None-Match）", "headers": etag},
        **{str(status): {"$ref": f"#/components/responses/{status}"} for status in refusals},
    }


def _refused(status: int) -> dict[str, object]:
    return {"description": TITLES[status], "content": {KIND: {"schema": {"$ref": "#/components/schemas/problem"}}}}


def _filter(each: Filter) -> dict[str, object]:
    values = {"type": "array", "minItems": 1, "maxItems": MOST_VALUES, "items": _one(each.pattern)}
    # With commas between the values, as in region=410402,410403.
    form = {"style": "form", "explode": False}
    return {"name": each.name, "in": "query", "description": each.words, **form, "schema": values}


def _one(pattern: str) -> dict[str, object]:
    return {"type": "string", "pattern": pattern}


_DAY: dict[str, object] = {
    "name": "day",
    "in": "query",
    "description": "截至哪一天，不写为今天",
    "schema": {"type": "string", "format": "date", "pattern": DAY},
}
_COMMON: tuple[dict[str, object], ...] = (
    {
        "name": "limit",
        "in": "query",
        "description": "一页几行",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    },
    {
        "name": "cursor",
        "in": "query",
        "description": "翻页标记，照抄上一页 next 中的",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
    },
    {
        "name": "format",
        "in": "query",
        "description": "json 或 csv；不写按 Accept",
        "schema": {"type": "string", "enum": ["json", "csv"]},
    },
)


def _row(resource: Resource) -> dict[str, object]:
    return {
        "type": "object",
        "description": resource.words,
        "additionalProperties": False,
        "required": [field.name for field in resource.fields],
        "properties": {field.name: _schema(field) for field in resource.fields},
    }


def _schema(field: Field) -> dict[str, object]:
    if field.kind == "integers":
        return {"type": "array", "items": {"type": "integer"}, "description": field.words}
    kind = [field.kind, "null"] if field.null else field.kind
    return {"type": kind, "description": field.words}


def _index() -> dict[str, object]:
    one = {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "words", "address"],
        "properties": {name: {"type": "string"} for name in ("name", "words", "address")},
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["data_version", "resources"],
        "properties": {"data_version": {"type": "string"}, "resources": {"type": "array", "items": one}},
    }


def _problem() -> dict[str, object]:
    named = {
        "type": "object",
        "required": ["parameter", "reason"],
        "properties": {"parameter": {"type": "string"}, "reason": {"type": "string"}},
    }
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {"type": "array", "items": named},
        },
    }
