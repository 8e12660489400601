"""Display tables and chart data: names for codes, words for numbers, in the order that matters."""

from lib.view.tables.benchmark import (
    change_table,
    gap_rows,
    gap_table,
    lever_rows,
    status_rows,
    target_table,
    vertical_table,
    weak_indicator_table,
)
from lib.view.tables.county import measure_table, profile_rows, profile_table
from lib.view.tables.maps import class_rows, map_rows, province_rows, province_sources, province_table
from lib.view.tables.overview import (
    mean_moved,
    moved_to,
    points_moved,
    province_moved,
    standing_rows,
    tier_words,
    weakest_rows,
    weakest_table,
    weakest_title,
)
from lib.view.tables.ranking import ranking_rows, ranking_table, trend_rows, value_table

__all__ = [
    "change_table",
    "class_rows",
    "gap_rows",
    "gap_table",
    "lever_rows",
    "map_rows",
    "mean_moved",
    "measure_table",
    "moved_to",
    "points_moved",
    "profile_rows",
    "profile_table",
    "province_moved",
    "province_rows",
    "province_sources",
    "province_table",
    "ranking_rows",
    "ranking_table",
    "standing_rows",
    "status_rows",
    "target_table",
    "tier_words",
    "trend_rows",
    "value_table",
    "vertical_table",
    "weak_indicator_table",
    "weakest_rows",
    "weakest_table",
    "weakest_title",
]
