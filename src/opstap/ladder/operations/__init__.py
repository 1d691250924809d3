"""Writing in the ladder room."""

from opstap.ladder.operations.designing import change_scale, create_scale
from opstap.ladder.operations.measurements import (
    confirm_measurement,
    move_measurement,
    record_measurement,
    record_measurements,
    withdraw_measurements,
)
from opstap.ladder.operations.scales import install_scales

__all__ = [
    "change_scale",
    "confirm_measurement",
    "create_scale",
    "install_scales",
    "move_measurement",
    "record_measurement",
    "record_measurements",
    "withdraw_measurements",
]
