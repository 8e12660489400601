"""Finding one's way in an indicator tree: depth, path, share, what lies below, and a copy with one node changed."""

from __future__ import annotations

import pytest

from lib.model import Direction, Framework, Node, UserError


def leaf(code: str, parent: str, weight: float = 1.0) -> Node:
    return Node(code, parent, f"测度 {code}", weight, Direction.LOWER)


# total ── a (1) ── a1 (2)
#      │         └─ a2 (6) ── a2x (1), a2y (4)
#      └─ b (3)                                    b is a measure at the first level
TREE = Framework(
    (
        Node("total", name="总分"),
        Node("a", "total"),
        leaf("a1", "a", 2.0),
        Node("a2", "a", weight=6.0),
        leaf("a2x", "a2"),
        leaf("a2y", "a2", 4.0),
        leaf("b", "total", 3.0),
    )
)


def test_root_leaves_and_first_level() -> None:
    assert TREE.root.name == "总分"
    assert TREE.leaves == ("a1", "a2x", "a2y", "b")
    assert [node.code for node in TREE.indicators] == ["a", "b"]
    assert dict(TREE.children) == {"total": (1, 6), "a": (2, 3), "a2": (4, 5)}
    assert TREE["a2"] is TREE.nodes[TREE.index["a2"]]


@pytest.mark.parametrize(("code", "depth"), [("total", 0), ("a", 1), ("b", 1), ("a1", 2), ("a2", 2), ("a2y", 3)])
def test_depth_counts_the_steps_below_the_total(code: str, depth: int) -> None:
    assert TREE.depth(code) == depth


def test_path_leads_from_the_total_to_the_node() -> None:
    assert TREE.path("a2y") == ("total", "a", "a2", "a2y")
    assert TREE.path("total") == ("total",)


def test_children_are_worked_out_before_their_parents() -> None:
    assert [TREE.nodes[i].code for i in TREE.bottom_up] == ["a2", "a", "total"]


@pytest.mark.parametrize(
    ("code", "below"),
    [("total", ("a1", "a2x", "a2y", "b")), ("a", ("a1", "a2x", "a2y")), ("a2", ("a2x", "a2y")), ("b", ("b",))],
)
def test_below_lists_the_measures_under_a_node(code: str, below: tuple[str, ...]) -> None:
    assert TREE.below(code) == below


@pytest.mark.parametrize(("code", "indicator"), [("a2y", "a"), ("a", "a"), ("b", "b"), ("total", "total")])
def test_a_node_belongs_to_a_first_level_indicator(code: str, indicator: str) -> None:
    assert TREE.indicator_of(code).code == indicator


@pytest.mark.parametrize(
    ("code", "share"),
    [
        ("total", 1.0),
        ("a", 0.25),  # 1 / (1 + 3)
        ("b", 0.75),
        ("a1", 0.0625),  # 1/4 · 2/8
        ("a2", 0.1875),  # 1/4 · 6/8
        ("a2x", 0.0375),  # 1/4 · 6/8 · 1/5
        ("a2y", 0.15),  # 1/4 · 6/8 · 4/5
    ],
)
def test_share_is_the_weight_in_the_total(code: str, share: float) -> None:
    assert TREE.share(code) == pytest.approx(share, rel=1e-15)


def test_the_shares_of_the_measures_add_up_to_one() -> None:
    assert sum(map(TREE.share, TREE.leaves)) == pytest.approx(1.0, rel=1e-15)


def test_a_node_can_be_replaced_in_a_copy() -> None:
    changed = TREE.replace_node("b", weight=1.0, best=1.0, worst=9.0)
    assert changed["b"] == Node("b", "total", "测度 b", 1.0, Direction.LOWER, 1.0, 9.0)
    assert changed.share("b") == 0.5
    assert TREE.share("b") == 0.75
    assert [n for n in changed.nodes if n.code != "b"] == [n for n in TREE.nodes if n.code != "b"]


def test_replacing_what_is_not_there_names_it() -> None:
    with pytest.raises(KeyError, match="c3po"):
        TREE.replace_node("c3po", weight=2.0)


@pytest.mark.parametrize("ask", [TREE.depth, TREE.path, TREE.below, TREE.share, TREE.indicator_of, TREE.__getitem__])
def test_asking_for_what_is_not_there_names_it(ask: object) -> None:
    with pytest.raises(KeyError, match="c3po"):
        ask("c3po")  # type: ignore[operator]


def test_a_replacement_that_breaks_the_tree_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        TREE.replace_node("b", weight=-1.0)
    assert [(issue.code, issue.row) for issue in caught.value.issues] == [("weight-negative", 6)]
