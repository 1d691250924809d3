"""What a chart of panels is made of, as its caller says it. How it is drawn stands in `panels`."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A share of one group (1 is everybody), and between which ones it lies; the same where it is exact. Where there is
    none its ends alone are drawn, if it has any.

    `shown` is the share in words, with a sign behind it where it has one. `words` say it all for who points at it, or
    does not see it. `is_total` is everyone together. `aim` is the share that is aimed at, if any.
    """

    label: str
    share: float | None
    low: float
    high: float
    shown: str
    words: str
    is_total: bool = False
    aim: float | None = None

    def __post_init__(self) -> None:
        if self.share is not None and not 0 <= self.low <= self.share <= self.high <= 1:
            message = f"{self.label}: {self.share} does not lie between {self.low} and {self.high}"
            raise ValueError(message)

    @property
    def is_there(self) -> bool:
        """Whether there is anything to draw."""
        return self.share is not None or not self.is_exact

    @property
    def is_exact(self) -> bool:
        """Whether it can't be another share."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Panel:
    """One subject with a line for each group."""

    label: str
    points: Sequence[Point]

    @property
    def largest(self) -> float:
        """How far its axis has to go."""
        ends = [point.high for point in self.points if point.is_there]
        return max([*ends, *(point.aim or 0 for point in self.points), 0.01])


@dataclass(frozen=True, slots=True)
class PanelWords:
    """What the marks are called in the key."""

    share: str
    between: str
    together: str
    aim: str


@dataclass(frozen=True, slots=True)
class PanelChart:
    """`subtitle` says of how many it speaks; `id_prefix` is unique on the page; `narrow` is for a phone."""

    title: str
    subtitle: str
    panels: Sequence[Panel]
    words: PanelWords
    id_prefix: str
    narrow: bool = False

    @property
    def width(self) -> int:
        """Of the viewBox, so that text keeps its size where the chart is shown."""
        return 340 if self.narrow else 800

    @property
    def columns(self) -> int:
        """So many panels stand beside each other."""
        return 1 if self.narrow else 2
