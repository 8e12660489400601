"""The tokens: one place, a twin for each, words that can be read, colours that stay apart."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lib.view import maps, slides, theme
from lib.view.charts import ledger, seek
from lib.view.spec import spec

from .encodings import BUILDERS

ROOT = Path(__file__).resolve().parents[3]
HEX = re.compile("#[0-9A-Fa-f]{3,8}\\b")
LIGHT, DARK = {colour: colour for colour in theme.DARK}, theme.DARK
GROUNDS = pytest.mark.parametrize("shown", [LIGHT, DARK], ids=["light", "dark"])
every_builder = pytest.mark.parametrize("builder", list(BUILDERS), ids=lambda each: each.__name__)
# Contrast that WCAG 2.1 AA asks of words and of marks.
WORDS, MARKS = 4.5, 3.0
# Distances in CIELAB: 8 is told apart at a glance where two fields touch, 12 where they do not.
TOUCHING = 8.0
# How dichromats see linear RGB (Machado, Oliveira and Fernandes 2009, severity 1), and luminance alone.
SIGHTS = {
    "all": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
# What has a scale of its own, to be told apart by colour alone in every sight.
BY_COLOUR = {
    "tiers": tuple(theme.TIER_COLOURS.values()),
    "scores": tuple(theme.SCORE_BANDS.values()),
    "places": tuple(theme.PLACE_BANDS.values()),
    "above": (*theme.ABOVE_COLOURS, theme.REST),
    "map": maps.RAMP,
    "behind": (theme.BEHIND, theme.INK),
}
# Told apart by colour in every sight, and in grey by the words or the shape that stand with each.
BY_COLOUR_AND_WORDS = {
    "below (each part is named in the legend, in the bars' order)": (*theme.BELOW_COLOURS, theme.REST),
    "statuses (each row is named)": tuple(dict.fromkeys(theme.STATUS_COLOURS.values())),
    "changes (the signed number stands in the cell)": tuple(theme.CHANGE_BANDS.values()),
    "changes of place (▲ ▼ stand on the map)": maps.CHANGES.colours,
    "presence (● ◐ ◇ ○ stand in the cell)": tuple(theme.PRESENCE_COLOURS.values()),
    "reports (the words stand in the cell)": tuple(dict.fromkeys(theme.REPORT_COLOURS.values())),
    "reminders (▲ ○ ◇ stand in the legend, numbers in the bars)": tuple(ledger.CHASED.values()),
    "states of the ledger (named beside the bar)": tuple(dict.fromkeys(slides.STATE_COLOURS.values())),
    "ahead and behind (▲ ▼, and the side of the bar)": (theme.AHEAD, theme.BEHIND),
}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(a: str, b: str) -> float:
    low, high = sorted(float(linear(each) @ SIGHTS["grey"][0]) for each in (a, b))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, sight: str) -> np.ndarray:
    xyz = TO_XYZ @ np.clip(SIGHTS[sight] @ linear(colour), 0, 1) / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def nearest(colours: Iterable[str], sight: str) -> float:
    return min(float(np.linalg.norm(lab(a, sight) - lab(b, sight))) for a, b in combinations(colours, 2))


def blended(colour: str, ground: str, opacity: float) -> str:
    """As a browser mixes: in sRGB, part by part."""
    parts = [
        round(opacity * int(colour[i : i + 2], 16) + (1 - opacity) * int(ground[i : i + 2], 16)) for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02X}" for part in parts)


def strings(part: Any) -> Iterable[str]:
    if isinstance(part, str):
        yield part
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from strings(each)


@cache
def made(builder: Callable) -> dict[str, Any]:
    return spec(builder, *BUILDERS[builder])


def layers(part: dict[str, Any]) -> Iterable[dict[str, Any]]:
    yield part
    for each in part.get("layer", []):
        yield from layers(each)


def test_measures_of_colour_are_those_of_their_definitions() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert lab("#FFFFFF", "all") == pytest.approx([100, 0, 0], abs=0.01)
    assert lab("#FF0000", "all") == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    assert all(sight.sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-5) for sight in SIGHTS.values())


def test_streamlits_own_colours_are_the_tokens() -> None:
    themes = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    names = {
        "primaryColor": theme.BLUE,
        "backgroundColor": theme.GROUND,
        "secondaryBackgroundColor": theme.FAINT,
        "textColor": theme.INK,
        "linkColor": theme.BLUE,
        "borderColor": theme.LINE,
        "redColor": theme.RED,
        "orangeColor": theme.AMBER,
        "greenColor": theme.GREEN,
        "blueColor": theme.BLUE,
    }
    for ground, shown in (("light", LIGHT), ("dark", DARK)):
        given = {key: value for key, value in themes[ground].items() if isinstance(value, str)}
        assert given == {key: shown[colour] for key, colour in names.items()}
        assert themes[ground]["sidebar"] == {"backgroundColor": shown[theme.FAINT]}


@every_builder
def test_every_colour_of_a_chart_has_a_twin(builder: Callable) -> None:
    assert {found for each in strings(made(builder)) for found in HEX.findall(each)} <= set(theme.DARK)


def test_colours_are_written_in_one_place() -> None:
    files = [*(ROOT / "lib/view").rglob("*.py"), *(ROOT / "lib/ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    stray = {each.name: HEX.findall(each.read_text(encoding="utf-8")) for each in files if each.name != "theme.py"}
    assert not {name: found for name, found in stray.items() if found}
    rules = (ROOT / "lib/ui/style.css").read_text(encoding="utf-8")
    assert not [line for line in rules.splitlines() if HEX.search(line) and not line.startswith(".paper")]


@GROUNDS
@pytest.mark.parametrize("colour", ["INK", "QUIET", "BLUE", "RED", "GREEN"])
def test_words_are_read_on_the_ground_and_on_a_panel(colour: str, shown: dict[str, str]) -> None:
    words = shown[getattr(theme, colour)]
    assert contrast(words, shown[theme.GROUND]) >= WORDS
    assert contrast(words, shown[theme.FAINT]) >= WORDS


@every_builder
@GROUNDS
def test_words_of_a_chart_are_read(builder: Callable, shown: dict[str, str]) -> None:
    """Those in the colour of the ground stand on marks: see the bands below."""
    for layer in layers(made(builder)):
        if layer.get("mark") == "text" or (isinstance(layer.get("mark"), dict) and layer["mark"]["type"] == "text"):
            mark = layer["mark"] if isinstance(layer["mark"], dict) else {}
            colours = {
                found
                for part in (mark.get("color", theme.INK), layer["encoding"].get("color", {}))
                for each in ([part] if isinstance(part, str) else strings(part))
                for found in HEX.findall(each)
            }
            assert all(contrast(shown[each], shown[theme.GROUND]) >= WORDS for each in colours - {theme.GROUND}), (
                colours
            )


@GROUNDS
@pytest.mark.parametrize(
    "colour", ["BLUE", "STRONG", "SKY", "MUTED", "AMBER", "RED", "GREEN", "BROWN", "TEAL", "VIOLET"]
)
def test_marks_are_seen_on_the_ground(colour: str, shown: dict[str, str]) -> None:
    assert contrast(shown[getattr(theme, colour)], shown[theme.GROUND]) >= MARKS


@GROUNDS
@pytest.mark.parametrize("bands", [theme.SCORE_BANDS, theme.PLACE_BANDS, theme.CHANGE_BANDS], ids=["s", "p", "c"])
def test_words_in_the_cells_of_a_heat_map_are_read(bands: dict[str, str], shown: dict[str, str]) -> None:
    for band, colour in bands.items():
        words = theme.GROUND if band in theme.LIGHT_BANDS else theme.INK
        assert contrast(shown[words], shown[colour]) >= WORDS, band


@GROUNDS
@pytest.mark.parametrize("colours", [maps.RAMP, maps.CHANGES.colours, maps.TIERS.colours, (maps.ABSENT_COLOUR,)])
def test_words_on_a_map_are_read(colours: tuple[str, ...], shown: dict[str, str]) -> None:
    assert all(contrast(shown[maps.paper(colour)], shown[colour]) >= WORDS for colour in colours)


@GROUNDS
def test_words_on_tinted_cells_are_read(shown: dict[str, str]) -> None:
    """The matrices of reports, of completeness and of counts, and the numbers in a reminder's bar."""
    ground, ink = shown[theme.GROUND], shown[theme.INK]
    for colours, opacity in ((theme.REPORT_COLOURS, 0.2), (theme.PRESENCE_COLOURS, 0.28), ({"most": theme.BLUE}, 0.5)):
        assert all(contrast(ink, blended(shown[each], ground, opacity)) >= WORDS for each in colours.values())
    assert all(contrast(ground, shown[each]) >= WORDS for each in ledger.CHASED.values())


@GROUNDS
@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("name", BY_COLOUR)
def test_scales_stay_apart_in_every_sight(name: str, sight: str, shown: dict[str, str]) -> None:
    assert nearest([shown[each] for each in BY_COLOUR[name]], sight) >= TOUCHING


@GROUNDS
@pytest.mark.parametrize("sight", [each for each in SIGHTS if each != "grey"])
@pytest.mark.parametrize("name", BY_COLOUR_AND_WORDS)
def test_what_also_has_words_stays_apart_in_colour(name: str, sight: str, shown: dict[str, str]) -> None:
    assert nearest([shown[each] for each in BY_COLOUR_AND_WORDS[name]], sight) >= TOUCHING


def test_series_are_told_apart_by_their_dashes_where_colours_meet() -> None:
    dashes = [tuple(each) for role, each in seek._DASHES.items() if role != seek.FOCUS]
    assert len(set(dashes)) == len(seek.PICKS)
