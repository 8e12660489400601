"""一分钟导览."""

from lib.ui import show

show.heading("帮助", "一分钟导览")
