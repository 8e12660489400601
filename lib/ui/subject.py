"""Which indicator a page is about: one choice for all pages that ask, in the address."""

from __future__ import annotations

from collections.abc import Sequence

from lib.core.compare import about
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
    benchmarks, wanted = context.book.benchmarks, about(context.framework, code, context.book.measures)
    rows = benchmarks[(benchmarks["axis"] == "vertical") & benchmarks["code"].isin(wanted)]
    places = {context.names[each]: each for each in rows["region"].unique()}
    return places.get(switch.pick("纵向标杆", [NO_PLACE, *places], "vertical", str), "")


def _select(label: str, order: Sequence[str], key: str, context: Context) -> str:
    return switch.pick(label, order, key, lambda code: node_label(context.framework, code))
