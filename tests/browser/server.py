"""The real application on a free port of this machine, as `make run` starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


@contextmanager
def serving(
    database: Path,
    *,
    app: str = "app.py",
    cwd: Path = ROOT,
    settings: dict[str, str] | None = None,
    environment: dict[str, str] | None = None,
    port: int = 0,
) -> Iterator[str]:
    """Starts the application (on a free port unless one is given), waits until it answers, yields its address, and stops
    that process."""
    port = port or _free_port()
    options = [f"--{key}={value}" for key, value in (settings or {}).items()]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        app,
        f"--server.port={port}",
        "--server.headless=true",
        *options,
    ]
    variables = {**os.environ, "DUIBIAO_DB": str(database), **(environment or {})}
    # Into a file: a pipe that nobody reads stops the server when it is full.
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=cwd, env=variables, stdout=subprocess.DEVNULL, stderr=said)
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", process, said)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen, said: IO[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            said.seek(0)
            raise RuntimeError(f"the application stopped: {said.read().decode()[-2000:]}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"no answer from {address} within {START_SECONDS} s")
