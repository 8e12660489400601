"""Looking for words in the committed catalogue: what is found, where, and in what order."""

from __future__ import annotations

import pytest

from lib.store.search import COLUMNS, EXACT, IN_NAME, IN_TEXT, KINDS, MOST_CHARACTERS, PREFIX, plain, search, words


def found(seeded, query, kind=None):
    rows = search(seeded, query)
    return rows if kind is None else rows[rows["kind"] == kind].reset_index(drop=True)


def codes(seeded, query, kind):
    return found(seeded, query, kind)["code"].tolist()


def test_a_word_of_two_characters_is_found_everywhere(seeded):
    rows = found(seeded, "用电")
    assert rows["kind"].value_counts().to_dict() == {
        "measure": 8,
        "fact": 2,
        "indicator": 1,
        "target": 1,
        "benchmark": 1,
    }
    assert codes(seeded, "用电", "indicator") == ["electricity"]
    assert codes(seeded, "用电", "target") == ["F041"]


@pytest.mark.parametrize(
    ("query", "kind", "code"),
    [
        ("宝丰", "region", "410421"),
        ("税务局", "department", "tax"),
        ("获得用水用气", "indicator", "water_gas"),
        ("标准地", "practice", "P05"),
        ("第37期", "document", "bulletin-37"),
        ("鹤壁", "region", "410600"),
    ],
)
def test_names_and_aliases_lead_to_their_row(seeded, query, kind, code):
    assert codes(seeded, query, kind) == [code]


def test_kinds_come_in_order_and_the_best_first(seeded):
    rows = found(seeded, "企业")
    order = [KINDS.index(kind) for kind in rows["kind"]]
    assert order == sorted(order)
    assert len(set(order)) > 4
    for _, part in rows.groupby("kind"):
        assert part["quality"].is_monotonic_increasing


@pytest.mark.parametrize(
    ("query", "kind", "code", "quality"),
    [
        ("办电环节", "measure", "electricity.procedures", EXACT),
        ("获得电力环节", "measure", "electricity.procedures", EXACT),
        ("办电", "measure", "electricity.procedures", PREFIX),
        ("电环节", "measure", "electricity.procedures", IN_NAME),
        ("办理用电要经过", "measure", "electricity.procedures", IN_TEXT),
    ],
)
def test_how_well_a_row_fits(seeded, query, kind, code, quality):
    rows = found(seeded, query, kind)
    assert rows.set_index("code").at[code, "quality"] == quality


def test_all_words_must_be_there_in_any_order(seeded):
    both = set(codes(seeded, "企业 时间", "measure"))
    assert both == set(codes(seeded, "时间  企业", "measure"))
    assert both == set(codes(seeded, "企业", "measure")) & set(codes(seeded, "时间", "measure"))
    assert "start_business.time" in both
    assert found(seeded, "企业 没有的词").empty


@pytest.mark.parametrize(("wide", "narrow"), [("１６０", "160"), ("７４．６７％", "74.67%"), ("（不含", "(不含")])
def test_full_width_and_half_width_are_the_same(seeded, wide, narrow):
    assert len(found(seeded, wide)) > 0
    assert found(seeded, wide).equals(found(seeded, narrow))


def test_a_quote_with_full_width_digits_is_shown_as_it_is_written(seeded):
    row = found(seeded, "19.3万", "benchmark").iloc[0]
    assert row["excerpt"][row["start"] : row["start"] + row["length"]] == "19．3万"


def test_case_does_not_matter(seeded):
    upper = found(seeded, "KV")
    assert len(upper) > 0
    assert upper.equals(found(seeded, "kv"))


def test_wildcards_are_characters(seeded):
    percent = found(seeded, "%", "target")
    assert 0 < len(percent) < 48
    assert codes(seeded, "_", "region") == []
    assert "census.population" in codes(seeded, "人口数_合计", "measure")
    assert codes(seeded, "人口数%合计", "measure") == []
    for odd in ("!", "\\", "'", '"', ";--", "[", "*"):
        rows = found(seeded, odd)
        assert all(
            odd in plain(f"{row.title}{row.excerpt}") or row.where == "别名" for row in rows.itertuples() if row.length
        )


def test_the_excerpt_shows_where_the_word_stands(seeded):
    for row in found(seeded, "接电").itertuples():
        assert row.excerpt[row.start : row.start + row.length] in ("接电", "")
        if not row.length:
            assert "接电" in row.title
    long = found(seeded, "日均办件", "benchmark")
    assert list(long["where"]) == ["原文"] or "日均办件" in long["title"].iloc[0]
    practice = found(seeded, "实现“零跑腿”", "practice")
    assert all(len(row.excerpt) <= 70 for row in practice.itertuples())


def test_statements_are_titled_by_what_they_are_about(seeded):
    row = found(seeded, "开关运营", "target").iloc[0]
    assert (row["code"], row["title"], row["where"]) == ("F019", "平顶山海关开关运营", "名称")
    place = found(seeded, "分别排名第9和第10", "fact")
    assert list(place["code"]) == ["F187", "F188"]
    assert set(place["title"]) == {"综合评价"}
    assert list(place["quality"]) == [IN_TEXT, IN_TEXT]


@pytest.mark.parametrize("query", ["", "   ", "　"])
def test_nothing_is_found_for_nothing(seeded, query):
    rows = found(seeded, query)
    assert rows.empty
    assert tuple(rows.columns) == COLUMNS


def test_markup_is_text(seeded):
    assert found(seeded, "<b>").empty
    assert found(seeded, "**").empty


def test_a_query_is_cut_and_said_once():
    assert words("Ａ b A") == ("a", "b")
    assert words("长" * 500) == ("长" * MOST_CHARACTERS,)
    assert len(words(" ".join("abcdefghijkl"))) == 6
