"""The page and the type of official papers (GB/T 9704-2012 党政机关公文格式), for every Word file that goes out."""

from __future__ import annotations

from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from lib.export.sheets import plain_text

# 5.2.1: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm; what remains are 35 mm below and 26 mm on the right.
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
BODY, BOLD, HEADING, KAI, SONG = "仿宋_GB2312", "黑体", "方正小标宋简体", "楷体_GB2312", "宋体"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAKER = "对标台"
# A property of a file holds so many characters.
PROPERTY = 255


def page(title: str) -> Document:
    """An empty document with the page of official papers and its title in the properties."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in MARGINS.items():
        setattr(section, name, Mm(size))
    properties = document.core_properties
    properties.title, properties.author = " ".join(plain_text(title).split())[:PROPERTY], MAKER
    return document


def typeface(what: Any, font: str, size: float) -> None:
    """Gives a run or a style one font for Chinese and Latin, in points."""
    what.font.name, what.font.size = font, Pt(size)
    fonts = what._element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:eastAsia", "w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), font)
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)


def element(tag: str, **attributes: object) -> Any:
    """An element of WordprocessingML with its attributes: element("w:docGrid", linePitch=579)."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made
