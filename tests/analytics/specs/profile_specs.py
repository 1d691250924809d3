"""The rules of the report `profile`, one spec each."""

from datetime import date
from decimal import Decimal

from tests.analytics.specs.scales import HALF_LEVELS, THREE_LEVELS
from tests.analytics.specs.spec import Spec, Table

ON = date(2024, 3, 1)


def followed(*clients: str) -> Table:
    return [{"client": client, "from": ON} for client in clients]


def on_level(**levels: str) -> Table:
    placed = enumerate(levels.items(), 1)
    return [{"nr": nr, "client": client, "on": ON, "level": level} for nr, (client, level) in placed]


PROFILE_SPECS = (
    Spec(
        name="Who has it, who has not, and of whom it is not known",
        report="profile",
        sentence=(
            "On each level a feature is counted three ways. The share is of those of whom it is known: of Dora nothing "
            "is recorded, so of the four people two of three have it."
        ),
        on=ON,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees", "Dora"),
            "placements": on_level(Anna="1", Bram="1", Cees="2", Dora="2"),
            "low literacy": [
                {"client": "Anna", "has": "yes"},
                {"client": "Bram", "has": "no"},
                {"client": "Cees", "has": "yes"},
            ],
        },
        expected=[
            {"level": "0", "clients": 0, "yes": 0, "no": 0, "unknown": 0, "share": None},
            {"level": "1", "clients": 2, "yes": 1, "no": 1, "unknown": 0, "share": Decimal("50.0")},
            {"level": "2", "clients": 2, "yes": 1, "no": 0, "unknown": 1, "share": Decimal("100.0")},
            {"level": "3", "clients": 0, "yes": 0, "no": 0, "unknown": 0, "share": None},
            {"level": None, "clients": 0, "yes": 0, "no": 0, "unknown": 0, "share": None},
        ],
        totals={"clients": 4, "yes": 2, "no": 1, "unknown": 1, "share": Decimal("66.7"), "between": "20 and 94 %"},
    ),
    Spec(
        name="What is recorded of everybody who has it",
        report="profile",
        sentence=(
            "Who has no exemption recorded has none. Nothing is estimated then: the shares are exact and carry no "
            "interval."
        ),
        on=ON,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees"),
            "placements": on_level(Anna="1", Bram="1"),
            "exemption": [{"client": "Anna", "has": "yes"}],
        },
        expected=[
            {"level": "0", "clients": 0, "yes": 0, "no": 0, "unknown": 0, "share": None},
            {"level": "1", "clients": 2, "yes": 1, "no": 1, "unknown": 0, "share": Decimal("50.0")},
            {"level": "2", "clients": 0, "yes": 0, "no": 0, "unknown": 0, "share": None},
            {"level": "3", "clients": 0, "yes": 0, "no": 0, "unknown": 0, "share": None},
            {"level": None, "clients": 1, "yes": 0, "no": 1, "unknown": 0, "share": Decimal("0.0")},
        ],
        totals={"clients": 3, "yes": 1, "no": 2, "unknown": 0, "share": Decimal("33.3"), "between": None},
    ),
    Spec(
        name="Growth potential on levels that can have it",
        report="profile",
        sentence=(
            "Growth potential says nothing on the highest level and on code 0: the total is over the other levels. "
            "Half-levels count under their whole level."
        ),
        on=ON,
        given={
            "levels": HALF_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": ON, "level": "2-", "growth": "yes"},
                {"nr": 2, "client": "Bram", "on": ON, "level": "2+", "growth": "no"},
                {"nr": 3, "client": "Cees", "on": ON, "level": "3", "growth": "no"},
            ],
        },
        expected=[
            {"level": "1", "clients": 0, "yes": 0},
            {"level": "2", "clients": 2, "yes": 1, "no": 1, "unknown": 0},
            {"level": "3", "clients": 1, "yes": None, "no": None, "unknown": None},
            {"level": None, "clients": 0, "yes": None},
        ],
        totals={"clients": 3, "yes": 1, "no": 1, "unknown": 0, "share": Decimal("50.0")},
    ),
)
