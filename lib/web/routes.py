"""Routes beside the pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from lib.store import default_path
from lib.web.keeping import told


async def health(request: Request) -> JSONResponse:
    """Whether the database answers: 200 with the data version, also while it can only be read, else 503."""
    content, status = told(default_path())
    return JSONResponse(content, status_code=status)


routes = [Route("/health", health)]
