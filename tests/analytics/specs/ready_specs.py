"""The rules of the report `ready`, one spec each."""

from datetime import date

from tests.analytics.specs.profile_specs import followed
from tests.analytics.specs.scales import HALF_LEVELS, THREE_LEVELS
from tests.analytics.specs.spec import Spec, Value

ON = date(2024, 3, 1)


def expected_on(client: str, level: str, expected: str | None, on: date = date(2024, 1, 1)) -> dict[str, Value]:
    """A placement with what is expected, numbered by the first letter of the client."""
    return {"nr": ord(client[0]) - ord("A") + 1, "client": client, "on": on, "level": level, "expected": expected}


READY_SPECS = (
    Spec(
        name="Ready, or why not",
        report="ready",
        sentence=(
            "Anna is ready. Bram has a trajectory to level 2, above his own. Cees was placed exactly a year ago: "
            "that is not less than 12 months. Of Dora the same level is expected, of Emma none is known, and Finn is "
            "not placed."
        ),
        on=ON,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees", "Dora", "Emma", "Finn"),
            "placements": [
                expected_on("Anna", "1", "2", date(2023, 3, 2)),
                expected_on("Bram", "1", "2"),
                expected_on("Cees", "1", "3", date(2023, 3, 1)),
                expected_on("Dora", "2", "2"),
                expected_on("Emma", "2", None),
            ],
            "running": [{"client": "Bram", "goal": "2"}],
        },
        expected=[
            {"level": "1", "ready": 1, "on_their_way": 1, "long_ago": 1, "not_higher": 0, "not_known": 0, "clients": 3},
            {"level": "2", "ready": 0, "not_higher": 1, "not_known": 1, "clients": 2},
            {"level": "3", "ready": 0, "clients": 0},
            {"level": None, "ready": 0, "not_placed": 1, "clients": 1},
        ],
        totals={"ready": 1, "not_placed": 1, "clients": 6},
    ),
    Spec(
        name="The first reason that holds",
        report="ready",
        sentence=(
            "Anna was placed long ago, without an expected level, and has a trajectory: it is not known where she is "
            "expected. Of Bram a lower level is expected, and he was placed long ago: no higher one is expected."
        ),
        on=ON,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                expected_on("Anna", "1", None, date(2020, 1, 1)),
                expected_on("Bram", "2", "1", date(2020, 1, 1)),
            ],
            "running": [{"client": "Anna", "goal": "3"}, {"client": "Bram", "goal": "3"}],
        },
        expected=[
            {"level": "1", "not_known": 1, "clients": 1},
            {"level": "2", "not_higher": 1, "clients": 1},
            {"level": "3", "clients": 0},
            {"level": None, "clients": 0},
        ],
    ),
    Spec(
        name="Upward is a goal above the current level",
        report="ready",
        sentence=(
            "Of all a higher level is expected. Anna's trajectory leads to level 2, where she stands, and Bram's to "
            "1, below it: neither is upward, so both are ready. Of Cees's nobody recorded where it leads: he is not "
            "counted as ready, nor as on his way. Dora has one without a goal and one to level 3: she is on her way."
        ),
        on=ON,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees", "Dora"),
            "placements": [expected_on(name, "2", "3") for name in ("Anna", "Bram", "Cees", "Dora")],
            "running": [
                {"client": "Anna", "goal": "2"},
                {"client": "Bram", "goal": "1"},
                {"client": "Cees", "goal": None},
                {"client": "Dora", "goal": None},
                {"client": "Dora", "goal": "3"},
            ],
        },
        expected=[
            {"level": "1", "clients": 0},
            {"level": "2", "ready": 2, "on_their_way": 1, "no_goal": 1, "clients": 4},
            {"level": "3", "clients": 0},
            {"level": None, "clients": 0},
        ],
        totals={"ready": 2, "on_their_way": 1, "no_goal": 1, "clients": 4},
    ),
    Spec(
        name="From half-level to half-level is no step",
        report="ready",
        sentence="From 2- to 2+ is no step up, from 2+ to 3 it is.",
        on=ON,
        given={
            "levels": HALF_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [expected_on("Anna", "2-", "2+"), expected_on("Bram", "2+", "3")],
            "running": [],
        },
        expected=[
            {"level": "1", "clients": 0},
            {"level": "2", "ready": 1, "not_higher": 1, "clients": 2},
            {"level": "3", "clients": 0},
            {"level": None, "clients": 0},
        ],
    ),
    Spec(
        name="Where half-levels count it is a step",
        report="ready",
        sentence="On a scale that counts half-levels, from 2- to 2+ is a step up.",
        on=ON,
        halves_count=True,
        given={
            "levels": HALF_LEVELS,
            "follow-up": followed("Anna"),
            "placements": [expected_on("Anna", "2-", "2+")],
            "running": [],
        },
        expected=[
            {"level": "1", "clients": 0},
            {"level": "2", "ready": 1, "clients": 1},
            {"level": "3", "clients": 0},
            {"level": None, "clients": 0},
        ],
    ),
)
