"""Decks are kept, changed in place, and taken off the list; the trail has what they said before."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.model import UserError
from lib.model.screen import MOST_SCREENS, Deck, Kind, Screen
from lib.store import data_version, decks
from lib.store.events import events

SCREENS = (Screen(Kind.OVERVIEW), Screen(Kind.COUNTY, {"region": "410423"}))


def test_a_deck_is_read_back_whole_and_leaves_the_data_version_alone(path: Path) -> None:
    before = data_version(path)
    number = decks.save(path, Deck(" 周例会 ", SCREENS), user="张三")
    found = decks.deck(path, number)
    assert (found.id, found.deck, found.changed_by) == (1, Deck("周例会", SCREENS), "张三")
    assert decks.decks(path) == [found]
    assert data_version(path) == before


def test_a_change_stays_under_its_number_and_the_trail_has_what_was(path: Path) -> None:
    number = decks.save(path, Deck("甲", SCREENS), user="张三")
    assert decks.save(path, Deck("甲", SCREENS[:1]), user="李四", seen=decks.deck(path, number)) == number
    assert decks.deck(path, number).deck == Deck("甲", SCREENS[:1])
    latest = events(path, str(number)).iloc[0]
    assert (latest["user"], latest["action"]) == ("李四", "修改屏单")
    assert (latest["before"], latest["after"]) == ("甲：总分排名、县区画像 410423", "甲：总分排名")
    decks.remove(path, number, user="李四")
    found = events(path, str(number))[["action", "before", "after"]].to_numpy().tolist()
    assert found[0] == ["删除屏单", "甲：总分排名", ""]
    assert found[2] == ["保存屏单", "", "甲：总分排名、县区画像 410423"]


def test_a_change_of_what_another_has_changed_since_is_refused(path: Path) -> None:
    number = decks.save(path, Deck("甲", SCREENS), user="张三")
    seen = decks.deck(path, number)
    # Also within the second that a moment is kept to.
    decks.save(path, Deck("甲", SCREENS[:1]), user="张三", seen=seen)
    with pytest.raises(UserError, match=r"“甲”在您打开以后，.*由张三改过，这次没有保存.*另存为新屏单.*重新打开"):
        decks.save(path, Deck("甲", SCREENS[1:]), user="李四", seen=seen)
    assert decks.deck(path, number).deck == Deck("甲", SCREENS[:1])
    assert decks.save(path, Deck("乙", SCREENS[1:]), user="李四") == 2
    decks.remove(path, number, user="张三")
    with pytest.raises(UserError, match="没有第 1 号屏单"):
        decks.save(path, Deck("甲", SCREENS), user="李四", seen=seen)


def test_a_removed_deck_is_gone_and_its_name_is_free(path: Path) -> None:
    number = decks.save(path, Deck("甲", SCREENS), user="张三")
    decks.remove(path, number, user="李四")
    assert decks.decks(path) == []
    with pytest.raises(UserError, match="没有第 1 号屏单"):
        decks.deck(path, number)
    assert decks.save(path, Deck("甲", SCREENS), user="张三") == 2


@pytest.mark.parametrize(
    ("deck", "user", "said"),
    [
        (Deck("乙", SCREENS), " ", "要写明经办人"),
        (Deck("乙", ()), "张三", "现在是 0 屏"),
        (Deck("乙", SCREENS[:1] * (MOST_SCREENS + 1)), "张三", f"现在是 {MOST_SCREENS + 1} 屏"),
        (Deck("  ", SCREENS), "张三", "要有名称"),
        (Deck("长" * (decks.LONGEST_NAME + 1), SCREENS), "张三", "最多"),
        (Deck(" 甲 ", SCREENS), "张三", "已经有叫“甲”的屏单"),
        (Deck("例会", SCREENS), "张三", "屏单不能叫“例会”"),
        (Deck("wall", SCREENS), "张三", "屏单不能叫“wall”"),
        (Deck("3", SCREENS), "张三", "屏单不能叫“3”"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(path: Path, deck: Deck, user: str, said: str) -> None:
    decks.save(path, Deck("甲", SCREENS), user="张三")
    with pytest.raises(UserError, match=said):
        decks.save(path, deck, user=user)
    assert [each.deck.name for each in decks.decks(path)] == ["甲"]
