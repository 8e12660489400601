"""A paper as it looks: the preview beside the editor, in the page's proportions."""

from __future__ import annotations

from html import escape

from lib.model.bulletin import Paper
from lib.view import text
from lib.view.bulletin import notes, title_lines


def sheet(paper: Paper) -> str:
    """The paper as HTML; every word of it is escaped."""
    noted = [_line("note", words) for words in notes(paper)]
    parts = [
        _line("masthead", paper.kind.masthead),
        _line("issue", paper.kind.numbered(paper.number)),
        f'<div class="from"><span>{_safe(paper.issuer)}</span><span>{text.date_words(paper.day)}</span></div>',
        _line("title", title_lines(paper)),
        *noted,
    ]
    for section in paper.sections:
        written = [each for each in section.paragraphs if each.text.strip()]
        parts += [_line("first", section.title)] if written else []
        parts += [_body(each.lead, each.text) for each in written]
    parts += [*noted, _end(paper)]
    return f'<div class="paper-box" tabindex="0"><div class="paper">{"".join(parts)}</div></div>'


def _safe(words: str) -> str:
    return escape(text.straight(words)).replace("\n", "<br>")


def _line(kind: str, words: str) -> str:
    return f'<div class="{kind}">{_safe(words)}</div>'


def _body(lead: str, words: str) -> str:
    lines = [_safe(line.strip()) for line in words.split("\n") if line.strip()]
    head = f'<span class="lead">{_safe(lead)}</span>' if lead else ""
    return "".join(f"<p>{head if at == 0 else ''}{line}</p>" for at, line in enumerate(lines))


def _end(paper: Paper) -> str:
    said_to = (("报送", paper.report_to), ("抄送", paper.copy_to))
    rows = [_line("row", f"{label}：{words}") for label, words in said_to if words.strip()]
    last = f'<div class="row from-end"><span>{_safe(paper.issuer)}</span><span>{text.date_words(paper.day)}印发</span></div>'
    return f'<div class="end">{"".join(rows)}{last}</div>'
