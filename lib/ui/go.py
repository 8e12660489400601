"""Where a click leads: a county, an indicator, the source of a number. All of these are called before a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import streamlit as st

from lib.ui import loaders
from lib.ui.context import node_label

REGION, PERIOD, SUBJECT, SOURCE = "region", "period", "subject", "source"
_PAGE, _LISTENING = "_page", "_source_links"
Click = Callable[[str], None]
# Pages that choose an indicator or measure.
WITH_SUBJECT = {"ranking", "heatmap", "map", "indicator", "seek", "gap"}


def region(code: str) -> None:
    """Looks at another region on the same page."""
    st.session_state[REGION] = code


def subject(code: str) -> None:
    """Looks at another indicator or measure on the same page."""
    st.session_state[SUBJECT] = code


def period(code: str) -> None:
    """Looks at another period."""
    st.session_state[PERIOD] = code


def county(code: str) -> None:
    """Opens a county's profile."""
    region(code)
    page("see/county.py")


def indicator(code: str) -> None:
    """Opens an indicator's or measure's page."""
    subject(code)
    # A choice whose box has not been on a page yet reaches the address only this way.
    tree = loaders.load_catalog(loaders.version()).trees[st.session_state["framework"]]
    page("see/indicator.py", **{SUBJECT: node_label(tree, code)})


def source(address: str) -> None:
    """Opens where a number comes from."""
    if address:
        st.query_params[SOURCE] = address


def links() -> Callable[[str, str], str]:
    """What makes Markdown of words and an address, which leads to where a number comes from; `listen` opens it on the page itself,
    else it is another tab."""
    kept = {key: value for key, value in st.query_params.to_dict().items() if key != SOURCE}
    here = urlencode(kept, quote_via=quote) + "&" * bool(kept)
    return lambda words, address: f"[{words}](?{here}{SOURCE}={quote(address, safe='')})"


def state(key: str, said: str) -> None:
    """Writes a choice that has no box into the page's address, or takes it out where nothing is said."""
    if said and st.query_params.get(key) != said:
        st.query_params[key] = said
    elif not said and key in st.query_params:
        del st.query_params[key]


def address(query: Mapping[str, str | list[str]]) -> str:
    """The address of the page as it is, with these choices and no others."""
    url = urlsplit(st.context.url or "")
    return urlunsplit(url._replace(query=urlencode(query, doseq=True, quote_via=quote), fragment=""))


def beside(path: str, query: Mapping[str, str]) -> str:
    """The address of another page of the house, by its path, with these choices."""
    url = urlsplit(st.context.url or "")
    folder = url.path.rsplit("/", 1)[0]
    return urlunsplit(url._replace(path=f"{folder}/{path}", query=urlencode(query, quote_via=quote), fragment=""))


# Streamlit opens every link of a text in another tab.
_LISTENER = st.components.v2.component(
    "source_links",
    js="""export default function ({ setTriggerValue }) {
        const open = (event) => {
            const link = event.target.closest('a[href*="source="]');
            if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            setTriggerValue("address", new URL(link.href).searchParams.get("source"));
        };
        document.addEventListener("click", open, true);
        return () => document.removeEventListener("click", open, true);
    }""",
)


def listen() -> None:
    """Lets links to sources open on the page."""
    _LISTENER(key=_LISTENING, on_address_change=_clicked, height=0)


def _clicked() -> None:
    source(str(st.session_state[_LISTENING].address or ""))


def page(path: str, **query: str | list[str]) -> None:
    """Opens a page with the selection as it is, and with more choices of that page's as its address would say them."""
    st.session_state[_PAGE] = path, query


def follow(current: str) -> None:
    """Goes where the last click asked to go, unless it is the current page; called once, before anything is drawn."""
    path, query = st.session_state.pop(_PAGE, ("", {}))
    if path and PurePath(path).stem != current:
        # A choice that the page being left has in its address itself goes along by itself, and may not be set here.
        if current in WITH_SUBJECT:
            query = {key: value for key, value in query.items() if key != SUBJECT}
        # Without a query of its own Streamlit refuses to leave an address with choices; they come back from the session.
        st.switch_page(path, query_params=query)
