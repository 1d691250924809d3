"""The rules of the report `current-expected`, one spec each."""

from datetime import date
from decimal import Decimal

from tests.analytics.specs.scales import GROUPS, HALF_LEVELS, THREE_LEVELS
from tests.analytics.specs.spec import Spec, Table

JAN, FEB, MAR = (date(2024, month, 1) for month in (1, 2, 3))


def followed(*clients: str) -> Table:
    return [{"client": client, "from": JAN} for client in clients]


CURRENT_EXPECTED_SPECS = (
    Spec(
        name="Two distributions of the same people",
        report="current-expected",
        sentence="Both columns add up to the people in follow-up; who has no placement or no goal is unknown.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees", "Dora"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1", "expected": "2"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "2", "expected": "2"},
                {"nr": 3, "client": "Cees", "on": JAN, "level": "2"},
            ],
        },
        expected=[
            {
                "level": "1",
                "current": 1,
                "current_share": Decimal("25.0"),
                "expected": 0,
                "expected_share": Decimal("0.0"),
            },
            {
                "level": "2",
                "current": 2,
                "current_share": Decimal("50.0"),
                "expected": 2,
                "expected_share": Decimal("50.0"),
            },
            {
                "level": "3",
                "current": 0,
                "current_share": Decimal("0.0"),
                "expected": 0,
                "expected_share": Decimal("0.0"),
            },
            {
                "level": None,
                "current": 1,
                "current_share": Decimal("25.0"),
                "expected": 2,
                "expected_share": Decimal("50.0"),
            },
        ],
        shifts=[
            {"from": "1", "to": "2", "clients": 1},
            {"from": "2", "to": "2", "clients": 1},
            {"from": "2", "to": None, "clients": 1},
            {"from": None, "to": None, "clients": 1},
        ],
        totals={"clients": 4, "higher": 1, "same": 1, "lower": 0, "unknown": 2},
    ),
    Spec(
        name="Both means are of the same people",
        report="current-expected",
        sentence="Who has code 0 or no goal is in neither mean: (1 + 2) / 2 now, (3 + 2) / 2 expected of the same two.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees", "Dora", "Eva"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1", "expected": "3"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "2", "expected": "2"},
                {"nr": 3, "client": "Cees", "on": JAN, "level": "0", "expected": "1"},
                {"nr": 4, "client": "Eva", "on": JAN, "level": "3"},
            ],
        },
        expected=[
            {"level": "0", "current": 1, "expected": 0},
            {"level": "1", "current": 1, "expected": 1},
            {"level": "2", "current": 1, "expected": 1},
            {"level": "3", "current": 1, "expected": 1},
            {"level": None, "current": 1, "expected": 2},
        ],
        totals={
            "current_known": 3,
            "expected_known": 3,
            "both_known": 2,
            "mean_current": Decimal("1.50"),
            "mean_expected": Decimal("2.50"),
            "higher": 1,
            "same": 1,
            "unknown": 3,
        },
    ),
    Spec(
        name="Half-levels in the mean",
        report="current-expected",
        sentence="2- counts as 2 and 2+ as 2½ in the mean; in the rows both stand on level 2, and neither is higher.",
        on=MAR,
        given={
            "levels": HALF_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "2-", "expected": "2+"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "2+", "expected": "1"},
            ],
        },
        expected=[
            {"level": "1", "current": 0, "expected": 1},
            {"level": "2", "current": 2, "expected": 1},
            {"level": "3", "current": 0, "expected": 0},
            {"level": None, "current": 0, "expected": 0},
        ],
        totals={
            "mean_current": Decimal("2.25"),
            "mean_expected": Decimal("1.75"),
            "higher": 0,
            "same": 1,
            "lower": 1,
        },
    ),
    Spec(
        name="A grouping has no mean",
        report="current-expected",
        sentence="Without order there is no higher, no lower and no mean: the same group is expected, or another.",
        on=MAR,
        ordered=False,
        given={
            "levels": GROUPS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "care", "expected": "learn"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "care", "expected": "care"},
            ],
        },
        expected=[
            {"level": "direct", "current": 0, "expected": 0},
            {"level": "learn", "current": 0, "expected": 1},
            {"level": "care", "current": 2, "expected": 1},
            {"level": None, "current": 0, "expected": 0},
        ],
        totals={"same": 1, "other": 1, "unknown": 0, "mean_current": None, "mean_expected": None},
    ),
    Spec(
        name="The goal goes with its placement",
        report="current-expected",
        sentence="A later placement without a goal leaves the expected level unknown: an older goal is not carried on.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1", "expected": "3"},
                {"nr": 2, "client": "Anna", "on": FEB, "level": "2"},
            ],
        },
        expected=[
            {"level": "1", "current": 0, "expected": 0},
            {"level": "2", "current": 1, "expected": 0},
            {"level": "3", "current": 0, "expected": 0},
            {"level": None, "current": 0, "expected": 1},
        ],
        shifts=[{"from": "2", "to": None, "clients": 1}],
    ),
)
