"""Charts to take away: the file opens, the Chinese characters are in it, and what the chart says stands beside it."""

from __future__ import annotations

import base64
import io
import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from lib.export import picture
from lib.view import charts
from lib.view.spec import spec, with_rows
from tests.unit.view.encodings import BUILDERS

SVG = "{http://www.w3.org/2000/svg}"
NOTES = ("演示数据：程序生成，不是真实情况", "数据：2020年四季度，某表（批次 2）；计分方法第 1 版")
ROWS = pd.DataFrame(
    {
        "label": ["1  郏县", "2  汝州市"],
        "score": [87.4, float("nan")],
        "tier": "第一方阵",
        "shown": "87.4",
        "focus": [0, 1],
    }
)


def drawn(label: str = "1  郏县") -> dict:
    return with_rows(spec(charts.ranking_bars, "总分"), ROWS.assign(label=[label, "2  汝州市"]))


def test_the_svg_says_what_the_chart_says() -> None:
    made = picture.chart_svg(drawn(), "总分排名", NOTES)
    words = [text.text for text in ET.fromstring(made).iter(f"{SVG}text")] + [
        part.text for part in ET.fromstring(made).iter(f"{SVG}tspan")
    ]
    for said in ("总分排名", *NOTES, "1  郏县", "2  汝州市", "87.4"):
        assert said in words


def test_the_svg_carries_the_characters_that_it_uses() -> None:
    made = picture.chart_svg(drawn(), "总分排名", NOTES).decode()
    font = TTFont(io.BytesIO(base64.b64decode(re.search(r"base64,([^)]+)\)", made).group(1))))
    words = "".join(ET.fromstring(made).itertext())
    assert {*"总分排名郏县汝州市演示数据"} <= set(words)
    known = font.getBestCmap()
    style = ET.fromstring(made).find(f"{SVG}style").text
    assert {mark for mark in words.replace(style, "") if mark.isprintable() and ord(mark) not in known} == set()
    assert len(known) < 300
    assert f'font-family="{picture.FAMILY}"' in made
    assert "YaHei" not in made


def png(label: str) -> Image.Image:
    return Image.open(io.BytesIO(picture.chart_png(drawn(label), "总分排名", NOTES))).convert("L")


def test_the_png_shows_chinese_glyphs_not_boxes() -> None:
    # The box of a missing glyph is the same for every character; a real one is not. No font has these two: they are unassigned.
    first, second, missing, other = (png(f"1  {name}") for name in ("郏", "汝", "\u0378", "\u0379"))
    assert first.size[0] > 1900
    assert first.size == second.size == missing.size
    assert ImageChops.difference(first, second).getbbox() is not None
    assert ImageChops.difference(first, missing).getbbox() is not None
    assert ImageChops.difference(missing, other).getbbox() is None


def test_a_long_title_is_cut_into_lines() -> None:
    made = ET.fromstring(picture.chart_svg(drawn(), "长" * 200, ()))
    lines = [part.text for part in made.iter(f"{SVG}tspan") if part.text and set(part.text) == {"长"}]
    assert "".join(lines) == "长" * 200
    assert max(map(len, lines)) <= picture.LINE_LENGTH


def test_markup_in_a_name_is_text() -> None:
    made = picture.chart_svg(drawn("<script>alert(1)</script>"), "a<b&c", ())
    assert not list(ET.fromstring(made).iter(f"{SVG}script"))


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.__name__)
def test_every_chart_can_be_taken_away(builder) -> None:
    shape = spec(builder, *BUILDERS[builder])
    made = picture.chart_svg(with_rows(shape, ROWS.head(0)), "标题", NOTES)
    assert ET.fromstring(made).tag == f"{SVG}svg"


def test_the_font_has_every_character_of_the_catalogue() -> None:
    known = TTFont(picture.FONT_FILE).getBestCmap()
    words = {
        mark for path in picture.FONTS.parents[1].glob("data/catalog/**/*.csv") for mark in path.read_text("utf-8")
    }
    assert {mark for mark in words if mark.isprintable() and ord(mark) not in known} == set()
