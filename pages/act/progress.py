"""创标进展."""

from lib.ui import show

show.heading("创标进展", "还没有内容。")
