"""What is kept of a password, and which are good enough."""

from __future__ import annotations

import pytest

from lib.model import UserError
from lib.store import passwords

GOOD = "五彩-Wuyuntu-27"


def test_what_is_kept_says_how_it_was_made_and_never_the_password():
    kept = passwords.hashed(GOOD)
    assert kept.split("$")[:4] == ["scrypt", "32768", "8", "1"]
    assert GOOD not in kept
    assert kept != passwords.hashed(GOOD)
    assert passwords.fits(GOOD, kept)
    assert not passwords.fits(GOOD + "x", kept)


def test_a_hash_of_other_cost_stays_good(monkeypatch):
    monkeypatch.setattr(passwords, "COST", (2**10, 8, 1))
    old = passwords.hashed(GOOD)
    monkeypatch.setattr(passwords, "COST", (2**11, 8, 1))
    assert passwords.fits(GOOD, old)
    assert passwords.hashed(GOOD).split("$")[1] == "2048"


@pytest.mark.parametrize("password", ["", GOOD])
def test_nothing_fits_an_account_without_a_password(password):
    assert not passwords.fits(password, "")


def test_full_width_letters_are_the_same_password():
    assert passwords.fits("Ａbcdefg-１２３４", passwords.hashed("Abcdefg-1234"))


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("短-Wuyun27", "10 到 200 个字符，现在是 9 个"),
        ("x" * 201, "现在是 201 个"),
        ("Wangxiaoming", "不能和账号、姓名相同"),
        ("诸葛孔明先生在平顶山市", "不能和账号、姓名相同"),
        ("Password123", "太常见"),
        ("１２３４５６７８９０", "太常见"),
        ("aabbccaabbcc", "太常见"),
        (GOOD, "不能和上一个密码相同"),
    ],
)
def test_what_is_wrong_with_a_password_is_said(password, said):
    with pytest.raises(UserError, match=said):
        passwords.check(password, "wangxiaoming", "诸葛孔明先生在平顶山市", passwords.hashed(GOOD))


def test_a_good_one_passes():
    passwords.check(GOOD, "wang", "王", "")


def test_the_common_ones_are_long_enough_to_matter():
    assert all(len(each) >= passwords.SHORTEST and each == each.lower() for each in passwords.COMMON)
