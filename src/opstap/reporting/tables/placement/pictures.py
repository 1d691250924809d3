"""The chart of the report `placement`: each level split by growth potential."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opstap.foundation.charts.bars import Segment
from opstap.foundation.charts.colours import UNKNOWN, lighter
from opstap.reporting.tables.level_charts import colour_of, level_pictures, level_segment
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result, ResultRow


def pictures(result: Result) -> Sequence[Picture]:
    """One chart."""
    return level_pictures(result, _by_growth)


def _by_growth(result: Result, row: ResultRow) -> list[Segment]:
    if "with_growth" in row.silent:
        return [level_segment(result, row)]
    colour = colour_of(result.question, row.values.get("level"))
    parts = [
        (_("no growth potential"), row.values["without_growth"], lighter(colour), False),
        (_("growth potential"), row.values["with_growth"], colour, False),
        (_("growth unknown"), row.values["unknown_growth"], UNKNOWN, True),
    ]
    return [
        Segment(value, label, tint, hatched=hatched)
        for label, value, tint, hatched in parts
        if isinstance(value, int) and value
    ]
