"""Charts without data: each function builds a specification whose columns the docstring names.

The data is sent beside the specification, so that one specification per shape is built and validated once.
Every chart also has the column `order` (a number a row): nothing is sorted by Chinese code points.
"""

from lib.view.charts.benchmark import catching_up, dumbbell, waterfall
from lib.view.charts.campaign import phases, progress_bars, report_matrix
from lib.view.charts.counters import counters
from lib.view.charts.county import spine, standing_over_time
from lib.view.charts.course import ways
from lib.view.charts.heatmap import heatmap
from lib.view.charts.indicator import FACT, distribution, history, parts_dots, scatter
from lib.view.charts.ledger import chase_bars
from lib.view.charts.manage import completeness
from lib.view.charts.maps import class_bars, county_map
from lib.view.charts.overview import TALL_ROW, standings, weakest_dots
from lib.view.charts.parts import DENSE_ROW, ROW
from lib.view.charts.plan import way_up
from lib.view.charts.ranking import bump, composition, differences, focus_bars, ranking_bars, small_multiples
from lib.view.charts.seek import courses
from lib.view.charts.stability import place_ranges
from lib.view.charts.targets import bullets, county_goals, status_bars, wall
from lib.view.charts.trial import steps, swings

__all__ = [
    "DENSE_ROW",
    "FACT",
    "ROW",
    "TALL_ROW",
    "bullets",
    "bump",
    "catching_up",
    "chase_bars",
    "class_bars",
    "completeness",
    "composition",
    "counters",
    "county_goals",
    "county_map",
    "courses",
    "differences",
    "distribution",
    "dumbbell",
    "focus_bars",
    "heatmap",
    "history",
    "parts_dots",
    "phases",
    "place_ranges",
    "progress_bars",
    "ranking_bars",
    "report_matrix",
    "scatter",
    "small_multiples",
    "spine",
    "standing_over_time",
    "standings",
    "status_bars",
    "steps",
    "swings",
    "wall",
    "waterfall",
    "way_up",
    "ways",
    "weakest_dots",
]
