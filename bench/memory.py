"""Memory of a process that serves an address."""

from __future__ import annotations

from pathlib import Path


def serving_process(address: str) -> int:
    """The process that serves an address."""
    option = f"--server.port={address.rpartition(':')[2]}".encode()
    for found in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if option in found.read_bytes().split(b"\0"):
                return int(found.parent.name)
        except OSError:
            continue
    raise LookupError(f"no process serves {address}")


def resident(process: int) -> float:
    """What a process has in memory, MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
