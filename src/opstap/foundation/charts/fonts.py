"""The letters of a chart that leaves the page: the font of the house within an SVG, and for a drawing of it.

The font as it is served lacks the marks of the charts, so a font of these alone is made here.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from io import BytesIO
from pathlib import Path

from django.utils.safestring import SafeString

FAMILY = "Source Sans 3"
_FOLDER = Path(__file__).resolve().parents[1] / "ui" / "static" / "ui" / "vendor" / "source-sans-3"
_LATIN, _FURTHER = (f"source-sans-3-{part}-wght-normal.woff2" for part in ("latin", "latin-ext"))
_LATIN_HOLDS = "U+0-FF, U+131, U+152-153, U+2000-206F, U+20AC, U+2122, U+2212"
_FURTHER_HOLDS = "U+100-130, U+132-151, U+154-2AF, U+1E00-1EFF"
_FIRST_BEYOND_LATIN, _FIRST_BEYOND = 0x100, 0x2B0

_EM, _WIDTH = 1000, 760
_LOW, _HIGH, _LEFT, _RIGHT, _MIDDLE = 20, 640, 60, 700, 380
_UP = ((_LEFT, _LOW), (_MIDDLE, _HIGH), (_RIGHT, _LOW))
_DOWN = ((_LEFT, _HIGH), (_RIGHT, _HIGH), (_MIDDLE, _LOW))
_ROUND = ((380, 20), (163, 110), (70, 330), (163, 550), (380, 640), (597, 550), (690, 330), (597, 110))
_ARROW = ((60, 300), (60, 360), (520, 360), (520, 480), (700, 330), (520, 180), (520, 300))
Outline = tuple[tuple[int, int], ...]


def _hollow(corners: Outline) -> tuple[Outline, Outline]:
    """The same with a smaller one cut out of it, which runs the other way round."""
    across = sum(x for x, _y in corners) / len(corners), sum(y for _x, y in corners) / len(corners)
    inner = [tuple(round(c + (at - c) * 0.58) for at, c in zip(corner, across, strict=True)) for corner in corners]
    return corners, tuple((x, y) for x, y in reversed(inner))


MARKS: dict[str, tuple[Outline, ...]] = {
    "▲": (_UP,),
    "△": _hollow(_UP),
    "▼": (_DOWN,),
    "▽": _hollow(_DOWN),
    "●": (_ROUND,),
    "→": (_ARROW,),
}


def embedded(text: str) -> SafeString:
    """The rules of style that carry the font; letters beyond those of Western Europe only where the text has them."""
    faces = [_face((_FOLDER / _LATIN).read_bytes(), "woff2", _LATIN_HOLDS)]
    if any(_FIRST_BEYOND_LATIN <= ord(letter) < _FIRST_BEYOND for letter in text):
        faces.append(_face((_FOLDER / _FURTHER).read_bytes(), "woff2", _FURTHER_HOLDS))
    if any(mark in text for mark in MARKS):
        faces.append(_face(_marks(), "ttf", ", ".join(f"U+{ord(mark):X}" for mark in MARKS)))
    return SafeString("".join(faces))


def _face(content: bytes, kind: str, holds: str) -> str:
    data = b64encode(content).decode()
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:200 900;unicode-range:{holds};"
        f"src:url(data:font/{kind};base64,{data})}}"
    )


@cache
def for_drawing() -> tuple[bytes, ...]:
    """The fonts unpacked, with their family as a chart names it."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - heavy

    unpacked = [_marks()]
    for name in (_LATIN, _FURTHER):
        font = TTFont(_FOLDER / name)
        for number in (1, 4, 16):
            font["name"].setName(FAMILY, number, 3, 1, 0x409)
        font.flavor = None
        held = BytesIO()
        font.save(held)
        unpacked.append(held.getvalue())
    return tuple(unpacked)


@cache
def letters_held() -> frozenset[int]:
    """Every letter that these fonts have."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    return frozenset(letter for font in for_drawing() for letter in TTFont(BytesIO(font)).getBestCmap())


@cache
def _marks() -> bytes:
    """A font of the marks alone."""
    from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415

    drawn = {}
    for mark, outlines in {"": (), **MARKS}.items():
        pen = TTGlyphPen(None)
        for first, *others in outlines:
            pen.moveTo(first)
            for corner in others:
                pen.lineTo(corner)
            pen.closePath()
        drawn[f"u{ord(mark):X}" if mark else ".notdef"] = pen.glyph()
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder(list(drawn))
    builder.setupCharacterMap({ord(mark): f"u{ord(mark):X}" for mark in MARKS})
    builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics({name: (_WIDTH, _LEFT if drawn[name].numberOfContours else 0) for name in drawn})
    builder.setupHorizontalHeader(ascent=1024, descent=-400)
    names = {"familyName": "Opstap Marks", "styleName": "Regular", "fullName": "Opstap Marks", "psName": "OpstapMarks"}
    builder.setupNameTable(names)
    builder.setupOS2(sTypoAscender=1024, sTypoDescender=-400, usWeightClass=400)
    builder.setupPost()
    held = BytesIO()
    builder.save(held)
    return held.getvalue()
