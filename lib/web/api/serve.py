"""The routes of the interface: each question is answered in a thread of its own few, so that the pages never wait for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from lib.model import UserError
from lib.snapshot import Snapshot
from lib.store import data_version, default_path
from lib.store.events import today
from lib.web.api import answer, openapi
from lib.web.api.problem import Problem
from lib.web.api.query import read
from lib.web.api.resources import RESOURCES, Resource
from lib.web.api.visitors import Pace, admit, per_minute

ROOT = "/api/v1/"
METHODS = "GET, HEAD, OPTIONS"
THREADS = 2
_TRIES = 3
Snapshots = Callable[[str], Snapshot]
Answer = Callable[[Request], Response]


def routes(snapshots: Snapshots) -> list[Route]:
    """Every address of the interface, on snapshots by data version. UserError where a setting is wrong."""
    readers = ThreadPoolExecutor(THREADS, thread_name_prefix="api")
    pace = Pace(per_minute())

    def route(path: str, make: Answer) -> Route:
        return Route(path, _Door(make, pace, readers))

    return [
        route(ROOT, _index),
        *(route(ROOT + each.name, _reader(each, snapshots)) for each in RESOURCES),
        route(f"{ROOT}openapi.json", _description),
        # Or the front end's page would answer for what is not there.
        route("/api", _nothing),
        route("/api/{rest:path}", _nothing),
    ]


class _Door:
    """One address: who asks, by which method, and what is answered when something breaks."""

    def __init__(self, make: Answer, pace: Pace, readers: ThreadPoolExecutor) -> None:
        self.make, self.pace, self.readers = make, pace, readers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one question."""
        request = Request(scope)
        if request.method == "OPTIONS":
            response = Response(status_code=204, headers={"allow": METHODS})
        elif request.method not in ("GET", "HEAD"):
            response = answer.refusal(Problem(405, f"这个接口只能读取（期望：{METHODS}）", headers={"allow": METHODS}))
        else:
            response = await asyncio.get_running_loop().run_in_executor(self.readers, self._answered, request)
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    def _answered(self, request: Request) -> Response:
        try:
            admit(request, default_path(), self.pace)
            return self.make(request)
        except Problem as problem:
            return answer.refusal(problem)
        except (UserError, OSError) as error:
            logging.getLogger("duibiao").warning("interface: %s", error)
            return answer.refusal(Problem(503, "数据库现在读不了，请稍后再试，或告诉管理员"))
        except Exception:
            logging.getLogger("duibiao").exception("interface: %s", request.url.path)
            return answer.refusal(Problem(500, "服务器出错了，请告诉管理员；日志里有原因"))


def _reader(resource: Resource, snapshots: Snapshots) -> Answer:
    def read_page(request: Request) -> Response:
        for _ in range(_TRIES):
            version = data_version(default_path())
            response = _page(request, resource, snapshots(version))
            # What is read late may be of the next version: an answer is of one.
            if data_version(default_path()) == version:
                return response
        raise Problem(503, "数据正在变化，请稍后再试", headers={"retry-after": "5"})

    return read_page


def _page(request: Request, resource: Resource, snapshot: Snapshot) -> Response:
    query = read(resource, request.scope["query_string"], snapshot, date.fromisoformat(today()))
    format_ = answer.format_of(query, request.headers.get("accept", ""))
    mark = answer.tag(snapshot.version, query.digest, str(query.limit), str(query.first), format_)
    if answer.is_held(request.headers.get("if-none-match", ""), mark):
        return Response(status_code=304, headers={**answer.KEEPING, "etag": mark})
    found = resource.rows(snapshot, query.asked, query.day)
    return answer.page(query, snapshot.version, format_, found.count, found.page(query.first, query.limit), mark)


def _index(request: Request) -> Response:
    _no_question(request)
    listed = [{"name": each.name, "words": each.words, "address": ROOT + each.name} for each in RESOURCES]
    listed.append({"name": "openapi", "words": "接口说明", "address": f"{ROOT}openapi.json"})
    version = data_version(default_path())
    return _kept(request, {"data_version": version, "resources": listed}, answer.tag(version, "index"))


def _description(request: Request) -> Response:
    _no_question(request)
    return _kept(request, openapi.document(), answer.tag("", str(openapi.document())))


def _kept(request: Request, content: object, mark: str) -> Response:
    headers = {**answer.KEEPING, "etag": mark}
    if answer.is_held(request.headers.get("if-none-match", ""), mark):
        return Response(status_code=304, headers=headers)
    return answer.as_json(content, headers)


def _no_question(request: Request) -> None:
    if request.scope["query_string"]:
        raise Problem(400, "这个地址不带参数（期望：去掉问号和后面的文字）")


def _nothing(request: Request) -> Response:
    raise Problem(404, f"接口里没有这个地址（期望：{ROOT} 中列出的）")
