"""The papers that go out, each made from one `Material`: what stands at the end of a day as a context sees it."""

from lib.papers.books import workbook
from lib.papers.bulletins import bulletin, doubts, no_number, taken, weakest_indicators
from lib.papers.deck import presentation, slides
from lib.papers.material import Material, at, gather, look, look_at

__all__ = [
    "Material",
    "at",
    "bulletin",
    "doubts",
    "gather",
    "look",
    "look_at",
    "no_number",
    "presentation",
    "slides",
    "taken",
    "weakest_indicators",
    "workbook",
]
