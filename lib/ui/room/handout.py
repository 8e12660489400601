"""To be built."""

from lib.ui import show


def run() -> None:
    """The page."""
    show.heading("会议和大屏", "会议和大屏")
