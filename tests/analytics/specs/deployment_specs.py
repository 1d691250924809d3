"""The rules of the report `deployment`, one spec each."""

from datetime import date

from tests.analytics.specs.profile_specs import followed, on_level
from tests.analytics.specs.scales import THREE_LEVELS
from tests.analytics.specs.spec import Spec

ON = date(2024, 3, 1)

DEPLOYMENT_SPECS = (
    Spec(
        name="Growth potential and instrument",
        report="deployment",
        sentence=(
            "Each person stands in one cell. Anna and Bram have growth potential, Anna with an instrument. Cees has "
            "neither. Of Dora it is not known. Emma stands on the highest level and Finn on none: they can have none."
        ),
        on=ON,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees", "Dora", "Emma", "Finn"),
            "placements": on_level(Anna="1", Bram="1", Cees="2", Dora="2", Emma="3"),
            "kinds": [
                {"client": "Anna", "kind": "growth_with"},
                {"client": "Bram", "kind": "growth_without"},
                {"client": "Cees", "kind": "none_without"},
                {"client": "Dora", "kind": "not_known"},
            ],
        },
        expected=[
            {"level": "1", "growth_with": 1, "growth_without": 1, "none_with": 0, "clients": 2},
            {"level": "2", "none_without": 1, "not_known": 1, "clients": 2},
            {"level": "3", "no_growth_level": 1, "clients": 1},
            {"level": None, "no_growth_level": 1, "clients": 1},
        ],
        totals={"growth_with": 1, "growth_without": 1, "none_without": 1, "no_growth_level": 2, "clients": 6},
    ),
)
