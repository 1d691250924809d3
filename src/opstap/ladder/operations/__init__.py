"""Writing in the ladder room."""

from opstap.ladder.operations.measurements import record_measurement, record_measurements, withdraw_measurements
from opstap.ladder.operations.scales import install_scales

__all__ = ["install_scales", "record_measurement", "record_measurements", "withdraw_measurements"]
