"""A visitor without a browser: Streamlit's own messages over a bare websocket, and how long it takes until a run has ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 120.0
_ENDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
# Streamlit's frontend forgets a message that two runs have not shown.
_KEPT_RUNS = 2


class Visitor:
    """One session: a page that has been opened, the boxes on it, and what has been chosen."""

    def __init__(self, line: ClientConnection, address: str, page: str) -> None:
        self._line, self._address, self._page = line, address, page
        self._query: dict[str, str] = {}
        self._states: dict[str, WidgetState] = {}
        self._seen: dict[str, int] = {}
        self._runs, self._hash = 0, ""
        # By its label, a box or slider with the fragment that it is in.
        self.boxes: dict[str, tuple[Element, str]] = {}
        # The texts of the last run.
        self.said: list[str] = []

    @property
    def first_slider(self) -> str:
        """The label of the first slider of the page."""
        return next(label for label, (element, _) in self.boxes.items() if element.WhichOneof("type") == "slider")

    async def open(self) -> float:
        """Asks for the page, or for it again as it stands; seconds until all of it is there."""
        return await self._run("")

    async def move(self, label: str) -> float:
        """Moves a box or a slider on by one; seconds until everything that follows from it is there."""
        element, fragment = self.boxes[label]
        kind = element.WhichOneof("type")
        widget = getattr(element, kind)
        state = self._states.setdefault(widget.id, WidgetState(id=widget.id))
        if kind == "selectbox":
            now = state.string_value or widget.options[widget.default]
            state.string_value = widget.options[(list(widget.options).index(now) + 1) % len(widget.options)]
            if widget.query_param_key:
                self._query[widget.query_param_key] = state.string_value
        else:
            now = state.double_array_value.data[0] if state.double_array_value.data else widget.default[0]
            more = now + widget.step if now + widget.step <= widget.max else widget.min
            state.double_array_value.data[:] = [more]
        return await self._run(fragment)

    async def _run(self, fragment: str) -> float:
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_name, state.page_script_hash = urlencode(self._query), self._page, self._hash
        state.fragment_id = fragment
        state.widget_states.widgets.extend(self._states.values())
        state.cached_message_hashes.extend(self._seen)
        state.context_info.url = f"{self._address}/{self._page}"
        state.context_info.timezone, state.context_info.locale = "Asia/Shanghai", "zh-CN"
        self._runs += 1
        self.said = []
        start = perf_counter()
        await self._line.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._take(ForwardMsg.FromString(await self._line.recv())):
                pass
        self._seen = {key: run for key, run in self._seen.items() if run > self._runs - _KEPT_RUNS}
        return perf_counter() - start

    def _take(self, message: ForwardMsg) -> bool:
        """Takes a message in; whether the run has ended with it."""
        kind = message.WhichOneof("type")
        if message.metadata.cacheable and message.hash:
            self._seen[message.hash] = self._runs
        if kind == "ref_hash":
            self._seen[message.ref_hash] = self._runs
        elif kind == "new_session":
            self._hash = message.new_session.page_script_hash
        elif kind == "navigation":
            # The page that was asked for, where the script that runs is the one that all pages share.
            self._hash = message.navigation.page_script_hash
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._note(message.delta.new_element, message.delta.fragment_id)
        elif kind == "script_finished":
            return message.script_finished in _ENDED
        return False

    def _note(self, element: Element, fragment: str) -> None:
        kind = element.WhichOneof("type")
        if kind in ("selectbox", "slider"):
            self.boxes[getattr(element, kind).label] = element, fragment
        elif kind == "markdown":
            self.said.append(element.markdown.body)
        elif kind == "exception":
            raise RuntimeError(f"/{self._page} failed: {element.exception.message}")


@asynccontextmanager
async def visiting(address: str, page: str = "") -> AsyncIterator[Visitor]:
    """A visitor of a page that has not been opened yet."""
    socket = address.replace("http:", "ws:", 1) + "/_stcore/stream"
    async with connect(
        socket, subprotocols=["streamlit"], max_size=None, compression=None, open_timeout=PATIENCE, ping_interval=None
    ) as line:
        yield Visitor(line, address, page)
