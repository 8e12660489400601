"""The vocabulary: dataclasses, enumerations, column names and exceptions that every layer shares."""

from lib.model.errors import DuibiaoError, Issue, Severity, UserError
from lib.model.framework import FRAMEWORK_COLUMNS, Framework, Node
from lib.model.measure import Direction, Measure
from lib.model.options import Aggregate, Normalise, ScoreOptions, thirds
from lib.model.period import Period
from lib.model.place import Cohort, Region
from lib.model.quantity import FRACTION, UNITS, Conversion, convert

OBSERVATION_COLUMNS = ("region", "measure", "period", "value")
SCORE_COLUMNS = ("region", "period", "code", "score", "coverage", "rank", "tier")

__all__ = [
    "FRACTION",
    "FRAMEWORK_COLUMNS",
    "OBSERVATION_COLUMNS",
    "SCORE_COLUMNS",
    "UNITS",
    "Aggregate",
    "Cohort",
    "Conversion",
    "Direction",
    "DuibiaoError",
    "Framework",
    "Issue",
    "Measure",
    "Node",
    "Normalise",
    "Period",
    "Region",
    "ScoreOptions",
    "Severity",
    "UserError",
    "convert",
    "thirds",
]
