"""The chart of the report `ready`."""

from __future__ import annotations

from collections.abc import Sequence

from opstap.reporting.tables.crosstab import level_bars
from opstap.reporting.tables.ready.shape import shape_of
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result


def pictures(result: Result) -> Sequence[Picture]:
    """A bar for each level, divided by who is ready and why not."""
    return [level_bars(result, shape_of(result.question), str(result.definition.chart_title))]
