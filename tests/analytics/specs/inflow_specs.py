"""The rules of the report `inflow`, one spec each."""

from datetime import date

from tests.analytics.specs.scales import THREE_LEVELS
from tests.analytics.specs.spec import Spec

INFLOW_SPECS = (
    Spec(
        name="Who is new, and who never left",
        report="inflow",
        sentence=(
            "Anna was there already. Bram is new. Cees was out of follow-up for 30 days and never left; Dora was out "
            "for 31 and came back: she is new, and returned. Emma came and left again."
        ),
        compared_with=date(2024, 3, 1),
        on=date(2024, 9, 1),
        given={
            "levels": THREE_LEVELS,
            "follow-up": [
                {"client": "Anna", "from": date(2024, 3, 1)},
                {"client": "Bram", "from": date(2024, 3, 2)},
                {"client": "Cees", "from": date(2024, 1, 1), "until": date(2024, 4, 1)},
                {"client": "Cees", "from": date(2024, 5, 1)},
                {"client": "Dora", "from": date(2024, 1, 1), "until": date(2024, 4, 1)},
                {"client": "Dora", "from": date(2024, 5, 2)},
                {"client": "Emma", "from": date(2024, 4, 1), "until": date(2024, 9, 1)},
            ],
            "placements": [
                {"nr": 1, "client": "Anna", "on": date(2024, 3, 1), "level": "1"},
                {"nr": 2, "client": "Bram", "on": date(2024, 4, 1), "level": "1"},
                {"nr": 3, "client": "Bram", "on": date(2024, 8, 1), "level": "2"},
                {"nr": 4, "client": "Cees", "on": date(2024, 2, 1), "level": "2"},
                {"nr": 5, "client": "Dora", "on": date(2024, 2, 1), "level": "3"},
            ],
        },
        expected=[
            {"level": "0", "new": 0, "there": 0},
            {"level": "1", "new": 1, "there": 1},
            {"level": "2", "new": 0, "there": 1},
            {"level": "3", "new": 0, "there": 0},
            {"level": None, "new": 1, "there": 0},
        ],
        totals={"followed": 4, "new": 2, "there": 2, "returned": 1, "went": 1},
    ),
)
