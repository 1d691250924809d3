"""The rules of targets in the report `indicators`, one spec each."""

from datetime import date
from decimal import Decimal

from tests.analytics.specs.spec import Spec

ON = date(2024, 12, 31)

TARGET_SPECS = (
    Spec(
        name="More is better",
        report="indicators",
        sentence=(
            "Of none of these is everybody's answer known. A is reached: the low end of its interval lies at the "
            "target or above it. B is not: all of its interval lies below. Of C nobody can say, although its share is "
            "above the target."
        ),
        on=ON,
        given={
            "figures": [
                {"figure": "A", "has": 80, "known": 100, "whole": 200, "target": "70", "better": "more"},
                {"figure": "B", "has": 40, "known": 100, "whole": 200, "target": "70", "better": "more"},
                {"figure": "C", "has": 72, "known": 100, "whole": 200, "target": "70", "better": "more"},
            ],
        },
        expected=[
            {"figure": "A", "share": Decimal("80.0"), "between": "71 and 87 %", "status": "reached"},
            {"figure": "B", "share": Decimal("40.0"), "between": "30 and 50 %", "status": "missed"},
            {"figure": "C", "share": Decimal("72.0"), "between": "62 and 80 %", "status": "undecided"},
        ],
    ),
    Spec(
        name="Less is better",
        report="indicators",
        sentence="The mirror image: reached when the high end lies at the target or below it.",
        on=ON,
        given={
            "figures": [
                {"figure": "A", "has": 20, "known": 100, "whole": 200, "target": "30", "better": "less"},
                {"figure": "B", "has": 60, "known": 100, "whole": 200, "target": "30", "better": "less"},
            ],
        },
        expected=[
            {"figure": "A", "share": Decimal("20.0"), "between": "13 and 29 %", "status": "reached"},
            {"figure": "B", "share": Decimal("60.0"), "between": "50 and 70 %", "status": "missed"},
        ],
    ),
    Spec(
        name="An exact figure, and one that rounds to its target",
        report="indicators",
        sentence=(
            "Known of everybody, a share is its own interval. 39.96 % is shown as 40.0 %, and has not reached 40: the "
            "status never goes by the rounded figure."
        ),
        on=ON,
        given={
            "figures": [
                {"figure": "A", "has": 40, "known": 100, "whole": 100, "target": "40", "better": "more"},
                {"figure": "B", "has": 999, "known": 2500, "whole": 2500, "target": "40", "better": "more"},
            ],
        },
        expected=[
            {"figure": "A", "share": Decimal("40.0"), "between": None, "status": "reached"},
            {"figure": "B", "share": Decimal("40.0"), "between": None, "status": "missed"},
        ],
    ),
)
