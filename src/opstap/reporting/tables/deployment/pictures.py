"""The chart of the report `deployment`."""

from __future__ import annotations

from collections.abc import Sequence

from opstap.reporting.tables.crosstab import level_bars
from opstap.reporting.tables.deployment.shape import shape_of
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result


def pictures(result: Result) -> Sequence[Picture]:
    """A bar for each level, divided by growth potential and instrument."""
    return [level_bars(result, shape_of(), str(result.definition.chart_title))]
