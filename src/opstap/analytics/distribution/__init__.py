"""The people in follow-up over the levels of a scale: as placed (`placement`) and as expected (`goals`)."""

from opstap.analytics.distribution.goals import GoalRow, Goals, GoalsPart, GoalsTotals, goals
from opstap.analytics.distribution.placement import (
    Placement,
    PlacementPart,
    PlacementRow,
    PlacementTotals,
    placement,
)

__all__ = [
    "GoalRow",
    "Goals",
    "GoalsPart",
    "GoalsTotals",
    "Placement",
    "PlacementPart",
    "PlacementRow",
    "PlacementTotals",
    "goals",
    "placement",
]
