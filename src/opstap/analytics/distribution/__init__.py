"""The people in follow-up over the levels of a scale: as placed, as expected, and the two side by side; and the
trajectories that run.
"""

from opstap.analytics.distribution.current_expected import (
    CurrentExpected,
    CurrentExpectedPart,
    CurrentExpectedTotals,
    LevelPair,
    Shift,
    current_expected,
    shift_of,
)
from opstap.analytics.distribution.goals import GoalRow, Goals, GoalsPart, GoalsTotals, goals
from opstap.analytics.distribution.placement import (
    Placement,
    PlacementPart,
    PlacementRow,
    PlacementTotals,
    placement,
)
from opstap.analytics.distribution.trajectories import (
    Trajectories,
    TrajectoriesPart,
    TrajectoriesRow,
    TrajectoriesTotals,
    trajectories,
)

__all__ = [
    "CurrentExpected",
    "CurrentExpectedPart",
    "CurrentExpectedTotals",
    "GoalRow",
    "Goals",
    "GoalsPart",
    "GoalsTotals",
    "LevelPair",
    "Placement",
    "PlacementPart",
    "PlacementRow",
    "PlacementTotals",
    "Shift",
    "Trajectories",
    "TrajectoriesPart",
    "TrajectoriesRow",
    "TrajectoriesTotals",
    "current_expected",
    "goals",
    "placement",
    "shift_of",
    "trajectories",
]
