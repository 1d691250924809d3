"""Models of the ladder room."""

from opstap.ladder.models.measurements import Measurement
from opstap.ladder.models.scales import Level, LevelText, Scale, ScaleVersion

__all__ = ["Level", "LevelText", "Measurement", "Scale", "ScaleVersion"]
