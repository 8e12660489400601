"""While the database can only be read every page says so, nothing that was typed is lost, and a restore is on the next page drawn."""

from __future__ import annotations

import pytest

from lib.store import backup, batches
from lib.store import condition as conditions
from tests.pages.conftest import conclusion

SAID = "**现在只能看，不能保存**：数据库文件 duibiao\\.db 是只读的。"


@pytest.fixture
def disk():
    """The disk, to be made read-only and writable."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def warnings(at) -> list[str]:
    return [each.value.replace("\\", "") for each in at.warning if "只能看" in each.value]


@pytest.mark.parametrize("page", ["", "see/heatmap.py", "manage/upload.py", "manage/batches.py", "screen/meeting.py"])
def test_every_page_says_so_as_long_as_it_lasts(visit, disk, page):
    at = visit(page)
    assert warnings(at) == []
    disk.setattr(conditions.os, "access", lambda path, mode: False)
    at.run()
    assert not at.exception
    (said,) = warnings(at)
    assert said.startswith("**现在只能看，不能保存**：数据库文件 duibiao.db 是只读的。")
    disk.undo()
    assert warnings(at.run()) == []


def test_what_was_typed_is_still_there_when_it_can_be_saved_again(visit, house, disk):
    at = visit("act/counters.py")
    at.text_input(key="user").set_value("张三").run()
    key = next(key for key in at.session_state.filtered_state if str(key).startswith("tally"))
    disk.setattr(conditions.os, "access", lambda path, mode: False)
    at.session_state[key] = {
        "edited_rows": {0: {at.dataframe[0].value.columns[1]: 5}},
        "added_rows": [],
        "deleted_rows": [],
    }
    at.run()


def test_a_restore_is_on_the_next_page_drawn(visit, house):
    source = backup.backup(house)
    at = visit("see/ranking.py")
    before = conclusion(at)
    batches.withdraw(house, 2, user="张三")
    assert conclusion(visit("see/ranking.py")) != before
    backup.restore(house, source)
    at.run()
    assert conclusion(at) == before
