"""The rules of the report `movement`, one spec each."""

from datetime import date
from decimal import Decimal

from tests.analytics.specs.scales import GROUPS, HALF_LEVELS, THREE_LEVELS
from tests.analytics.specs.spec import Spec, Table

JAN, FEB, MAR, JUN, DEC = (date(2024, month, 1) for month in (1, 2, 3, 6, 12))


def followed(*clients: str) -> Table:
    return [{"client": client, "from": JAN} for client in clients]


MOVEMENT_SPECS = (
    Spec(
        name="Risen, level, fallen, left, not placed again",
        report="movement",
        sentence="Everyone placed at the start is in one of five: together they are all who were placed at the start.",
        on=DEC,
        compared_with=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": [*followed("Anna", "Bram", "Cees", "Eva"), {"client": "Dora", "from": JAN, "until": JUN}],
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "2"},
                {"nr": 3, "client": "Cees", "on": JAN, "level": "2"},
                {"nr": 4, "client": "Dora", "on": JAN, "level": "2"},
                {"nr": 5, "client": "Eva", "on": JAN, "level": "2"},
                {"nr": 6, "client": "Anna", "on": JUN, "level": "3"},
                {"nr": 7, "client": "Bram", "on": JUN, "level": "2"},
                {"nr": 8, "client": "Cees", "on": JUN, "level": "1"},
            ],
        },
        expected=[
            {"from": "1", "to": "3", "clients": 1, "share": Decimal("100.0")},
            {"from": "2", "to": "1", "clients": 1, "share": Decimal("25.0")},
            {"from": "2", "to": "2", "clients": 1, "share": Decimal("25.0")},
            {"from": "2", "to": "left", "clients": 1, "share": Decimal("25.0")},
            {"from": "2", "to": "not_measured_again", "clients": 1, "share": Decimal("25.0")},
        ],
        totals={
            "cohort": 5,
            "risen": 1,
            "level": 1,
            "fallen": 1,
            "left": 1,
            "not_measured_again": 1,
            "entered": 0,
        },
    ),
    Spec(
        name="The last placement by each day",
        report="movement",
        sentence="What happened in between does not count: only where people stood on the two days.",
        on=JUN,
        compared_with=FEB,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1"},
                {"nr": 2, "client": "Anna", "on": FEB, "level": "2"},
                {"nr": 3, "client": "Anna", "on": MAR, "level": "3"},
                {"nr": 4, "client": "Anna", "on": JUN, "level": "1"},
                {"nr": 5, "client": "Anna", "on": DEC, "level": "3"},
            ],
        },
        expected=[{"from": "2", "to": "1", "clients": 1}],
        totals={"cohort": 1, "fallen": 1},
    ),
    Spec(
        name="A half-level is no step",
        report="movement",
        sentence="Growth is judged on whole levels: from 2- to 2+ is level, as Sneek calls it keeping the level.",
        on=JUN,
        compared_with=FEB,
        given={
            "levels": HALF_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "2-"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "2+"},
                {"nr": 3, "client": "Anna", "on": JUN, "level": "2+"},
                {"nr": 4, "client": "Bram", "on": JUN, "level": "3"},
            ],
        },
        expected=[{"from": "2", "to": "2", "clients": 1}, {"from": "2", "to": "3", "clients": 1}],
        totals={"cohort": 2, "risen": 1, "level": 1, "fallen": 0},
    ),
    Spec(
        name="Half-levels that count",
        report="movement",
        sentence="On a scale that says so a half-level is a level of its own: from 2- to 2+ is a rise.",
        on=JUN,
        compared_with=FEB,
        halves_count=True,
        given={
            "levels": HALF_LEVELS,
            "follow-up": followed("Anna"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "2-"},
                {"nr": 2, "client": "Anna", "on": JUN, "level": "2+"},
            ],
        },
        expected=[{"from": "2-", "to": "2+", "clients": 1}],
        totals={"cohort": 1, "risen": 1, "level": 0},
    ),
    Spec(
        name="Code 0 is no level to stand on",
        report="movement",
        sentence="Not determined at the start: not counted. Not determined at the end: not placed again.",
        on=JUN,
        compared_with=FEB,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "0"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "1"},
                {"nr": 3, "client": "Anna", "on": JUN, "level": "2"},
                {"nr": 4, "client": "Bram", "on": JUN, "level": "0"},
            ],
        },
        expected=[{"from": "1", "to": "not_measured_again", "clients": 1}],
        totals={"cohort": 1, "not_measured_again": 1, "entered": 1},
    ),
    Spec(
        name="New people stand apart",
        report="movement",
        sentence="Placed on the later day and not at the start: new, whether they were in follow-up then or not.",
        on=JUN,
        compared_with=FEB,
        given={
            "levels": THREE_LEVELS,
            "follow-up": [*followed("Anna", "Bram"), {"client": "Cees", "from": MAR}],
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1"},
                {"nr": 2, "client": "Bram", "on": MAR, "level": "2"},
                {"nr": 3, "client": "Cees", "on": MAR, "level": "3"},
            ],
        },
        expected=[{"from": "1", "to": "not_measured_again", "clients": 1}],
        totals={"in_follow_up": 2, "cohort": 1, "entered": 2},
    ),
    Spec(
        name="Left and came back",
        report="movement",
        sentence="Who left and came back in between is where they are on the later day.",
        on=DEC,
        compared_with=FEB,
        given={
            "levels": THREE_LEVELS,
            "follow-up": [
                {"client": "Anna", "from": JAN, "until": MAR},
                {"client": "Anna", "from": JUN},
                {"client": "Bram", "from": JAN, "until": DEC},
            ],
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "1"},
                {"nr": 3, "client": "Anna", "on": JUN, "level": "2"},
                {"nr": 4, "client": "Bram", "on": JUN, "level": "2"},
            ],
        },
        expected=[{"from": "1", "to": "2", "clients": 1}, {"from": "1", "to": "left", "clients": 1}],
        totals={"cohort": 2, "risen": 1, "left": 1},
    ),
    Spec(
        name="A grouping has no up or down",
        report="movement",
        sentence="On a scale without order people are in the same group or have moved to another.",
        on=JUN,
        compared_with=FEB,
        ordered=False,
        given={
            "levels": GROUPS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "care"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "learn"},
                {"nr": 3, "client": "Anna", "on": JUN, "level": "direct"},
                {"nr": 4, "client": "Bram", "on": JUN, "level": "learn"},
            ],
        },
        expected=[{"from": "learn", "to": "learn", "clients": 1}, {"from": "care", "to": "direct", "clients": 1}],
        totals={"cohort": 2, "same": 1, "moved": 1, "left": 0, "not_measured_again": 0},
    ),
    Spec(
        name="Both days as known at one moment",
        report="movement",
        sentence="A correction learnt later changes nothing of what was known before it.",
        on=JUN,
        compared_with=FEB,
        known_at=1,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1"},
                {"nr": 2, "client": "Anna", "on": JUN, "level": "2"},
                {"nr": 3, "client": "Anna", "on": JAN, "level": "3", "recording": 2, "replaces": 1},
            ],
        },
        expected=[{"from": "1", "to": "2", "clients": 1}],
        totals={"cohort": 1, "risen": 1, "fallen": 0},
    ),
    Spec(
        name="Read through a crosswalk",
        report="movement",
        sentence="On another scale a level without counterpart has no up or down: such a way is not to compare.",
        on=JUN,
        compared_with=FEB,
        given={
            "levels of the other scale": [
                {"level": "a", "name": "care", "growth": "yes"},
                {"level": "b", "name": "active", "growth": "yes"},
                {"level": "c", "name": "aside", "growth": "yes"},
            ],
            "levels": THREE_LEVELS,
            "crosswalk": [
                {"level": "a", "counterpart": "1"},
                {"level": "b", "counterpart": "2"},
                {"level": "c", "counterpart": None},
            ],
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "a"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "c"},
                {"nr": 3, "client": "Anna", "on": JUN, "level": "b"},
                {"nr": 4, "client": "Bram", "on": JUN, "level": "b"},
            ],
        },
        expected=[{"from": "1", "to": "2", "clients": 1}, {"from": "no_counterpart", "to": "2", "clients": 1}],
        totals={"cohort": 2, "risen": 1, "no_counterpart": 1},
    ),
    Spec(
        name="By the group of the start",
        report="movement",
        sentence="Groups are those of the earlier day: who changes team is neither new nor gone.",
        on=JUN,
        compared_with=FEB,
        by="team",
        given={
            "levels": THREE_LEVELS,
            "follow-up": [
                {"client": "Anna", "from": JAN, "until": MAR, "team": "east"},
                {"client": "Anna", "from": MAR, "team": "west"},
                {"client": "Bram", "from": MAR, "team": "west"},
            ],
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1"},
                {"nr": 2, "client": "Anna", "on": JUN, "level": "2"},
                {"nr": 3, "client": "Bram", "on": MAR, "level": "1"},
            ],
        },
        expected=[{"group": "east", "from": "1", "to": "2", "clients": 1}],
        totals={"cohort": 1, "risen": 1, "left": 0, "entered": 1},
    ),
)
