"""Rows of trajectories and what hangs under them, with the checks on them: pure, the clock an argument."""

from opstap.plans.logic.checks import Around, faults_of_parts, faults_of_trajectories, warnings_of
from opstap.plans.logic.rows import (
    ActivityRow,
    InstrumentRow,
    PlansRefused,
    Remark,
    TrajectoryRow,
)

__all__ = [
    "ActivityRow",
    "Around",
    "InstrumentRow",
    "PlansRefused",
    "Remark",
    "TrajectoryRow",
    "faults_of_parts",
    "faults_of_trajectories",
    "warnings_of",
]
