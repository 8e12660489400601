"""Everything that can be wrong with an indicator tree, each with its row (from 0), column, value and code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.model import Direction, Framework, Issue, Node, Severity, UserError
from lib.model.framework import problems

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
Found = tuple[str, int | None, str, str | None]


def leaf(code: str, parent: str = "total", **changes: object) -> Node:
    """A sound measure, with some fields changed."""
    return replace(Node(code, parent, direction=HIGHER), **changes)


TOTAL, A, B = Node("total"), leaf("a"), leaf("b")


def found(nodes: list[Node], severity: Severity = Severity.ERROR) -> list[Found]:
    return [(i.code, i.row, i.column, i.value) for i in problems(nodes) if i.severity is severity]


IDENTITY = [
    pytest.param([TOTAL, A, leaf("")], [("code-missing", 2, "code", None)], id="empty code"),
    pytest.param([TOTAL, A, B, A], [("code-duplicate", 3, "code", "a")], id="duplicate code"),
    pytest.param([TOTAL, A, A, A], [("code-duplicate", i, "code", "a") for i in (2, 3)], id="three times"),
]
TREE = [
    pytest.param([], [("root-missing", None, "parent", None)], id="empty file"),
    pytest.param(
        [leaf("a", "x")],
        [("root-missing", None, "parent", None), ("parent-unknown", 0, "parent", "x")],
        id="no root",
    ),
    pytest.param(
        [TOTAL, A, Node("second"), leaf("b", "second"), Node("third"), leaf("c", "third")],
        [("root-duplicate", 2, "parent", "second"), ("root-duplicate", 4, "parent", "third")],
        id="three roots",
    ),
    pytest.param([TOTAL, A, leaf("b", "nowhere")], [("parent-unknown", 2, "parent", "nowhere")], id="unknown parent"),
    pytest.param([TOTAL, A, Node("x", "x")], [("cycle", 2, "parent", "x")], id="its own parent"),
    pytest.param(
        [TOTAL, A, Node("x", "y"), Node("y", "x")],
        [("cycle", 2, "parent", "y"), ("cycle", 3, "parent", "x")],
        id="cycle of two",
    ),
    pytest.param(
        [TOTAL, A, Node("x", "z"), Node("y", "x"), Node("z", "y"), leaf("b", "y")],
        [("cycle", 2, "parent", "z"), ("cycle", 3, "parent", "x"), ("cycle", 4, "parent", "y")],
        id="cycle of three; the leaf that hangs on it is not to blame",
    ),
    pytest.param(
        [Node("x", "y"), Node("y", "x")],
        [("root-missing", None, "parent", None), ("cycle", 0, "parent", "y"), ("cycle", 1, "parent", "x")],
        id="a cycle and no root",
    ),
]
WEIGHTS = [
    pytest.param([TOTAL, A, leaf("b", weight=-1.0)], [("weight-negative", 2, "weight", "-1")], id="negative"),
    pytest.param([TOTAL, A, leaf("b", weight=float("nan"))], [("weight-negative", 2, "weight", "nan")], id="nan"),
    pytest.param([TOTAL, A, leaf("b", weight=float("inf"))], [("weight-negative", 2, "weight", "inf")], id="inf"),
    pytest.param(
        [TOTAL, B, Node("in", "total"), leaf("x", "in", weight=0.0), leaf("y", "in", weight=0.0)],
        [("weight-all-zero", 3, "weight", "0")],
        id="all zero: the first of the children",
    ),
]
SCALE = [
    pytest.param([TOTAL, A, leaf("b", power=0.0)], [("power-invalid", 2, "power", "0")], id="power 0"),
    pytest.param([TOTAL, A, leaf("b", power=-2.0)], [("power-invalid", 2, "power", "-2")], id="power -2"),
    pytest.param([TOTAL, A, leaf("b", power=float("nan"))], [("power-invalid", 2, "power", "nan")], id="power nan"),
    pytest.param([TOTAL, A, leaf("b", power=float("inf"))], [("power-invalid", 2, "power", "inf")], id="power inf"),
    pytest.param([TOTAL, leaf("b", direction=None)], [("direction-missing", 1, "direction", "b")], id="no direction"),
    pytest.param(
        [TOTAL, leaf("b", direction=None, best=5.0)],
        [("direction-missing", 1, "direction", "b")],
        id="one end does not tell the direction",
    ),
    pytest.param(
        [TOTAL, A, leaf("b", direction=Direction.NONE)], [("direction-none", 2, "direction", "none")], id="none"
    ),
    pytest.param([TOTAL, leaf("b", best=5.0, worst=5.0)], [("bounds-equal", 1, "best", "5 / 5")], id="best = worst"),
    pytest.param(
        [TOTAL, leaf("b", best=0.5, worst=99.5)],
        [("bounds-direction", 1, "best", "0.5 / 99.5")],
        id="higher is better, best below worst",
    ),
    pytest.param(
        [TOTAL, leaf("b", direction=LOWER, best=100.0, worst=0.0)],
        [("bounds-direction", 1, "best", "100 / 0")],
        id="lower is better, best above worst",
    ),
]


@pytest.mark.parametrize(("nodes", "expected"), [*IDENTITY, *TREE, *WEIGHTS, *SCALE])
def test_each_fault_is_found_in_its_place_and_stops_the_framework(nodes: list[Node], expected: list[Found]) -> None:
    assert found(nodes) == expected
    with pytest.raises(UserError) as caught:
        Framework(tuple(nodes))
    assert [(i.code, i.row, i.column, i.value) for i in caught.value.issues] == expected


def test_all_faults_are_found_at_once() -> None:
    nodes = [TOTAL, leaf("a", "nowhere"), leaf("b", weight=-1.0), leaf("b", power=0.0), leaf("c", best=1.0, worst=1.0)]
    assert found(nodes) == [
        ("code-duplicate", 3, "code", "b"),
        ("parent-unknown", 1, "parent", "nowhere"),
        ("weight-negative", 2, "weight", "-1"),
        ("power-invalid", 3, "power", "0"),
        ("bounds-equal", 4, "best", "1 / 1"),
    ]


@pytest.mark.parametrize("scale", [{"direction": LOWER}, {"best": 100.0}, {"worst": 0.0}])
def test_a_scale_on_an_inner_node_is_ignored_with_a_warning(scale: dict[str, object]) -> None:
    nodes = [TOTAL, replace(Node("in", "total"), **scale), leaf("a", "in")]
    assert found(nodes) == []
    assert found(nodes, Severity.WARNING) == [("scale-on-inner-node", 1, "direction", "in")]
    assert Framework(tuple(nodes)).leaves == ("a",)


@pytest.mark.parametrize(
    "changes",
    [
        {"weight": 0.0},  # beside a sibling that weighs something
        {"direction": None, "best": 0.0, "worst": 10.0},  # the ends tell the direction
        {"best": 100.0},  # one end given, the cohort's own for the other
        {"direction": LOWER, "best": -5.0, "worst": 30.0},
        {"power": 0.8},
    ],
)
def test_what_is_unusual_but_sound_passes(changes: dict[str, object]) -> None:
    assert list(problems([TOTAL, A, leaf("b", **changes)])) == []


@pytest.mark.parametrize(
    ("nodes", "line"),
    [
        ([TOTAL, leaf("a", "x")], '第 1 行「parent」："x" 上级代码不存在（期望：本文件中的代码）'),
        ([TOTAL, leaf("a", weight=-2.0)], '第 1 行「weight」："-2" 权重不能为负（期望：0 或正数）'),
        ([TOTAL, leaf("a", direction=None)], '第 1 行「direction」："a" 测度没有方向（期望：higher 或 lower）'),
        ([TOTAL, leaf("a", best=1.0, worst=1.0)], '第 1 行「best」："1 / 1" 最优值等于最差值（期望：两者不同）'),
        (
            [TOTAL, leaf("a", best=1.0, worst=2.0)],
            '第 1 行「best」："1 / 2" 最优值、最差值与方向（越高越好）矛盾（期望：越高越好时最优值大于最差值，越低越好时相反）',
        ),
    ],
)
def test_a_fault_reads_as_one_line(nodes: list[Node], line: str) -> None:
    issues: list[Issue] = list(problems(nodes))
    assert str(issues[0]) == line
