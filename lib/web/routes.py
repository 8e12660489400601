"""Routes beside the pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from lib.model import UserError
from lib.store import data_version, default_path
from lib.web import login


async def health(request: Request) -> JSONResponse:
    """Whether the database answers: 200 with the data version, else 503."""
    try:
        return JSONResponse({"status": "ok", "data_version": data_version(default_path())})
    except (UserError, OSError) as error:
        return JSONResponse({"status": "error", "reason": str(error)}, status_code=503)


async def nothing(request: Request) -> JSONResponse:
    """No address of the interface is answered by Streamlit's page."""
    return JSONResponse(
        {"status": 404, "title": "没有这个地址"}, status_code=404, media_type="application/problem+json"
    )


# The last is for what none before it answers.
routes = [Route("/health", health), *login.routes, Route("/api/{rest:path}", nothing)]
