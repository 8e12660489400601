"""The interface for programs: what it says is what the pages say, and it says it to those who may ask."""

from __future__ import annotations

import csv
import io
import math
from datetime import date
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pandas as pd
import pytest

from lib.model import UserError
from lib.model.access import Action
from lib.snapshot import Snapshot
from lib.store import data_version, tokens
from lib.store.batches import publish
from lib.web.api import openapi
from lib.web.api.resources import RESOURCES
from lib.web.api.visitors import Pace, per_minute
from tests.unit.web.api.asking import ask
from tests.unit.web.api.conftest import LOCAL, application

NAMES = [each.name for each in RESOURCES]


def everything(local, address: str) -> list[dict]:
    """The rows of all pages."""
    found, following = [], f"/api/v1/{address}"
    while following:
        reply = local(following.removeprefix("/api/v1/"))
        assert reply.status == 200
        found += reply.json["items"]
        following = reply.json["next"]
    return found


# --- what is said


def test_scores_are_those_of_the_pages_unrounded(house, local):
    rows = everything(local, "scores?framework=pds-2020&period=2020-Q4&limit=500")
    frame = Snapshot(house, data_version(house)).scores("pds-2020").at("2020-Q4").frame
    assert len(rows) == len(frame) == 12 * 74
    for row, known in zip(rows, frame.itertuples(), strict=True):
        assert (row["framework"], row["period"], row["region"], row["code"]) == (
            "pds-2020",
            "2020-Q4",
            known.region,
            known.code,
        )
        assert row["score"] == (None if math.isnan(known.score) else known.score)
        assert row["rank"] == (None if pd.isna(known.rank) else known.rank)
    totals = {row["region"]: (row["rank"], row["tier"]) for row in rows if row["code"] == "pds-2020"}
    assert totals["410402"] == (1, 1)
    assert totals["410404"] == (12, 3)
    assert {(row["kind"], tuple(row["batches"]), row["level"]) for row in rows} == {
        ("demo", (2,), "county"),
        ("demo", (2,), "zone"),
    }


def test_a_missing_value_has_no_row_and_its_score_is_null(house, local):
    rows = pd.DataFrame([("410421", "tax.time", "2021-Q1", 0.0)], columns=["region", "measure", "period", "value"])
    rows["provisional"] = True
    batch = publish(house, rows, file="a.csv", sha256="a", user="李明").batch
    (value,) = everything(local, "observations?period=2021-Q1")
    assert (value["value"], value["region"], value["batch"], value["provisional"]) == (0.0, "410421", batch, True)
    found = everything(local, "scores?framework=pds-2020&period=2021-Q1&measure=tax.time,pds-2020")
    by_region = {(row["region"], row["code"]): row for row in found}
    assert len(found) == 24
    assert by_region["410422", "tax.time"]["score"] is None
    assert by_region["410422", "tax.time"]["rank"] is None
    assert by_region["410422", "pds-2020"]["score"] is None
    assert {(row["kind"], row["provisional"], tuple(row["batches"])) for row in found} == {("real", True, (batch,))}


def test_values_have_their_source(local):
    (value,) = everything(local, "observations?region=410402&measure=census.population")
    assert (value["value"], value["kind"], value["file"], value["row"], value["unit"], value["level"]) == (
        336957.0,
        "real",
        "census-2020.csv",
        3,
        "人",
        "county",
    )
    (derived,) = everything(local, "observations?region=410402&measure=census.urban_share")
    assert derived["batch"] == derived["other_batch"] == 1
    assert "÷" in derived["note"]


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("regions?framework=pds-2020", 12),
        ("regions?region=410402,410400", 2),
        ("frameworks?framework=pds-2020", 74),
        ("measures?measure=tax.time", 1),
        ("observations?kind=real&measure=census.population", 12),
        ("observations?kind=demo&measure=census.population", 0),
        ("observations?framework=context-census&region=410402,410403&period=2020", 2 * 13),
        ("scores?kind=real&measure=context-census", 12),
        ("targets?region=410400&measure=tax.time", None),
        ("targets?framework=pds-2020&kind=demo", 0),
    ],
)
def test_filters(house, local, address, count):
    rows = everything(local, address)
    if count is not None:
        assert len(rows) == count
    query = parse_qs(urlsplit(address).query)
    for name in ("region", "measure", "period", "kind"):
        wanted = query.get(name, [""])[0].split(",")
        if wanted != [""] and rows and name in rows[0]:
            assert {row[name] for row in rows} <= set(wanted)


def test_targets_are_as_of_a_day(house, local):
    rows = everything(local, "targets?day=2020-12-31")
    known = Snapshot(house, data_version(house)).targets(date(2020, 12, 31))
    assert [(row["id"], row["status"]) for row in rows] == [*zip(known["id"], known["status"], strict=True)]
    assert {row["region"] for row in rows} == {"410400"}
    assert {row["level"] for row in rows} == {"city"}
    assert {row["now_kind"] for row in rows} == {None, "real"}


def test_what_a_target_of_a_county_stands_at_says_that_it_is_made_up(house, local):
    import lib.store.database as database

    with database.writing(house, Action.MAINTAIN) as db:
        db.conn.execute(
            "INSERT INTO target SELECT 'T9', 'tax.time', '410421', '', '<=', 90, '', '小时', NULL, '', '2021-12-31', '', level, owner,"
            " document, quote, '' FROM target WHERE id = 'F005'"
        )
        database.bump(db)
    (row,) = everything(local, "targets?region=410421&day=2021-01-31")
    (value,) = everything(local, "observations?region=410421&measure=tax.time&period=2020-Q4")
    assert (row["now"], row["now_kind"], row["now_batch"], row["now_provisional"]) == (value["value"], "demo", 2, False)


# --- CSV


@pytest.mark.parametrize("name", NAMES)
def test_csv_says_the_same_as_json(local, name):
    reply = local(f"{name}?limit=7", {"accept": "text/csv"})
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    table = list(csv.DictReader(io.StringIO(reply.body.decode("utf-8-sig"), newline="")))
    items = local(f"{name}?limit=7").json["items"]
    assert len(table) == len(items)
    for row, item in zip(table, items, strict=True):
        for field, value in item.items():
            if isinstance(value, bool):
                assert row[field] == str(value).lower()
            elif isinstance(value, int | float):
                assert float(row[field]) == value
            elif isinstance(value, list):
                assert row[field].split() == [str(each) for each in value]
            else:
                assert row[field].removeprefix("'") == (value or "").removeprefix("'")


def test_csv_has_no_formulas(house, local):
    rows = pd.DataFrame([("410421", "tax.time", "2021-Q1", -1.5)], columns=["region", "measure", "period", "value"])
    rows["note"] = "=cmd|' /C calc'!A0"
    publish(house, rows, file="@SUM(A1).csv", sha256="a", user="李明")
    (row,) = csv.DictReader(
        io.StringIO(local("observations?period=2021-Q1&format=csv").body.decode("utf-8-sig"), newline="")
    )
    assert (row["note"], row["file"], row["value"]) == ("'=cmd|' /C calc'!A0", "'@SUM(A1).csv", "-1.5")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/*", "text/csv"),
        ("application/json;q=0.5, text/csv", "text/csv"),
        ("text/csv;q=0, */*", "application/json"),
        ("image/png", "application/problem+json"),
        (";;;,q=9", "application/problem+json"),
    ],
)
def test_the_kind_asked_for(local, accept, kind):
    reply = local("regions", {"accept": accept})
    assert reply.headers["content-type"].split(";")[0] == kind
    assert reply.status == (406 if kind.endswith("problem+json") else 200)


# --- pages and marks


@pytest.mark.parametrize("name", NAMES)
def test_pages_come_together_to_the_whole(local, name):
    whole = local(f"{name}?limit=1000").json
    pages = everything(local, f"{name}?limit=333")
    assert len(pages) == whole["count"]
    assert pages[:1000] == whole["items"]


def test_a_cursor_holds_for_one_data_version(house, local):
    following = local("regions?limit=1").json["next"].removeprefix("/api/v1/")
    assert local(following).status == 200
    publish(
        house,
        pd.DataFrame([("410421", "tax.time", "2021-Q1", 1.0)], columns=["region", "measure", "period", "value"]),
        file="a.csv",
        sha256="a",
        user="李明",
    )
    reply = local(following)
    assert reply.status == 410
    assert "从第一页重新读取" in reply.json["detail"]


def test_a_cursor_of_another_question_is_refused(local):
    cursor = parse_qs(urlsplit(local("regions?limit=1").json["next"]).query)["cursor"][0]
    assert local(f"regions?region=410402&cursor={cursor}").status == 400
    assert local(f"measures?cursor={cursor}").status == 400
    assert local(f"regions?limit=5&cursor={cursor}").json["items"] == local("regions?limit=6").json["items"][1:]


def test_an_answer_that_is_held_is_not_sent_again(house, local):
    first = local("scores?limit=5")
    mark = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    for held in (mark, mark.removeprefix("W/"), f'"x", {mark}', "*"):
        reply = local("scores?limit=5", {"if-none-match": held})
        assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", mark)
    assert local("scores?limit=5", {"if-none-match": '"x"'}).status == 200
    others = ["scores?limit=6", "scores?limit=5&kind=demo", "scores?limit=5&format=csv", "observations?limit=5"]
    assert all(local(other, {"if-none-match": mark}).status == 200 for other in others)
    tokens.issue(house, "只发密钥", 1, user="李明")
    assert local("scores?limit=5", {"if-none-match": mark}).status == 304
    publish(
        house,
        pd.DataFrame([("410421", "tax.time", "2021-Q1", 1.0)], columns=["region", "measure", "period", "value"]),
        file="a.csv",
        sha256="a",
        user="李明",
    )
    assert local("scores?limit=5", {"if-none-match": mark}).status == 200


# --- methods


@pytest.mark.parametrize("name", ["", *NAMES, "openapi.json"])
def test_methods(local, name):
    got, head = local(name), local(name, method="HEAD")
    assert (got.status, head.status, head.body) == (200, 200, b"")
    assert head.headers["content-length"] == str(len(got.body))
    options = local(name, method="OPTIONS")
    assert (options.status, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "QUERY"):
        reply = local(name, method=method)
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
        assert reply.headers["content-type"] == "application/problem+json"
    assert not [key for key in (*got.headers, *options.headers) if key.startswith("access-control")]


# --- who may ask


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"x-duibiao-login": ""}, 401),
        ({"x-duibiao-login": "nobody"}, 401),
        ({"x-duibiao-login": "a" * 63}, 401),
        ({"x-duibiao-login": "local"}, 200),
        ({"x-duibiao-login": "guest"}, 200),
        ({"x-duibiao-login": "a" * 64}, 200),
        ({"authorization": "Bearer"}, 401),
        ({"authorization": "Bearer wrong"}, 401),
        ({"authorization": "Basic dXNlcjpwYXNz"}, 401),
        ({"authorization": "Bearer " + "x" * 100_000}, 401),
        ({"x-duibiao-login": "local", "authorization": "Bearer wrong"}, 401),
    ],
)
def test_who_may_ask(house, headers, status):
    reply = ask(application(), "/api/v1/regions", headers)
    assert reply.status == status
    if status == 401:
        assert reply.headers["www-authenticate"].startswith("Bearer")
        assert "items" not in reply.json


def test_a_key_opens_until_it_is_revoked(house):
    app, headers = application(), {"authorization": f"bearer {tokens.issue(house, '统计局', 1, user='李明')}"}
    assert ask(app, "/api/v1/regions", headers).status == 200
    mark = ask(app, "/api/v1/regions", headers).headers["etag"]
    tokens.revoke(house, "统计局", user="李明")
    assert ask(app, "/api/v1/regions", {**headers, "if-none-match": mark}).status == 401


def test_a_visitor_who_asks_too_often_waits(house, monkeypatch):
    monkeypatch.setenv("DUIBIAO_API_PER_MINUTE", "3")
    app, headers = application(), {"authorization": f"Bearer {tokens.issue(house, '统计局', 1, user='李明')}"}
    assert [ask(app, "/api/v1/", LOCAL).status for _ in range(4)] == [200, 200, 200, 429]
    late = ask(app, "/api/v1/regions", LOCAL)
    assert 1 <= int(late.headers["retry-after"]) <= 20
    assert late.json["status"] == 429
    # Another address and a key have buckets of their own; wrong keys share their address's.
    assert ask(app, "/api/v1/", LOCAL, client="10.0.0.2").status == 200
    assert ask(app, "/api/v1/", headers).status == 200
    wrong = [{"authorization": f"Bearer duibiao_{n:043d}"} for n in range(4)]
    assert [ask(app, "/api/v1/", each, client="10.0.0.3").status for each in wrong] == [401, 401, 401, 429]


def test_buckets_fill_evenly_and_are_not_kept_for_ever():
    now = [0.0]
    pace = Pace(60, lambda: now[0])
    assert [pace.wait("a") for _ in range(60)] == [0.0] * 60
    assert pace.wait("a") == 1.0
    now[0] = 0.25
    assert pace.wait("a") == 0.75
    now[0] = 1.0
    assert pace.wait("a") == 0.0
    assert pace.wait("a") == 1.0
    for n in range(25_000):
        pace.wait(f"visitor {n}")
    assert len(pace._left) <= 10_001


@pytest.mark.parametrize("wrong", ["0", "-1", "1.5", "很多", "1e3"])
def test_a_wrong_pace_is_refused_by_name(monkeypatch, wrong):
    monkeypatch.setenv("DUIBIAO_API_PER_MINUTE", wrong)
    with pytest.raises(UserError, match="DUIBIAO_API_PER_MINUTE"):
        per_minute()


# --- what is refused


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("regions?foo=1", "foo"),
        ("regions?period=2020", "period"),
        ("regions?day=2020-01-01", "day"),
        ("regions?limit=-1", "limit"),
        ("regions?limit=0", "limit"),
        ("regions?limit=1001", "limit"),
        ("regions?limit=1e3", "limit"),
        ("regions?limit=1e309", "limit"),
        ("regions?limit=NaN", "limit"),
        ("regions?limit=%D9%A1", "limit"),
        ("regions?limit=1%0A", "limit"),
        ("regions?limit=", "limit"),
        ("regions?limit=1&limit=2", "limit"),
        ("regions?region=", "region"),
        ("regions?region=410402,", "region"),
        ("regions?region=999999", "region"),
        ("regions?region=%27%20OR%201%3D1", "region"),
        ("regions?region=410402%0A", "region"),
        ("regions?region=..%2F..%2Fetc", "region"),
        ("regions?region=410402%00", "region"),
        ("regions?region=" + ",".join(["410402"] * 2 + [f"4{n:05d}" for n in range(500)]), "region"),
        ("observations?period=2020-Q5", "period"),
        ("observations?period=2020-13", "period"),
        ("observations?kind=fake", "kind"),
        ("observations?kind=real%0A", "kind"),
        ("targets?day=2021-02-29", "day"),
        ("targets?day=0001-01-01", "day"),
        ("targets?day=9999-12-31", "day"),
        ("regions?format=xml", "format"),
        ("regions?cursor=x", "cursor"),
        ("regions?cursor=" + "A" * 401, "cursor"),
        ("regions?cursor=WyJhIiwgImIiLCAtMV0", "cursor"),
        ("regions?cursor=WyJhIiwgImIiLCAxZTMwOV0", "cursor"),
        ("regions?cursor=W1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tb", "cursor"),
        ("regions?%3Cscript%3E=1", "<script>"),
    ],
)
def test_what_is_wrong_is_refused_by_name(local, address, named):
    reply = local(address)
    assert reply.status == 400
    assert reply.headers["content-type"] == "application/problem+json"
    assert [each["parameter"] for each in reply.json["errors"]] == [named]
    assert reply.json["title"] == "请求写错了"


@pytest.mark.parametrize(
    "query", ["a", "&&", "region=%FF", "region=%ED%A0%80", "=".join("a" * 60), "&".join("a=1" for _ in range(60))]
)
def test_what_cannot_be_read_is_refused(local, query):
    assert local(f"regions?{query}").status == 400


def test_an_address_too_long(local):
    assert local("regions?region=" + "a" * 9000).status == 400


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v1", "/api/v2/regions", "/api/v1/regions/", "/api/v1/../health", "/api/v1/token"]
)
def test_what_is_not_there(house, path):
    reply = ask(application(), path, LOCAL)
    assert (reply.status, reply.headers["content-type"]) == (404, "application/problem+json")


def test_no_database_is_said_without_its_path(house, local):
    house.unlink()
    reply = local("regions")
    assert reply.status == 503
    assert str(house.parent) not in reply.body.decode()


def test_a_fault_is_said_without_its_words(house, monkeypatch, caplog):
    def broken(version):
        raise RuntimeError("a secret")

    from starlette.applications import Starlette

    from lib.web import api

    reply = ask(Starlette(routes=api.routes(broken)), "/api/v1/regions", LOCAL)
    assert (reply.status, reply.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in reply.body.decode()
    assert "a secret" in caplog.text


# --- the description


def test_the_description_is_of_the_table_and_answers_fit_it(local):
    described = local("openapi.json").json
    assert described == openapi.document()
    assert {*described["paths"]} == {"/api/v1/", "/api/v1/openapi.json", *(f"/api/v1/{name}" for name in NAMES)}
    for name in NAMES:
        schema = described["paths"][f"/api/v1/{name}"]["get"]["responses"]["200"]["content"]["application/json"][
            "schema"
        ]
        reply = local(f"{name}?limit=300").json
        jsonschema.Draft202012Validator({**schema, "components": described["components"]}).validate(reply)
        assert reply["items"]
