"""Writing in the plans room: each noun in bulk, and what one does with one trajectory."""

from opstap.plans.operations.ending import (
    end_trajectory,
    withdraw_activities,
    withdraw_instruments,
    withdraw_trajectory,
)
from opstap.plans.operations.recording import (
    begin_trajectory,
    record_activities,
    record_instruments,
    record_trajectories,
)

__all__ = [
    "begin_trajectory",
    "end_trajectory",
    "record_activities",
    "record_instruments",
    "record_trajectories",
    "withdraw_activities",
    "withdraw_instruments",
    "withdraw_trajectory",
]
