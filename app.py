"""ASGI entry: `streamlit run app.py` serves the pages with the routes and the life cycle of lib/web."""

import streamlit as st

from lib.ui.shell import on_script_error
from lib.web.lifecycle import lifespan
from lib.web.routes import routes

app = st.App("pages/router.py", lifespan=lifespan, routes=routes, on_script_error=on_script_error)
