"""整改台账."""

from lib.ui import show

show.heading("整改台账", "还没有内容。")
