"""`make bench`: prints the table."""

import os
import platform
from importlib.metadata import version

from bench.redraw import ROUNDS, run

print(
    f"Python {platform.python_version()}, Streamlit {version('streamlit')}, {os.cpu_count()} cores; medians of {ROUNDS}, taken in turn"
)
print(f"{'slider to screen, in Chromium':<42}{'ms':>8}{'ratio':>8}")
for name, milliseconds, ratio in run():
    print(f"{name:<42}{milliseconds:>8.1f}{ratio:>8.2f}")
