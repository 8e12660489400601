"""溯源: the panel that an address with a source opens."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from lib.store import batches, catalog
from lib.ui import show
from tests.pages.conftest import text_of
from tests.pages.reckon import totals, values

PERIOD, BAOFENG = "2020-Q4", "410421"


def opened(visit, address, **query):
    return visit("", source=address, **query)


def test_a_total_is_the_sum_of_its_parts(visit, seeded):
    at = opened(visit, f"score:pds-2020:{BAOFENG}:{PERIOD}")
    total = totals(values(seeded, PERIOD))["宝丰县"]
    assert f"宝丰县 2020年四季度 总分：{total:.2f} 分" in text_of(at)
    parts = next(table.value for table in at.table if "贡献" in table.value)
    assert len(parts) == 16
    points = [float(re.match(r"\[([\d.]+)\]", cell).group(1)) for cell in parts["贡献"]]
    assert sum(points) == pytest.approx(total, abs=16 * 0.00005)


def test_a_made_up_value_says_so(visit, seeded):
    at = opened(visit, f"value:start_business.time:{BAOFENG}:{PERIOD}")
    value = values(seeded, PERIOD)[BAOFENG, "start_business.time"]
    assert f"企业开办时间：{value:g} 工作日" in text_of(at)
    assert "演示数据：程序生成，不是真实情况" in next(t.value for t in at.table if "项目" in t.value)["内容"].iloc[0]


def test_a_value_of_the_census_names_its_row_and_column(visit):
    at = opened(visit, "value:census.population:410421:2020", framework="普查背景（2020）")
    lines = next(table.value for table in at.table if "项目" in table.value).set_index("项目")["内容"]
    assert "census-2020.csv" in lines["文件"]
    assert re.search(r"第 \d+ 行「.+」", lines["位置"])
    assert lines["发布"].startswith("批次 1")


def test_a_derived_value_shows_both_parts(visit):
    at = opened(visit, "value:census.urban_share:410421:2020", framework="普查背景（2020）")
    assert "计算得出" in text_of(at)
    assert sum("出自哪个文件" in button.label for button in at.button) == 2


def test_a_fact_shows_its_document_and_quote(visit):
    at = opened(visit, "fact:F230")
    assert "备案类企业投资项目报建阶段的28项审批事项中" in text_of(at)
    assert "平顶山市营商环境“寻标、对标、创标”活动工作方案" in text_of(at)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "没有指明是哪个数"),
        ("fact:F99999", "没有这条原文记录"),
        ("score:nothing:410421:2020-Q4", "没有这个"),
        ("value:start_business.time:410421:1999", "没有这个数"),
        ("value:start_business.time:999999:2020-Q4", "没有这个数"),
        ("value:census.population:410421:2020-Q4", "没有报送这个数"),
    ],
)
def test_what_is_not_there_is_said(visit, address, said):
    at = opened(visit, address)
    assert any(said in part.value for part in at.info), [part.value for part in at.info]


def test_without_an_address_nothing_opens(visit):
    assert "原文记录编号" not in text_of(visit(""))


@pytest.fixture
def put(seeded, tmp_path, monkeypatch):
    """Publishes values into a copy of the seeded database, which the pages then use."""
    path = Path(shutil.copy(seeded, tmp_path / "copy.db"))
    monkeypatch.setenv("DUIBIAO_DB", str(path))

    def publish(rows, file="一.csv", kind="real"):
        frame = pd.DataFrame(rows, columns=["region", "measure", "period", "value"])
        batches.publish(path, frame, file=file, sha256=file, user="甲", kind=kind)

    publish.members = catalog.cohorts(path)["pds-12"].members
    return publish


def test_a_computed_share_is_never_said_to_be_a_retired_made_up_value(visit, put):
    put([("410402", "census.urban_share", "2020", 11.0)], "演示率", "demo")
    put([("410403", "census.urban_share", "2020", 55.0)], "真率.csv")
    at = opened(visit, "value:census.urban_share:410402:2020", framework="普查背景（2020）")
    assert "计算得出" in text_of(at)


def test_the_formula_of_a_small_value_can_be_recomputed(visit, put):
    put([(region, "tax.time", "2021-Q1", (i + 1) * 1e-9) for i, region in enumerate(put.members)])
    at = opened(visit, f"score:tax.time:{put.members[3]}:2021-Q1")
    assert "最差 1.2e-08 − 现值 4e-09" in text_of(at)


def test_a_series_never_joins_made_up_periods_to_real_ones(visit, put):
    put([(region, "tax.time", "2021-Q1", 1.0 + i) for i, region in enumerate(put.members)])
    at = visit("see/ranking.py", view="名次变化")
    assert "2020Q4" not in str(next(iter(at.session_state["_outputs"].charts.values()), ""))


@pytest.mark.parametrize("words", ["www.evil.example", "http://evil.example/x", "WWW.evil.example", "a@evil.example"])
def test_an_address_in_a_text_leads_nowhere(words):
    shown = show.plain(words)
    for mark in ("www.", "WWW.", ":" + "//", "@evil", "a@"):
        assert mark not in shown.replace("\\", "")
    assert shown.replace("\\", "").replace("\u2060", "") == words


def test_no_reference_and_no_turning_mark_is_read():
    assert show.plain("&lt;b&gt;\u202ex") == "&amp;lt;b&amp;gt;x"
