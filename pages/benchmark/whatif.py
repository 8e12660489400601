"""假设推演: what other values or weights would bring, what it takes to climb, how sure a place is, and by when."""

import streamlit as st

from lib.ui import saving, switch, trial
from lib.ui.context import context
from lib.ui.lab import plan, scenarios, stability, tuning, values, weights, when

VIEWS = {
    "改数值": values.draw,
    "改权重": weights.draw,
    "升档反推": plan.draw,
    "稳不稳": stability.draw,
    "何时到": when.draw,
    "方案": scenarios.draw,
}
ctx = context()
trial.from_address(ctx)
tuning.from_address(ctx)
saving.led_here()
# The heads of two views are drawn anew with their sliders, below this; style.css puts it under the head, as everywhere.
with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="lab-views"):
    view = switch.one("推演什么", list(VIEWS), saving.VIEW)
    # 何时到 follows the others period by period, and asks for itself.
    if VIEWS[view] is not when.draw:
        trial.assume(ctx)
VIEWS[view](ctx)
trial.to_address(ctx)
tuning.to_address(ctx)
