"""From where a deed is done, for the trail."""

from __future__ import annotations

from contextvars import copy_context

from streamlit.testing.v1 import AppTest

from lib.store import events
from lib.store.database import writing
from lib.ui import visit
from lib.web.visits import ADDRESS


def test_a_request_says_its_address_and_the_server_none(caplog):
    assert visit.address() == ""
    context = copy_context()
    context.run(ADDRESS.set, "10.0.0.3")
    assert context.run(visit.address) == "10.0.0.3"
    assert caplog.text == ""


def test_a_run_of_a_page_says_the_header_of_the_gate(monkeypatch):
    class Context:
        headers = {"X-Duibiao-Address": "10.0.0.8"}  # noqa: RUF012

    def script():
        import streamlit as st

        from lib.ui import visit

        st.text(visit.address())

    monkeypatch.setattr(visit.st, "context", Context())
    assert AppTest.from_function(script).run().text[0].value == "10.0.0.8"


def test_the_trail_asks(empty, monkeypatch):
    monkeypatch.setattr(events, "_where", events._where)
    visit.tell_the_trail()
    context = copy_context()
    context.run(ADDRESS.set, "10.0.0.3")
    with writing(empty) as db:
        events.record(db, "甲", "试", "x")
        context.run(events.record, db, "甲", "试", "y")
    assert list(events.events(empty)["address"]) == ["10.0.0.3", ""]
