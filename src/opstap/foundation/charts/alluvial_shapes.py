"""What an alluvial chart is made of, as its caller says it. How it is drawn stands in `alluvial`."""

from collections.abc import Sequence
from dataclasses import dataclass

from opstap.foundation.charts.bar_shapes import shown_number


@dataclass(frozen=True, slots=True)
class Band:
    """A place that people stand on, on one side. `mark` is short (the code of a level) and stands before the label."""

    label: str
    colour: str
    mark: str = ""
    hatched: bool = False

    @property
    def name(self) -> str:
        return f"{self.mark} {self.label}".strip()


@dataclass(frozen=True, slots=True)
class Stream:
    """So many people from a band of the left side to one of the right side, by their places in those."""

    left: int
    right: int
    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            message = f"{self.value} people can't flow"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Alluvial:
    """The same people on both sides. `left_title` and `right_title` stand above; `id_prefix` is unique on the page."""

    title: str
    subtitle: str
    left_title: str
    right_title: str
    left: Sequence[Band]
    right: Sequence[Band]
    streams: Sequence[Stream]
    id_prefix: str

    def of_left(self, band: int) -> int:
        return sum(stream.value for stream in self.streams if stream.left == band)

    def of_right(self, band: int) -> int:
        return sum(stream.value for stream in self.streams if stream.right == band)

    @property
    def total(self) -> int:
        return sum(stream.value for stream in self.streams)

    def in_words(self) -> str:
        """Every band of the left side with where its people went, for who does not see the drawing."""
        said = []
        for place, band in enumerate(self.left):
            going = [stream for stream in self.streams if stream.left == place and stream.value]
            ways = "; ".join(f"{shown_number(one.value)} → {self.right[one.right].name}" for one in going)
            if ways:
                said.append(f"{band.name}, {shown_number(self.of_left(place))}: {ways}.")
        return " ".join(said)
