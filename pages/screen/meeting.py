"""会议模式: one conclusion a screen, driven by keys."""

from lib.ui.room import meeting

meeting.run()
