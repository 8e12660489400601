"""会议和大屏: which screens, in which order; to the meeting, the print and the wall."""

from lib.ui.room import decks

decks.run()
