"""怎么算的."""

from lib.ui import show

show.heading("帮助", "怎么算的")
