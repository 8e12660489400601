"""大屏: screens that follow each other on a wall, set up by the address."""

from lib.ui.room import kiosk

kiosk.run()
