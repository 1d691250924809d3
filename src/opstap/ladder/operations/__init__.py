"""Writing in the ladder room."""

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
    move_measurement,
    record_measurement,
    record_measurements,
    withdraw_measurements,
)
from opstap.ladder.operations.scales import install_scales

__all__ = [
    "CrosswalkWords",
    "change_scale",
    "confirm_measurement",
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
    "withdraw_measurements",
]
