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
from lib.view.tables.ranking import ranking_rows, ranking_table, trend_rows, value_table, weakest_table

__all__ = [
    "change_table",
    "class_rows",
    "gap_rows",
    "gap_table",
    "lever_rows",
    "map_rows",
    "measure_table",
    "profile_rows",
    "profile_table",
    "province_rows",
    "province_sources",
    "province_table",
    "ranking_rows",
    "ranking_table",
    "status_rows",
    "target_table",
    "trend_rows",
    "value_table",
    "vertical_table",
    "weak_indicator_table",
    "weakest_table",
]
