"""The rules of the report `left`, one spec each."""

from datetime import date

from tests.analytics.specs.profile_specs import followed, on_level
from tests.analytics.specs.scales import THREE_LEVELS
from tests.analytics.specs.spec import Spec

LEFT_SPECS = (
    Spec(
        name="Who is out of follow-up, from which level and why",
        report="left",
        sentence=(
            "Everyone of the earlier day stands in one cell: with the reason why they left, without one, or still in "
            "follow-up. So each level adds up to all who stood on it."
        ),
        on=date(2025, 3, 1),
        compared_with=date(2024, 3, 1),
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees", "Dora", "Emma"),
            "placements": on_level(Anna="1", Bram="1", Cees="2", Dora="2"),
            "who left": [
                {"client": "Anna", "kind": "employment"},
                {"client": "Cees", "kind": "employment"},
                {"client": "Dora", "kind": "unrecorded"},
            ],
        },
        expected=[
            {"level": "1", "employment": 1, "unrecorded": 0, "stayed": 1, "clients": 2},
            {"level": "2", "employment": 1, "unrecorded": 1, "stayed": 0, "clients": 2},
            {"level": "3", "employment": 0, "unrecorded": 0, "stayed": 0, "clients": 0},
            {"level": None, "employment": 0, "unrecorded": 0, "stayed": 1, "clients": 1},
        ],
        totals={"employment": 2, "unrecorded": 1, "stayed": 2, "clients": 5},
    ),
)
