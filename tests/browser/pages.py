"""Every page that has the shell around it, by its path; the room and the wall have tests of their own."""

PATHS = (
    "",
    "ranking",
    "map",
    "heatmap",
    "county",
    "search",
    "indicator",
    "seek",
    "gap",
    "practices",
    "declaration",
    "targets",
    "whatif",
    "ledger",
    "progress",
    "counters",
    "bulletin",
    "upload",
    "entry",
    "completeness",
    "batches",
    "accounts",
    "trail",
    "decks",
    "guide",
    "method",
    "glossary",
)
# Every chart that is there now has its picture; the map page changes one for another.
DRAWN = """() => [...document.querySelectorAll("[data-testid=stVegaLiteChart]")].every((chart) => chart.querySelector("svg"))"""
