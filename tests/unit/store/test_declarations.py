"""Drafts kept with every change, states, versions, reports: what may follow what, and that nobody's words are lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.model import UserError
from lib.model.declaration import Baseline, Declaration, Goal, State
from lib.store import data_version
from lib.store import declarations as store
from lib.store.campaigns import add_campaign
from lib.store.events import events
from tests.unit.core.test_declaration import CAMPAIGN, WHOLE

BASELINE = Baseline("electricity.procedures", 3.0, "2019-10", "fact:F1", made_up=False)


@pytest.fixture
def number(path: Path) -> int:
    """A draft of a campaign."""
    add_campaign(path, CAMPAIGN, user="甲")
    return store.create(path, CAMPAIGN.code, WHOLE, user="甲")


def actions(path: Path, number: int) -> list[str]:
    return store.versions(path, number)["action"].tolist()


def submit(path: Path, number: int) -> None:
    """Hands it in as it is."""
    store.submit(path, number, [BASELINE], seen=store.declaration(path, number).content, user="甲")


def test_a_draft_is_kept_whole(path: Path, number: int) -> None:
    filed = store.declaration(path, number)
    assert (filed.content, filed.state, filed.campaign, filed.created_by) == (WHOLE, State.DRAFT, "c", "甲")
    assert store.declarations(path) == [filed]


def test_a_change_is_kept_and_leaves_the_data_version_alone(path: Path, number: int) -> None:
    before = data_version(path)
    changed = {"unit": "市税务局", "create_goals": (Goal("b", 2.5),), "practices": ("P1",)}
    filed = store.save(path, number, changed, WHOLE, user="甲")
    assert filed == store.declaration(path, number)
    assert (filed.content.unit, filed.content.create_goals, filed.content.practices) == (
        "市税务局",
        (Goal("b", 2.5),),
        ("P1",),
    )
    assert data_version(path) == before
    assert actions(path, number) == ["新建"]


def test_two_who_write_in_different_fields_both_keep_theirs(path: Path, number: int) -> None:
    store.save(path, number, {"contact": "王五"}, WHOLE, user="甲")
    filed = store.save(path, number, {"phone": "1"}, WHOLE, user="乙")
    assert (filed.content.contact, filed.content.phone) == ("王五", "1")
    assert actions(path, number) == ["新建"]


def test_what_another_wrote_in_the_same_field_is_kept_as_a_version(path: Path, number: int) -> None:
    store.save(path, number, {"steps": "甲写的"}, WHOLE, user="甲")
    filed = store.save(path, number, {"steps": "乙写的"}, WHOLE, user="乙")
    assert filed.content.steps == "乙写的"
    rows = store.versions(path, number)
    assert rows["action"].tolist() == [store.OVERWRITTEN, "新建"]
    assert rows["content"][0].steps == "甲写的"


def test_two_who_set_goals_on_different_measures_both_keep_theirs(path: Path, number: int) -> None:
    seen = store.save(path, number, {"create_goals": (Goal("a", 1.0), Goal("b", 2.0))}, WHOLE, user="甲").content
    store.save(path, number, {"create_goals": (Goal("a", 1.0), Goal("b", 2.0), Goal("c", 3.0))}, seen, user="甲")
    filed = store.save(path, number, {"create_goals": (Goal("a", 9.0),)}, seen, user="乙")
    assert filed.content.create_goals == (Goal("a", 9.0), Goal("c", 3.0))
    assert actions(path, number) == ["新建"]
    filed = store.save(path, number, {"create_goals": (Goal("a", 8.0), Goal("b", 2.0))}, seen, user="丙")
    assert filed.content.create_goals == (Goal("a", 8.0), Goal("c", 3.0))  # 乙 took b away, 丙 left it alone
    assert actions(path, number) == [store.OVERWRITTEN, "新建"]


def test_what_was_checked_is_what_is_handed_in(path: Path, number: int) -> None:
    store.save(path, number, {"steps": ""}, WHOLE, user="乙")
    with pytest.raises(UserError, match="别人刚改过这份申报表"):
        store.submit(path, number, [], seen=WHOLE, user="甲")
    assert store.declaration(path, number).state is State.DRAFT


def test_the_way_to_the_public_list_and_back(path: Path, number: int) -> None:
    submit(path, number)
    filed = store.declaration(path, number)
    assert (filed.state, filed.baseline) == (State.SUBMITTED, (BASELINE,))
    assert filed.submitted_at
    with pytest.raises(UserError, match="已报送，不能再改"):
        store.save(path, number, {"unit": "x"}, filed.content, user="甲")
    store.send_back(path, number, " 目标太低 ", user="发改委")
    back = store.declaration(path, number)
    assert (back.state, back.comment, back.submitted_at) == (State.RETURNED, "目标太低", filed.submitted_at)
    store.save(path, number, {"steps": "改过"}, back.content, user="甲")
    submit(path, number)
    store.publish(path, number, user="发改委")
    public = store.declaration(path, number)
    assert (public.state, public.comment) == (State.PUBLISHED, "")
    assert public.published_at
    assert actions(path, number) == ["公示", "报送", "退回", "报送", "新建"]
    assert store.versions(path, number)["content"][3].steps == WHOLE.steps  # as it was first handed in
    assert events(path, f"申报表 {number}")["action"].tolist()[0] == "申报表公示"


@pytest.mark.parametrize(
    ("before", "step"),
    [
        ("draft", "publish"),
        ("draft", "send_back"),
        ("submitted", "submit"),
        ("submitted", "drop"),
        ("published", "publish"),
        ("published", "submit"),
        ("dropped", "submit"),
        ("dropped", "publish"),
    ],
)
def test_steps_that_do_not_follow_are_refused(path: Path, number: int, before: str, step: str) -> None:
    ways = {"draft": (), "submitted": ("submit",), "published": ("submit", "publish"), "dropped": ("drop",)}
    steps = {
        "submit": lambda: submit(path, number),
        "publish": lambda: store.publish(path, number, user="甲"),
        "send_back": lambda: store.send_back(path, number, "改", user="甲"),
        "drop": lambda: store.drop(path, number, user="甲"),
    }
    for each in ways[before]:
        steps[each]()
    kept = store.declaration(path, number)
    with pytest.raises(UserError, match="不能改为"):
        steps[step]()
    assert store.declaration(path, number) == kept


def test_a_return_needs_a_comment(path: Path, number: int) -> None:
    submit(path, number)
    with pytest.raises(UserError, match="退回要写明意见"):
        store.send_back(path, number, " ", user="乙")
    assert store.declaration(path, number).state is State.SUBMITTED


def test_a_version_comes_back_and_what_stood_is_kept(path: Path, number: int) -> None:
    first = int(store.versions(path, number)["id"].iloc[-1])
    store.save(path, number, {"steps": "改过"}, WHOLE, user="甲")
    store.drop(path, number, user="甲")
    filed = store.restore(path, number, first, user="甲")
    assert (filed.content, filed.state) == (WHOLE, State.DRAFT)
    rows = store.versions(path, number)
    assert rows["action"].tolist() == ["恢复旧版", "恢复旧版前的内容", "作废", "新建"]
    assert rows["content"][1].steps == "改过"
    with pytest.raises(UserError, match="没有版本 99"):
        store.restore(path, number, 99, user="甲")
    submit(path, number)
    with pytest.raises(UserError, match="已报送，不能再改"):
        store.restore(path, number, first, user="甲")


def test_reports_are_only_added_and_only_to_public_declarations(path: Path, number: int) -> None:
    with pytest.raises(UserError, match="公示以后才报进展"):
        store.add_report(path, number, "2019-12-31", {"values": {}}, user="甲")
    submit(path, number)
    store.publish(path, number, user="乙")
    said = {"values": {"electricity.procedures": 2.0}, "done": "合并环节"}
    store.add_report(path, number, "2019-12-31", said, user="甲")
    store.add_report(path, number, "2019-12-31", {"values": {}}, user="甲")
    rows = store.reports(path)
    assert rows["due"].tolist() == ["2019-12-31"] * 2
    assert rows["content"].tolist() == [said, {"values": {}}]


def test_what_is_not_there_is_named(path: Path, number: int) -> None:
    for read in (lambda: store.declaration(path, 99), lambda: store.submit(path, 99, [], seen=WHOLE, user="甲")):
        with pytest.raises(UserError, match="没有申报表 99"):
            read()


def test_content_from_before_a_field_was_added_is_read() -> None:
    assert Declaration.of({"unit": "甲"}) == Declaration(unit="甲")
