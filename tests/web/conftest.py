"""The house and the way of visiting pages are those of the page tests."""

from tests.pages.conftest import house, visit

__all__ = ["house", "visit"]
