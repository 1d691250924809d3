"""The rules of the report `realised`, one spec each."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.analytics.specs.scales import GROUPS, HALF_LEVELS
from tests.analytics.specs.spec import Spec, Table

SINCE, LATER = date(2024, 1, 31), date(2025, 1, 31)
BEGAN, MAY, JUNE, DEC = date(2024, 1, 1), date(2024, 5, 10), date(2024, 6, 1), date(2024, 12, 1)
FOUR_LEVELS: Table = (
    {"level": "0", "name": "not determined", "growth": "no"},
    {"level": "1", "name": "isolated", "growth": "yes"},
    {"level": "2", "name": "contacts", "growth": "yes"},
    {"level": "3", "name": "activities", "growth": "yes"},
    {"level": "4", "name": "paid work", "growth": "no"},
)


def followed(*clients: str) -> Table:
    return [{"client": client, "from": BEGAN} for client in clients]


def placed(*row: object, growth: str = "yes", expected: str | None = None) -> Mapping[str, Any]:
    """A placement by its number, client, day and level."""
    return {**dict(zip(("nr", "client", "on", "level"), row, strict=True)), "growth": growth, "expected": expected}


REALISED_SPECS = (
    Spec(
        name="As far as expected, less far, level, fallen, left, not placed again",
        report="realised",
        sentence=(
            "Everybody counted at the start is in one of six: together they are all. Who is on the highest level, on "
            "code 0 or not placed at the start is not counted."
        ),
        on=LATER,
        compared_with=SINCE,
        given={
            "levels": FOUR_LEVELS,
            "follow-up": [
                *followed("Anna", "Bram", "Cees", "Dora", "Finn", "Gijs", "Hans"),
                {"client": "Eva", "from": BEGAN, "until": JUNE},
            ],
            "placements": [
                placed(1, "Anna", BEGAN, "1", expected="3"),
                placed(2, "Bram", BEGAN, "1", expected="3"),
                placed(3, "Cees", BEGAN, "2", expected="3"),
                placed(4, "Dora", BEGAN, "2", growth="no"),
                placed(5, "Eva", BEGAN, "2"),
                placed(6, "Finn", BEGAN, "3", growth="no"),
                placed(7, "Gijs", BEGAN, "4", growth="no"),
                placed(8, "Hans", BEGAN, "0", growth="unknown"),
                placed(9, "Anna", MAY, "3"),
                placed(10, "Bram", MAY, "2"),
                placed(11, "Cees", MAY, "2"),
                placed(12, "Dora", MAY, "1"),
            ],
        },
        expected=[
            {"level": "1", "growth": "with", "clients": 2, "reached": 1, "risen": 1},
            {"level": "2", "growth": "with", "clients": 2, "stayed": 1, "left": 1},
            {"level": "2", "growth": "without", "clients": 1, "fallen": 1},
            {"level": "3", "growth": "without", "clients": 1, "not_measured_again": 1},
        ],
        totals={"clients": 6, "reached": 1, "risen": 1, "stayed": 1, "fallen": 1, "left": 1, "not_measured_again": 1},
    ),
    Spec(
        name="Realised growth is of those of whom it is known",
        report="realised",
        sentence=(
            "Known are those who were placed again within the year. Anna came as far as expected, Bram did not; Cees "
            "was not placed again, and Dora left without it: of them it is not known. So one of two, of four."
        ),
        on=LATER,
        compared_with=SINCE,
        given={
            "levels": FOUR_LEVELS,
            "follow-up": [*followed("Anna", "Bram", "Cees"), {"client": "Dora", "from": BEGAN, "until": JUNE}],
            "placements": [
                placed(1, "Anna", BEGAN, "1", expected="2"),
                placed(2, "Bram", BEGAN, "1", expected="2"),
                placed(3, "Cees", BEGAN, "1", expected="2"),
                placed(4, "Dora", BEGAN, "1", expected="2"),
                placed(5, "Anna", MAY, "2"),
                placed(6, "Bram", MAY, "1"),
            ],
        },
        expected=[{"level": "1", "growth": "with", "clients": 4, "known": 2, "realised": 1, "share": "50.0"}],
        totals={"known": 2, "realised": 1, "between": "9 and 91 %"},
    ),
    Spec(
        name="Within the year, and not only at its end",
        report="realised",
        sentence=(
            "Anna stood on the expected level at the end of a month and fell again: realised, and by the later day "
            "level. Bram came there after the year: by the later day, but not within it."
        ),
        on=date(2025, 4, 30),
        compared_with=SINCE,
        given={
            "levels": FOUR_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                placed(1, "Anna", BEGAN, "1", expected="2"),
                placed(2, "Bram", BEGAN, "1", expected="2"),
                placed(3, "Anna", MAY, "2"),
                placed(4, "Anna", DEC, "1"),
                placed(5, "Bram", MAY, "1"),
                placed(6, "Bram", date(2025, 2, 1), "2"),
            ],
        },
        expected=[{"level": "1", "growth": "with", "clients": 2, "reached": 1, "stayed": 1, "known": 2, "realised": 1}],
        totals={"realised": 1},
    ),
    Spec(
        name="What was expected where nothing is recorded",
        report="realised",
        sentence=(
            "Of Anna no level is expected, of Bram one that is no higher: then any higher level will do. Of Cees a "
            "higher one is expected, and one step is less far."
        ),
        on=LATER,
        compared_with=SINCE,
        given={
            "levels": FOUR_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees"),
            "placements": [
                placed(1, "Anna", BEGAN, "1"),
                placed(2, "Bram", BEGAN, "2", expected="1"),
                placed(3, "Cees", BEGAN, "1", expected="4"),
                placed(4, "Anna", MAY, "2"),
                placed(5, "Bram", MAY, "3"),
                placed(6, "Cees", MAY, "2"),
            ],
        },
        expected=[
            {"level": "1", "growth": "with", "reached": 1, "risen": 1, "known": 2, "higher": 2, "realised": 1},
            {"level": "2", "growth": "with", "reached": 1, "risen": 0, "known": 1, "higher": 1, "realised": 1},
        ],
        totals={"higher": 3, "realised": 2},
    ),
    Spec(
        name="A half-level is not as far as expected",
        report="realised",
        sentence="Growth is judged on whole levels: from 2- to 2+ is level, also where 2+ is what was expected.",
        on=LATER,
        compared_with=SINCE,
        given={
            "levels": HALF_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                placed(1, "Anna", BEGAN, "2-", expected="2+"),
                placed(2, "Bram", BEGAN, "2-", expected="3"),
                placed(3, "Anna", MAY, "2+"),
                placed(4, "Bram", MAY, "3"),
            ],
        },
        expected=[{"level": "2", "growth": "with", "clients": 2, "reached": 1, "stayed": 1, "realised": 1}],
    ),
    Spec(
        name="How far was expected, and how far it came",
        report="realised",
        sentence=(
            "Of Anna two levels more were expected and one came, of Bram one and none, of Cees one and two. Dora was "
            "not placed again: it is not known how far she came. Of Emma no higher level was expected, and Finn has no "
            "growth potential: of them there is nothing to hold beside. So of three 4 levels were expected and 3 came: "
            "on average a third less."
        ),
        on=LATER,
        compared_with=SINCE,
        given={
            "levels": FOUR_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees", "Dora", "Emma", "Finn"),
            "placements": [
                placed(1, "Anna", BEGAN, "1", expected="3"),
                placed(2, "Bram", BEGAN, "1", expected="2"),
                placed(3, "Cees", BEGAN, "2", expected="3"),
                placed(4, "Dora", BEGAN, "2", expected="4"),
                placed(5, "Emma", BEGAN, "2"),
                placed(6, "Finn", BEGAN, "2", growth="no", expected="3"),
                placed(7, "Anna", MAY, "2"),
                placed(8, "Bram", MAY, "1"),
                placed(9, "Cees", MAY, "4"),
                placed(10, "Cees", DEC, "2"),
                placed(11, "Emma", MAY, "3"),
                placed(12, "Finn", MAY, "3"),
            ],
        },
        expected=[
            {
                "level": "1",
                "growth": "with",
                "aimed": 2,
                "aim known": 2,
                "levels expected": "1.50",
                "levels reached": "0.50",
                "apart": "-1.00",
                "less far": 2,
                "as far": 0,
                "further": 0,
            },
            {
                "level": "2",
                "growth": "with",
                "aimed": 2,
                "aim known": 1,
                "levels expected": "1.00",
                "levels reached": "2.00",
                "apart": "1.00",
                "less far": 0,
                "as far": 0,
                "further": 1,
            },
            {"level": "2", "growth": "without", "aimed": None, "apart": None},
        ],
        totals={
            "aimed": 4,
            "aim known": 3,
            "levels expected": "1.33",
            "levels reached": "1.00",
            "apart": "-0.33",
            "between": "-3.21 and 2.54",
            "less far": 2,
            "as far": 0,
            "further": 1,
        },
    ),
    Spec(
        name="Steps of half levels",
        report="realised",
        sentence=(
            "Where the scale counts half-levels they are halves: from 2- to 2+ is half a level, from 2- to 3 a whole."
        ),
        on=LATER,
        compared_with=SINCE,
        halves_count=True,
        given={
            "levels": HALF_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                placed(1, "Anna", BEGAN, "2-", expected="2+"),
                placed(2, "Bram", BEGAN, "2-", expected="3"),
                placed(3, "Anna", MAY, "3"),
                placed(4, "Bram", MAY, "2+"),
            ],
        },
        expected=[
            {
                "level": "2",
                "growth": "with",
                "levels expected": "0.75",
                "levels reached": "0.75",
                "apart": "0.00",
                "less far": 1,
                "as far": 0,
                "further": 1,
            },
        ],
    ),
    Spec(
        name="Too young to know",
        report="realised",
        sentence="As long as the year is not over nothing is said of what came within it.",
        on=date(2024, 12, 31),
        compared_with=SINCE,
        given={
            "levels": FOUR_LEVELS,
            "follow-up": followed("Anna"),
            "placements": [placed(1, "Anna", BEGAN, "1", expected="2"), placed(2, "Anna", MAY, "2")],
        },
        expected=[{"level": "1", "growth": "with", "clients": 1, "reached": 1, "known": None, "realised": None}],
        totals={"reached": 1, "known": None, "realised": None, "between": None},
    ),
    Spec(
        name="With and without an instrument",
        report="realised",
        sentence="The same outcomes of those with and without: change, not effect.",
        on=LATER,
        compared_with=SINCE,
        given={
            "levels": FOUR_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                placed(1, "Anna", BEGAN, "1"),
                placed(2, "Bram", BEGAN, "1", growth="no"),
                placed(3, "Anna", MAY, "2"),
                placed(4, "Bram", MAY, "1"),
            ],
            "instrument": [{"client": "Anna", "has": "yes"}, {"client": "Bram", "has": "no"}],
        },
        expected=[
            {"level": "1", "growth": "with", "instrument": "yes", "clients": 1, "reached": 1, "stayed": 0},
            {"level": "1", "growth": "without", "instrument": "no", "clients": 1, "reached": 0, "stayed": 1},
        ],
    ),
    Spec(
        name="A grouping has no up or down here either",
        report="realised",
        sentence="On a scale without order people are in the same group or in another, and nothing was realised.",
        on=LATER,
        compared_with=SINCE,
        ordered=False,
        given={
            "levels": GROUPS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                placed(1, "Anna", BEGAN, "care", expected="direct"),
                placed(2, "Bram", BEGAN, "learn", growth="no"),
                placed(3, "Anna", MAY, "direct"),
                placed(4, "Bram", MAY, "learn"),
            ],
        },
        expected=[
            {"level": "learn", "growth": "without", "clients": 1, "same": 1, "moved": 0, "realised": None},
            {"level": "care", "growth": "with", "clients": 1, "same": 0, "moved": 1, "realised": None},
        ],
    ),
    Spec(
        name="Through a crosswalk an expected level may be nowhere",
        report="realised",
        sentence=(
            "Of Anna a level without counterpart is expected: that she rose is seen, but not whether that is as far. "
            "Bram was placed again on a level without counterpart: that can't be compared."
        ),
        on=LATER,
        compared_with=SINCE,
        given={
            "levels of the other scale": [
                {"level": "a", "name": "care", "growth": "yes"},
                {"level": "b", "name": "active", "growth": "yes"},
                {"level": "c", "name": "aside", "growth": "yes"},
            ],
            "levels": FOUR_LEVELS,
            "crosswalk": [
                {"level": "a", "counterpart": "1"},
                {"level": "b", "counterpart": "2"},
                {"level": "c", "counterpart": None},
            ],
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                placed(1, "Anna", BEGAN, "a", expected="c"),
                placed(2, "Bram", BEGAN, "a", expected="b"),
                placed(3, "Anna", MAY, "b"),
                placed(4, "Bram", MAY, "c"),
            ],
        },
        expected=[{"level": "1", "growth": "with", "clients": 2, "reached": 0, "no_counterpart": 2, "known": 0}],
    ),
)
