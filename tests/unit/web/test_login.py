"""The pages of the way in: what they answer, what they set, and what they refuse."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from lib.store import accounts, logins
from lib.store.events import events
from lib.view import theme
from lib.web import forms, visits
from tests.unit.web.asgi import call
from tests.unit.web.conftest import GOOD, NEXT, cookie, post, token

RIGHT = {"account": "analyst", "password": GOOD}


def test_logging_in_sets_a_cookie_and_leads_back(home, app):
    answer = post(
        app, "/login", {**RIGHT, "next": "/ranking?period=2020-Q4"}, user_agent="浏览器".encode().decode("latin-1")
    )
    assert (answer.status, answer.headers["location"]) == (303, "/ranking?period=2020-Q4")
    (line,) = answer.headers.getlist("set-cookie")
    assert re.fullmatch(r"duibiao_login=[\w-]{43}\.[\w-]{43}; HttpOnly; Path=/; SameSite=lax", line)
    assert call(app, "/", cookie=f"{visits.COOKIE}={answer.cookies[visits.COOKIE]}").status == 200


def test_over_https_the_cookie_is_for_https_only(home, app, monkeypatch):
    monkeypatch.setenv("DUIBIAO_PROXIES", "127.0.0.1")
    answer = post(app, "/login", RIGHT, x_forwarded_proto="https", x_forwarded_for="10.0.0.7")
    assert "Secure" in answer.headers["set-cookie"]
    assert set(logins.logins(home, "analyst")["address"]) == {"10.0.0.7"}


def test_a_way_back_to_elsewhere_is_not_taken(home, app):
    assert post(app, "/login", {**RIGHT, "next": "https://evil.cn"}).headers["location"] == "/"
    assert 'value="/"' in call(app, "/login?next=//evil.cn").body


@pytest.mark.parametrize("name", ["analyst", "nobody"])
def test_a_wrong_password_is_said_in_the_same_words(home, app, name):
    answer = post(app, "/login", {"account": name, "password": "x"})
    assert (answer.status, answer.cookies) == (401, {})
    assert "账号或密码不对，或者账号已停用" in answer.body
    assert f'value="{name}"' in answer.body


def test_too_many_wrong_ones_are_answered_at_once_with_seconds(home, app):
    for _ in range(3):
        post(app, "/login", {"account": "analyst", "password": "x"})
    answer = post(app, "/login", RIGHT)
    assert (answer.status, answer.cookies) == (429, {})
    assert re.search(r"请 \d 秒后再试", answer.body)


def test_what_was_typed_is_no_html(home, app):
    answer = post(app, "/login", {"account": '"><script>x()</script>', "password": "x", "next": '/"><b>'})
    assert "<script" not in answer.body
    assert "<b>▲" in answer.body
    assert '"><b>' not in answer.body.replace("<b>▲", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.cn"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://house:8501", "sec_fetch_site": "cross-site"},
        {"origin": "http://house:8501", "sec_fetch_site": "same-site"},
        {"origin": "http://house:8501", "sec_fetch_site": "none"},
    ],
)
@pytest.mark.parametrize("url", ["/login", "/password", "/logout"])
def test_a_form_from_elsewhere_is_refused(home, app, url, headers):
    inside = "" if url == "/login" else cookie(home, "analyst")
    answer = post(app, url, {**RIGHT, "old": GOOD, "new": NEXT, "again": NEXT}, **headers, cookie=inside)
    assert (answer.status, answer.cookies) == (403, {})
    assert "不是从本站页面发出的" in answer.body
    assert not inside or call(app, "/", cookie=inside).status == 200


def test_a_form_without_our_token_is_refused(home, app, monkeypatch):
    inside = cookie(home, "analyst")
    other = token(call(app, "/password", cookie=cookie(home, "admin")))
    for url, bad in (
        ("/login", ""),
        ("/login", "x.y"),
        ("/login", "ffffffffff.y"),
        ("/logout", other),
        ("/password", other),
    ):
        answer = post(app, url, {**RIGHT, "token": bad}, cookie="" if url == "/login" else inside)
        assert (answer.status, answer.cookies) == (403, {})
        assert "放得太久" in answer.body
    monkeypatch.setattr("lib.web.login._LASTS", -1)
    assert post(app, "/login", RIGHT).status == 403


def test_more_than_a_form_is_not_read(home, app):
    assert post(app, "/login", {**RIGHT, "more": "x" * 20_000}).status == 403


def test_the_first_password_is_changed_before_anything_else(home, app):
    accounts.reset(home, "analyst", "重设-Wuyuntu-29", by="甲")
    came = post(app, "/login", {"account": "analyst", "password": "重设-Wuyuntu-29"})
    inside = f"{visits.COOKIE}={came.cookies[visits.COOKIE]}"
    page = call(app, "/password", cookie=inside)
    assert "请先换成自己的密码" in page.body
    assert 'name="old"' not in page.body
    for new, again, said in (
        (NEXT, NEXT + "x", "不一样"),
        ("短", "短", "10 到 200"),
        ("重设-Wuyuntu-29",) * 2 + ("上一个",),
    ):
        answer = post(app, "/password", {"new": new, "again": again}, cookie=inside)
        assert answer.status == 400
        assert said in answer.body
    assert post(app, "/password", {"new": NEXT, "again": NEXT}, cookie=inside).headers["location"] == "/"
    assert call(app, "/", cookie=inside).status == 200


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("%2Franking%3Fperiod%3D2020-Q4", "/ranking?period=2020-Q4"),
        ("https://evil.cn", "/"),
        ("//evil.cn", "/"),
        ("/logout", "/"),
    ],
)
def test_the_page_that_was_asked_for_comes_after_the_first_password(home, app, asked, led):
    accounts.reset(home, "analyst", "重设-Wuyuntu-29", by="甲")
    came = post(app, "/login", {"account": "analyst", "password": "重设-Wuyuntu-29"})
    inside = f"{visits.COOKIE}={came.cookies[visits.COOKIE]}"
    wrong = post(app, f"/password?next={asked}", {"new": NEXT, "again": "x"}, cookie=inside)
    action = wrong.body.partition('<form method="post" action="')[2].partition('"')[0]
    assert action == ("/password" if led == "/" else f"/password?next={asked}")
    assert post(app, action, {"new": NEXT, "again": NEXT}, cookie=inside).headers["location"] == led


def test_an_own_change_asks_for_the_present_password(home, app):
    inside, other = cookie(home, "analyst"), cookie(home, "analyst")
    wrong = post(app, "/password", {"old": "x", "new": NEXT, "again": NEXT}, cookie=inside)
    assert "现在的密码不对" in wrong.body
    assert post(app, "/password", {"old": GOOD, "new": NEXT, "again": NEXT}, cookie=inside).status == 303
    assert call(app, "/", cookie=inside).status == 200
    assert call(app, "/", cookie=other).status == 303


def test_logging_out_here_and_everywhere(home, app):
    one, two, three = (cookie(home, "analyst") for _ in range(3))
    assert "现有 3 处登录" in call(app, "/logout", cookie=one).body
    answer = post(app, "/logout", {}, cookie=one)
    assert "已经退出" in answer.body
    assert answer.cookies == {visits.COOKIE: '""'}
    assert [call(app, "/", cookie=each).status for each in (one, two, three)] == [303, 200, 200]
    post(app, "/logout", {"everywhere": "1"}, cookie=two)
    assert [call(app, "/", cookie=each).status for each in (one, two, three)] == [303, 303, 303]


def test_the_form_after_logging_out_logs_in(home, app):
    answer = post(app, "/logout", {}, cookie=cookie(home, "analyst"))
    body = urlencode({**RIGHT, "token": token(answer)})
    assert call(app, "/login", method="POST", body=body, origin="http://house:8501").status == 303


def test_looking_at_the_page_logs_nobody_out(home, app):
    inside = cookie(home, "analyst")
    call(app, "/logout", cookie=inside)
    assert call(app, "/", cookie=inside).status == 200


def test_the_trail_has_who_and_from_where(home, app, monkeypatch):
    monkeypatch.setattr("lib.store.events._origin", lambda: (visits.ADDRESS.get(), ""))
    post(app, "/login", {"account": "analyst", "password": "x"}, client="10.0.0.4")
    came = post(app, "/login", RIGHT, client="10.0.0.5")
    post(app, "/logout", {}, cookie=f"{visits.COOKIE}={came.cookies[visits.COOKIE]}", client="10.0.0.5")
    lines = events(home)[["user", "action", "subject", "address"]][:3]
    assert [tuple(each) for each in lines.itertuples(index=False)] == [
        ("分析员", "退出登录", "analyst", "10.0.0.5"),
        ("分析员", "登录", "analyst", "10.0.0.5"),
        ("未登录", "登录失败", "analyst", "10.0.0.4"),
    ]


def test_the_pages_have_no_script_and_say_so(home, app):
    for path in ("/login", "/password", "/logout"):
        answer = call(app, path, cookie="" if path == "/login" else cookie(home))
        assert "<script" not in answer.body
        assert answer.headers.getlist("content-security-policy") == [forms.POLICY]
        assert answer.headers["cache-control"] == "no-store"


def test_the_colours_are_those_of_the_theme():
    names = {"ground": theme.GROUND, "page": theme.FAINT, "ink": theme.INK, "quiet": theme.QUIET, "line": theme.LINE}
    names |= {"blue": theme.BLUE, "red": theme.RED}
    assert names == forms.LIGHT
    assert {name: theme.DARK[colour] for name, colour in names.items()} == forms.DARK
    assert theme.FONT == forms.FONT
