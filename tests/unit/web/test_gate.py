"""The gate: nothing comes through without a log-in, and what comes through is told whose it is."""

from __future__ import annotations

import asyncio
import json

import pytest
from starlette.responses import RedirectResponse
from starlette.routing import Route

from lib.model.access import Role
from lib.store import accounts, logins, migrate
from lib.web import visits
from lib.web.login import local
from tests.unit.web.asgi import call, socket
from tests.unit.web.conftest import GOOD, behind, cookie

FAR = "10.0.0.9"
PARTS = (
    "/static/js/index.js",
    "/media/1.png",
    "/_stcore/host-config",
    "/_stcore/upload_file/s/f",
    "/_stcore/bidi-components/a/b.js",
    "/component/a/index.html",
    "/app/static/a.csv",
    "/favicon.png",
    "/manifest.json",
)
PAGES = (
    "/",
    "/ranking",
    "/meeting",
    "/kiosk",
    "/a/b",
    "//ranking",
    "/login/../ranking",
    "/health/",
    "/ranking/_stcore/health",
)


def told(answer):
    return json.loads(answer.body)["headers"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_leads_to_the_log_in_page(home, app, path):
    answer = call(app, path)
    assert (answer.status, answer.headers["location"][:12]) == (303, "/login?next=")


def test_the_way_back_is_kept(home, app):
    assert (
        call(app, "/ranking?period=2020-Q4&x=1").headers["location"]
        == "/login?next=%2Franking%3Fperiod%3D2020-Q4%26x%3D1"
    )


@pytest.mark.parametrize("path", PARTS)
def test_parts_of_pages_are_refused(home, app, path):
    assert call(app, path).status == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_reading_leads_anywhere(home, app, method):
    assert call(app, "/", method=method).status == 401


@pytest.mark.parametrize(
    "path", ["/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/_stcore/metrics"]
)
@pytest.mark.parametrize("inside", [True, False])
def test_what_no_page_needs_is_not_there(home, app, path, inside):
    assert call(app, path, cookie=cookie(home) if inside else "").status == 404
    assert call(app, path, method="POST", cookie=cookie(home) if inside else "").status == 404


@pytest.mark.parametrize("path", ["/auth/login", "/oauth2callback", "/auth/logout"])
def test_single_sign_on_is_not_there_where_it_is_not_set_up(home, app, path):
    assert call(app, path, cookie=cookie(home)).status == 404


def test_health_is_everybodys(home, app):
    assert call(app, "/health").status == 200
    assert call(app, "/_stcore/health").status == 200


def test_who_has_logged_in_comes_in_and_is_named(home, app):
    headers = cookie(home, "analyst")
    key = logins.kept(headers.partition("=")[2].rpartition(".")[0])
    answer = call(app, "/ranking", cookie=headers, client=FAR)
    assert told(answer) == {"x-duibiao-login": key, "x-duibiao-address": FAR}
    assert logins.person_of(home, key).role is Role.ANALYST


@pytest.mark.parametrize("login", ["local", "guest", "x"])
def test_nobody_says_by_himself_who_he_is(home, app, login):
    assert call(app, "/", x_duibiao_login=login).status == 303
    answer = call(app, "/", cookie=cookie(home), x_duibiao_login=login, X_DUIBIAO_ADDRESS="1.2.3.4")
    assert told(answer)["x-duibiao-login"] not in ("local", "guest", "x")
    assert told(answer)["x-duibiao-address"] == "127.0.0.1"


def forged(home, tmp_path):
    """Cookies that are none, by what is wrong with them."""
    good = cookie(home).partition("=")[2]
    other = tmp_path / "other.db"
    migrate(other)
    accounts.create(other, "admin", "王", Role.ADMIN, password=GOOD, by="甲")
    there = logins.log_in(other, "admin", GOOD, address="x")
    gone = cookie(home).partition("=")[2]
    logins.close(home, logins.kept(gone.rpartition(".")[0]))
    return {
        "empty": "",
        "forged": "x" * 43 + "." + "y" * 43,
        "truncated": good[:-1],
        "longer": good + "A",
        "only the key": good.rpartition(".")[0],
        "signed by nobody": good.rpartition(".")[0] + ".",
        "of another house": visits.signed(there, logins.seal(other)),
        "of another house, signed here": visits.signed(there, logins.seal(home)),
        "logged out": gone,
        "the kept key, signed here": visits.signed(logins.kept(good.rpartition(".")[0]), logins.seal(home)),
        "no text": "\xff\xfe" * 20,
        "a query": visits.signed("' OR '1'='1", logins.seal(home)),
        "local": "local",
        "guest": visits.signed("guest", logins.seal(home)),
    }


def test_no_cookie_but_a_good_one_lets_in(home, app, tmp_path):
    for what, value in forged(home, tmp_path).items():
        headers = {"cookie": f"{visits.COOKIE}={value}"}
        assert [call(app, path, **headers).status for path in PAGES] == [303] * len(PAGES), what
        assert [call(app, path, **headers).status for path in PARTS] == [401] * len(PARTS), what
        assert asyncio.run(socket(app, [], **headers)) == [{"type": "websocket.close", "code": 1008}], what


def test_who_must_change_the_password_gets_to_that_page_only(home, app):
    accounts.reset(home, "analyst", "重设-Wuyuntu-29", by="甲")
    value = visits.signed(logins.log_in(home, "analyst", "重设-Wuyuntu-29", address="x"), logins.seal(home))
    headers = {"cookie": f"{visits.COOKIE}={value}"}
    assert call(app, "/ranking?x=1", **headers).headers["location"] == "/password?next=%2Franking%3Fx%3D1"
    assert call(app, "/static/a.js", **headers).status == 401
    assert "x-duibiao-login" not in told(call(app, "/api/v1/regions", **headers))
    assert call(app, "/password", **headers).status == 200
    assert asyncio.run(socket(app, [], **headers))[0]["type"] == "websocket.close"


@pytest.mark.parametrize(("name", "status"), [("viewer", 403), ("department", 200), ("analyst", 200), ("admin", 200)])
def test_who_only_looks_does_not_upload(home, app, name, status):
    for method in ("PUT", "POST"):
        assert call(app, "/_stcore/upload_file/s/f", method=method, cookie=cookie(home, name)).status == status


def test_guests_look_where_that_is_wanted(home, app, monkeypatch):
    monkeypatch.setenv(visits.LOOK, "yes")
    assert call(app, "/").status == 303
    monkeypatch.setenv(visits.LOOK, "free")
    assert told(call(app, "/"))["x-duibiao-login"] == "guest"
    assert call(app, "/_stcore/upload_file/s/f", method="PUT").status == 403
    assert call(app, "/login").status == 200
    assert call(app, "/password").headers["location"] == "/login"
    assert asyncio.run(socket(app, [{"type": "websocket.disconnect", "code": 1000}]))[1]["text"] == "guest"


def test_an_open_house_is_open_to_this_machine_alone(empty, app):
    assert told(call(app, "/"))["x-duibiao-login"] == "local"
    assert call(app, "/", client=FAR).status == 303
    assert call(app, "/", client="::1").status == 200
    assert call(app, "/", x_forwarded_for="1.2.3.4").status == 303
    assert call(app, "/", forwarded="for=1.2.3.4").status == 303
    assert call(app, "/login").headers["location"] == "/"
    assert call(app, "/logout").headers["location"] == "/login"


def test_the_first_account_closes_an_open_house(empty, app):
    assert call(app, "/").status == 200
    accounts.create(empty, "admin", "王", Role.ADMIN, password=GOOD, by="甲")
    visits.forget()
    assert call(app, "/").status == 303


def test_what_is_known_is_looked_up_again(home, app, monkeypatch):
    monkeypatch.setattr(visits, "LOOK_AGAIN", 0)
    headers = {"cookie": cookie(home, "analyst")}
    assert call(app, "/", **headers).status == 200
    accounts.disable(home, "analyst", by="甲")
    assert call(app, "/", **headers).status == 303


def test_a_socket_hears_and_speaks(home, app):
    sent = asyncio.run(
        socket(
            app,
            [{"type": "websocket.receive", "text": "a"}, {"type": "websocket.disconnect", "code": 1000}],
            cookie=cookie(home),
        )
    )
    assert [each["type"] for each in sent] == ["websocket.accept", "websocket.send", "websocket.send"]
    assert sent[2]["text"] == "a"


@pytest.mark.parametrize("end", ["log out", "log out everywhere", "disable", "reset"])
@pytest.mark.parametrize("quiet", [True, False])
def test_a_socket_is_closed_when_its_log_in_ends(home, app, monkeypatch, end, quiet):
    monkeypatch.setattr(visits, "LOOK_AGAIN", 0.05)
    headers = cookie(home, "analyst")
    key = logins.kept(headers.partition("=")[2].rpartition(".")[0])
    deeds = {
        "log out": lambda: logins.close(home, key),
        "log out everywhere": lambda: logins.close_all(home, "analyst", by="甲"),
        "disable": lambda: accounts.disable(home, "analyst", by="甲"),
        "reset": lambda: accounts.reset(home, "analyst", "重设-Wuyuntu-29", by="甲"),
    }

    async def run():
        said = [] if quiet else [{"type": "websocket.receive", "text": "late"}]
        talk = asyncio.create_task(socket(app, [0.4, *said], cookie=headers))
        await asyncio.sleep(0.15)
        deeds[end]()
        return await talk

    sent = asyncio.run(run())
    assert sent[-1] == {"type": "websocket.close", "code": 1008}
    assert "late" not in [each.get("text") for each in sent]


def test_the_socket_of_an_open_house_is_closed_by_the_first_account(empty, app, monkeypatch):
    monkeypatch.setattr(visits, "LOOK_AGAIN", 0.05)

    async def run():
        talk = asyncio.create_task(socket(app, []))
        await asyncio.sleep(0.15)
        accounts.create(empty, "admin", "王", Role.ADMIN, password=GOOD, by="甲")
        return await talk

    assert asyncio.run(run())[-1]["type"] == "websocket.close"


def test_a_page_that_is_open_and_quiet_does_not_keep_its_log_in(home, app, monkeypatch):
    monkeypatch.setattr(visits, "LOOK_AGAIN", 0.05)
    asked = []
    standing = visits.standing
    monkeypatch.setattr(visits, "standing", lambda *a, active: asked.append(active) or standing(*a, active=active))
    talk = [0.3, {"type": "websocket.receive", "text": "a"}, {"type": "websocket.disconnect", "code": 1000}]
    asyncio.run(socket(app, talk, cookie=cookie(home)))
    # Coming, then connect, quiet looks, and the word.
    assert asked[0] is True
    assert asked.count(False) >= 3
    assert asked[-1] is True


def test_nobody_comes_in_while_nobody_knows_who_may(home, app):
    home.write_bytes(b"no database" * 100)
    visits.forget()
    assert call(app, "/").status == 503
    assert call(app, "/health").status == 200
    assert asyncio.run(socket(app, []))[0]["type"] == "websocket.close"


@pytest.mark.parametrize(
    "path", ["/api/v1/../../static/x.js", "/api/v1//x", "/api/v1/./x", "/api/v2/x", "/api", "/api/v1x"]
)
def test_the_interface_is_no_way_around(home, app, path):
    assert call(app, path).status in (303, 401)
    assert call(app, "/api/v1/regions").status == 200
    assert "x-duibiao-login" not in told(call(app, "/api/v1/regions"))


class Sign:
    """Single sign-on of which every cookie names somebody."""

    def __init__(self):
        self.providers = {"default": "统一身份"}

    def begin(self, provider):
        return f"/auth/login?provider={provider}-token"

    def names(self, cookies):
        return [cookies[name] for name in ("_streamlit_user",) if name in cookies]


async def back(request):
    answer = RedirectResponse("/")
    if user := request.query_params.get("user"):
        answer.set_cookie("_streamlit_user", user, httponly=True)
        answer.set_cookie("_streamlit_user_tokens", "secret")
    return answer


@pytest.fixture
def signed_on(page):
    return behind(page, Sign(), Route("/oauth2callback", back))


def test_single_sign_on_becomes_a_log_in_of_ours(home, signed_on):
    assert "用统一身份登录" in call(signed_on, "/login").body
    assert call(signed_on, "/login/single?provider=default").headers["location"] == "/auth/login?provider=default-token"
    assert call(signed_on, "/login/single?provider=other").headers["location"] == "/login"
    answer = call(signed_on, "/oauth2callback?user=Analyst")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert set(answer.cookies) == {visits.COOKIE}
    inside = call(signed_on, "/", cookie=f"{visits.COOKIE}={answer.cookies[visits.COOKIE]}")
    assert logins.person_of(home, told(inside)["x-duibiao-login"]).account == "analyst"


@pytest.mark.parametrize(("user", "said"), [("stranger", "没有对应的账号"), ("", "没有完成")])
def test_who_has_no_account_stays_out(home, signed_on, user, said):
    answer = call(signed_on, f"/oauth2callback?user={user}")
    assert (answer.status, answer.cookies) == (403, {})
    assert said in answer.body


def test_the_identity_of_single_sign_on_alone_lets_nobody_in(home, signed_on):
    assert call(signed_on, "/", cookie="_streamlit_user=admin").status == 303


def test_with_single_sign_on_the_house_is_never_open(empty, signed_on):
    assert call(signed_on, "/").status == 303


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ranking",
        "//evil.cn",
        "https://evil.cn/",
        "/\\evil.cn",
        "/\t/evil.cn",
        "javascript:alert(1)",
        "/login",
        "/logout?x=1",
        "\\/evil.cn",
        "/a\nb",
    ],
)
def test_the_way_back_is_never_elsewhere(address):
    assert local(address) == "/"


@pytest.mark.parametrize("address", ["/", "/ranking?period=2020-Q4&region=鲁山县", "/ranking?next=//x"])
def test_the_way_back_is_as_it_was(address):
    assert local(address) == address
