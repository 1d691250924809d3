"""The rules of the report `duration`, one spec each."""

from datetime import date

from tests.analytics.specs.profile_specs import followed, on_level
from tests.analytics.specs.scales import HALF_LEVELS, THREE_LEVELS
from tests.analytics.specs.spec import Spec

ON = date(2024, 3, 1)

DURATION_SPECS = (
    Spec(
        name="Every level by time on benefit",
        report="duration",
        sentence=(
            "Each person stands in one cell. Of Dora nothing about a benefit is recorded: she counts as not known, and "
            "not as without a benefit, as Emma does."
        ),
        on=ON,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees", "Dora", "Emma"),
            "placements": on_level(Anna="1", Bram="1", Cees="2", Dora="2"),
            "time on benefit": [
                {"client": "Anna", "kind": "<1"},
                {"client": "Bram", "kind": ">=10"},
                {"client": "Cees", "kind": ">=10"},
                {"client": "Emma", "kind": "no_benefit"},
            ],
        },
        expected=[
            {"level": "1", "<1": 1, "1-2": 0, ">=10": 1, "no_benefit": 0, "not_known": 0, "clients": 2},
            {"level": "2", "<1": 0, "1-2": 0, ">=10": 1, "no_benefit": 0, "not_known": 1, "clients": 2},
            {"level": "3", "<1": 0, "1-2": 0, ">=10": 0, "no_benefit": 0, "not_known": 0, "clients": 0},
            {"level": None, "<1": 0, "1-2": 0, ">=10": 0, "no_benefit": 1, "not_known": 0, "clients": 1},
        ],
        totals={"<1": 1, ">=10": 2, "no_benefit": 1, "not_known": 1, "clients": 5},
    ),
    Spec(
        name="Half-levels by time on benefit",
        report="duration",
        sentence="Half-levels count under their whole level.",
        on=ON,
        given={
            "levels": HALF_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": on_level(Anna="2-", Bram="2+"),
            "time on benefit": [{"client": "Anna", "kind": "2-5"}, {"client": "Bram", "kind": "2-5"}],
        },
        expected=[
            {"level": "1", "clients": 0},
            {"level": "2", "2-5": 2, "clients": 2},
            {"level": "3", "clients": 0},
            {"level": None, "clients": 0},
        ],
        totals={"2-5": 2, "clients": 2},
    ),
)
