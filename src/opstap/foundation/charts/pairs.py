"""Pairs of bars: for each line two numbers of the same people, one above the other, each with its share. Not below 0:
there a number stands without a bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from opstap.foundation.charts.bar_shapes import shown_number
from opstap.foundation.charts.headings import FAINT, INK, SOFT_INK, drawing, hatch_names, heading, patterns
from opstap.foundation.charts.svg import EMPTY, element, joined
from opstap.foundation.charts.texts import fitted, width_of

WIDTH = 800
_BAR, _BETWEEN, _GAP = 16, 2, 14
_LABEL_SIZE, _SMALL_SIZE = 15, 13
_LABEL_LEADING, _SMALL_LEADING = 18, 16
_NARROWEST, _WIDEST = 60, 290
_BESIDE = 8
_KEY_HEIGHT, _KEY_BOX = 34, 14
_TO_BASELINE = 0.36


@dataclass(frozen=True, slots=True)
class Pair:
    """One line: `first` above `second`, each with a note after its number; `hatched` means unknown. `first_text` and
    `second_text` stand there instead of the plain numbers.
    """

    label: str
    sublabel: str
    first: float
    second: float
    first_note: str
    second_note: str
    colour: str
    hatched: bool = False
    first_text: str = ""
    second_text: str = ""

    @property
    def ends(self) -> "tuple[End, End]":
        """What stands at the end of either bar."""
        return (
            End(self.first, self.first_text or shown_number(self.first), self.first_note),
            End(self.second, self.second_text or shown_number(self.second), self.second_note),
        )


class End(NamedTuple):
    """How long a bar is, the number behind it, and the note after that."""

    length: float
    number: str
    note: str

    @property
    def in_words(self) -> str:
        """The number with its note."""
        return f"{self.number} ({self.note})" if self.note else self.number


@dataclass(frozen=True, slots=True)
class PairChart:
    """`first_name` and `second_name` say what the upper and the lower bar are; the lower one is drawn as an outline."""

    title: str
    subtitle: str
    first_name: str
    second_name: str
    pairs: Sequence[Pair]
    id_prefix: str

    @property
    def largest(self) -> float:
        return max((max(pair.first, pair.second) for pair in self.pairs), default=0)

    def in_words(self) -> str:
        """Every line in words."""
        return " ".join(
            f"{pair.label} {pair.sublabel}: {self.first_name} {pair.ends[0].in_words}, "
            f"{self.second_name} {pair.ends[1].in_words}."
            for pair in self.pairs
        )


def render(chart: PairChart) -> SafeString:
    """The chart as SVG."""
    above, top = heading(chart.title, chart.subtitle, WIDTH)
    left = _label_room(chart) + 2 * _BESIDE
    unit = (WIDTH - left - _end_room(chart)) / chart.largest if chart.largest > 0 else 0.0
    hatches = hatch_names((pair.colour for pair in chart.pairs if pair.hatched), chart.id_prefix)
    at = top + _KEY_HEIGHT
    drawn = []
    for pair in chart.pairs:
        drawn.append(_line(pair, left, unit, at, hatches))
        at += 2 * _BAR + _BETWEEN + _GAP
    base = element("path", d=f"M{left:.1f} {top + _KEY_HEIGHT - 4:.1f}V{at - _GAP + 4:.1f}", stroke=FAINT)
    return drawing(
        chart.title,
        chart.subtitle,
        chart.in_words(),
        patterns(hatches),
        above,
        _key(chart, left, top),
        base,
        *drawn,
        id_prefix=chart.id_prefix,
        size=(WIDTH, at - _GAP + _BESIDE),
    )


def _label_room(chart: PairChart) -> float:
    widths = [width_of(pair.label, _LABEL_SIZE) for pair in chart.pairs]
    widths += [width_of(pair.sublabel, _SMALL_SIZE) for pair in chart.pairs]
    return min(max([*widths, _NARROWEST]), _WIDEST)


def _end_room(chart: PairChart) -> float:
    return max((_end_width(end) for pair in chart.pairs for end in pair.ends), default=0)


def _end_width(end: End) -> float:
    number = width_of(end.number, _SMALL_SIZE, bold=True)
    return 3 * _BESIDE + number + width_of(end.note, _SMALL_SIZE)


def _key(chart: PairChart, left: float, top: float) -> SafeString:
    """Which bar is which, named once above them."""
    drawn = []
    at = left
    for name, outlined in ((chart.first_name, False), (chart.second_name, True)):
        drawn.append(_box(at, top + 10, _KEY_BOX, _KEY_BOX, SOFT_INK, outlined=outlined))
        drawn.append(element("text", name, x=at + _KEY_BOX + 6, y=top + 22, font_size=_SMALL_SIZE, fill=INK))
        at += _KEY_BOX + 6 + width_of(name, _SMALL_SIZE) + 20
    return element("g", *drawn)


def _box(left: float, top: float, width: float, height: float, fill: str, *, outlined: bool) -> SafeString:
    if not outlined:
        return element("rect", x=left, y=top, width=width, height=height, fill=fill)
    inner: dict[str, float] = {"x": left + 1, "y": top + 1, "width": max(width - 2, 0.5), "height": height - 2}
    return element("rect", **inner, fill=fill, fill_opacity=0.3, stroke=fill, stroke_width=2)


def _line(pair: Pair, left: float, unit: float, top: float, hatches: dict[str, str]) -> SafeString:
    height = 2 * _BAR + _BETWEEN
    fill = f"url(#{hatches[pair.colour]})" if pair.hatched else pair.colour
    first, second = pair.ends
    return element(
        "g",
        _label(pair, left - 2 * _BESIDE, top + height / 2),
        _bar(first, (left, top), unit, fill, outlined=False),
        _bar(second, (left, top + _BAR + _BETWEEN), unit, fill, outlined=True),
    )


def _label(pair: Pair, room: float, middle: float) -> SafeString:
    label = fitted(pair.label, _LABEL_SIZE, room + 0.01, 1)
    below = fitted(pair.sublabel, _SMALL_SIZE, room + 0.01, 1)
    texts = [(text, _LABEL_SIZE, _LABEL_LEADING, INK) for text in label.lines]
    texts += [(text, _SMALL_SIZE, _SMALL_LEADING, SOFT_INK) for text in below.lines]
    at = middle - sum(leading for _, _, leading, _ in texts) / 2
    shortened = label.shortened or below.shortened
    drawn = [element("title", f"{pair.label} {pair.sublabel}")] if shortened else []
    for text, size, leading, ink in texts:
        drawn.append(element("text", text, x=0, y=at + leading / 2 + size * _TO_BASELINE, font_size=size, fill=ink))
        at += leading
    return element("g", *drawn)


def _bar(end: End, corner: tuple[float, float], unit: float, fill: str, *, outlined: bool) -> SafeString:
    left, top = corner
    long = max(end.length, 0) * unit
    box = _box(left, top, long, _BAR, fill, outlined=outlined) if long else EMPTY
    after = left + long + _BESIDE
    baseline = top + _BAR / 2 + _SMALL_SIZE * _TO_BASELINE
    number = element("text", end.number, x=after, y=baseline, font_size=_SMALL_SIZE, font_weight=600, fill=INK)
    beside = after + width_of(end.number, _SMALL_SIZE, bold=True) + _BESIDE
    return joined([box, number, element("text", end.note, x=beside, y=baseline, font_size=_SMALL_SIZE, fill=SOFT_INK)])
