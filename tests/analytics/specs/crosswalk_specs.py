"""Reading placements on one scale as levels of another: the rules, one spec each."""

from datetime import date

from tests.analytics.specs.scales import HALF_LEVELS, THREE_LEVELS
from tests.analytics.specs.spec import Spec, Table

JAN, MAR = date(2024, 1, 1), date(2024, 3, 1)
OTHER: Table = (
    {"level": "0", "name": "not determined", "growth": "no"},
    {"level": "A", "name": "not active", "growth": "yes"},
    {"level": "B", "name": "active", "growth": "yes"},
    {"level": "C", "name": "ready for work", "growth": "yes"},
    {"level": "D", "name": "working", "growth": "no"},
)
CROSSWALK: Table = (
    {"level": "0", "counterpart": "0"},
    {"level": "A", "counterpart": "2"},
    {"level": "B", "counterpart": "2"},
    {"level": "C", "counterpart": None},
    {"level": "D", "counterpart": "3"},
)

NO_SPLIT = {"without_growth": None, "with_growth": None, "unknown_growth": None}


def followed(*clients: str) -> Table:
    return [{"client": client, "from": JAN} for client in clients]


CROSSWALK_SPECS = (
    Spec(
        name="Read through a crosswalk",
        report="placement",
        sentence=(
            "Each placement on the other scale counts on its counterpart, several levels on one if the crosswalk says "
            "so; growth stays as recorded. Who stands on a level without a counterpart is placed, and has a row of "
            "their own without a growth split. Every person counts once, so the rows still add up."
        ),
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "levels of the other scale": OTHER,
            "crosswalk": CROSSWALK,
            "follow-up": followed("Anna", "Bram", "Cees", "Dora", "Eva"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "A", "growth": "yes"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "B", "growth": "no"},
                {"nr": 3, "client": "Cees", "on": JAN, "level": "C", "growth": "yes"},
                {"nr": 4, "client": "Dora", "on": JAN, "level": "D"},
            ],
        },
        expected=[
            {"level": "0", "clients": 0, **NO_SPLIT},
            {"level": "1", "clients": 0, "without_growth": 0, "with_growth": 0, "unknown_growth": 0},
            {"level": "2", "clients": 2, "without_growth": 1, "with_growth": 1, "unknown_growth": 0},
            {"level": "3", "clients": 1, "without_growth": None, "with_growth": None, "unknown_growth": None},
            {
                "level": "no_counterpart",
                "clients": 1,
                "without_growth": None,
                "with_growth": None,
                "unknown_growth": None,
            },
            {"level": None, "clients": 1, **NO_SPLIT},
        ],
        totals={"clients": 5, "with_level_below_top": 2},
    ),
    Spec(
        name="Goals through a crosswalk",
        report="goals",
        sentence="An expected level is read through the crosswalk too; without a counterpart it still is filled in.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "levels of the other scale": OTHER,
            "crosswalk": CROSSWALK,
            "follow-up": followed("Anna", "Bram", "Cees"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "A", "expected": "C"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "B", "expected": "D"},
                {"nr": 3, "client": "Cees", "on": JAN, "level": "C"},
            ],
        },
        expected=[
            {"level": "1", "clients": 0},
            {"level": "2", "clients": 0},
            {"level": "3", "clients": 1},
            {"level": "no_counterpart", "clients": 1},
            {"level": None, "clients": 1},
        ],
        totals={"clients": 3, "with_expected_level": 2},
    ),
    Spec(
        name="Half-levels through a crosswalk",
        report="placement",
        sentence="A half-level follows its whole level, unless the crosswalk has an entry for it alone (here 2+).",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "levels of the other scale": HALF_LEVELS,
            "crosswalk": (
                {"level": "1", "counterpart": "1"},
                {"level": "2", "counterpart": "1"},
                {"level": "2+", "counterpart": "2"},
                {"level": "3", "counterpart": "3"},
            ),
            "follow-up": followed("Anna", "Bram", "Cees"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "2-", "growth": "yes"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "2", "growth": "yes"},
                {"nr": 3, "client": "Cees", "on": JAN, "level": "2+", "growth": "yes"},
            ],
        },
        expected=[
            {"level": "0", "clients": 0},
            {"level": "1", "clients": 2},
            {"level": "2", "clients": 1},
            {"level": "3", "clients": 0},
            {"level": "no_counterpart", "clients": 0},
            {"level": None, "clients": 0},
        ],
    ),
)
