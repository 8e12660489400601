"""The pages of the way in, made on the server: no script, and the look of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from starlette.responses import HTMLResponse

# The colours of lib/view/theme.py, light and dark; a test compares.
LIGHT = {"ground": "#FFFFFF", "page": "#F4F6F8", "ink": "#1F2933", "quiet": "#5B6773", "line": "#D9DEE4"}
LIGHT |= {"blue": "#1D4F91", "red": "#C0362C"}
DARK = {"ground": "#12181F", "page": "#1B232B", "ink": "#E6EBF0", "quiet": "#A3AFBB", "line": "#33404C"}
DARK |= {"blue": "#7FB2EC", "red": "#F0857B"}
FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
# Nothing but this page itself: neither script nor picture.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


def _colours(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())


_STYLE = f"""
:root {{ color-scheme: light dark; {_colours(LIGHT)} }}
@media (prefers-color-scheme: dark) {{ :root {{ {_colours(DARK)} }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; justify-content: center;
  padding: 1.5rem 1rem; background: var(--page); color: var(--ink); font: 1rem/1.6 {FONT}; }}
@media (min-width: 1800px) {{ :root {{ font-size: 125%; }} }}
@media (min-width: 2500px) {{ :root {{ font-size: 175%; }} }}
main {{ width: 100%; max-width: 26rem; background: var(--ground); border: 1px solid var(--line); border-top: 4px solid var(--blue);
  border-radius: 4px; padding: 2rem; }}
@media (max-width: 480px) {{ main {{ padding: 1.5rem 1.25rem; }} }}
.name {{ margin: 0; color: var(--blue); font-weight: 600; letter-spacing: .04em; }}
h1 {{ margin: .1rem 0 1.1rem; font-size: 1.625rem; line-height: 1.3; }}
p {{ margin: .4rem 0; }}
label {{ display: block; margin: 1rem 0 .3rem; font-weight: 600; }}
input:not([type=hidden]) {{ width: 100%; height: 2.75rem; padding: 0 .75rem; font: inherit; color: var(--ink); background: var(--ground);
  border: 1px solid var(--quiet); border-radius: 4px; }}
input:focus-visible, button:focus-visible, a:focus-visible {{ outline: 3px solid var(--blue); outline-offset: 2px; }}
button, .button {{ display: block; width: 100%; min-height: 2.75rem; margin-top: 1.25rem; padding: .55rem .75rem; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; cursor: pointer; border-radius: 4px; border: 1px solid var(--blue);
  background: var(--blue); color: var(--ground); }}
.other {{ background: none; color: var(--blue); margin-top: .75rem; }}
.wrong {{ margin: 0 0 .5rem; padding: .55rem .75rem; border-left: 4px solid var(--red); background: var(--page); }}
.wrong b {{ color: var(--red); }}
.said {{ margin: 0 0 .5rem; padding: .55rem .75rem; border-left: 4px solid var(--blue); background: var(--page); }}
ul {{ margin: .3rem 0 0; padding-left: 1.2rem; }}
.quiet, ul {{ color: var(--quiet); font-size: .9375rem; }}
a {{ color: var(--blue); }}
.foot {{ margin: 1.25rem 0 0; padding-top: .8rem; border-top: 1px solid var(--line); }}
"""


def page(title: str, body: str, *, status: int = 200) -> HTMLResponse:
    """A page of the way in."""
    html = (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)} · 对标台</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f'<style>{_STYLE}</style></head><body><main><p class="name">对标台</p><h1>{escape(title)}</h1>{body}</main></body></html>'
    )
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(html, status_code=status, headers=headers)


def form(action: str, token: str, inner: str, button: str, *, kind: str = "") -> str:
    """A form that is sent to a local address with the token that says it is ours."""
    style = f' class="{kind}"' if kind else ""
    return (
        f'<form method="post" action="{escape(action)}"><input type="hidden" name="token" value="{escape(token)}">{inner}'
        f"<button{style}>{escape(button)}</button></form>"
    )


def field(label: str, name: str, kind: str, fill: str, *, value: str = "", first: bool = False) -> str:
    """A box with its label; `fill` tells the browser what it may put in."""
    more = " autofocus" if first else ""
    return (
        f'<label for="{name}">{escape(label)}</label><input id="{name}" name="{name}" type="{kind}" autocomplete="{fill}" '
        f'value="{escape(value)}" maxlength="200" required spellcheck="false" autocapitalize="none"{more}>'
    )


def hidden(name: str, value: str) -> str:
    """What is sent along."""
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def wrong(text: str) -> str:
    """What went wrong; nothing for nothing."""
    return f'<p class="wrong" role="alert"><b>▲</b> {escape(text)}</p>' if text else ""


def said(text: str) -> str:
    """What is to be known first; nothing for nothing."""
    return f'<p class="said" role="status">{escape(text)}</p>' if text else ""


def listed(lines: Sequence[str]) -> str:
    """Short lines below each other."""
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def link(words: str, href: str, kind: str = "") -> str:
    """A link to a local address."""
    style = f' class="{kind}"' if kind else ""
    return f'<a{style} href="{escape(href)}">{escape(words)}</a>'


def foot(inner: str) -> str:
    """The line at the bottom."""
    return f'<p class="foot quiet">{inner}</p>'
