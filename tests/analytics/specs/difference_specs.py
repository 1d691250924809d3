"""The rules of the report `differences`, one spec each. `people` has as many persons a row as it says."""

from datetime import date
from decimal import Decimal

from tests.analytics.specs.spec import Spec

ON = date(2024, 3, 1)

DIFFERENCE_SPECS = (
    Spec(
        name="The same people, another result",
        report="differences",
        sentence=(
            "Of these 24 people on one level, as long on benefit, 12 have growth potential: so 6 are expected of each. "
            "By chance it is 3 to 9 of 12. Anna sees more than chance, Bram less."
        ),
        on=ON,
        given={
            "people": [
                {"worker": "Anna", "level": "1", "on benefit": "2-5", "people": 12, "have it": 10},
                {"worker": "Bram", "level": "1", "on benefit": "2-5", "people": 12, "have it": 2},
            ]
        },
        expected=[
            {"worker": "Anna", "people": 12, "have it": 10, "share": Decimal("83.3"), "expected": "6",
             "comparable": "83.3", "by chance": "3 to 9", "verdict": "more"},
            {"worker": "Bram", "people": 12, "have it": 2, "share": Decimal("16.7"), "expected": "6",
             "comparable": "16.7", "by chance": "3 to 9", "verdict": "less"},
        ],
    ),
    Spec(
        name="Other people, the same result",
        report="differences",
        sentence=(
            "Anna has people of whom much may be expected, Bram has people of whom little. Their shares lie far apart, "
            "but each does what all do with such people: with the same mix of people both would have 50%."
        ),
        on=ON,
        given={
            "people": [
                {"worker": "Anna", "level": "4", "on benefit": "<1", "people": 40, "have it": 32},
                {"worker": "Anna", "level": "1", "on benefit": ">=10", "people": 10, "have it": 2},
                {"worker": "Bram", "level": "4", "on benefit": "<1", "people": 10, "have it": 8},
                {"worker": "Bram", "level": "1", "on benefit": ">=10", "people": 40, "have it": 8},
            ]
        },
        expected=[
            {"worker": "Anna", "have it": 34, "share": Decimal("68.0"), "expected": "34", "comparable": "50.0",
             "by chance": "28 to 39", "verdict": "within"},
            {"worker": "Bram", "have it": 16, "share": Decimal("32.0"), "expected": "16", "comparable": "50.0",
             "by chance": "11 to 22", "verdict": "within"},
        ],
    ),
    Spec(
        name="Who is not known counts on neither side",
        report="differences",
        sentence="Of four of Bram's people nothing is recorded: he is held beside what is expected of the other eight.",
        on=ON,
        given={
            "people": [
                {"worker": "Anna", "level": "2", "on benefit": "1-2", "people": 12, "have it": 6},
                {"worker": "Bram", "level": "2", "on benefit": "1-2", "people": 12, "have it": 4, "not known": 4},
            ]
        },
        expected=[
            {"worker": "Anna", "people": 12, "have it": 6, "share": Decimal("50.0"), "expected": "6"},
            {"worker": "Bram", "people": 12, "have it": 4, "share": Decimal("50.0"), "expected": "4"},
        ],
    ),
)  # fmt: skip
