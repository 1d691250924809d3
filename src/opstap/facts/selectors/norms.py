"""What a municipality calls long ago: the one definition, for what waits for a worker and for figures on quality."""

from __future__ import annotations

from datetime import date

import polars as pl

from opstap.foundation.dates import months_before


def placed_long_ago(day: date, months: int) -> pl.Expr:
    """Whether the last placement (`measured_on`), code 0 too, is so many months ago or longer.

    So it is old on the day from which it is no longer among those of the last twelve months.
    """
    return pl.col("measured_on") <= months_before(day, months)
