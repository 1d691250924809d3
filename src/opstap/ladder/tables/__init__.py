"""What the ladder room shows, in one language."""

from opstap.ladder.tables.scales import LevelView, ScaleView, level_class

__all__ = ["LevelView", "ScaleView", "level_class"]
