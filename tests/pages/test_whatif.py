"""假设推演, 改数值 and 改权重: exact figures, and every control."""

from __future__ import annotations

import re
import sqlite3

import pytest

from tests.pages.conftest import conclusion, drawn_tables, text_of
from tests.pages.reckon import totals, values

PERIOD, BAOFENG, LUSHAN, YE = "2020-Q4", "410421", "410423", "410422"


def best_end(slider):
    return slider.max if "越高越好" in slider.label else slider.min


def button(at, label):
    return next(each for each in at.button if each.label == label)


def press(at, label):
    button(at, label).click().run()


def changes(at):
    return next(frame for title, frame in drawn_tables(at).items() if title.startswith("改了什么"))


def rows(at, title):
    """The rows behind the chart whose title begins so."""
    return next(
        drawn["datasets"]["rows"]
        for name, (drawn, _) in at.session_state["_outputs"].charts.items()
        if name.startswith(title)
    )


def shown_total(at):
    return tuple(float(part) for part in re.search(r"总分 ([\d.]+) → ([\d.]+)", conclusion(at)).groups())


def test_a_slider_gives_the_total_that_a_full_scoring_gives(visit, seeded):
    at = visit("benchmark/whatif.py", region="宝丰县")
    known = values(seeded, PERIOD)
    slider = at.slider[0]
    measure = slider.key.rsplit(":", 1)[1]
    slider.set_value(best_end(slider)).run()
    moved = {**known, (BAOFENG, measure): at.slider[0].value}
    before, after = totals(known)["宝丰县"], totals(moved)["宝丰县"]
    assert shown_total(at) == (round(before, 2), round(after, 2))
    assert after > before
    place = sum(total > after for total in totals(moved).values()) + 1
    assert f"→ 第 {place}" in conclusion(at)
    assert "其他县（市、区）保持不变" in text_of(at)


def test_moves_add_up_over_indicators_and_reset_takes_them_back(visit, seeded):
    at = visit("benchmark/whatif.py", region="宝丰县")
    at.slider[0].set_value(best_end(at.slider[0])).run()
    at.selectbox(key="group").set_value("tax").run()
    assert "改动 1 项后" in conclusion(at)
    at.slider[0].set_value(best_end(at.slider[0])).run()
    assert "改动 2 项后" in conclusion(at)
    assert len(changes(at)) == 2
    at.selectbox(key="group").set_value("提分空间最大的 6 项").run()
    assert at.slider[0].value == best_end(at.slider[0])
    press(at, "全部恢复")
    assert "离前一名" in conclusion(at)
    assert button(at, "全部恢复").disabled


def test_moves_of_one_county_stay_its_own(visit, seeded):
    at = visit("benchmark/whatif.py", region="宝丰县")
    at.slider[0].set_value(best_end(at.slider[0])).run()
    at.selectbox(key="region").set_value(YE).run()
    known = values(seeded, PERIOD)
    for slider in at.slider:
        assert slider.value == pytest.approx(known[YE, slider.key.rsplit(":", 1)[1]])
    assert changes(at)["地区"].tolist() == ["宝丰县"]
    at.selectbox(key="region").set_value(BAOFENG).run()
    assert at.slider[0].value == best_end(at.slider[0])


def test_putting_a_slider_back_is_no_change(visit):
    at = visit("benchmark/whatif.py", region="宝丰县")
    today = at.slider[0].value
    at.slider[0].set_value(best_end(at.slider[0])).run()
    at.slider[0].set_value(today).run()
    assert "离前一名" in conclusion(at)


def test_slider_and_box_stay_in_step(visit):
    at = visit("benchmark/whatif.py", region="鲁山县")
    slider, box, today = at.slider[0], at.number_input[0], at.slider[0].value
    assert (box.value, box.min, box.max) == (today, slider.min, slider.max)
    slider.set_value(best_end(slider)).run()
    assert at.number_input[0].value == best_end(slider)
    at.number_input[0].set_value(today).run()
    assert at.slider[0].value == today
    assert "离前一名" in conclusion(at)


def test_the_way_leads_from_the_old_total_to_the_new_one(visit, seeded):
    at = visit(
        "benchmark/whatif.py",
        region="鲁山县",
        moves=f"{LUSHAN}~start_business.time~1.0~{YE}~tax.time~120.0~{LUSHAN}~ip.trademark_growth~25.0",
        weights="tax~2.0",
    )
    known = values(seeded, PERIOD)
    steps = rows(at, "鲁山县总分从哪里来")
    assert steps["label"].tolist() == ["现在", "其他地区的改动", "企业开办时间", "注册商标增幅", "权重的改动", "推演后"]
    known[YE, "tax.time"] = 120.0
    ends = [totals(known)["鲁山县"]]
    for measure, value in (("start_business.time", 1.0), ("ip.trademark_growth", 25.0)):
        known[LUSHAN, measure] = value
        ends.append(totals(known)["鲁山县"])
    assert steps["right"].tolist()[1:4] == pytest.approx(ends)
    assert steps["left"].tolist()[1:] == steps["right"].tolist()[:-1]
    assert steps["left"].iloc[0] == pytest.approx(totals(values(seeded, PERIOD))["鲁山县"])


def test_all_changes_are_listed_and_each_can_be_taken_back(visit):
    at = visit("benchmark/whatif.py", region="鲁山县", moves=f"{LUSHAN}~start_business.time~1.0~{YE}~tax.time~120.0")
    assert changes(at)[["地区", "测度", "改到"]].to_numpy().tolist() == [
        ["鲁山县", "企业开办时间", 1.0],
        ["叶县", "年度纳税时间", 120.0],
    ]
    whole = drawn_tables(at)["改动的各地，总分和名次"]
    assert whole["地区"].tolist() == ["鲁山县", "叶县"]
    assert whole["增减"].iloc[0] > 0 > whole["增减"].iloc[1]
    press(at, "叶县 年度纳税时间")
    assert changes(at)["地区"].tolist() == ["鲁山县"]
    assert at.query_params["moves"] == f"{LUSHAN}~start_business.time~1.0"


def test_another_countys_sliders_change_that_county(visit):
    at = visit("benchmark/whatif.py", region="鲁山县")
    at.selectbox(key="whose_values").set_value(YE).run()
    at.slider[0].set_value(best_end(at.slider[0])).run()
    assert changes(at)["地区"].tolist() == ["叶县"]
    assert "鲁山县总分" in conclusion(at)


def test_undo_and_redo_go_back_and_forth_in_both_views(visit):
    at = visit("benchmark/whatif.py", region="鲁山县")
    assert button(at, "撤销").disabled and button(at, "重做").disabled
    today = at.slider[0].value
    at.slider[0].set_value(best_end(at.slider[0])).run()
    at.button_group(key="lab").set_value("改权重").run()
    at.slider[0].set_value(3.0).run()
    assert "改动 2 项后" in conclusion(at)
    press(at, "撤销")
    assert at.slider[0].value == 1.0
    press(at, "撤销")
    at.button_group(key="lab").set_value("改数值").run()
    assert at.slider[0].value == today
    press(at, "重做")
    assert at.slider[0].value == best_end(at.slider[0])


def test_a_tried_value_beyond_the_ends_is_shown_as_it_is(visit):
    at = visit(
        "benchmark/whatif.py", region="鲁山县", group="企业开办、注销", moves=f"{LUSHAN}~start_business.time~0.3"
    )
    slider = next(each for each in at.slider if each.key.endswith("start_business.time"))
    assert (slider.min, slider.value) == (0.3, 0.3)
    slider.set_value(1.5).run()
    again = next(each for each in at.slider if each.key.endswith("start_business.time"))
    assert (again.min, again.value) == (0.3, 1.5)


def test_what_cannot_be_moved_is_named(visit):
    at = visit("benchmark/whatif.py", region="鲁山县", group="知识产权")
    assert [slider.key.rsplit(":", 1)[1] for slider in at.slider] == ["ip.trademark_growth"]
    assert "没有数值，不能推演：每万人有效发明专利。" in text_of(at)


def test_all_measures_can_be_shown(visit):
    at = visit("benchmark/whatif.py", region="鲁山县", group="全部测度")
    assert len(at.slider) == len(at.number_input) == 51


def test_the_tornado_is_what_a_tenth_brings(visit, seeded):
    at = visit("benchmark/whatif.py", region="鲁山县")
    bars = rows(at, "鲁山县哪一项好 10%").set_index("code")
    assert len(bars) == 10
    assert bars["gain"].is_monotonic_decreasing
    known = values(seeded, PERIOD)
    for sign, column in ((1.1, "gain"), (0.9, "loss")):
        then = {**known, (LUSHAN, "investors.litigation"): known[LUSHAN, "investors.litigation"] * sign}
        assert bars.at["investors.litigation", column] == pytest.approx(
            totals(then)["鲁山县"] - totals(known)["鲁山县"]
        )


def test_weights_rank_again(visit, seeded):
    at = visit("benchmark/whatif.py", region="鲁山县", lab="改权重")
    assert "拖动滑块改权重" in conclusion(at)
    slider = next(each for each in at.slider if each.key.endswith(":tax"))
    slider.set_value(3.0).run()
    shares = drawn_tables(at)["总分的权重（鲁山县高于中位的，加权对它有利）"].set_index("指标")
    assert shares.at["纳税", "推演占比（%）"] == pytest.approx(300 / 18)
    assert shares["推演占比（%）"].sum() == pytest.approx(100)
    bars = rows(at, "按新权重的总分和名次")
    ours = bars[bars["region"] == LUSHAN]
    score = shares["鲁山县得分"]
    assert ours["total"].iloc[0] == pytest.approx((score.sum() + 2 * score["纳税"]) / 18)
    assert at.query_params["weights"] == "tax~3.0"
    assert ours["label"].iloc[0].startswith("▶ ")


def test_weights_of_a_lower_level_can_be_changed(visit):
    at = visit("benchmark/whatif.py", region="鲁山县", lab="改权重")
    at.selectbox(key="weights_of").set_value("tax").run()
    assert len(at.slider) == 4
    at.slider[0].set_value(0.0).run()
    assert at.query_params["weights"] == "tax.online_rate~0.0"
    assert rows(at, "按新权重的总分和名次")["part"].unique().tolist() == ["纳税", "其余 15 项"]


def test_not_all_weights_may_be_nothing(visit):
    at = visit("benchmark/whatif.py", region="鲁山县", lab="改权重")
    at.selectbox(key="weights_of").set_value("investment").run()
    at.slider[0].set_value(0.0).run()
    at.slider[1].set_value(0.0).run()
    assert "权重不能全部为 0" in at.warning[0].value
    assert [slider.value for slider in at.slider] == [0.0, 1.0]
    press(at, "原定")
    assert [slider.value for slider in at.slider] == [1.0, 1.0]
    assert button(at, "等权").disabled


def test_what_the_others_do_is_said_and_comes_first(visit):
    at = visit("benchmark/whatif.py", region="鲁山县", others="都达到目标")
    assert "鲁山县不动、别处按假定变化：总分 50.52 → " in conclusion(at)
    assert rows(at, "鲁山县总分从哪里来")["label"].tolist() == ["现在", "其他地区按假定变化", "推演后"]
    at.slider[0].set_value(best_end(at.slider[0])).run()
    assert conclusion(at).startswith("## 别处按假定变化，改动 1 项后，鲁山县总分 50.52 → ")
    assert "都达到文件定的目标" in text_of(at)


def test_target_and_benchmark_stand_below_the_slider(visit):
    at = visit("benchmark/whatif.py", region="鲁山县", group="企业开办、注销", compare="新华区")
    marks = [each.proto.body for each in at.get("html")]
    (days,) = (each for each in marks if "● 现值 2.0" in each)
    assert "▼ 目标 1.0" in days
    assert "◆ 新华区 " in days


@pytest.mark.parametrize("lab", ["改数值", "改权重"])
def test_a_county_without_a_value_says_what_to_do(visit, house, lab):
    with sqlite3.connect(house) as db:
        db.execute("DELETE FROM observation WHERE region = ? AND period = ?", (LUSHAN, PERIOD))
    at = visit("benchmark/whatif.py", region="鲁山县", lab=lab)
    assert conclusion(at) == "## 鲁山县2020年四季度没有得分，不能推演。"
    assert not at.slider
    assert "换一个关注地区或评价期" in at.info[0].value


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"moves": f"{LUSHAN}~tax.time~-50"}, True),
        ({"moves": f"{LUSHAN}~tax.time~1e308", "group": "全部测度"}, True),
        ({"weights": "tax~1e308~credit~1e308", "lab": "改权重"}, True),
        ({"weights": "pds-2020~2", "lab": "改权重"}, True),
        ({"weights": "tax~400", "lab": "改权重"}, False),
    ],
)
def test_what_cannot_be_is_not_taken_from_an_address(visit, asked, told):
    at = visit("benchmark/whatif.py", region="鲁山县", **asked)
    assert any("不可能的数" in each.value for each in at.warning) is told
    assert ("改动" in conclusion(at)) is not told
    assert not at.error


def test_weights_say_what_the_others_do_before_any_is_changed(visit):
    at = visit("benchmark/whatif.py", region="鲁山县", lab="改权重", others="按各自走势")
    assert "第 8 → 第 11" in conclusion(at)
