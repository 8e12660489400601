"""Routes beside the pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from lib.store import default_path
from lib.web import login
from lib.web.keeping import told


async def health(request: Request) -> JSONResponse:
    """Whether the database answers: 200 with the data version, also while it can only be read, else 503."""
    content, status = told(default_path())
    return JSONResponse(content, status_code=status)


async def nothing(request: Request) -> JSONResponse:
    """No address of the interface is answered by Streamlit's page."""
    return JSONResponse(
        {"status": 404, "title": "没有这个地址"}, status_code=404, media_type="application/problem+json"
    )


# The last is for what none before it answers.
routes = [Route("/health", health), *login.routes, Route("/api/{rest:path}", nothing)]
