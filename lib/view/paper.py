"""What stands on paper only: the head that says what was chosen, and the whole of a table that scrolls on a screen."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from weakref import WeakKeyDictionary

from lib.view import text
from lib.view.table import Table

# A longer table is a file to take away, not a thing to print.
MOST = 200
_made: WeakKeyDictionary[Table, str] = WeakKeyDictionary()


def head(chosen: Iterable[str], day: str) -> str:
    """The line at the top of a printed page, as HTML."""
    words = "，".join(chosen)
    return f'<p class="paper-head">{escape(text.straight(words))}；打印于 {escape(day)}</p>'


def table(whole: Table) -> str:
    """A table as HTML, its first rows where it is long; every word of it is escaped."""
    if whole not in _made:
        _made[whole] = _table(whole)
    return _made[whole]


def _table(whole: Table) -> str:
    first = Table(whole.values.head(MOST), whole.numbers) if len(whole) > MOST else whole
    names = list(first.values)
    kinds = [' class="number"' if name in first.numbers else "" for name in names]
    lines = [_row("td", kinds, cells) for cells in first.shown.itertuples(index=False, name=None)]
    rest = f"<p>只印前 {MOST} 行，共 {len(whole)} 行；全部在“导出本页”的表格里。</p>" if len(whole) > MOST else ""
    return (
        f'<div class="paper-grid"><table><thead>{_row("th", kinds, names)}</thead>'
        f"<tbody>{''.join(lines)}</tbody></table>{rest}</div>"
    )


def _row(tag: str, kinds: Iterable[str], cells: Iterable[object]) -> str:
    inside = (f"<{tag}{kind}>{escape(str(cell))}</{tag}>" for kind, cell in zip(kinds, cells, strict=True))
    return f"<tr>{''.join(inside)}</tr>"
