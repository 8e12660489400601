"""通报材料."""

from lib.ui import show

show.heading("通报材料", "还没有内容。")
