"""What stands in a publication and in the series, one spec each; they have pages of their own."""

from datetime import date

from tests.analytics.specs.spec import Spec

HIDDEN = "hidden"
PUBLISHED_SPECS = (
    Spec(
        name="A number is rounded, a small one is hidden, and another one with it",
        report="publications",
        sentence=(
            "With a threshold of 10: 42, 63 and 24 become the nearest multiple of 5. Four are fewer than ten and are "
            "hidden; so is nobody. A total is the sum of what is shown, so that it tells nothing of what is hidden."
        ),
        on=date(2025, 12, 31),
        given={
            "people": [
                {"level": "1", "clients": 42},
                {"level": "2", "clients": 63},
                {"level": "3", "clients": 24},
                {"level": "4", "clients": 4},
                {"level": "5", "clients": 0},
            ],
        },
        expected=[
            {"level": "1", "shown": 40},
            {"level": "2", "shown": 65},
            {"level": "3", "shown": 25},
            {"level": "4", "shown": HIDDEN},
            {"level": "5", "shown": HIDDEN},
        ],
        totals={"shown": 130},
    ),
    Spec(
        name="What became since the year before, and of growth potential that was seen then",
        report="publications",
        sentence=(
            "Each stands in one class of both. Anna came as far as was expected; Bram came higher, less far; Cees was "
            "placed again on the same level; Dora fell; Emma was not placed again since; Finn rose without growth "
            "potential; Gerda had no level then; Hans is new; Ine left."
        ),
        on=date(2025, 12, 31),
        compared_with=date(2024, 12, 31),
        given={
            "people": [
                {"client": "Anna", "then": "1", "growth": "yes", "expected": "2", "now": "2"},
                {"client": "Bram", "then": "1", "growth": "yes", "expected": "3", "now": "2"},
                {"client": "Cees", "then": "2", "growth": "yes", "expected": "3", "now": "2"},
                {"client": "Dora", "then": "2", "growth": "yes", "expected": "3", "now": "1"},
                {"client": "Emma", "then": "2", "growth": "yes", "expected": "3", "now": None},
                {"client": "Finn", "then": "1", "growth": "no", "expected": None, "now": "2"},
                {"client": "Gerda", "then": None, "growth": None, "expected": None, "now": "2"},
                {"client": "Hans", "then": "not there", "growth": None, "expected": None, "now": "2"},
                {"client": "Ine", "then": "1", "growth": "yes", "expected": "2", "now": "left"},
            ],
        },
        expected=[
            {"client": "Anna", "movement": "risen", "growth": "reached"},
            {"client": "Bram", "movement": "risen", "growth": "risen"},
            {"client": "Cees", "movement": "same", "growth": "same"},
            {"client": "Dora", "movement": "fallen", "growth": "fallen"},
            {"client": "Emma", "movement": "not-again", "growth": "not-again"},
            {"client": "Finn", "movement": "risen", "growth": "without"},
            {"client": "Gerda", "movement": "unknown", "growth": "without"},
            {"client": "Hans", "movement": "new", "growth": "without"},
            {"client": "Ine", "movement": "left", "growth": "left"},
        ],
    ),
)
SERIES_SPECS = (
    Spec(
        name="Printed numbers, for who sees publications alone",
        report="series",
        sentence=(
            "Printed numbers stand as they were printed, the earliest first. Those below the threshold of 10 are for "
            "who makes publications alone, and are in no sum. What was not printed is not there, which is not nought."
        ),
        on=date(2025, 12, 31),
        given={
            "printed": [
                {"on": date(2019, 1, 1), "1": 120, "2": 81, "3": None, "4": 7},
                {"on": date(2018, 1, 1), "1": 131, "2": 70, "3": 10, "4": 0},
            ],
        },
        expected=[
            {"on": date(2018, 1, 1), "1": 131, "2": 70, "3": 10, "4": HIDDEN, "together": 211},
            {"on": date(2019, 1, 1), "1": 120, "2": 81, "3": None, "4": HIDDEN, "together": 201},
        ],
    ),
)
