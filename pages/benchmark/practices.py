"""典型做法."""

from lib.ui import show

show.heading("典型做法", "还没有内容。")
