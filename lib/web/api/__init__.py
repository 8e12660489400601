"""The interface for other programs: what the pages show, as JSON and CSV, to be read only."""

from lib.web.api.serve import routes

__all__ = ["routes"]
