"""What a chart of horizontal bars is made of, as its caller says it. How it is drawn stands in `bars`."""

from collections.abc import Sequence
from dataclasses import dataclass

from opstap.foundation.charts.headings import two_colours
from opstap.foundation.ui.templatetags.ui_format import number

_EXACT = 6  # decimals, beyond which a sum of fractions shows how a machine adds


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar. `text` stands in it instead of the plain number; `hatched` means unknown or hidden. Of people
    on either of two levels `above` is the colour of the higher one: the part has both colours, as it is of neither.
    """

    value: int | float
    label: str
    colour: str
    hatched: bool = False
    text: str = ""
    above: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.value < float("inf"):
            message = f"{self.label}: {self.value} can't be drawn as a length"
            raise ValueError(message)

    @property
    def pattern(self) -> str:
        """What it is filled with instead of one colour: one hatched, or two of them; empty where one colour does."""
        if self.hatched:
            return self.colour
        return two_colours(self.colour, self.above) if self.above else ""

    @property
    def shown(self) -> str:
        return self.text or shown_number(self.value)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: `label` and `sublabel` on the left, `note` after the value (a share, or why there is nothing).

    `hidden` is the word for a part that may not be shown: at the end stands a hatched stub with a cross, as long
    whatever is hidden, and no sum.
    """

    label: str
    sublabel: str = ""
    segments: Sequence[Segment] = ()
    note: str = ""
    href: str | None = None
    hidden: str = ""

    @property
    def total(self) -> float:
        return round(sum(segment.value for segment in self.segments), _EXACT)


@dataclass(frozen=True, slots=True)
class BarChart:
    """`subtitle` says of how many the chart speaks; `value_label` names the axis; `id_prefix` is unique on the page.

    With `names_in_key` all parts are named above the bars, in the order of `key_order` (labels) or else in which they
    come, and the bars hold numbers alone.
    `narrow` is for the screen of a phone: each label stands above its bar, which then takes the whole width.
    The axis goes as far as `reach` at least, so that two charts can have one measure.
    """

    title: str
    subtitle: str
    bars: Sequence[Bar]
    value_label: str
    id_prefix: str
    names_in_key: bool = False
    key_order: Sequence[str] = ()
    narrow: bool = False
    reach: float = 0

    @property
    def width(self) -> int:
        """Of the viewBox, so that text keeps its size where the chart is shown."""
        return 340 if self.narrow else 800

    @property
    def hidden(self) -> str:
        """The word for what is hidden, if anything is."""
        return next((bar.hidden for bar in self.bars if bar.hidden), "")

    @property
    def largest(self) -> float:
        return max((self.reach, *(bar.total for bar in self.bars)))


def shown_number(value: float) -> str:
    """As the language of the page writes it; a number that is not whole with one decimal."""
    whole = float(value).is_integer()
    return number(value, 0 if whole else 1)
