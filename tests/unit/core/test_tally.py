"""What is counted by month."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from lib.core.tally import grid, months, remarks, stated, totals, with_issued
from lib.model.tally import Kind


def rows(*entries: tuple[str, Kind, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [(month, kind.value, value) for month, kind, value in entries], columns=["month", "kind", "value"]
    )


def test_a_year_has_twelve_months() -> None:
    found = months(2020)
    assert (found[0], found[8], found[-1], len(found)) == ("2020-01", "2020-09", "2020-12", 12)


def test_what_nobody_has_entered_is_missing_and_a_zero_is_a_zero() -> None:
    table = grid(rows(("2020-01", Kind.MEETINGS, 0), ("2020-03", Kind.MEETINGS, 2)), months(2020))
    assert table.shape == (len(Kind), 12)
    assert table.loc["meetings", "2020-01"] == 0
    assert pd.isna(table.loc["meetings", "2020-02"])
    assert table.loc["complaints"].isna().all()


def test_totals_say_how_many_months_they_rest_on() -> None:
    found = totals(
        rows(("2020-01", Kind.COMPLAINTS, 3), ("2020-12", Kind.COMPLAINTS, 4), ("2021-01", Kind.COMPLAINTS, 9)),
        months(2020),
    ).set_index("kind")
    assert found.loc["complaints"].tolist() == [7.0, 2]
    assert pd.isna(found.at["meetings", "total"])
    assert found.at["meetings", "filled"] == 0


def test_issued_bulletins_are_counted_by_the_month_of_their_day() -> None:
    table = with_issued(rows(("2020-12", Kind.MEETINGS, 1)), ["2020-12-04", "2020-12-31", "2021-01-01"])
    counted = table[table["kind"] == "bulletins"].set_index("month")["value"].to_dict()
    assert counted == {"2020-12": 2, "2021-01": 1}
    assert len(table) == 3


def test_nothing_issued_and_nothing_entered_is_an_empty_table() -> None:
    assert with_issued(rows(), []).empty


def test_more_closed_than_received_is_told() -> None:
    found = remarks(
        rows(("2020-01", Kind.COMPLAINTS, 3), ("2020-02", Kind.COMPLAINTS_CLOSED, 4), ("2020-02", Kind.APPEALS, 1))
    )
    assert found == [(Kind.COMPLAINTS_CLOSED, 4, 3)]
    assert remarks(rows(("2020-01", Kind.COMPLAINTS, 4), ("2020-02", Kind.COMPLAINTS_CLOSED, 4))) == []
    assert remarks(rows(("2020-02", Kind.APPEALS_CLOSED, 2))) == [(Kind.APPEALS_CLOSED, 2, 0)]


def test_documents_state_totals_of_the_city_only_and_the_latest_stands() -> None:
    facts = pd.DataFrame(
        [
            ("F1", "complaints.received", "410400", "2020-12", 9.0),
            ("F2", "complaints.received", "410400", "2021-12", 17.0),
            ("F3", "complaints.received", "411700", "2022-12", 99.0),
            ("F4", "mechanism.bulletins", "410400", "2021-12", 62.0),
        ],
        columns=["id", "code", "region", "period", "value"],
    )
    found = stated(facts)
    assert {kind: row["id"] for kind, row in found.items()} == {Kind.COMPLAINTS: "F2", Kind.BULLETINS: "F4"}


@given(st.dictionaries(st.tuples(st.sampled_from(months(2020)), st.sampled_from(list(Kind))), st.integers(0, 99)))
def test_a_year_of_entries_adds_up(entries: dict[tuple[str, Kind], int]) -> None:
    found = totals(rows(*((month, kind, value) for (month, kind), value in entries.items())), months(2020))
    assert found["total"].sum() == sum(entries.values())
    assert found["filled"].sum() == len(entries)
