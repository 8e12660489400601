"""会议打印稿: a deck's screens, one a sheet of A4."""

from lib.ui.room import handout

handout.run()
