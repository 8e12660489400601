"""The meeting's slides and the data workbook, as the bulletin page offers them."""

from __future__ import annotations

from lib.papers import Material


def slides(material: Material) -> None:
    """What the slides will say, and the button to take them."""


def workbook(material: Material) -> None:
    """What is in the workbook, and the button to take it."""
