"""总览: one screen that says who leads, who moved, what is weakest, and what the documents say of the city."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from lib.model.ledger import Reading, Task
from lib.office import COUNTY_COHORT
from lib.store import batches, catalog, ledger
from lib.store.events import today
from tests.pages.conftest import conclusion, text_of
from tests.pages.reckon import totals, values

PERIOD, BEFORE = "2020-Q4", "2020-Q3"


@pytest.fixture(scope="module")
def reckoned(seeded):
    """County → total in the latest quarter, best first."""
    found = totals(values(seeded, PERIOD))
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def button(at, label):
    (found,) = [each for each in at.button if each.label == label]
    return found


def tile(at, label):
    """A tile's picks."""
    return [each.label for each in at.button if each.key.startswith(f"tile-{label}-")]


def test_the_conclusion_names_the_leader(visit, reckoned):
    leader, best = next(iter(reckoned.items()))
    assert conclusion(visit()).startswith(f"## 2020年四季度，{leader}总分列第 1（{best:.1f} 分）；与上期相比，")


def test_the_city_stands_beside_it_with_its_own_facts(visit):
    at = visit()
    assert tile(at, "全省营商环境评价名次") == ["2019 年第 9", "2020 年第 10"]
    assert "▼ 比 2019 年下降 1 位" in text_of(at)
    assert "优化营商环境工作通报第37期点名的 10 个短板指标（点序号看原文；与左边的县级得分无关）" in text_of(at)
    assert not any("方阵" in part.value and "第 10" in part.value for part in [*at.markdown, *at.caption])


@pytest.mark.parametrize(("label", "fact"), [("2019 年第 9", "F187"), ("2020 年第 10", "F188"), ("5", "F010")])
def test_a_number_of_the_documents_opens_its_quote(visit, label, fact):
    at = visit()
    button(at, label).click().run()
    assert at.query_params["source"] == f"fact:{fact}"


def test_demonstration_data_is_marked_and_facts_are_not(visit):
    at = visit()
    marks = [part.value for part in at.markdown]
    assert any("演示数据：程序生成，不是真实情况" in mark for mark in marks)
    assert next(mark for mark in marks if "最弱的 5 个指标" in mark).endswith(":orange-badge[演示数据]")
    assert not next(mark for mark in marks if "通报点名的短板指标" in mark).endswith(":orange-badge[演示数据]")
    assert any("文件原文数据" in mark for mark in marks)


def test_the_weakest_are_those_of_a_plain_calculation(visit, seeded):
    known = values(seeded, PERIOD)
    tree = catalog.framework(seeded, "pds-2020")
    means = {}
    for node in tree.indicators:
        below = set(tree.below(node.code))
        part = totals_of(node.code, {key: value for key, value in known.items() if key[1] in below})
        means[node.name] = sum(part) / len(part)
    expected = sorted(means, key=means.get)[:5]
    table = next(each.value for each in visit().table if "距最优" in each.value)
    assert list(table["指标"]) == expected
    assert list(table["平均得分"]) == [f"{means[name]:.1f}" for name in expected]
    assert (table["牵头单位"] != "—").all()


def totals_of(indicator: str, known: dict) -> list[float]:
    """Every county's total where nothing but one indicator has values: its score on that indicator."""
    return list(totals(known).values())


def test_who_moved_furthest_by_places(visit, seeded, reckoned):
    at = visit()
    order = list(reckoned)
    earlier = totals(values(seeded, BEFORE))
    then = sorted(earlier, key=lambda name: -earlier[name])
    moved = {name: then.index(name) - order.index(name) for name in order}
    risen = [name for name in order if moved[name] == max(moved.values())]
    fallen = [name for name in order if moved[name] == min(moved.values())]
    assert tile(at, "上升最多") == risen[:2]
    assert tile(at, "下降最多") == fallen[:2]


def test_tiers_are_counted(visit):
    at = visit()
    assert tile(at, "第一/二/三方阵（个）") == ["4 / 4 / 4"]
    button(at, "4 / 4 / 4").click().run()
    assert "首尾相差" in conclusion(at)


def test_a_click_on_a_county_opens_its_profile(visit):
    at = visit("", period="2020年三季度")
    name = tile(at, "上升最多")[0]
    button(at, name).click().run()
    assert not at.exception
    assert conclusion(at).startswith(f"## {name} 2020年三季度列第")


def test_the_ledger_stands_on_the_citys_card_once_it_has_items(visit, house):
    assert tile(visit(), "在办") == []
    late, soon = Task("甲", owner="甲局", deadline="2020-01-31"), Task("乙", owner="乙局", deadline=today())
    ledger.open_items(house, [(late, Reading()), (soon, Reading())], user="张三")
    at = visit()
    assert [tile(at, label) for label in ("在办", "逾期", "14 天内到期", "指标未动")] == [["2"], ["1"], ["1"], ["0"]]
    next(each for each in at.button if each.key.startswith("tile-逾期-")).click().run()
    assert conclusion(at).startswith("## 截至")


@pytest.mark.parametrize(
    ("group", "statuses"),
    [("已达标", ["已达标"]), ("滞后、逾期", ["滞后", "逾期未达标"]), ("有目标无现值", ["有目标无现值"])],
)
def test_a_click_on_a_count_opens_its_targets(visit, group, statuses):
    at = visit("benchmark/targets.py", owner="市税务局")
    at.switch_page("see/overview.py").run()
    (count,) = [each for each in at.button if each.key.startswith(f"tile-{group}-")]
    count.click().run()
    assert not at.exception
    assert at.button_group(key="status").value == statuses
    assert at.selectbox(key="owner").value == "全部"
    assert sum(len(each.value) for each in [*at.table, *at.dataframe] if "目标事项" in each.value) >= int(count.label)


@pytest.mark.parametrize("label", ["执行合同", "获得电力"])
def test_a_weak_indicator_of_the_framework_leads_to_its_page(visit, label):
    at = visit()
    (weak,) = [each for each in at.button if each.label == label and each.key.startswith("weak-name")]
    weak.click().run()
    assert at.session_state["subject"] == {"执行合同": "contracts", "获得电力": "electricity"}[label]


def test_one_outside_the_framework_is_named_only(visit):
    def named(framework):
        return {each.label for each in visit("", framework=framework).button if each.key.startswith("weak-name")}

    assert "政务服务" not in named("核心指标（2020）")
    assert "政务服务" in named("国家18项对照")
    assert named("普查背景（2020）") == set()


def test_a_framework_with_one_period_says_nothing_of_change(visit):
    at = visit("", framework="普查背景（2020）")
    assert tile(at, "上升最多") == []
    assert "上期" not in conclusion(at)
    assert any("4 个指标从弱到强" in part.value for part in at.markdown)
    assert "演示数据" not in text_of(at)


@pytest.fixture
def publish(seeded, tmp_path, monkeypatch):
    """Publishes real values for a period into a copy of the seeded database, which the page then uses."""
    path = Path(shutil.copy(seeded, tmp_path / "copy.db"))
    monkeypatch.setenv("DUIBIAO_DB", str(path))

    def put(values: dict[tuple[str, str], float], period: str = PERIOD) -> None:
        rows = [(region, measure, period, value) for (region, measure), value in values.items()]
        frame = pd.DataFrame(rows, columns=["region", "measure", "period", "value"])
        batches.publish(path, frame, file="上报.csv", sha256=period, user="测试")

    return put


def test_a_county_without_values_has_no_place_and_is_said_so(visit, publish, seeded):
    members = catalog.cohorts(seeded)[COUNTY_COHORT].members
    publish({(region, "tax.time"): 100.0 + i for i, region in enumerate(members[1:])})
    at = visit()
    assert tile(at, "第一/二/三方阵（个）") == ["4 / 4 / 3"]
    assert "1 个无名次" in text_of(at)
    assert any("最弱的 1 个指标" in part.value for part in at.markdown)


def test_one_value_alone_can_be_looked_at(visit, publish):
    publish({("410421", "start_business.time"): 0.5})
    at = visit()
    assert not [bad for bad in ("nan", "None", "undefined") if bad in text_of(at)]
    assert conclusion(at).endswith("没有可排名的数据。")
    assert "不够计分" in at.info[0].value
    assert not any("总分排名" in part.value for part in at.markdown)
    assert tile(at, "全省营商环境评价名次") == ["2019 年第 9", "2020 年第 10"]


def test_two_real_periods_name_who_changed_tier(visit, publish, seeded):
    members = catalog.cohorts(seeded)[COUNTY_COHORT].members
    publish({(region, "tax.time"): 100.0 + i for i, region in enumerate(members)}, "2021-Q1")
    # The last one jumps to the front: everyone else goes one place back.
    publish({(region, "tax.time"): 100.0 + (i if i < 11 else -1) for i, region in enumerate(members)}, "2021-Q2")
    at = visit()
    assert tile(at, "上升最多") == ["示范区"]
    assert "▲11 位，现列第 1" in text_of(at)
    assert "▼1 位，共 11 个" in text_of(at)
    assert "示范区进入第一方阵" in text_of(at)
