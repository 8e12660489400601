"""申报表: the campaign's annex 2 as a form that is kept while it is filled in."""

from lib.ui import show

show.heading("申报表", "还没有申报表。")
