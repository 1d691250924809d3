"""The rules of the report `traits-changed`, one spec each."""

from datetime import date

from tests.analytics.specs.spec import Spec

YEAR = {"from": date(2024, 1, 1)}

TRAITS_CHANGED_SPECS = (
    Spec(
        name="What became of a trait",
        report="traits-changed",
        sentence=(
            "Of the same people on both days: Anna has it still, Bram no longer, Cees has it since, Dora never had it. "
            "Of Emma and Finn it is not known on one of the days, so of the four known two had it and two have it."
        ),
        compared_with=date(2024, 3, 1),
        on=date(2025, 3, 1),
        given={
            "follow-up": [{"client": name, **YEAR} for name in ("Anna", "Bram", "Cees", "Dora", "Emma", "Finn")],
            "low literacy": [
                {"client": "Anna", "then": "yes", "now": "yes"},
                {"client": "Bram", "then": "yes", "now": "no"},
                {"client": "Cees", "then": "no", "now": "yes"},
                {"client": "Dora", "then": "no", "now": "no"},
                {"client": "Emma", "then": "yes", "now": None},
                {"client": "Finn", "then": None, "now": "no"},
            ],
        },
        expected=[{"kept": 1, "gone": 1, "new": 1, "neither": 1, "unknown": 2}],
        totals={"clients": 6, "change": "no clear change"},
    ),
    Spec(
        name="Who left between the days",
        report="traits-changed",
        sentence=(
            "Cees was low-literate and left: of him nothing is compared, so that nobody seems to have learnt to read. "
            "He is counted apart, and with those of both days he makes all three of the earlier day."
        ),
        compared_with=date(2024, 3, 1),
        on=date(2025, 3, 1),
        given={
            "follow-up": [
                {"client": "Anna", **YEAR},
                {"client": "Bram", **YEAR},
                {"client": "Cees", **YEAR, "until": date(2024, 9, 1)},
            ],
            "low literacy": [
                {"client": "Anna", "then": "yes", "now": "yes"},
                {"client": "Bram", "then": "no", "now": "no"},
                {"client": "Cees", "then": "yes", "now": None},
            ],
        },
        expected=[{"kept": 1, "gone": 0, "new": 0, "neither": 1, "unknown": 0}],
        totals={"earlier": 3, "left": 1, "clients": 2, "change": "no clear change"},
    ),
    Spec(
        name="A change of which all is known",
        report="traits-changed",
        sentence="Where it is known of everybody on both days nothing is estimated: one fewer of two is half of them.",
        compared_with=date(2024, 3, 1),
        on=date(2025, 3, 1),
        given={
            "follow-up": [{"client": name, **YEAR} for name in ("Anna", "Bram")],
            "low literacy": [
                {"client": "Anna", "then": "yes", "now": "no"},
                {"client": "Bram", "then": "yes", "now": "yes"},
            ],
        },
        expected=[{"kept": 1, "gone": 1, "new": 0, "neither": 0, "unknown": 0}],
        totals={"clients": 2, "change": "50 points fewer"},
    ),
)
