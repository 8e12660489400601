"""What the pages say when real data is only partly there, and that made-up values never pass for real ones."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from lib.model.declaration import Declaration
from lib.office import COUNTY_COHORT
from lib.papers import bulletin, gather
from lib.store import batches, catalog, declarations
from lib.view.bulletin import notes
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


PARTIAL = "53 项测度中 1 项有数"


@pytest.mark.parametrize("page", ["", "see/ranking.py", "see/county.py", "benchmark/whatif.py"])
def test_scores_of_some_measures_alone_are_said_to_be(visit, publish, seeded, page):
    members = catalog.cohorts(seeded)[COUNTY_COHORT].members
    assert "项测度中" not in text_of(visit(page))
    publish({(region, "tax.time"): 100.0 + i for i, region in enumerate(members)})
    at = visit(page)
    assert any(PARTIAL in each.value and "badge" in each.value for each in at.markdown)
    assert any(f"2020年四季度 {PARTIAL}；计分方法" in each.value for each in at.caption)


def test_so_are_a_meetings_screen_and_a_bulletin(visit, publish, seeded):
    members = catalog.cohorts(seeded)[COUNTY_COHORT].members
    path = publish({(region, "tax.time"): 100.0 + i for i, region in enumerate(members)})
    at = visit("screen/meeting.py", screens="overview")
    assert any(PARTIAL in each.value and "badge" in each.value for each in at.markdown)
    paper = bulletin(gather(path, date(2026, 11, 23), period="2020-Q4"))
    assert notes(paper) == ["注：本期53项测度中1项有数，得分和名次只反映这几项。"]


def test_a_region_without_values_says_so_in_the_lab(visit, publish):
    publish({("410421", "start_business.time"): 0.5})
    assert conclusion(visit("benchmark/whatif.py", region="叶县")) == "## 叶县2020年四季度没有得分，不能推演。"


@pytest.fixture
def without_counties(house):
    """The database before any county has reported, and without made-up values: documents and the census only."""
    batches.withdraw(house, int(batches.batches(house).query("kind == 'demo'")["id"].iloc[0]), user="测试")


@pytest.mark.usefixtures("without_counties")
def test_what_documents_state_can_be_benchmarked_before_any_county_has_reported(visit):
    at = visit("benchmark/seek.py", subject="获得电力", vertical="北京")
    assert (
        conclusion(at)
        == "## 获得电力：新华区 2020年缺数；横向没有领先的地方；纵向有北京、上海的 7 个数值，1 个能与平顶山市直接比较。"
    )
    assert "演示" not in text_of(at)
    at = visit("benchmark/gap.py", subject="获得电力", whose="平顶山市（市级，据文件）", vertical="北京")
    assert "平顶山市（市级）与北京有 1 个数值能直接比较：持平 1 项" in conclusion(at)
    assert conclusion(visit("benchmark/practices.py")).startswith("## 30 项典型做法")


@pytest.mark.usefixtures("without_counties")
def test_a_department_can_declare_before_any_county_has_reported(house, visit):
    content = Declaration(
        unit="平顶山供电公司", region="410400", subject="electricity", vertical="北京", horizontal="郏县"
    )
    declarations.create(house, "xdc-2019", content, user="张三")
    at = visit("benchmark/declaration.py", form="1")
    assert "获得电力" in "".join(at.selectbox(key="form-1-subject").options)
    assert "平顶山供电公司：获得电力（草稿）" in conclusion(at)
    said = text_of(visit("benchmark/declaration.py", form="1", step="2 寻标"))
    assert "2 个（2021年12月）" in said
