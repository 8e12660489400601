"""Every target of the city's documents against what the later ones say, one by one."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lib.snapshot import Snapshot
from lib.store import data_version

TODAY = date(2022, 3, 1)
HOURS, LATE = "按 8 小时 = 1 工作日折算", "达标数据晚于期限（首见于{}）"
YEAR_21 = LATE.format("2021年12月")
OPENED = "文件写明“去年12月,平顶山海关开关运营”"
UNCLEAR = "现值“1.4 天”未写明是否同一口径，不作比较"
# Target, status, the fact that it rests on, the words of its reason.
PAIRS = [
    ("F038", "已达标", "F100", f"{HOURS}；“日”按 1 工作日计；{LATE.format('2020年12月')}"),
    ("F040", "已达标", "F095", YEAR_21),
    ("F031", "已达标", "F091", YEAR_21),
    ("F032", "已达标", "F085", f"“项”与“个”同按个数计；{YEAR_21}"),
    ("F045", "已达标", "F104", YEAR_21),
    ("F046", "已达标", "F106", YEAR_21),
    ("F048", "已达标", "F096", f"{HOURS}；{YEAR_21}"),
    ("F050", "已达标", "F097", YEAR_21),
    ("F019", "已达标", "F129", OPENED),
    ("F062", "已达标", "F129", OPENED),
    ("F041", "口径不一致", "F109", UNCLEAR),
    ("F042", "口径不一致", "F109", UNCLEAR),
    ("F051", "口径不一致", "F096", "目标是“市本级”，现值是“全市”，口径不同"),
    ("F052", "口径不一致", "F096", "目标是“有条件的县（市）”，现值是“全市”，口径不同"),
]


@pytest.fixture(scope="module")
def snapshot(seeded):
    return Snapshot(seeded, data_version(seeded))


@pytest.fixture(scope="module")
def assessed(snapshot) -> pd.DataFrame:
    return snapshot.targets(TODAY).set_index("id")


@pytest.mark.parametrize(("target", "status", "fact", "reason"), PAIRS)
def test_a_target_and_the_later_value(assessed, target, status, fact, reason) -> None:
    row = assessed.loc[target]
    assert (row["status"], row["fact"], row["reason"]) == (status, fact, reason)


def test_all_others_have_no_value_and_say_how_long_the_deadline_is_past(assessed) -> None:
    rest = assessed.drop([target for target, *_ in PAIRS])
    assert len(rest) == 34
    assert set(rest["status"]) == {"有目标无现值"}
    assert rest.at["F223", "reason"] == "各文件中没有这项指标的现值"
    # 1 March 2022 is 425 days after the last day of 2020 and 60 after that of 2021.
    assert rest.at["F054", "reason"] == "各文件中没有这项指标的现值；期限已过 425 天"
    assert rest.at["F005", "reason"] == "各文件中没有这项指标的现值；期限已过 60 天"


def test_a_goal_of_another_place_is_a_target_and_never_one_of_ours(snapshot, assessed) -> None:
    book = snapshot.catalog
    assert len(book.targets) == 49
    assert book.targets.set_index("id").at["F283", "region"] == "310000"
    assert "F283" not in set(book.benchmarks["id"])
    assert "F283" not in assessed.index
    assert len(assessed) == 48


def test_what_was_not_known_on_a_day_does_not_count(snapshot) -> None:
    then = snapshot.targets(date(2020, 12, 15)).set_index("id")
    # The customs' opening in December 2020 is stated by a document of December 2021 only.
    assert then["status"].value_counts().to_dict() == {"已达标": 1, "有目标无现值": 47}
    assert set(then.index[then["status"] == "已达标"]) == {"F038"}
    assert then.at["F038", "fact"] == "F017"
    assert set(snapshot.targets(date(2020, 11, 30))["status"]) == {"有目标无现值"}
    # A target is there from the day of its document on: bulletin 37 of 4 December 2020 set three.
    assert set(then.index) - set(snapshot.targets(date(2020, 12, 3))["id"]) == {"F005", "F019", "F023"}
