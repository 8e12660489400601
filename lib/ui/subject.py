"""Which indicator a page is about: one choice for all pages that ask, in the address."""

from __future__ import annotations

from collections.abc import Sequence

from lib.core import compare
from lib.core.score import Scores
from lib.model import Measure
from lib.snapshot import Snapshot
from lib.ui import go, switch
from lib.ui.context import TOTAL, Context, node_label

NO_PLACE = "未选"


def choose(context: Context, label: str) -> str:
    """The total, an indicator or a measure of the framework in force."""
    framework = context.framework
    order = [context.root, *(node.code for node in framework.nodes if node.code != context.root)]
    return _select(label, order, go.SUBJECT, context)


def name(context: Context, code: str) -> str:
    """总分, or the node's name."""
    return TOTAL if code == context.root else context.labels[code]


def choose_other(context: Context, label: str, key: str, first: str) -> str:
    """A second indicator or measure to set beside the first."""
    order = [first, *(node.code for node in context.framework.nodes if node.code != first)]
    return _select(label, order, key, context)


def choose_place(context: Context, code: str) -> str:
    """A place of the nation of which documents state something about a node; "" for none."""
    places = context.snapshot.seen(_places, context.snapshot, context.scores, code)
    return places.get(switch.pick("纵向标杆", [NO_PLACE, *places], "vertical", str), "")


def about(context: Context, code: str) -> dict[str, Measure]:
    """The catalogue's measures that are about a node, as `core.compare.about`. Not to be changed."""
    return context.snapshot.seen(_about, context.snapshot, context.scores, code)


def listed(context: Context) -> dict[str, str]:
    """Every node of the framework in force as a list of all of them names it. Not to be changed."""
    return context.snapshot.seen(_listed, context.scores)


# For every region and comparison the same, so reckoned once for all of them.
def _about(snapshot: Snapshot, scores: Scores, code: str) -> dict[str, Measure]:
    return compare.about(scores.framework, code, snapshot.catalog.measures)


def _places(snapshot: Snapshot, scores: Scores, code: str) -> dict[str, str]:
    benchmarks, names = snapshot.catalog.benchmarks, snapshot.catalog.short_names
    rows = benchmarks[(benchmarks["axis"] == "vertical") & benchmarks["code"].isin(_about(snapshot, scores, code))]
    return {names[each]: each for each in rows["region"].unique()}


def _listed(scores: Scores) -> dict[str, str]:
    return {node.code: node_label(scores.framework, node.code) for node in scores.framework.nodes}


def _select(label: str, order: Sequence[str], key: str, context: Context) -> str:
    return switch.pick(label, order, key, listed(context).__getitem__)
