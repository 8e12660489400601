"""Where the words of a chart stand so that none covers another; all in the unit that is given, nothing about charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# A plot has a margin in which words may still stand, in pixels.
SLACK = 12.0
Box = tuple[float, float, float, float]


def width(words: str, size: float = 13.0) -> float:
    """How wide words are drawn, in pixels: a Chinese character is as wide as high, a Latin one a little over half."""
    return sum(size if ord(character) > 0x2E7F else 0.56 * size for character in words)


def apart(values: Sequence[float], gap: float) -> list[float]:
    """Places at least `gap` apart, in the same order, each group of crowded ones around its own middle."""
    groups: list[tuple[list[int], float]] = []
    for i in sorted(range(len(values)), key=lambda i: values[i]):
        group = ([i], float(values[i]))
        while groups and group[1] - groups[-1][1] < gap * (len(group[0]) + len(groups[-1][0])) / 2:
            before, middle = groups.pop()
            size = len(before) + len(group[0])
            group = ([*before, *group[0]], (middle * len(before) + group[1] * len(group[0])) / size)
        groups.append(group)
    found = [0.0] * len(values)
    for members, middle in groups:
        for step, i in enumerate(members):
            found[i] = middle + (step - (len(members) - 1) / 2) * gap
    return found


def lifts(spans: Sequence[tuple[float, float]]) -> list[int]:
    """For words side by side on a line, the lowest row (0, 1, …) on which each covers no earlier one."""
    rows: list[list[tuple[float, float]]] = []
    found = []
    for start, end in spans:
        row = next((i for i, taken in enumerate(rows) if all(end <= a or start >= b for a, b in taken)), len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append((start, end))
        found.append(row)
    return found


def beside(points: Sequence[tuple[float, float]], words: Sequence[str], room: tuple[float, float]) -> list[str]:
    """For points in pixels, on which side the words stand: right, left, above or below, the one that covers least.

    What would leave the room (width, height) counts as covered. Points are marks of about 14 pixels.
    """
    dots = [(x - 8, y - 8, x + 8, y + 8) for x, y in points]
    taken: list[Box] = []
    found = []
    for i, (point, said) in enumerate(zip(points, words, strict=True)):
        others = dots[:i] + dots[i + 1 :]
        costs = {
            side: sum(_overlap(box, other) for other in [*taken, *others]) + _outside(box, room)
            for side, box in _boxes(point, width(said))
        }
        side = min(costs, key=costs.__getitem__)
        taken.append(dict(_boxes(point, width(said)))[side])
        found.append(side)
    return found


def _boxes(point: tuple[float, float], wide: float, high: float = 15.0) -> Iterator[tuple[str, Box]]:
    x, y = point
    yield "right", (x + 10, y - high / 2, x + 10 + wide, y + high / 2)
    yield "left", (x - 10 - wide, y - high / 2, x - 10, y + high / 2)
    yield "above", (x - wide / 2, y - 10 - high, x + wide / 2, y - 10)
    yield "below", (x - wide / 2, y + 10, x + wide / 2, y + 10 + high)


def _overlap(a: Box, b: Box) -> float:
    across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return across * down if across > 0 and down > 0 else 0.0


def _outside(box: Box, room: tuple[float, float]) -> float:
    inside = _overlap(box, (-SLACK, -SLACK, room[0] + SLACK, room[1] + SLACK))
    return (box[2] - box[0]) * (box[3] - box[1]) - inside
