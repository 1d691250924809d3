"""A chart as a file that stands alone, as SVG and as PNG: with its letters, its paper, and what must be said below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import resvg_py
from django.utils.safestring import SafeString

from opstap.foundation.charts.fonts import embedded, for_drawing, letters_held
from opstap.foundation.charts.headings import FAINT, FONT, INK, SOFT_INK
from opstap.foundation.charts.svg import element
from opstap.foundation.charts.texts import fitted

PAPER = "#FFFFFF"
WIDTH = 1200
"""Of the SVG as it opens; a PNG has twice as many dots."""
PNG_WIDTH = 2 * WIDTH
_EDGE, _GAP = 28, 14
_ANSWER_SIZE, _SIZE, _LEADING = 14, 12, 1.4
_MOST_LINES = 30
_WHOLE = re.compile(
    r'<svg [^>]*viewBox="0 0 (?P<width>\d+) (?P<height>\d+)"[^>]*>'
    r'(?P<title><title id="(?P<id>[^"]+)-title">.*?</title>)(?P<desc><desc [^>]*>.*?</desc>)(?P<drawn>.*)</svg>',
    re.DOTALL,
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BETWEEN_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Said:
    """What stands below the chart: the answer that it is a picture of, of whom and when, and where it comes from."""

    answer: str
    facts: str
    source: str


def as_svg(chart: SafeString, said: Said) -> bytes:
    """The chart as an SVG file: on white paper, with its font in it, and without anything from elsewhere."""
    letters = embedded(_shown(_whole(chart, said, "")))
    text = _whole(chart, said, f"{letters}text{{font-variant-numeric:tabular-nums lining-nums}}")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def as_png(chart: SafeString, said: Said) -> bytes:
    """The same as dots, twice as many as it is wide on a screen, so that it stays sharp on paper and on a wall."""
    svg = _whole(chart, said, "")
    has_all = letters_held().issuperset(map(ord, _shown(svg)))
    with TemporaryDirectory(prefix="opstap-") as folder:
        fonts = [Path(folder) / f"{number}.ttf" for number, _font in enumerate(for_drawing())]
        for path, content in zip(fonts, for_drawing(), strict=True):
            path.write_bytes(content)
        return resvg_py.svg_to_bytes(
            svg_string=svg, width=PNG_WIDTH, font_files=[*map(str, fonts)], skip_system_fonts=has_all, languages=["nl"]
        )


def _shown(svg: str) -> str:
    """The words alone."""
    return _BETWEEN_TAGS.sub("", svg)


def _whole(chart: SafeString, said: Said, rules: str) -> str:
    found = _WHOLE.fullmatch(chart)
    if found is None:
        message = "this is not a chart as charts are drawn here"
        raise ValueError(message)
    width, height, name = int(found["width"]), int(found["height"]), found["id"]
    below, end = _sentences(said, width, height + _GAP)
    across, down = width + 2 * _EDGE, round(end + 2 * _EDGE)
    body = (SafeString(found["drawn"]), below)
    text = element(
        "svg",
        SafeString(found["title"]),
        SafeString(found["desc"]),
        *([element("style", SafeString(rules))] if rules else []),
        element("rect", width=across, height=down, fill=PAPER),
        element("g", *body, transform=f"translate({_EDGE} {_EDGE})", font_family=FONT),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        viewBox=f"0 0 {across} {down}",
        width=WIDTH,
        height=round(WIDTH * down / across),
    )
    return _NOT_IN_XML.sub("", text)


def _sentences(said: Said, width: int, top: float) -> tuple[SafeString, float]:
    """A line, the answer, the facts in smaller print, and the source; and where that ends."""
    drawn = [element("path", d=f"M0 {top:.1f}H{width}", stroke=FAINT, stroke_width=1)]
    at = top + _GAP / 2
    parts: Sequence[tuple[str, int, str]] = (
        (said.answer, _ANSWER_SIZE, INK),
        (said.facts, _SIZE, SOFT_INK),
        (said.source, _SIZE, SOFT_INK),
    )
    for text, size, ink in parts:
        for line in fitted(text, size, width, _MOST_LINES).lines:
            drawn.append(element("text", line, x=0, y=at + size, font_size=size, fill=ink))
            at += size * _LEADING
        at += _GAP / 3
    return element("g", *drawn), at
