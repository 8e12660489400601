"""The way in and out: logging in, a new password, logging out. Plain pages made here, before any of Streamlit is served."""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Scope

from lib.model import UserError
from lib.store import accounts, default_path, logins, passwords
from lib.web import forms, visits
from lib.web.visits import COOKIE, LOGIN, LOGOUT, PASSWORD, SINGLE, Visit

_LASTS, _LARGEST = 2 * 3600, 16_384
_ASKED = (f"至少 {passwords.SHORTEST} 个字符", "不能和账号、姓名相同，不能是常见的密码", "不能和上一个密码相同")
# Hashing takes memory and a core: so many at a time, whoever comes.
_HASHING = ThreadPoolExecutor(max_workers=2, thread_name_prefix="login")
T = TypeVar("T")


async def login(request: Request) -> Response:
    """The log-in page, and logging in."""
    visit = _visit(request)
    if request.method != "POST":
        wanted = _wanted(request)
        inside = visit.person is not None and visit.login != visits.GUEST_LOGIN
        ended = "登录已经结束，请重新登录；登录后回到刚才的页面。" if "ended" in request.query_params else ""
        return RedirectResponse(wanted, status_code=303) if inside else await _login_page(request, wanted, said=ended)
    sent = await _sent(request)
    wanted, account, password = (sent.get(name, "") for name in ("next", "account", "password"))
    problem = await _not_ours(request, sent)
    if problem:
        return await _login_page(request, wanted, problem, account, 403)
    agent = request.headers.get("user-agent", "")
    try:
        key = await _hashing(
            lambda: logins.log_in(default_path(), account, password, address=visits.ADDRESS.get(), agent=agent)
        )
    except UserError as error:
        return await _login_page(
            request, wanted, str(error), account, 429 if isinstance(error, logins.TooSoon) else 401
        )
    return await _let_in(request.scope, key, local(wanted))


async def single(request: Request) -> Response:
    """Goes on to a provider of single sign-on."""
    sign_on, provider = request.scope[visits.SIGN_ON], request.query_params.get("provider", "")
    known = sign_on is not None and provider in sign_on.providers
    return RedirectResponse(sign_on.begin(provider) if known else LOGIN, status_code=303)


async def enter(scope: Scope, names: Sequence[str]) -> Response:
    """Logs somebody in whom single sign-on knows by these names."""
    request = Request(scope)
    if not names:
        return await _login_page(request, "/", "统一身份登录没有完成，请再试一次", status=403)
    agent = request.headers.get("user-agent", "")
    try:
        key = await asyncio.to_thread(
            logins.open_login, default_path(), list(names), address=visits.ADDRESS.get(), agent=agent
        )
    except UserError as error:
        return await _login_page(request, "/", str(error), status=403)
    return await _let_in(scope, key, "/")


async def password(request: Request) -> Response:
    """The own new password: asked for at the first log-in, else whenever somebody wants one."""
    sent = await _sent_by_person(request, _password_page)
    if isinstance(sent, Response):
        return sent
    visit, wanted = _visit(request), _wanted(request)
    if sent.get("new", "") != sent.get("again", ""):
        return await _password_page(request, visit, "两次输入的新密码不一样", 400)
    assert visit.person is not None
    account, old, new = visit.person.account, sent.get("old", ""), sent.get("new", "")
    try:
        await _hashing(lambda: _change(account, old, new, visit))
    except UserError as error:
        return await _password_page(request, visit, str(error), 400)
    visits.forget()
    return RedirectResponse(wanted, status_code=303)


async def logout(request: Request) -> Response:
    """Asks whether, and logs out: here, or on every computer."""
    sent = await _sent_by_person(request, _logout_page)
    if isinstance(sent, Response):
        return sent
    visit = _visit(request)
    try:
        await asyncio.to_thread(_leave, visit, bool(sent.get("everywhere")))
    except UserError as error:
        return await _logout_page(request, visit, str(error), 503)
    visits.forget()
    response = await _login_page(request, "/", said="已经退出。")
    response.delete_cookie(COOKIE, path="/")
    return response


def local(address: str) -> str:
    """An address on this server, as it was asked for; the first page for anything else."""
    parts = urlsplit(address)
    inside = address.startswith("/") and not address.startswith("//") and not (parts.scheme or parts.netloc)
    plain = address.isprintable() and "\\" not in address
    return address if inside and plain and parts.path not in (LOGIN, LOGOUT, PASSWORD, SINGLE) else "/"


routes = [
    Route(LOGIN, login, methods=["GET", "POST"]),
    Route(SINGLE, single, methods=["GET"]),
    Route(PASSWORD, password, methods=["GET", "POST"]),
    Route(LOGOUT, logout, methods=["GET", "POST"]),
]


def _visit(request: Request) -> Visit:
    return request.scope[visits.VISIT]


def _wanted(request: Request) -> str:
    """The page that was asked for before this one."""
    return local(request.query_params.get("next", ""))


async def _sent_by_person(request: Request, page: Callable[..., Awaitable[Response]]) -> dict[str, str] | Response:
    """What somebody with an account sent by the form of a page of ours; instead of it the page, the page with why the form is refused,
    or, for anybody else, the way in."""
    visit = _visit(request)
    if not visit.person or not visit.person.account:
        return RedirectResponse(LOGIN, status_code=303)
    if request.method != "POST":
        return await page(request, visit)
    sent = await _sent(request)
    problem = await _not_ours(request, sent)
    return await page(request, visit, problem, 403) if problem else sent


async def _login_page(
    request: Request, wanted: str, problem: str = "", account: str = "", status: int = 200, *, said: str = ""
) -> Response:
    inner = (
        forms.hidden("next", local(wanted))
        + forms.field("账号", "account", "text", "username", value=account, first=not account)
        + forms.field("密码", "password", "password", "current-password", first=bool(account))
    )
    body = forms.said(said) + forms.wrong(problem) + forms.form(LOGIN, await _token(LOGIN, ""), inner, "登录")
    sign_on = request.scope[visits.SIGN_ON]
    for provider, words in (sign_on.providers if sign_on else {}).items():
        body += forms.link(f"用{words}登录", f"{SINGLE}?provider={quote(provider, safe='')}", "button other")
    return forms.page("登录", body + forms.foot("没有账号，或忘了密码，请找管理员。"), status=status)


async def _password_page(request: Request, visit: Visit, problem: str = "", status: int = 200) -> Response:
    first, wanted = visit.must_change, _wanted(request)
    action = PASSWORD if wanted == "/" else f"{PASSWORD}?next={quote(wanted, safe='')}"
    inner = "" if first else forms.field("现在的密码", "old", "password", "current-password", first=True)
    inner += forms.field("新密码", "new", "password", "new-password", first=first) + forms.listed(_ASKED)
    inner += forms.field("再输入一次新密码", "again", "password", "new-password")
    body = forms.said("第一次登录，或密码由管理员重设，请先换成自己的密码。" if first else "")
    body += forms.wrong(problem) + forms.form(action, await _token(PASSWORD, visit.login), inner, "修改密码")
    back = forms.link("退出登录", LOGOUT) if first else forms.link("不改了，回到首页", "/")
    return forms.page("修改密码", body + forms.foot(back), status=status)


async def _logout_page(request: Request, visit: Visit, problem: str = "", status: int = 200) -> Response:
    assert visit.person is not None
    token = await _token(LOGOUT, visit.login)
    count = len(await asyncio.to_thread(logins.logins, default_path(), visit.person.account))
    body = f"<p>现在登录的是 <strong>{forms.escape(visit.person.name)}</strong>（{forms.escape(visit.person.account)}）。</p>"
    body += forms.wrong(problem) + forms.form(LOGOUT, token, "", "退出登录")
    everywhere = forms.hidden("everywhere", "1")
    body += forms.form(LOGOUT, token, everywhere, f"在所有电脑上退出（现有 {count} 处登录）", kind="other")
    links = [] if visit.must_change else [forms.link("回到首页", "/")]
    return forms.page(
        "退出登录", body + forms.foot("　".join([*links, forms.link("修改密码", PASSWORD)])), status=status
    )


async def _let_in(scope: Scope, key: str, wanted: str) -> Response:
    seal = await asyncio.to_thread(logins.seal, default_path())
    visits.forget()
    response = RedirectResponse(wanted, status_code=303)
    secure = scope["scheme"] == "https"
    response.set_cookie(COOKIE, visits.signed(key, seal), path="/", httponly=True, samesite="lax", secure=secure)
    return response


def _change(account: str, old: str, new: str, visit: Visit) -> None:
    if not visit.must_change:
        logins.check_password(default_path(), account, old, address=visits.ADDRESS.get())
    accounts.set_password(default_path(), account, new, keep=visit.login)


def _leave(visit: Visit, everywhere: bool) -> None:
    assert visit.person is not None
    if everywhere:
        logins.close_all(default_path(), visit.person.account, by=visit.person.name)
    else:
        logins.close(default_path(), visit.login)


async def _sent(request: Request) -> dict[str, str]:
    """What a form sent; nothing where it is too much to be one of ours."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


async def _token(action: str, login: str) -> str:
    """What says that a form is ours: until when, signed, for what it is sent to and this log-in."""
    seal = await asyncio.to_thread(logins.seal, default_path())
    until = f"{int(time.time()) + _LASTS:x}"
    return f"{until}.{visits.signed(f'{action}|{login}|{until}', seal).rpartition('.')[2]}"


async def _not_ours(request: Request, sent: dict[str, str]) -> str:
    """Why a form is refused; "" where it was sent from a page of ours."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "")
    same = site == "same-origin" if site else urlsplit(origin).netloc == request.headers.get("host")
    if not same:
        return "这个请求不是从本站页面发出的，没有受理：请从本站页面重新操作"
    until, _, mac = sent.get("token", "").partition(".")
    seal = await asyncio.to_thread(logins.seal, default_path())
    login = "" if request.url.path == LOGIN else _visit(request).login
    text = f"{request.url.path}|{login}|{until}"
    fresh = until.isalnum() and until.isascii() and visits.read(f"{text}.{mac}", seal) and int(until, 16) > time.time()
    return "" if fresh else "页面放得太久了，请再提交一次"


async def _hashing(work: Callable[[], T]) -> T:
    """Work that hashes, in one of the few threads for it."""
    return await asyncio.get_running_loop().run_in_executor(_HASHING, contextvars.copy_context().run, work)
