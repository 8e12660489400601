"""名词."""

from lib.ui import show

show.heading("帮助", "名词")
