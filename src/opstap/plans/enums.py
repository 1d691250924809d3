"""Closed choices of the plans room. Kinds, results and reasons are code lists of the municipality room."""

from enum import StrEnum

RETENTION_CLIENT_FILE = "client_file"


class Part(StrEnum):
    """What hangs on a client here: the trajectory, and what stands under it."""

    TRAJECTORY = "trajectory"
    ACTIVITY = "activity"
    INSTRUMENT = "instrument"


class KindOf(StrEnum):
    """The code lists of this room."""

    TRAJECTORY = "trajectory_kind"
    TRAJECTORY_END = "trajectory_end_reason"
    ACTIVITY = "activity_kind"
    INSTRUMENT = "instrument_kind"
    INSTRUMENT_RESULT = "instrument_result"
