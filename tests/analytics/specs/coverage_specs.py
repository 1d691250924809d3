"""The rules of the report `coverage`, one spec each."""

from datetime import date

from tests.analytics.specs.scales import THREE_LEVELS
from tests.analytics.specs.spec import Spec, Table

START = date(2022, 1, 1)
ON, YEAR_AGO, AFTER = date(2024, 3, 1), date(2023, 3, 1), date(2024, 4, 1)


def followed(*clients: str) -> Table:
    return [{"client": client, "from": START} for client in clients]


COVERAGE_SPECS = (
    Spec(
        name="Ever, lately, twice",
        report="coverage",
        sentence=(
            "Who was placed counts, however long ago; apart from that who was placed in the last twelve months (after "
            "the same day a year ago) and who was placed on two days or more. A placement after the reference date "
            "isn't there yet."
        ),
        on=ON,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees", "Dora", "Eva"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": START, "level": "1"},
                {"nr": 2, "client": "Anna", "on": ON, "level": "1"},
                {"nr": 3, "client": "Bram", "on": YEAR_AGO, "level": "2"},
                {"nr": 4, "client": "Cees", "on": date(2023, 3, 2), "level": "3"},
                {"nr": 5, "client": "Dora", "on": AFTER, "level": "1"},
            ],
        },
        expected=[
            {
                "base": 5,
                "placed": 3,
                "placed_last_year": 2,
                "placed_twice": 1,
                "not_determined": 0,
                "not_placed": 2,
            }
        ],
    ),
    Spec(
        name="Code 0 is no placement",
        report="coverage",
        sentence=(
            "Not yet determined (code 0) says that somebody looked, not where the client stands: it stands apart and "
            "does not count as placed, nor as a second placement."
        ),
        on=ON,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": START, "level": "0"},
                {"nr": 2, "client": "Anna", "on": ON, "level": "0"},
                {"nr": 3, "client": "Bram", "on": START, "level": "0"},
                {"nr": 4, "client": "Bram", "on": ON, "level": "2"},
            ],
        },
        expected=[{"base": 2, "placed": 1, "placed_twice": 0, "not_determined": 1, "not_placed": 0}],
    ),
    Spec(
        name="A withdrawn placement covers nobody",
        report="coverage",
        sentence="A correction or withdrawal counts from the recording in which it was made, and not before.",
        on=ON,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": START, "level": "1", "recording": 1},
                {
                    "nr": 2,
                    "client": "Anna",
                    "on": START,
                    "level": "1",
                    "recording": 2,
                    "replaces": 1,
                    "withdrawn": "yes",
                },
            ],
        },
        expected=[{"base": 1, "placed": 0, "not_placed": 1}],
    ),
    Spec(
        name="Coverage by programme",
        report="coverage",
        sentence="Someone in two programmes counts in both and once in all, so groups may add up to more.",
        on=ON,
        by="programme",
        given={
            "levels": THREE_LEVELS,
            "follow-up": [
                {"client": "Anna", "from": START, "programme": "KIK"},
                {"client": "Anna", "from": START, "programme": "work"},
                {"client": "Bram", "from": START, "programme": "KIK"},
            ],
            "placements": [{"nr": 1, "client": "Anna", "on": ON, "level": "1"}],
        },
        expected=[
            {"group": "KIK", "base": 2, "placed": 1, "placed_last_year": 1, "not_placed": 1},
            {"group": "work", "base": 1, "placed": 1, "placed_last_year": 1, "not_placed": 0},
        ],
    ),
)
