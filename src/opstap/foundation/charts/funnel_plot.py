"""Where everything of a funnel chart lies: measured before anything is drawn, so that no two labels meet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from opstap.foundation.charts.axes import ticks
from opstap.foundation.charts.bar_shapes import shown_number
from opstap.foundation.charts.funnel_shapes import Dot, FunnelChart
from opstap.foundation.charts.texts import fitted, width_of

AXIS_SIZE, LABEL_SIZE, LABEL_HEIGHT = 13, 14, 17
RADIUS = 6
_BESIDE, _GAP = 11, 8
_FURTHEST_ASIDE = 16
_STEPS = (0, *(sign * 15 * number for number in range(1, 15) for sign in (-1, 1)))
_STEPS_WHEN_NARROW = 5
_ROOM_ABOVE = 1.08
_SOME_PEOPLE = 10
_WIDEST_LABEL = 170
_WIDEST_WHEN_NARROW = 110


class Box(NamedTuple):
    """A rectangle that something takes."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Label(NamedTuple):
    """The text beside a dot, where it begins, and whether it stands so far off that a line leads to it."""

    text: str
    left: float
    middle: float
    width: float
    is_led: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A dot with where it lies, and its label where there was room for one."""

    dot: Dot
    x: float
    y: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class FunnelPlot:
    """Pixels of the viewBox: the frame of the drawing, its scales, and the places of the dots."""

    frame: Box
    fewest: float
    least: float
    x_unit: float
    y_unit: float
    x_ticks: tuple[float, ...]
    y_ticks: tuple[float, ...]
    places: tuple[Place, ...]

    def x_of(self, people: float) -> float:
        """Where so many people lie, a dot's width within the frame."""
        return self.frame.left + RADIUS + (people - self.fewest) * self.x_unit

    def holds(self, share: float) -> bool:
        """Whether a share lies within the drawing."""
        return self.least <= share and (share - self.least) * self.y_unit < self.frame.bottom - self.frame.top

    def y_of(self, share: float) -> float:
        """Where a share lies; what is higher or lower than the drawing ends at its edge."""
        return min(self.frame.bottom, max(self.frame.top, self.frame.bottom - (share - self.least) * self.y_unit))


def shown_share(share: float) -> str:
    """A share as a percentage, with a decimal where it is not whole."""
    return f"{shown_number(round(share * 100, 1))}\N{NO-BREAK SPACE}%"


def plot_of(chart: FunnelChart, top: float) -> FunnelPlot:
    """The plot under a heading that ends at `top`."""
    people = [dot.people for dot in chart.dots] or [0]
    lowest, highest = _ends(chart)
    x_ticks, y_ticks = _steps(min(people), max(people), whole=True), _steps(lowest * 100, highest * 100, whole=False)
    left = max(width_of(shown_share(tick / 100), AXIS_SIZE) for tick in y_ticks) + _GAP
    right_room = max(width_of(text, AXIS_SIZE, bold=True) for text in chart.centre_texts(shown_share)) + _GAP
    frame = Box(left, top, chart.width - right_room, top + chart.height)
    fewest, least = x_ticks[0], y_ticks[0] / 100
    x_unit = (frame.right - frame.left - RADIUS * 2) / ((max(people) - fewest) or 1)
    y_unit = chart.height / (highest - least)
    plot = FunnelPlot(frame, fewest, least, x_unit, y_unit, x_ticks, tuple(tick / 100 for tick in y_ticks), ())
    xs = _aside([plot.x_of(dot.people) for dot in chart.in_order])
    at = [(dot, x, plot.y_of(dot.share)) for dot, x in zip(chart.in_order, xs, strict=True)]
    return replace(plot, places=tuple(_labelled(at, plot, chart)))


def _steps(lowest: float, highest: float, *, whole: bool) -> tuple[float, ...]:
    """The numbers along an axis: from nought, or from a round number near the lowest where that is far from nought."""
    if lowest <= highest / 3:
        return tuple(ticks(highest, whole=whole))
    fine = ticks(highest - lowest, whole=whole)
    step = fine[1] if len(fine) > 1 else 1
    first = lowest // step * step
    return tuple(first + step * number for number in range(int((highest - first) // step + 1e-9) + 1))


def _ends(chart: FunnelChart) -> tuple[float, float]:
    """The lowest and the highest share drawn: those of every dot, and the limits of everyone with some people, up to
    everybody. Who has hardly anybody to expect anything of would press all others flat; their limits may run on beyond
    the drawing.
    """
    dots = [dot for dot in chart.dots if dot.people >= _SOME_PEOPLE] or chart.dots
    shares = [chart.centre, *(dot.share for dot in chart.dots)]
    highest = max([*shares, *(min(1.0, dot.far[1]) for dot in dots)]) * _ROOM_ABOVE or 1.0
    return min([*shares, *(dot.far[0] for dot in dots)]) if dots else 0.0, highest


def _aside(xs: Sequence[float]) -> list[float]:
    """Dots of nearly as many people a little beside each other, so that none hides another; never far."""
    found: list[float] = []
    for x in xs:
        wanted = max(x, found[-1] + RADIUS * 2) if found else x
        found.append(wanted if wanted - x <= _FURTHEST_ASIDE else x)
    return found


def _labelled(at: Sequence[tuple[Dot, float, float]], plot: FunnelPlot, chart: FunnelChart) -> Iterator[Place]:
    """Only those outside the limits, those with most people first; off the line of all if that can be. Of the others
    the words say who it is: with their names all would lie under letters.
    """
    taken, line = [_round(x, y) for _dot, x, y in at], _line(plot, chart)
    widest = _WIDEST_WHEN_NARROW if chart.narrow else _WIDEST_LABEL
    steps = _STEPS[:_STEPS_WHEN_NARROW] if chart.narrow else _STEPS
    labels: dict[int, Label] = {}
    outside = [number for number, (dot, _x, _y) in enumerate(at) if dot.is_outside]
    for number in sorted(outside, key=lambda one: -at[one][0].people):
        dot, x, y = at[number]
        text = " ".join(fitted(dot.label, LABEL_SIZE, widest, 1).lines)
        candidates = [*_candidates(text, x, y, steps)]
        found = _first(candidates, plot.frame, [*taken, line]) or _first(candidates, plot.frame, taken)
        if found is not None:
            labels[number] = found
            taken.append(_box(found))
    for number, (dot, x, y) in enumerate(at):
        yield Place(dot, x, y, labels.get(number))


def _first(candidates: Sequence[Label], frame: Box, taken: Sequence[Box]) -> Label | None:
    """The first label that lies within the frame and meets nothing."""
    for label in candidates:
        box = _box(label)
        inside = frame.left <= box.left and box.right <= frame.right and frame.top <= box.top
        if inside and box.bottom <= frame.bottom and not any(box.meets(other) for other in taken):
            return label
    return None


def _line(plot: FunnelPlot, chart: FunnelChart) -> Box:
    """The line of the share of all together, which would run through the letters."""
    at = plot.y_of(chart.centre)
    return Box(plot.frame.left, at - 1, plot.frame.right, at + 1)


def _candidates(text: str, x: float, y: float, steps: Sequence[int]) -> Iterator[Label]:
    """On a phone a label stands near its dot or not at all: lines to many of them would cross each other."""
    width = width_of(text, LABEL_SIZE)
    for step in steps:
        for left in (x + _BESIDE, x - _BESIDE - width):
            yield Label(text, left, y + step, width, is_led=abs(step) > LABEL_HEIGHT)


def _box(label: Label) -> Box:
    half = LABEL_HEIGHT / 2
    return Box(label.left - 2, label.middle - half, label.left + label.width + 2, label.middle + half)


def _round(x: float, y: float) -> Box:
    return Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS)
