"""`make bench`: prints the tables."""

import os
import platform
from importlib.metadata import version

from bench import first_page, intake, plan, redraw, stability, wall

print(
    f"Python {platform.python_version()}, Streamlit {version('streamlit')}, {os.cpu_count()} cores; medians, taken in turn"
)
print(f"\n{'slider to screen, in Chromium':<56}{'ms':>9}{'ratio':>8}")
for name, milliseconds, ratio in redraw.run():
    print(f"{name:<56}{milliseconds:>9.1f}{ratio:>8.2f}")
print(f"\n{'first page in a fresh browser':<56}{'ms':>9}{'ratio':>8}{'jumps':>8}")
for name, milliseconds, ratio, jumps in first_page.run():
    print(f"{name:<56}{milliseconds:>9.0f}{ratio:>8.2f}{jumps:>8.3f}")
print(f"\n{'a tidy CSV into the database':<56}{'s':>9}{'ratio':>8}{'rows/s':>10}{'peak MiB':>10}")
for name, seconds, rate, ratio, peak in intake.run():
    print(f"{name:<56}{seconds:>9.2f}{ratio:>8.2f}{rate:>10,.0f}{peak:>10.0f}")
print(f"\n{'places under ten thousand weightings':<56}{'ms':>9}{'ratio':>8}")
for name, milliseconds, ratio in stability.run():
    print(f"{name:<56}{milliseconds:>9.1f}{ratio:>8.1f}")
print(f"\n{'a least-effort plan (floor: scoring once)':<56}{'s':>9}{'ratio':>8}{'proven':>10}")
for name, seconds, ratio, proven in plan.run():
    print(f"{name:<56}{seconds:>9.3f}{ratio:>8.0f}{'yes' if proven else 'no':>10}")
kept = wall.run()
print(
    f"\n{'a wall left alone, a turn a second: after turns':<56}{'heap MiB':>9}{'nodes':>8}{'listeners':>10}{'server MiB':>11}"
)
for each in kept:
    print(f"{each.turns:<56}{each.heap:>9.1f}{each.nodes:>8.0f}{each.listeners:>10.0f}{each.server:>11.0f}")
ratios = [wall.growth(kept, what) for what in ("heap", "nodes", "listeners", "server")]
print(f"{'last quarter over the first':<56}{ratios[0]:>9.2f}{ratios[1]:>8.2f}{ratios[2]:>10.2f}{ratios[3]:>11.2f}")
