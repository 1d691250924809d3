"""The rules of the report `goals`, one spec each."""

from datetime import date
from decimal import Decimal

from tests.analytics.specs.scales import HALF_LEVELS, THREE_LEVELS
from tests.analytics.specs.spec import Spec

JAN, FEB, MAR = (date(2024, month, 1) for month in (1, 2, 3))

GOAL_SPECS = (
    Spec(
        name="Goals show half-levels",
        report="goals",
        sentence="Goals are counted on the level filled in, half-levels apart; the last row has those without one.",
        on=MAR,
        given={
            "levels": HALF_LEVELS,
            "follow-up": [{"client": client, "from": JAN} for client in ("Anna", "Bram", "Cees", "Dora")],
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1", "growth": "yes", "expected": "2-"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "2-", "growth": "yes", "expected": "2+"},
                {"nr": 3, "client": "Cees", "on": JAN, "level": "2+", "growth": "unknown"},
            ],
        },
        expected=[
            {"level": "1", "clients": 0, "share": Decimal("0.0")},
            {"level": "2-", "clients": 1, "share": Decimal("25.0")},
            {"level": "2+", "clients": 1, "share": Decimal("25.0")},
            {"level": "3", "clients": 0, "share": Decimal("0.0")},
            {"level": None, "clients": 2, "share": Decimal("50.0")},
        ],
        totals={"clients": 4, "with_expected_level": 2},
    ),
    Spec(
        name="A whole level that has halves",
        report="goals",
        sentence="A whole level that has half-levels gets a row only when someone is expected there as a whole.",
        on=MAR,
        given={
            "levels": HALF_LEVELS,
            "follow-up": [{"client": "Anna", "from": JAN}],
            "placements": [{"nr": 1, "client": "Anna", "on": JAN, "level": "1", "growth": "yes", "expected": "2"}],
        },
        expected=[
            {"level": "1", "clients": 0},
            {"level": "2", "clients": 1},
            {"level": "2-", "clients": 0},
            {"level": "2+", "clients": 0},
            {"level": "3", "clients": 0},
            {"level": None, "clients": 0},
        ],
    ),
    Spec(
        name="The goal of the latest placement",
        report="goals",
        sentence="A later placement without a goal leaves the goal not filled: an older goal is not carried on.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": [{"client": "Anna", "from": JAN}],
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1", "growth": "yes", "expected": "2"},
                {"nr": 2, "client": "Anna", "on": FEB, "level": "1", "growth": "yes"},
            ],
        },
        expected=[
            {"level": "1", "clients": 0},
            {"level": "2", "clients": 0},
            {"level": "3", "clients": 0},
            {"level": None, "clients": 1},
        ],
    ),
)
