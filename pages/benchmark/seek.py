"""寻标."""

from lib.ui import show

show.heading("寻标", "还没有内容。")
