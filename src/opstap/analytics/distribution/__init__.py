"""The people in follow-up over the levels of a scale: as placed, as expected, and the two side by side; and the
trajectories that run.
"""

from opstap.analytics.distribution.case_mix import BETWEEN, CaseMix, case_mix, case_mixes, case_mixes_of, strata_of
from opstap.analytics.distribution.crosstab import Crosstab, CrosstabPart, CrosstabRow, crosstab
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
from opstap.analytics.distribution.inflow import Inflow
from opstap.analytics.distribution.placement import (
    Placement,
    PlacementPart,
    PlacementRow,
    PlacementTotals,
    placement,
)
from opstap.analytics.distribution.profile import (
    HAS,
    HAS_NOT,
    UNKNOWN,
    Feature,
    Profile,
    ProfilePart,
    ProfileRow,
    Split,
    profile,
)
from opstap.analytics.distribution.ready import NO_ORDER, NOT_PLACED, READINESS, READY, readiness
from opstap.analytics.distribution.trajectories import (
    Trajectories,
    TrajectoriesPart,
    TrajectoriesRow,
    TrajectoriesTotals,
    trajectories,
)

__all__ = [
    "BETWEEN",
    "HAS",
    "HAS_NOT",
    "NOT_PLACED",
    "NO_ORDER",
    "READINESS",
    "READY",
    "UNKNOWN",
    "CaseMix",
    "Crosstab",
    "CrosstabPart",
    "CrosstabRow",
    "CurrentExpected",
    "CurrentExpectedPart",
    "CurrentExpectedTotals",
    "Feature",
    "GoalRow",
    "Goals",
    "GoalsPart",
    "GoalsTotals",
    "Inflow",
    "LevelPair",
    "Placement",
    "PlacementPart",
    "PlacementRow",
    "PlacementTotals",
    "Profile",
    "ProfilePart",
    "ProfileRow",
    "Shift",
    "Split",
    "Trajectories",
    "TrajectoriesPart",
    "TrajectoriesRow",
    "TrajectoriesTotals",
    "case_mix",
    "case_mixes",
    "case_mixes_of",
    "crosstab",
    "current_expected",
    "goals",
    "placement",
    "profile",
    "readiness",
    "shift_of",
    "strata_of",
    "trajectories",
]
