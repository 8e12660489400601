"""Who may import whom, where SQL lives, and what a page may look like: read off the syntax trees of lib, pages and data."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EVERYONE = {*sys.stdlib_module_names, "pandas", "numpy"}
PAGE_LINES = 120


def _lib(parts: str) -> set[str]:
    return {f"lib.{part}" for part in parts.split()}


# Each layer: what of ours it may import besides itself, and what of others besides the standard library, pandas, numpy.
LAYERS: dict[str, tuple[set[str], set[str]]] = {
    "lib.model": (set(), set()),
    "lib.ingest": ({"lib.model"}, {"openpyxl", "xlrd", "defusedxml"}),
    "lib.core": ({"lib.model"}, {"scipy"}),
    "lib.store": ({"lib.model"}, {"sqlite_utils"}),
    "lib.view": ({"lib.model"}, {"altair", "pydeck"}),
    "lib.export": (
        {"lib.model", "lib.view"},
        {"docx", "pptx", "openpyxl", "xlsxwriter", "altair", "vl_convert", "fontTools"},
    ),
    # The interface for programs reads the snapshot that the pages read, and its CSV has the guard of every table that is taken away.
    "lib.web": (_lib("model store core snapshot export"), {"starlette"}),
    # altair and pydeck only to name the type of what a builder returns.
    "lib.ui": (
        _lib("model ingest store core view export web office snapshot context scenarios papers"),
        {"streamlit", "altair", "pydeck"},
    ),
    "lib.snapshot": ({"lib.model", "lib.store", "lib.core"}, set()),
    "lib.context": ({"lib.model", "lib.core", "lib.view", "lib.snapshot"}, set()),
    "lib.scenarios": (_lib("model core snapshot context"), set()),
    "lib.papers": (_lib("model store core view export snapshot context scenarios"), set()),
    "lib.office": ({"lib.model", "lib.ingest", "lib.store", "lib.export"}, set()),
    "lib.seed": ({"lib.model", "lib.ingest", "lib.store", "lib.office", "data.demo"}, set()),
    "lib.check": ({"lib.model", "lib.ingest", "lib.store", "lib.core", "data.demo"}, set()),
    "lib.cli": (
        _lib("model ingest store core export web office seed check snapshot context scenarios papers commands"),
        {"typer"},
    ),
    "lib.commands": (_lib("model store core export snapshot context"), {"typer"}),
    "lib.__main__": ({"lib.cli"}, set()),
    "data.demo": ({"lib.model"}, set()),
    "pages": ({"lib.ui", "lib.core", "lib.view", "lib.export"}, {"streamlit"}),
    "app": ({"lib.ui", "lib.web"}, {"streamlit", "starlette"}),
}
OURS = {"lib", "data", "pages", "app", "tests", "bench", "torture"}
# The packages that hold the layers say only what they are.
ROOTS = {Path(top, "__init__.py") for top in ("lib", "data", "pages")}
PYTHON = {path.relative_to(ROOT) for top in ("lib", "pages", "data") for path in (ROOT / top).rglob("*.py")}
FILES = sorted({*PYTHON, Path("app.py")} - ROOTS)
every_file = pytest.mark.parametrize("path", FILES, ids=str)
SQL = re.compile(
    r"\s*(?:(?:SELECT|INSERT|UPDATE|DELETE|PRAGMA)\b"
    r"|(?i:select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|pragma\s+\w+))"
)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def layer_of(module: str) -> str | None:
    """The longest layer that a module lies in; None when it lies in none."""
    fitting = [layer for layer in LAYERS if module == layer or module.startswith(f"{layer}.")]
    return max(fitting, key=len, default=None)


def imports(tree: ast.AST, module: str = "") -> Iterator[str]:
    """Every module imported anywhere in a tree; what is taken from a package is named with it, lib.core.gap."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*module.split(".")[: -node.level], *([base] if base else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def foreign(path: Path) -> list[str]:
    """What a file imports against the table."""
    module = module_of(path)
    layer = layer_of(module)
    assert layer is not None, f"{path} lies in no layer of design.md"
    ours, others = LAYERS[layer]
    wrong = []
    for name in imports(tree_of(path), module):
        if name.split(".")[0] in OURS:
            if layer_of(name) not in {layer, *ours}:
                wrong.append(name)
        elif name.split(".")[0] not in EVERYONE | others:
            wrong.append(name)
    return wrong


def sql(tree: ast.AST) -> list[str]:
    """String literals that read as SQL, the parts of f-strings included, docstrings not."""
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
        if SQL.match(node.value)
    ]


def swallowed(tree: ast.AST) -> list[int]:
    """Lines that swallow any error: a bare except, or a broad one that does nothing."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            idle = all(isinstance(step, ast.Pass | ast.Continue) or _is_literal(step) for step in node.body)
            if node.type is None or (_broad(node.type) and idle):
                lines.append(node.lineno)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("suppress", "contextlib.suppress"):
            lines += [node.lineno for name in node.args if _broad(name)]
    return lines


def _broad(node: ast.expr) -> bool:
    names = node.elts if isinstance(node, ast.Tuple) else [node]
    return any(ast.unparse(name) in ("Exception", "BaseException") for name in names)


def _is_literal(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@every_file
def test_imports_follow_the_table(path: Path) -> None:
    assert foreign(path) == []


@every_file
def test_streamlit_is_only_on_screen(path: Path) -> None:
    screen = path.parts[0] in ("app.py", "pages") or path.parts[:2] == ("lib", "ui")
    assert screen or not [name for name in imports(tree_of(path)) if name.split(".")[0] == "streamlit"]


@every_file
def test_sql_is_only_in_the_store(path: Path) -> None:
    assert path.parts[:2] == ("lib", "store") or sql(tree_of(path)) == []


@every_file
def test_no_error_is_swallowed(path: Path) -> None:
    assert swallowed(tree_of(path)) == []


@every_file
def test_no_file_is_a_drawer_for_anything(path: Path) -> None:
    assert not {"utils", "util", "helpers", "helper", "common", "misc"} & {
        part.removesuffix(".py") for part in path.parts
    }


@pytest.mark.parametrize("path", [path for path in FILES if path.parts[0] == "pages"], ids=str)
def test_a_page_is_a_short_script(path: Path) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) < PAGE_LINES


def test_every_layer_of_lib_is_in_the_table() -> None:
    found = {f"lib.{path.name.removesuffix('.py')}" for path in (ROOT / "lib").iterdir() if path.name != "__init__.py"}
    assert {name for name in found if not name.endswith("__pycache__")} <= set(LAYERS)


def test_there_are_files_to_look_at() -> None:
    layers = {layer_of(module_of(path)) for path in FILES}
    assert {"lib.model", "lib.ingest", "lib.core", "lib.store", "lib.view", "lib.ui", "pages", "app"} <= layers


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import lib.store.batches", ["lib.store.batches"]),
        ("from lib import store", ["lib.store"]),
        ("from lib.store import batches as b, catalog", ["lib.store.batches", "lib.store.catalog"]),
        ("from . import gap", ["lib.core.gap"]),
        ("from ..store import batches", ["lib.store.batches"]),
        ("def late():\n    import streamlit as st", ["streamlit"]),
        ("if TYPE_CHECKING:\n    from streamlit import App", ["streamlit.App"]),
    ],
)
def test_imports_are_seen_in_every_form(source: str, expected: list[str]) -> None:
    assert list(imports(ast.parse(source), "lib.core.score")) == expected


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('db.execute("SELECT 1")', 1),
        ('db.execute("select a from b where c")', 1),
        ('db.execute(f"DELETE FROM {table}")', 1),
        ('db.execute("""\n  INSERT INTO a VALUES (1)""")', 1),
        ('db.execute("update a set b = 1")', 1),
        ('db.execute("PRAGMA integrity_check")', 1),
        ('"""Select the rows from the table."""', 0),
        ('def f():\n    """UPDATE what is there."""', 0),
        ('st.selectbox("select")', 0),
        ('label = "Updated"', 0),
    ],
)
def test_sql_is_seen_and_words_are_not(source: str, count: int) -> None:
    assert len(sql(ast.parse(source))) == count


@pytest.mark.parametrize(
    ("handler", "seen"),
    [
        ("except:\n    raise", True),
        ("except Exception:\n    pass", True),
        ("except (ValueError, Exception):\n    ...", True),
        ("except BaseException as e:\n    pass", True),
        ("except ValueError:\n    pass", False),
        ("except Exception:\n    log()\n    raise", False),
        ("finally:\n    suppress(Exception)", True),
        ("finally:\n    suppress(ValueError)", False),
    ],
)
def test_swallowed_errors_are_seen(handler: str, seen: bool) -> None:
    assert bool(swallowed(ast.parse(f"try:\n    work()\n{handler}"))) is seen
