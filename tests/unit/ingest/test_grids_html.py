"""Web pages, whatever they are called, become one grid of text with their merged areas."""

from __future__ import annotations

import pytest

from lib.ingest.grid import Grid, Limits
from lib.ingest.table import read_grids
from lib.model import UserError


def page(text: str, limits: Limits | None = None, encoding: str = "utf-8") -> Grid:
    (grid,) = read_grids(text.encode(encoding), "表.xls", limits=limits)
    return grid


def cells(text: str, encoding: str = "utf-8") -> list[list[str]]:
    return page(text, encoding=encoding).cells.to_numpy().tolist()


def code(text: str, limits: Limits | None = None) -> str:
    with pytest.raises(UserError) as caught:
        page(text, limits)
    (issue,) = caught.value.issues
    return issue.code


def test_spans_in_both_directions_keep_every_cell_in_its_column() -> None:
    grid = page(
        "<table><tr><th rowspan=2>区县</th><th colspan=2>人口</th></tr><tr><th>男</th><th>女</th></tr>"
        "<tr><td>宝丰县</td><td>1</td><td>2</td></tr></table>"
    )
    assert grid.cells.to_numpy().tolist() == [["区县", "人口", ""], ["", "男", "女"], ["宝丰县", "1", "2"]]
    assert grid.merged == ((0, 0, 1, 0), (0, 1, 0, 2))


def test_a_block_of_rows_and_columns_is_one_area() -> None:
    grid = page("<table><tr><td rowspan=2 colspan=2>甲<td>1<tr><td>2<tr><td>a<td>b<td>c</table>")
    assert grid.cells.to_numpy().tolist() == [["甲", "", "1"], ["", "", "2"], ["a", "b", "c"]]
    assert grid.merged == ((0, 0, 1, 1),)


def test_a_span_ends_with_its_table() -> None:
    grid = page("<table><tr><td rowspan=9>a</td><td>b</td></tr></table><table><tr><td>c</td></tr></table>")
    assert grid.cells.to_numpy().tolist() == [["a", "b"], ["c", ""]]
    assert grid.merged == ()


def test_line_breaks_entities_and_scripts_are_text() -> None:
    assert cells("<table><tr><td>企业<br>开办</td><td>A&amp;B</td><td><b>粗</b></td></tr></table>") == [
        ["企业\n开办", "A&B", "粗"]
    ]


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "\ufeff<html>", "<!-- 导出 --><html>", '<?xml version="1.0"?><html>']
)
def test_pages_are_known_by_their_beginning(start: str) -> None:
    assert cells(start + "<body><table><tr><td>宝丰县</td></tr></table>") == [["宝丰县"]]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_pages_in_the_offices_encodings(encoding: str) -> None:
    assert cells("<table><tr><td>宝丰县</td></tr></table>", encoding) == [["宝丰县"]]


def test_limits_hold_for_web_pages() -> None:
    rows = "<table>" + "<tr><td>1</td><td>2</td></tr>" * 3
    assert code(rows, Limits(rows=2)) == "rows-many"
    assert code(rows, Limits(columns=1)) == "columns-many"
    assert code(rows, Limits(cells=5)) == "cells-many"
    assert code(rows, Limits(workbook_bytes=20)) == "file-large"
    assert code("<table><tr><td colspan=999999999999>x") == "columns-many"
    assert page("<table><tr><td rowspan=999999999999>x").merged == ()


def test_a_page_without_a_table_is_refused() -> None:
    assert code("<html><body>登录已超时</body></html>") == "html-no-table"


def test_a_tag_that_never_ends_is_refused() -> None:
    assert code("<table><tr><td>x</td></tr><a " + "x" * 10**6) == "html-broken"
