"""A table of measurements: what was measured and its figures, as text for a screen or as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH = 60
BEGIN, END = "<!-- {} begins: written by python -m bench --write -->", "<!-- {} ends -->"


@dataclass(frozen=True)
class Table:
    """What the rows are, the columns' names with how their figures are written, and the rows: a name, then a figure a column, None
    for none."""

    title: str
    columns: Mapping[str, str]
    rows: Sequence[Sequence[object]]

    def text(self) -> str:
        """For a screen."""
        widths = [max(len(name), 8) + 2 for name in self.columns]
        lines = []
        for first, *cells in self._cells():
            lines.append(
                f"{first:<{WIDTH}}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
            )
        return "\n".join(lines)

    def markdown(self) -> str:
        """For a document."""
        head, *rows = self._cells()
        line = ["---", *("---:" for _ in self.columns)]
        return "\n".join("| " + " | ".join(row) + " |" for row in (head, line, *rows))

    def _cells(self) -> list[list[str]]:
        rows = [
            [str(row[0]), *(_said(value, how) for value, how in zip(row[1:], self.columns.values(), strict=True))]
            for row in self.rows
        ]
        return [[self.title, *self.columns], *rows]


def written(document: str, name: str, text: str) -> str:
    """The document with the text between the marks of that name; at its end where it has none yet."""
    begin, end = BEGIN.format(name), END.format(name)
    block = f"{begin}\n\n{text}\n\n{end}"
    if begin not in document:
        return f"{document.rstrip()}\n\n{block}\n"
    head, _, rest = document.partition(begin)
    return head + block + rest.partition(end)[2]


def _said(value: object, how: str) -> str:
    if value is None:
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else format(value, how)
