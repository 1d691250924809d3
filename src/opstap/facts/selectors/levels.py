"""The levels of a scale as `analytics` takes them."""

from __future__ import annotations

from functools import lru_cache

from opstap.analytics.levels import ScaleLevel
from opstap.ladder.enums import UNDETERMINED
from opstap.ladder.selectors.scales import ScaleOnDay


def levels_of(scale: ScaleOnDay) -> list[ScaleLevel]:
    """Every level of it, half-levels and code 0 included."""
    return list(_levels_of(scale))


@lru_cache(maxsize=64)
def _levels_of(scale: ScaleOnDay) -> tuple[ScaleLevel, ...]:
    return tuple(
        ScaleLevel(
            id=level.id,
            code=level.code,
            name=level.name_nl,
            order=level.position,
            parent_code=level.parent_code,
            has_growth=level.records_growth,
            undetermined=level.code == UNDETERMINED,
            band=level.band_nl or None,
        )
        for level in scale.levels
    )
