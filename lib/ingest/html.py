"""A web page's first table, which government systems like to call .xls, as a grid of text cells."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd

MAX_SPAN = 200


class _Tables(HTMLParser):
    """Collects the cells of every table, spans written out; scripts and links are only ever text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._open: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._open = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), MAX_SPAN) if span.isdigit() else 1

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._open is not None:
            self.rows[-1] += ["".join(self._open).strip(), *[""] * (self._span - 1)]
            self._open = None


def read_html(text: str) -> pd.DataFrame:
    """The rows of all tables of a page, one below the other."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return pd.DataFrame([row for row in parser.rows if row], dtype=str).fillna("")
