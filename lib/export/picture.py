"""A chart to take away, as PNG or SVG, drawn with the project's own Chinese font: it looks the same everywhere."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import vl_convert
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from lib.view.theme import FONT

FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
FONT_FILE = FONTS / "NotoSansCJKsc-Regular.otf"
FAMILY = "Noto Sans CJK SC"
WIDTH, MARGIN, SCALE, LINE_LENGTH = 960, 24, 2.0, 72
VEGA_LITE = "6.4"


def chart_svg(specification: Mapping[str, Any], title: str, notes: Sequence[str] = ()) -> bytes:
    """A Vega-Lite specification with its rows as SVG, the title and the notes above; the font's characters travel inside."""
    drawn = _draw(specification, title, notes)
    characters = "".join(re.findall(r">([^<]+)<", drawn))
    face = base64.b64encode(_subset("".join(sorted(set(characters))))).decode()
    style = f'<style>@font-face{{font-family:"{FAMILY}";src:url(data:font/woff;base64,{face}) format("woff")}}</style>'
    head, mark, rest = drawn.partition(">")
    return f"{head}{mark}<title>{escape(title)}</title>{style}{rest}".encode()


def chart_png(specification: Mapping[str, Any], title: str, notes: Sequence[str] = ()) -> bytes:
    """The same as PNG, twice as many pixels as the SVG has points."""
    return vl_convert.svg_to_png(_draw(specification, title, notes), scale=SCALE)


def _draw(specification: Mapping[str, Any], title: str, notes: Sequence[str]) -> str:
    _register()
    heading = {"text": _lines([title]), "subtitle": _lines(notes)}
    # What stands beside the plot on screen needs its room; the rest is a margin.
    sides = {"left": MARGIN, "top": MARGIN, "bottom": MARGIN}
    padding = {**sides, "right": MARGIN + specification.get("padding", {}).get("right", 0)}
    datasets = _plain(specification.get("datasets", {}))
    whole = {**specification, "width": WIDTH, "padding": padding, "title": heading, "datasets": datasets}
    return vl_convert.vegalite_to_svg(_own_font(whole), vl_version=VEGA_LITE)


@cache
def _register() -> None:
    vl_convert.register_font_directory(str(FONTS))


def _plain(datasets: Mapping[str, Any]) -> dict[str, Any]:
    """Data sets as lists of records; a missing number is null."""
    return {
        name: rows.astype(object).where(rows.notna(), None).to_dict("records")
        if isinstance(rows, pd.DataFrame)
        else rows
        for name, rows in datasets.items()
    }


def _own_font(part: Any) -> Any:
    """The specification with the one font that travels along instead of the list that screens have."""
    if isinstance(part, dict):
        return {key: _own_font(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_own_font(each) for each in part]
    return FAMILY if part == FONT else part


def _lines(texts: Sequence[str]) -> list[str]:
    """Texts cut into lines that fit the picture's width."""
    return [text[at : at + LINE_LENGTH] for text in texts for at in range(0, len(text), LINE_LENGTH)]


def _subset(characters: str) -> bytes:
    """The font with these characters only, as WOFF."""
    font = TTFont(FONT_FILE)
    options = Options(layout_features=[], hinting=False, flavor="woff")
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = "woff"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
