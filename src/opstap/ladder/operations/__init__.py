"""Writing in the ladder room."""

from opstap.ladder.operations.confirming import Confirmed, confirm_measurements, take_back_confirming
from opstap.ladder.operations.crosswalks import (
    CrosswalkWords,
    create_crosswalk,
    end_crosswalk,
    install_crosswalks,
    rename_crosswalk,
    save_crosswalk,
)
from opstap.ladder.operations.designing import change_scale, create_scale
from opstap.ladder.operations.measurements import (
    confirm_measurement,
    record_measurement,
    record_measurements,
    withdraw_measurements,
)
from opstap.ladder.operations.putting_right import move_measurement, withdraw_measurement
from opstap.ladder.operations.scales import install_scales

__all__ = [
    "Confirmed",
    "CrosswalkWords",
    "change_scale",
    "confirm_measurement",
    "confirm_measurements",
    "create_crosswalk",
    "create_scale",
    "end_crosswalk",
    "install_crosswalks",
    "install_scales",
    "move_measurement",
    "record_measurement",
    "record_measurements",
    "rename_crosswalk",
    "save_crosswalk",
    "take_back_confirming",
    "withdraw_measurement",
    "withdraw_measurements",
]
