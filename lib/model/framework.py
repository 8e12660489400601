"""指标体系: a version of the indicator tree with weights, directions and the ends of the 0–100 scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isfinite

from lib.model.errors import Issue, Severity, UserError
from lib.model.measure import Direction

FRAMEWORK_COLUMNS = ("code", "parent", "name", "weight", "direction", "best", "worst", "unit", "power")


@dataclass(frozen=True)
class Node:
    """One indicator (inner) or measure (leaf); `best` and `worst` are the scores 100 and 0, in the measure's unit."""

    code: str
    parent: str = ""
    name: str = ""
    weight: float = 1.0
    direction: Direction | None = None
    best: float | None = None
    worst: float | None = None
    unit: str = ""
    power: float = 1.0
    lead: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    bounds_basis: str = ""


@dataclass(frozen=True)
class Framework:
    """A valid tree of nodes in file order; building an invalid one raises UserError with every problem."""

    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        errors = [issue for issue in problems(self.nodes) if issue.severity is Severity.ERROR]
        if errors:
            raise UserError(errors)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Position of each code in `nodes`."""
        return {node.code: i for i, node in enumerate(self.nodes)}

    @cached_property
    def children(self) -> Mapping[str, tuple[int, ...]]:
        """Positions of the children of each inner node."""
        found: dict[str, list[int]] = {}
        for i, node in enumerate(self.nodes):
            if node.parent:
                found.setdefault(node.parent, []).append(i)
        return {code: tuple(members) for code, members in found.items()}

    @cached_property
    def root(self) -> Node:
        """The node without a parent: the total."""
        return next(node for node in self.nodes if not node.parent)

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """Codes of the measures, in file order."""
        return tuple(node.code for node in self.nodes if node.code not in self.children)

    @cached_property
    def bottom_up(self) -> tuple[int, ...]:
        """Positions of the inner nodes, children before parents."""
        inner = [i for i, node in enumerate(self.nodes) if node.code in self.children]
        return tuple(sorted(inner, key=lambda i: -self.depth(self.nodes[i].code)))

    def depth(self, code: str) -> int:
        """Steps below the root: 0 for the total, 1 for a first-level indicator."""
        return len(self.path(code)) - 1

    def path(self, code: str) -> tuple[str, ...]:
        """Codes from the root down to `code`."""
        node = self[code]
        return (*self.path(node.parent), code) if node.parent else (code,)

    def below(self, code: str) -> tuple[str, ...]:
        """Codes of the measures under a node (itself, when it is one)."""
        if code not in self.children:
            return (self[code].code,)
        return tuple(leaf for i in self.children[code] for leaf in self.below(self.nodes[i].code))

    @cached_property
    def indicators(self) -> tuple[Node, ...]:
        """First-level indicators: the children of the root."""
        return tuple(self.nodes[i] for i in self.children[self.root.code])

    def indicator_of(self, code: str) -> Node:
        """The first-level indicator that a node belongs to (the root belongs to itself)."""
        path = self.path(code)
        return self[path[min(1, len(path) - 1)]]

    def share(self, code: str) -> float:
        """Weight of a node in the total when every value is present, 0–1."""
        share = 1.0
        for parent, child in zip(self.path(code), self.path(code)[1:], strict=False):
            total = sum(self.nodes[i].weight for i in self.children[parent])
            share *= self[child].weight / total
        return share

    def replace_node(self, code: str, **changes: object) -> Framework:
        """A copy with one node changed; KeyError names a code that is not there."""
        i = self.index[code]
        return Framework((*self.nodes[:i], replace(self.nodes[i], **changes), *self.nodes[i + 1 :]))  # type: ignore[arg-type]

    def __getitem__(self, code: str) -> Node:
        return self.nodes[self.index[code]]


def problems(nodes: Sequence[Node]) -> Iterator[Issue]:
    """Everything wrong with a tree; `row` of each issue is the node's position, counted from 0."""
    yield from _identity_problems(nodes)
    yield from _tree_problems(nodes)
    yield from _weight_problems(nodes)
    yield from _scale_problems(nodes)


def _identity_problems(nodes: Sequence[Node]) -> Iterator[Issue]:
    seen: dict[str, int] = {}
    for i, node in enumerate(nodes):
        if not node.code:
            yield Issue("code-missing", "代码为空", row=i, column="code", expected="每行一个不重复的代码")
        elif node.code in seen:
            yield Issue(
                "code-duplicate", "代码重复", row=i, column="code", value=node.code, expected="每个代码只出现一次"
            )
        seen.setdefault(node.code, i)


def _tree_problems(nodes: Sequence[Node]) -> Iterator[Issue]:
    parents = {node.code: node.parent for node in nodes}
    roots = [i for i, node in enumerate(nodes) if not node.parent]
    if not roots:
        yield Issue("root-missing", "没有总指标", column="parent", expected="恰有一行的 parent 为空")
    for i in roots[1:]:
        yield Issue(
            "root-duplicate",
            "总指标多于一个",
            row=i,
            column="parent",
            value=nodes[i].code,
            expected="恰有一行的 parent 为空",
        )
    for i, node in enumerate(nodes):
        if node.parent and node.parent not in parents:
            yield Issue(
                "parent-unknown", "上级代码不存在", row=i, column="parent", value=node.parent, expected="本文件中的代码"
            )
        elif _in_cycle(node.code, parents):
            yield Issue(
                "cycle", "上下级关系成环", row=i, column="parent", value=node.parent, expected="逐级向上到总指标"
            )


def _in_cycle(code: str, parents: Mapping[str, str]) -> bool:
    at = parents.get(code, "")
    for _ in range(len(parents)):
        if not at or at == code:
            break
        at = parents.get(at, "")
    return bool(at) and at == code


def _weight_problems(nodes: Sequence[Node]) -> Iterator[Issue]:
    for i, node in enumerate(nodes):
        if not isfinite(node.weight) or node.weight < 0:
            yield Issue(
                "weight-negative", "权重不能为负", row=i, column="weight", value=f"{node.weight:g}", expected="0 或正数"
            )
    totals: Counter[str] = Counter()
    first: dict[str, int] = {}
    for i, node in enumerate(nodes):
        if node.parent:
            totals[node.parent] += max(node.weight, 0.0)  # type: ignore[assignment]
            first.setdefault(node.parent, i)
    for parent, total in totals.items():
        if total == 0:
            yield Issue(
                "weight-all-zero",
                f"“{parent}”的下级权重全为 0",
                row=first[parent],
                column="weight",
                value="0",
                expected="至少一项大于 0",
            )


def _scale_problems(nodes: Sequence[Node]) -> Iterator[Issue]:
    parents = {node.parent for node in nodes}
    for i, node in enumerate(nodes):
        if not (isfinite(node.power) and node.power > 0):
            yield Issue(
                "power-invalid", "指数应大于 0", row=i, column="power", value=f"{node.power:g}", expected="正数，空为 1"
            )
        if node.code in parents:
            if node.best is not None or node.worst is not None or node.direction is not None:
                yield Issue(
                    "scale-on-inner-node",
                    "有下级的指标不用方向和最优最差值，已忽略",
                    row=i,
                    column="direction",
                    value=node.code,
                    severity=Severity.WARNING,
                )
        else:
            yield from _leaf_problems(i, node)


def _leaf_problems(i: int, node: Node) -> Iterator[Issue]:
    both = node.best is not None and node.worst is not None
    if node.direction is None and not both:
        yield Issue(
            "direction-missing", "测度没有方向", row=i, column="direction", value=node.code, expected="higher 或 lower"
        )
    if node.direction is Direction.NONE:
        yield Issue(
            "direction-none",
            "只计数的测度不能计分",
            row=i,
            column="direction",
            value="none",
            expected="higher 或 lower",
        )
    if not both:
        return
    assert node.best is not None and node.worst is not None
    bounds = f"{node.best:g} / {node.worst:g}"
    if node.best == node.worst:
        yield Issue("bounds-equal", "最优值等于最差值", row=i, column="best", value=bounds, expected="两者不同")
    elif node.direction is not None and (node.best > node.worst) != (node.direction is Direction.HIGHER):
        yield Issue(
            "bounds-direction",
            f"最优值、最差值与方向（{node.direction.label}）矛盾",
            row=i,
            column="best",
            value=bounds,
            expected="越高越好时最优值大于最差值，越低越好时相反",
        )
