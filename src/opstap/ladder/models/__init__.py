"""Models of the ladder room."""

from opstap.ladder.models.crosswalks import Crosswalk, CrosswalkEntry, CrosswalkVersion
from opstap.ladder.models.measurements import Measurement
from opstap.ladder.models.scales import Level, LevelText, Scale, ScaleQuestion, ScaleVersion

__all__ = [
    "Crosswalk",
    "CrosswalkEntry",
    "CrosswalkVersion",
    "Level",
    "LevelText",
    "Measurement",
    "Scale",
    "ScaleQuestion",
    "ScaleVersion",
]
