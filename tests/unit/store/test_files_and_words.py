"""Proofs of values, what departments call things, and the trail."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.ingest.evidence import checked
from lib.model import UserError
from lib.store.events import events
from lib.store.files import attach, content, detach, evidence
from lib.store.words import forget, remember, words


def test_a_proof_is_kept_listed_and_taken_off_but_stays_on_record(path: Path) -> None:
    number = attach(path, "r1", "a", "2020", data=b"%PDF-1", name="截图.pdf", user="甲", note="系统截图")
    (row,) = evidence(path).to_dict("records")
    assert (row["region"], row["measure"], row["period"], row["name"], row["size"]) == (
        "r1",
        "a",
        "2020",
        "截图.pdf",
        6,
    )
    assert content(path, row["sha256"]) == b"%PDF-1"
    detach(path, number, user="乙")
    assert evidence(path).empty
    assert content(path, row["sha256"]) == b"%PDF-1"
    assert list(events(path)["action"]) == ["移除佐证", "上传佐证"]
    with pytest.raises(UserError, match="没有佐证材料"):
        detach(path, number, user="乙")


def test_two_proofs_of_the_same_content_are_stored_once(path: Path) -> None:
    for name, region in (("甲.pdf", "r1"), ("乙.pdf", "r2")):
        attach(path, region, "a", "2020", data=b"%PDF-1", name=name, user="甲")
    with pytest.raises(UserError, match="已经有同样的佐证材料"):
        attach(path, "r1", "a", "2020", data=b"%PDF-1", name="丙.pdf", user="甲")
    assert list(evidence(path)["name"]) == ["甲.pdf", "乙.pdf"]
    assert evidence(path)["sha256"].nunique() == 1


def test_a_word_said_again_is_said_anew_and_only_for_its_department(path: Path) -> None:
    remember(path, "tax", {("measure", "用时"): ("a", "小时")}, user="甲")
    remember(path, "tax", {("measure", "用时"): ("b", "")}, user="乙")
    remember(path, "", {("region", "老城"): ("r1", "")}, user="甲")
    remember(path, "court", {}, user="甲")
    columns = ["department", "kind", "text", "code", "unit", "user"]
    assert words(path, "tax")[columns].to_numpy().tolist() == [
        ["", "region", "老城", "r1", "", "甲"],
        ["tax", "measure", "用时", "b", "", "乙"],
    ]
    assert len(words(path, "court")) == 1
    forget(path, "tax", "measure", "用时", user="甲")
    assert len(words(path)) == 1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"PK\x03\x04 word/document.xml", "docx"),
        (b"PK\x03\x04 xl/workbook.xml", "xlsx"),
        (b"PK\x03\x04 OFD.xml", "ofd"),
    ],
)
def test_a_proof_is_told_by_its_content(data: bytes, kind: str) -> None:
    assert checked(data.ljust(100), "材料.bin") == kind


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "file-empty"),
        (b"MZ", "a.pdf", "file-kind"),
        (b"<html>", "a.pdf", "file-kind"),
        (b"PK\x03\x04 word/document.xml word/vbaProject.bin", "a.docx", "file-kind"),
        (b"%PDF-", "长" * 201, "name-long"),
        (b"%PDF-1.7".ljust(99), "a.pdf", "file-broken"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "file-broken"),
    ],
)
def test_what_is_no_proof_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        checked(data, name)
    assert [issue.code for issue in caught.value.issues] == [code]


def test_a_proof_may_not_be_larger_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIBIAO_LIMIT_PROOF_BYTES", "110")
    assert checked(b"%PDF-".ljust(110), "a.pdf") == "pdf"
    with pytest.raises(UserError, match="太大"):
        checked(b"%PDF-".ljust(111), "a.pdf")
