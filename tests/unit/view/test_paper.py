"""What is on paper only, and charts in words."""

from __future__ import annotations

import pandas as pd

from lib.view import alt, charts, paper
from lib.view.table import Number, Table


def test_a_table_on_paper_is_escaped_says_what_is_missing_and_stops():
    whole = Table(pd.DataFrame({"名": ["<b>", *["x"] * 200], "数": [None, *[1.25] * 200]}), {"数": Number(1)})
    said = paper.table(whole)
    assert '<td>&lt;b&gt;</td><td class="number">—</td>' in said
    assert said.count("<tr>") == 1 + paper.MOST
    assert "只印前 200 行，共 201 行" in said
    assert "只印前" not in paper.table(Table(whole.values.head(200), whole.numbers))


def test_the_head_is_escaped():
    assert paper.head(["甲<", "乙"], "2020-01-02") == '<p class="paper-head">甲&lt;，乙；打印于 2020-01-02</p>'


def test_a_chart_in_words_follows_the_order_of_its_rows():
    rows = pd.DataFrame({"label": ["2 乙", "1 甲"], "order": [1, 0], "score": [1.0, 2.0]})
    assert alt.described("题", rows, charts.standings, 100) == "题。从上到下：1 甲、2 乙。横轴：总分"
