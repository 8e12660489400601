"""While the database can only be read every page says so, nothing that was typed is lost, and a restore is on the next page drawn."""

from __future__ import annotations

import pytest

from lib.store import backup, batches, files, tallies
from lib.store import condition as conditions
from tests.pages.conftest import conclusion
from tests.pages.test_counters import save, typed


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


def test_what_was_typed_is_saved_once_it_can_be(visit, house, disk):
    at = visit("act/counters.py", year="2021")
    at.text_input(key="user").set_value("张三")
    at = typed(at, 2021, 0, {0: {"收到投诉": 4}})
    disk.setattr(conditions.os, "access", lambda path, mode: False)
    at = save(at)
    assert "没有写进任何内容" in at.error[0].value
    assert tallies.tallies(house).empty
    disk.undo()
    at = save(at)
    assert at.success[0].value == "已保存 1 个数。"
    assert tallies.tallies(house)["value"].tolist() == [4]


def test_a_publication_that_was_refused_is_published_with_what_was_typed(visit, house, disk):
    at = visit("manage/upload.py")
    at.file_uploader(key="files-0").set_value(
        ("2021年一季度.csv", "区划代码,企业开办时间\n410421,3\n".encode(), "text/csv")
    )
    at.run()
    at.text_input(key="user").set_value("张三").run()
    at.text_input(key=next(each.key for each in at.text_input if each.label == "备注")).set_value("电话核实").run()
    for box in at.checkbox:
        box.check()
    at.run()
    disk.setattr(conditions.os, "access", lambda path, mode: False)
    publish = next(each for each in at.button if each.label == "发布")
    publish.click().run()
    # The shell says why; a page driven without a server shows only that it stopped.
    assert at.exception
    assert len(batches.batches(house)) == 2
    disk.undo()
    at.run()
    next(each for each in at.button if each.label == "发布").click().run()
    assert batches.batches(house).iloc[0][["file", "user", "note"]].tolist() == ["2021年一季度.csv", "张三", "电话核实"]


def test_a_proof_that_was_refused_stays_chosen(visit, house, disk):
    at = visit("manage/entry.py", indicator="企业开办、注销")
    at.text_input(key="entry_period").set_value("2021年二季度").run()
    at.text_input(key="user").set_value("张三").run()
    pdf = b"%PDF-1.4\n" + b" " * 100 + b"\n%%EOF\n"
    at.file_uploader(key="proof_file-0").set_value(("截图.pdf", pdf, "application/pdf"))
    disk.setattr(conditions.os, "access", lambda path, mode: False)
    attach(at)
    assert "没有写进任何内容" in at.error[0].value
    disk.undo()
    attach(at)
    assert files.evidence(house)["name"].tolist() == ["截图.pdf"]


def attach(at) -> None:
    next(each for each in at.button if each.label == "上传佐证").click().run()


def test_a_restore_is_on_the_next_page_drawn(visit, house):
    source = backup.backup(house)
    at = visit("see/ranking.py")
    before = conclusion(at)
    batches.withdraw(house, 2, user="张三")
    assert conclusion(visit("see/ranking.py")) != before
    backup.restore(house, source)
    at.run()
    assert conclusion(at) == before
