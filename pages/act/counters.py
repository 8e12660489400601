"""月度计数."""

from lib.ui import show

show.heading("月度计数", "还没有内容。")
