"""What a funnel chart is made of, as its caller says it. How it is drawn stands in `funnel`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True)
class Dot:
    """One group: so many `people`, its `share` (1 is everybody), and between which shares it lies by chance.

    `near` are the limits that chance stays within 19 times out of 20, `far` those 998 out of 1,000. `words` say it all
    for who points at it, or does not see it.
    """

    label: str
    people: int
    share: float
    near: tuple[float, float]
    far: tuple[float, float]
    words: str

    def __post_init__(self) -> None:
        if self.people < 0 or not all(isfinite(one) and one >= 0 for one in (self.share, *self.near, *self.far)):
            message = f"{self.label}: {self.people} people and a share of {self.share} can't be drawn"
            raise ValueError(message)

    @property
    def direction(self) -> int:
        """1 above the near limits, -1 below them, 0 within."""
        return (self.share > self.near[1]) - (self.share < self.near[0])

    @property
    def is_outside(self) -> bool:
        """Whether it lies outside the near limits."""
        return self.direction != 0

    @property
    def is_far(self) -> bool:
        """Whether it lies outside the far limits."""
        return not self.far[0] <= self.share <= self.far[1]


@dataclass(frozen=True, slots=True)
class FunnelWords:
    """What the marks are called in the key: within the limits, outside the near ones and the far ones, and both lines.

    `centre` names the line of all together.
    """

    within: str
    outside: str
    far: str
    near_limits: str
    far_limits: str
    centre: str


@dataclass(frozen=True, slots=True)
class FunnelChart:
    """`subtitle` says of how many it speaks; `centre` is the share of all; `id_prefix` is unique on the page.

    `narrow` is for the screen of a phone.
    """

    title: str
    subtitle: str
    people_label: str
    share_label: str
    centre: float
    dots: Sequence[Dot]
    words: FunnelWords
    id_prefix: str
    narrow: bool = False

    @property
    def width(self) -> int:
        """Of the viewBox, so that text keeps its size where the chart is shown."""
        return 340 if self.narrow else 800

    @property
    def height(self) -> int:
        """Of the drawing between its axes."""
        return 320 if self.narrow else 400

    @property
    def in_order(self) -> list[Dot]:
        """From few people to many."""
        return sorted(self.dots, key=lambda dot: (dot.people, dot.share, dot.label))

    def centre_texts(self, shown: Callable[[float], str]) -> tuple[str, str]:
        """What stands at the end of the line of all together."""
        return shown(self.centre), self.words.centre
