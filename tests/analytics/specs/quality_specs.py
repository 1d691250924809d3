"""The rules of the report `data-quality`, one spec each."""

from datetime import date
from decimal import Decimal

from tests.analytics.specs.spec import Spec, Table

ON = date(2024, 3, 1)


def followed(**teams: str) -> Table:
    return [{"client": client, "from": ON, "team": team} for client, team in teams.items()]


QUALITY_SPECS = (
    Spec(
        name="Of whom it can be judged",
        report="data-quality",
        sentence=(
            "A check is about some people, others are in order, and of the rest it can't be judged: of Dora nothing is "
            "recorded, and of Cees no income. The share is of those of whom it can be judged."
        ),
        on=ON,
        given={
            "follow-up": followed(Anna="North", Bram="North", Cees="South", Dora="South"),
            "judged": [
                {"client": "Anna", "placement old": "yes", "income contradicts": "no"},
                {"client": "Bram", "placement old": "no", "income contradicts": "no"},
                {"client": "Cees", "placement old": "yes"},
            ],
        },
        expected=[
            {"check": "placement old", "concerned": 2, "judged": 3, "share": Decimal("66.7")},
            {"check": "income contradicts", "concerned": 0, "judged": 2, "share": Decimal("0.0")},
        ],
        totals={"clients": 4},
    ),
    Spec(
        name="By team",
        report="data-quality",
        sentence=(
            "By groups each check is counted in each group. Where it can be judged of nobody there is no share, which "
            "is not 0 %."
        ),
        on=ON,
        given={
            "follow-up": followed(Anna="North", Bram="South"),
            "judged": [{"client": "Anna", "placement old": "yes"}],
        },
        by="team",
        expected=[
            {"team": "North", "check": "placement old", "concerned": 1, "judged": 1, "share": Decimal("100.0")},
            {"team": "South", "check": "placement old", "concerned": 0, "judged": 0, "share": None},
        ],
        totals={"clients": 2},
    ),
)
