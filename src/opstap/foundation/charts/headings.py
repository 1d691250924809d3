"""What all charts begin with: title and base above the drawing, hatches for what is unknown."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from opstap.foundation.charts.svg import EMPTY, element
from opstap.foundation.charts.texts import fitted

INK, SOFT_INK, FAINT = "#16202C", "#4D5A6B", "#8894A3"
FONT = "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Arial, sans-serif"
PAPER = "#FFFFFF"
_UPPER, _LOWER = 0.47, 0.53  # a thin line of paper between two halves, which may be nearly as dark as each other
_TITLE_SIZE, _TITLE_LEADING, _TITLE_LINES = 18, 24, 3
_SUBTITLE_SIZE, _SUBTITLE_LEADING, _SUBTITLE_LINES = 14, 20, 3


def heading(title: str, subtitle: str, width: float) -> tuple[SafeString, float]:
    """Title and base, and where the drawing may begin."""
    drawn = []
    at = 0.0
    for text in fitted(title, _TITLE_SIZE, width, _TITLE_LINES, bold=True).lines:
        drawn.append(element("text", text, x=0, y=at + 18, font_size=_TITLE_SIZE, font_weight=600, fill=INK))
        at += _TITLE_LEADING
    for text in fitted(subtitle, _SUBTITLE_SIZE, width, _SUBTITLE_LINES).lines:
        drawn.append(element("text", text, x=0, y=at + 15, font_size=_SUBTITLE_SIZE, fill=SOFT_INK))
        at += _SUBTITLE_LEADING
    return element("g", *drawn, aria_hidden="true"), at


def hatch_names(colours: Iterable[str], id_prefix: str) -> dict[str, str]:
    """The name of the pattern for each colour that is hatched."""
    return {colour: f"{id_prefix}-hatch-{number}" for number, colour in enumerate(dict.fromkeys(colours), start=1)}


def two_colours(below: str, above: str) -> str:
    """What stands for two colours where others stand for one: the lower half and the upper half."""
    return f"{below} {above}"


def patterns(names: dict[str, str]) -> SafeString:
    """The hatches themselves, and the halves of two colours."""
    drawn = []
    for colours, name in names.items():
        colour, _space, above = colours.partition(" ")
        drawn.append(_halves(colour, above, name) if above else _hatch(colour, name))
    return element("defs", *drawn) if drawn else EMPTY


def _hatch(colour: str, name: str) -> SafeString:
    return element(
        "pattern",
        element("rect", width=7, height=7, fill=colour),
        element("path", d="M0 0V7", stroke=FAINT, stroke_width=3),
        id=name,
        width=7,
        height=7,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def _halves(below: str, above: str, name: str) -> SafeString:
    """One above the other, as on the ladder; beside each other they would say that each has half of the people."""
    parts = ((0, _UPPER, above), (_UPPER, _LOWER, PAPER), (_LOWER, 1, below))
    stops = [element("stop", offset=at, stop_color=colour) for *ends, colour in parts for at in ends]
    return element("linearGradient", *stops, id=name, x1=0, y1=0, x2=0, y2=1)


def drawing(
    title: str, subtitle: str, words: str, *parts: SafeString, id_prefix: str, size: tuple[float, float]
) -> SafeString:
    """The whole as a picture with its name and its words for who does not see it."""
    width, height = size
    return element(
        "svg",
        element("title", f"{title}. {subtitle}" if subtitle else title, id=f"{id_prefix}-title"),
        element("desc", words, id=f"{id_prefix}-desc"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_="bar-chart",
        role="img",
        aria_labelledby=f"{id_prefix}-title",
        aria_describedby=f"{id_prefix}-desc",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        font_family=FONT,
    )
