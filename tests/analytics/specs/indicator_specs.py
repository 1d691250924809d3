"""The rules of the report `indicators`, one spec each."""

from datetime import date
from decimal import Decimal

from tests.analytics.specs.spec import Spec

ON, THEN = date(2024, 3, 1), date(2023, 3, 1)

INDICATOR_SPECS = (
    Spec(
        name="Of whom it is not known",
        report="indicators",
        sentence=(
            "Of those placed again two of the four have risen; of Eva, who was not placed again, it is not known. The "
            "interval says between which shares that of all five lies."
        ),
        on=ON,
        compared_with=THEN,
        given={
            "indicator risen_of_placed_again": [
                {"client": "Anna", "has": "yes"},
                {"client": "Bram", "has": "yes"},
                {"client": "Cees", "has": "no"},
                {"client": "Dora", "has": "no"},
                {"client": "Eva", "has": "unknown"},
            ],
        },
        expected=[
            {"whole": 5, "known": 4, "has": 2, "share": Decimal("50.0"), "between": "15 and 85 %"},
        ],
    ),
    Spec(
        name="Of all who were placed on the earlier day",
        report="indicators",
        sentence=(
            "Risen without more words is about all who were placed on the earlier day: Finn, who left, has not risen. "
            "Of Eva, who was not placed again, it is not known, so that the share is of five, with its interval."
        ),
        on=ON,
        compared_with=THEN,
        given={
            "indicator risen": [
                {"client": "Anna", "has": "yes"},
                {"client": "Bram", "has": "yes"},
                {"client": "Cees", "has": "no"},
                {"client": "Dora", "has": "no"},
                {"client": "Eva", "has": "unknown"},
                {"client": "Finn", "has": "no"},
            ],
        },
        expected=[{"whole": 6, "known": 5, "has": 2, "share": Decimal("40.0"), "between": "11 and 77 %"}],
    ),
    Spec(
        name="Growth realised within the year",
        report="indicators",
        sentence=(
            "About those in whom growth potential was seen on the earlier day, a full year ago. Anna and Bram came as "
            "far as was expected within the year, and Anna left after that; Cees rose less far and Dora fell. Of Eva, "
            "who was not placed again, and of Finn, who left without a new placement, it is not known: so two of four, "
            "of six. The worked examples of `realised` say who came as far."
        ),
        on=ON,
        compared_with=THEN,
        given={
            "indicator growth_realised": [
                {"client": "Anna", "has": "yes"},
                {"client": "Bram", "has": "yes"},
                {"client": "Cees", "has": "no"},
                {"client": "Dora", "has": "no"},
                {"client": "Eva", "has": "unknown"},
                {"client": "Finn", "has": "unknown"},
            ],
        },
        expected=[{"whole": 6, "known": 4, "has": 2, "share": Decimal("50.0"), "between": "15 and 85 %"}],
    ),
    Spec(
        name="Known of everybody",
        report="indicators",
        sentence="Who left is known of everybody: the share is exact and carries no interval, of however few people.",
        on=ON,
        compared_with=THEN,
        given={
            "indicator left": [
                {"client": "Anna", "has": "yes"},
                {"client": "Bram", "has": "no"},
                {"client": "Cees", "has": "no"},
            ],
        },
        expected=[{"whole": 3, "known": 3, "has": 1, "share": Decimal("33.3"), "between": None}],
    ),
    Spec(
        name="Somebody in two groups",
        report="indicators",
        sentence="Someone in two programmes counts in both and once in all.",
        on=ON,
        by="programme",
        given={
            "indicator growth": [
                {"client": "Anna", "programme": "KIK", "has": "yes"},
                {"client": "Anna", "programme": "work", "has": "yes"},
                {"client": "Bram", "programme": "KIK", "has": "no"},
            ],
        },
        expected=[
            {"group": None, "whole": 2, "known": 2, "has": 1},
            {"group": "KIK", "whole": 2, "known": 2, "has": 1},
            {"group": "work", "whole": 1, "known": 1, "has": 1},
        ],
    ),
    Spec(
        name="Composed by the municipality",
        report="indicators",
        sentence=(
            "An indicator that the municipality composed, here of single parents without basic qualification who rose, "
            "is counted as any other: Anna rose and Bram did not; of Cees, who was not placed again, it is not known. "
            "Who has a qualification, or had no placement on the earlier day, is not among them."
        ),
        on=ON,
        compared_with=THEN,
        given={
            "indicator own-single-parents-who-rose": [
                {"client": "Anna", "has": "yes"},
                {"client": "Bram", "has": "no"},
                {"client": "Cees", "has": "unknown"},
            ],
        },
        expected=[{"whole": 3, "known": 2, "has": 1, "share": Decimal("50.0"), "between": "9 and 91 %"}],
    ),
)
