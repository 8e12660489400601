"""The document of measurements: figures are written between their marks, what was written by hand stays."""

from __future__ import annotations

from bench.table import Table, written

TABLE = Table("what", {"ms": ".1f", "proven": ""}, [("a", 1.25, True), ("b", None, False)])


def test_a_table_says_nothing_where_there_is_no_figure() -> None:
    assert TABLE.markdown() == "| what | ms | proven |\n| --- | ---: | ---: |\n| a | 1.2 | yes |\n| b |  | no |"
    assert [line.split() for line in TABLE.text().splitlines()] == [
        ["what", "ms", "proven"],
        ["a", "1.2", "yes"],
        ["b", "no"],
    ]


def test_only_what_stands_between_the_marks_changes() -> None:
    first = written(written("# By hand\n", "one", "1"), "two", "2")
    second = written(first.replace("# By hand", "# By hand, later") + "\nat the end\n", "one", "3")
    assert second == first.replace("# By hand", "# By hand, later").replace("\n1\n", "\n3\n") + "\nat the end\n"
