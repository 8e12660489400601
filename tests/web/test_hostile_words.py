"""Texts made to do harm, in files, names and addresses: they come out as the texts they are, on pages and in papers."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lib import cli, office
from lib.model import UserError
from lib.model.ledger import Reading, Task
from lib.model.screen import Deck, Kind, Screen
from lib.store import batches, decks, ledger, tokens
from lib.web.api.answer import _csv, items
from lib.web.api.resources import RESOURCES
from tests.browser.pages import PATHS
from tests.unit.web.api.asking import ask
from tests.unit.web.api.conftest import LOCAL, application

PICTURE = "![p](http://evil.example/p.png)"
TAG = "<img src=x onerror=alert(1)>"
EVIL = f"=1+1{TAG}{PICTURE}[l](javascript:alert(1)):red[x]$x$`"
ROWS = pd.DataFrame([("410421", "tax.time", "2021-Q1", 12.5)], columns=["region", "measure", "period", "value"])


# --- files

ODD_NAMES = {
    "RTL override": "表\u202evsc.exe",
    "nothing but a dot": ".",
    "way up": "../../../../etc/passwd.csv",
    "way up of Windows": "..\\..\\boot.csv",
    "device": "CON.csv",
    "null": "a\x00b.csv",
    "line break": "a\r\nX-Evil: 1.csv",
    "formula": "=cmd|' /C calc'!A0.csv",
    "tag": f"{TAG}.csv",
    "picture": f"{PICTURE}.csv",
    "long": "长" * 5000 + ".csv",
    "lone surrogate": "a\ud800.csv",
}
TABLE = "区划代码,测度,评价期,数值\n410421,tax.time,2021-Q1,12.5\n".encode()


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_file_with_an_odd_name_is_published_or_refused(house: Path, name: str) -> None:
    opened = office.open_file(TABLE, ODD_NAMES[name])
    try:
        reading = office.understand(opened, office.vocabulary(house, ""))
        if reading.errors:
            return
        (receipt,) = batches.publish_all(house, [office.upload(opened, reading)], user="李明")
    except UserError:
        return
    kept = batches.batches(house).set_index("id").at[receipt.batch, "file"]
    assert "/etc" not in kept
    reply = ask(application(), "/api/v1/observations?period=2021-Q1", LOCAL)
    assert reply.json["items"][0]["file"] == kept
    assert "x-evil" not in reply.headers


CELLS = {
    "a cell of ten megabytes": "410421,tax.time,2021-Q1," + "9" * 10_000_000,
    "a text of ten megabytes": "410421,tax.time,2021-Q1," + "字" * 3_500_000,
    "null": "410421,tax.time,2021-Q1,1\x002",
    "infinity": "410421,tax.time,2021-Q1,1e309",
    "not a number": "410421,tax.time,2021-Q1,NaN",
    "formula": "410421,tax.time,2021-Q1,=1+1",
    "tag": f"410421,tax.time,2021-Q1,{TAG}",
    "RTL override": "410421,tax.time,2021-Q1,\u202e5.21",
    "digits of another script": "410421,tax.time,2021-Q1,١٢",
    "a place that is a formula": "=410421,tax.time,2021-Q1,1",
    "a period of another age": "410421,tax.time,9999-Q9,1",
    "a quote without end": '410421,tax.time,2021-Q1,"12.5',
    "a million commas": "410421,tax.time,2021-Q1" + "," * 1_000_000,
}


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_made_to_do_harm_is_a_number_or_refused(house: Path, name: str) -> None:
    data = ("区划代码,测度,评价期,数值\n" + CELLS[name] + "\n").encode()
    reading = office.understand(office.open_file(data, "表.csv"), office.vocabulary(house, ""))
    assert len(reading.rows) <= 1
    assert reading.rows["value"].map(lambda value: abs(value) < 1e12).all()
    assert all(len(str(issue)) < 1000 for issue in reading.issues)
    assert reading.issues or len(reading.rows) == 1


# --- from a publication to pages and papers


@pytest.fixture
def evil(house: Path) -> Path:
    """A house in which everything that a person types is made to do harm."""
    rows = ROWS.assign(note=EVIL, sheet=EVIL, column=EVIL, row=2)
    batches.publish(house, rows, file=f"{EVIL}.csv", sha256="evil", user=EVIL, note=EVIL, content=TABLE)
    ledger.open_items(
        house,
        [
            (
                Task(
                    EVIL,
                    basis=EVIL,
                    subject="tax.time",
                    region="410421",
                    owner=EVIL,
                    deadline="2021-03-31",
                    measures=EVIL,
                ),
                Reading(),
            )
        ],
        user=EVIL,
    )
    decks.save(house, Deck(EVIL[:40], (Screen(Kind.OVERVIEW),)), user=EVIL)
    tokens.issue(house, EVIL[:40], 30, user=EVIL)
    return house


def elements(block: Any) -> Iterator[Any]:
    """Everything that a page shows."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from elements(child)
        else:
            yield child


def dangers(at: AppTest) -> list[str]:
    """Texts in which a tag, a picture or a link would come to life."""
    found = []
    for element in elements(at._tree):
        proto = getattr(element, "proto", None)
        body = getattr(proto, "body", "") or getattr(proto, "label", "") or ""
        body = body if isinstance(body, str) else ""
        trusted = getattr(proto, "allow_html", False) or element.type == "html"
        if trusted and TAG in body:
            found.append(body)
        # A backslash before a mark makes it a mere mark.
        if not trusted and element.type != "code" and re.search(r"(?<!\\)!?(?<!\\)\[(?:p|l)(?<!\\)\]\(", body):
            found.append(f"{element.type}: {body}")
    return found


SHOWN = {
    "": {},
    "ledger": {},
    "batches": {},
    "batches ": {"batch": "3"},
    "decks": {},
    "completeness": {},
    "bulletin": {},
    "upload": {},
    "county": {"region": "宝丰县", "period": "2021-Q1"},
    "indicator": {"indicator": "tax.time", "source": "value:tax.time:410421:2021-Q1"},
    "search": {"q": "img"},
}


@pytest.mark.parametrize("page", SHOWN)
def test_pages_show_a_text_as_a_text(evil: Path, visit: Callable[..., AppTest], page: str) -> None:
    assert dangers(visit(PAGES()[page.strip()], **SHOWN[page])) == []


@cache
def PAGES() -> dict[str, str]:
    """The script of each address."""
    text = Path("pages/router.py").read_text(encoding="utf-8")
    return {"": ""} | {Path(script).stem: f"{script}" for script in re.findall(r'entry\("([^"]+)"', text)}


def texts(data: bytes) -> str:
    """All text of an Office file, whose every part must be well formed."""
    words = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                words += ElementTree.fromstring(archive.read(name)).itertext()
                if name.endswith(".rels"):
                    assert b"evil.example" not in archive.read(name)
    return "\n".join(words)


@pytest.mark.parametrize(("command", "ending"), [("workbook", "xlsx"), ("slides", "pptx"), ("bulletin", "docx")])
def test_papers_hold_a_text_as_a_text(
    evil: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, ending: str
) -> None:
    out = tmp_path / f"out.{ending}"
    monkeypatch.setattr("sys.argv", ["lib", command, "--out", str(out), "--day", "2021-04-30"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code
    told = texts(out.read_bytes())
    assert command != "workbook" or TAG in told
    if ending == "xlsx":
        cells = [cell for sheet in openpyxl.load_workbook(out) for row in sheet.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f"] == []
        assert not [cell.hyperlink for cell in cells if cell.hyperlink and "evil" in str(cell.hyperlink.target)]


def test_the_interface_gives_a_text_as_a_text(evil: Path) -> None:
    reply = ask(application(), "/api/v1/observations?period=2021-Q1", LOCAL)
    assert reply.json["items"][0]["note"] == EVIL
    assert reply.headers["content-type"] == "application/json"
    said = ask(application(), "/api/v1/observations?period=2021-Q1&format=csv", LOCAL).body.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(said, newline=""))
    assert (row["note"], row["file"], row["sheet"], row["column"]) == (
        f"'{EVIL}",
        f"'{EVIL}.csv",
        f"'{EVIL}",
        f"'{EVIL}",
    )


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_no_field_of_the_interface_is_a_formula(resource: Any) -> None:
    made = {"string": EVIL, "number": -1.5, "integer": -1, "boolean": False, "integers": (1, 2)}
    rows = pd.DataFrame([{field.name: made[field.kind] for field in resource.fields}])
    (row,) = csv.DictReader(io.StringIO(_csv(rows, resource.fields).decode("utf-8-sig"), newline=""))
    (item,) = items(rows, resource.fields)
    assert {value[0] for value in row.values()} <= {"'", "-", "f", "1"}
    assert [*item] == [*row]


# --- addresses

VALUES = {
    "tag": TAG,
    "picture": PICTURE,
    "query": "' OR 1=1; DROP TABLE batch; --",
    "number, turned": "\u202e-1e309\x00",
    "list": '["a",{"b":[]}]' + "9" * 5000,
}


def keys(at: AppTest) -> set[str]:
    """Every choice that a page keeps in its address."""
    protos = (getattr(element, "proto", None) for element in elements(at._tree))
    return {proto.query_param_key for proto in protos if getattr(proto, "query_param_key", "")}


@pytest.mark.parametrize("page", PATHS)
def test_an_address_with_nonsense_opens_the_page(visit: Callable[..., AppTest], page: str) -> None:
    script = PAGES()[page]
    bound = keys(visit(script)) | {"source", "batch", "deck", "screen", "indicator", "q", "at"}
    for value in VALUES.values():
        at = visit(script, **dict.fromkeys(bound, value))
        assert dangers(at) == []
        assert not [each.value for each in at.error if "DROP TABLE" in each.value]
