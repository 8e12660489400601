"""The two that are measured in turn: this application on a seeded database, and a stock Streamlit page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from lib.seed import seed
from tests.browser.server import serving

STOCK = Path(__file__).with_name("stock")


@contextmanager
def stock(name: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """A page of bench/stock on Streamlit's own settings: none of this project's, and no uvloop."""
    with (
        TemporaryDirectory() as folder,
        serving(
            Path(folder) / "none.db",
            app=str(STOCK / name),
            cwd=Path(folder),
            settings={"server.address": "127.0.0.1"},
            environment={"PYTHONPATH": str(STOCK), **(environment or {})},
        ) as address,
    ):
        yield address


@contextmanager
def ours() -> Iterator[tuple[str, Path]]:
    """The application's address and its database."""
    with several(1) as ((address,), path):
        yield address, path


@contextmanager
def several(count: int) -> Iterator[tuple[tuple[str, ...], Path]]:
    """The addresses of so many processes of the application, and the one database that they share."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        path = Path(folder) / "duibiao.db"
        seed(path)
        yield tuple(stack.enter_context(serving(path)) for _ in range(count)), path
