"""ASGI entry: `streamlit run app.py` serves the pages with the routes and the life cycle of lib/web."""

from functools import partial
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from lib.ui import access, loaders, single_sign_on
from lib.ui.shell import on_script_error, sheet
from lib.web import api
from lib.web.gate import Gate
from lib.web.headers import SafeHeaders
from lib.web.lifecycle import check_house, lifespan
from lib.web.origin import OwnPages
from lib.web.paint import FirstPaint
from lib.web.proxies import Proxies
from lib.web.routes import routes

sign_on = single_sign_on.found()
check_house(st.get_option("server.address"), sign_on)
access.attend()
# Streamlit checks the host of its websocket only; this checks every route, by the same setting.
hosts = Middleware(TrustedHostMiddleware, allowed_hosts=st.get_option("server.allowedHosts") or ["*"])
page = Path(st.__file__).parent / "static" / "index.html"
around = [
    Middleware(Proxies),
    Middleware(SafeHeaders, page=page),
    hosts,
    Middleware(OwnPages),
    Middleware(Gate, single=sign_on),
    Middleware(FirstPaint, page=page, sheet=sheet()),
]
app = st.App(
    "pages/router.py",
    lifespan=partial(lifespan, prepare=loaders.prepare),
    routes=[*api.routes(loaders.snapshot), *routes],
    middleware=around,
    on_script_error=on_script_error,
)
