"""What the pages say when real data is only partly there, and that made-up values never pass for real ones."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from lib.office import COUNTY_COHORT
from lib.store import batches, catalog
from tests.pages.conftest import conclusion, text_of
from tests.pages.test_shell import PAGES


@pytest.fixture
def publish(seeded, tmp_path, monkeypatch):
    """Publishes real values for 2020-Q4 into a copy of the seeded database, which the pages then use."""
    path = Path(shutil.copy(seeded, tmp_path / "copy.db"))
    monkeypatch.setenv("DUIBIAO_DB", str(path))

    def put(values: dict[tuple[str, str], float], file: str = "上报.csv") -> Path:
        rows = [(region, measure, "2020-Q4", value) for (region, measure), value in values.items()]
        frame = pd.DataFrame(rows, columns=["region", "measure", "period", "value"])
        batches.publish(path, frame, file=file, sha256="x", user="测试")
        return path

    return put


@pytest.mark.parametrize("page", PAGES)
def test_one_real_value_leaves_every_page_standing(visit, publish, page):
    publish({("410421", "start_business.time"): 0.5})
    at = visit(page)
    words = text_of(at)
    assert conclusion(at)
    assert not [bad for bad in ("nan", "None", "undefined") if bad in words]


@pytest.mark.parametrize(
    "page", ["", "see/ranking.py", "see/county.py", "see/indicator.py", "benchmark/gap.py", "benchmark/seek.py"]
)
def test_the_name_of_a_file_is_text(visit, publish, page):
    publish(
        {("410421", "tax.time"): 9.0, ("410422", "tax.time"): 5.0}, file="![x](http://evil.example/a.png):red[b]*c*.csv"
    )
    at = visit(page, region="宝丰县", source="value:tax.time:410421:2020-Q4")
    # A grid draws its cells as they are; all else is Markdown.
    written = "\n".join(
        [*(each.value for each in (*at.markdown, *at.caption)), *(str(t.value.to_dict()) for t in at.table)]
    )
    assert "evil.example" in written
    assert "![x](" not in written
    assert re.search(r"(?<!\\):red", written) is None


def test_a_real_value_in_a_hole_of_the_demonstration_set_retires_its_period_too(publish, seeded):
    standing = batches.current(seeded)
    have = set(zip(standing["region"], standing["measure"], standing["period"], strict=True))
    members = catalog.cohorts(seeded)[COUNTY_COHORT].members
    hole = next(
        (region, measure)
        for measure in sorted(set(standing.loc[standing["kind"] == "demo", "measure"]))
        for region in members
        if (region, measure, "2020-Q4") not in have
    )
    after = batches.current(publish({hole: 1.0}))
    assert list(after.loc[after["period"] == "2020-Q4", "kind"]) == ["real"]
    assert (after.loc[after["period"] == "2020-Q3", "kind"] == "demo").all()


def test_a_real_period_is_never_compared_with_a_made_up_one(visit, publish, seeded):
    members = catalog.cohorts(seeded)[COUNTY_COHORT].members
    publish({(region, "tax.time"): 100.0 + i for i, region in enumerate(members)})
    at = visit("see/ranking.py")
    said = text_of(at)
    assert "演示数据" not in said
    assert "与上期相比" not in said
    assert "上报.csv" in said
    # A made-up quarter is still compared with the made-up one before it.
    assert "与上期相比" in conclusion(visit("see/ranking.py", period="2020年三季度"))


def test_a_region_without_values_says_so_in_the_lab(visit, publish):
    publish({("410421", "start_business.time"): 0.5})
    assert conclusion(visit("benchmark/whatif.py", region="叶县")) == "## 叶县本期没有得分，无法推演。"
