"""ASGI entry: `streamlit run app.py` serves the pages with the routes and the life cycle of lib/web."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from lib.ui import loaders
from lib.ui.shell import on_script_error
from lib.web import api
from lib.web.lifecycle import lifespan
from lib.web.origin import OwnPages
from lib.web.paint import FirstPaint
from lib.web.routes import routes

# Streamlit checks the host of its websocket only; this checks every route, by the same setting.
hosts = Middleware(TrustedHostMiddleware, allowed_hosts=st.get_option("server.allowedHosts") or ["*"])
around = [hosts, Middleware(OwnPages), Middleware(FirstPaint)]
interface = api.routes(loaders.snapshot)
app = st.App(
    "pages/router.py",
    lifespan=lifespan,
    routes=[*routes, *interface],
    middleware=around,
    on_script_error=on_script_error,
)
