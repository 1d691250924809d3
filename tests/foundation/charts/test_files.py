"""A chart as a file: valid and whole by itself, with the letters that it needs, and the same as dots."""

from __future__ import annotations

import re
import struct
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.files import PAPER, PNG_WIDTH, WIDTH, Said, as_png, as_svg
from opstap.foundation.charts.fonts import MARKS, letters_held

SVG = "{http://www.w3.org/2000/svg}"
SAID = Said("Drie mensen <Anna & co>.", "Peildatum: 1 jan 2026. Grondslag: 3 personen.", "Opstap, gemeente Dorp")


def chart(label: str = "2 Sociale contacten") -> BarChart:
    bars = [Bar(label, segments=[Segment(3, "▲ Gestegen", "#0072B2"), Segment(1, "Onbekend", "#D0D0D0", hatched=True)])]
    return BarChart("Wie waar staat", "1 jan 2026, n = 4", bars, "cliënten", "test", names_in_key=True)


def parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 (our own document)


def words(root: ET.Element) -> str:
    return " ".join(text for one in root.iter(f"{SVG}text") for text in one.itertext())


def test_an_svg_file_is_xml_with_a_name_a_description_and_what_stands_below() -> None:
    content = as_svg(render(chart()), SAID)
    root = parsed(content)
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert [one.tag for one in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text == "Wie waar staat. 1 jan 2026, n = 4"
    assert root.get("aria-labelledby") == root[0].get("id")
    assert root.get("aria-describedby") == root[1].get("id")
    for said in ("Wie waar staat", "Drie mensen <Anna & co>.", "Grondslag: 3 personen.", "gemeente Dorp"):
        assert said in words(root)


def test_it_lies_on_white_paper_and_everything_lies_on_it() -> None:
    root = parsed(as_svg(render(chart()), SAID))
    across, down = (float(part) for part in str(root.get("viewBox")).split()[2:])
    paper = next(root.iter(f"{SVG}rect"))
    assert (paper.get("fill"), paper.get("width"), paper.get("height")) == (PAPER, f"{across:g}", f"{down:g}")
    assert root.get("width") == str(WIDTH)
    lowest = max(float(str(one.get("y"))) for one in root.iter(f"{SVG}text"))
    assert lowest + 28 < down


def test_nothing_in_it_comes_from_elsewhere_or_does_anything() -> None:
    content = as_svg(render(chart()), SAID).decode()
    assert not re.search(r"<script|<a |<image|<foreignObject|\bon\w+=|href|@import", content)
    without_names = content.replace("http://www.w3.org/2000/svg", "")
    assert set(re.findall(r"url\(([^)]{5})", without_names)) <= {"data:", "#test"}
    assert "http" not in without_names


def faces(content: bytes) -> list[TTFont]:
    found = re.findall(rb"url\(data:font/\w+;base64,([^)]+)\)", content)
    return [TTFont(BytesIO(b64decode(one))) for one in found]


def test_the_letters_and_marks_come_with_it_and_no_more_than_needed() -> None:
    plain = as_svg(render(replace(chart(), bars=[Bar("Ja", segments=[Segment(1, "a", "#0072B2")])])), SAID)
    latin = faces(plain)
    assert [ord("é") in one.getBestCmap() for one in latin] == [True]
    marked = faces(as_svg(render(chart()), SAID))
    assert len(marked) == 2
    assert set(marked[1].getBestCmap()) == {ord(mark) for mark in MARKS}
    further = faces(as_svg(render(chart("Şahin Čech")), SAID))
    assert len(further) == 3
    assert ord("Ş") in further[1].getBestCmap()


def test_every_mark_is_drawn_as_a_shape_within_its_own_width() -> None:
    assert {ord(mark) for mark in MARKS} < letters_held()
    font = faces(as_svg(render(chart()), SAID))[1]
    for name in font.getBestCmap().values():
        glyph = font["glyf"][name]
        assert glyph.xMin >= 0
        assert glyph.xMax <= font["hmtx"][name][0]
        assert glyph.yMax > 400


def test_what_xml_does_not_allow_is_left_out() -> None:
    root = parsed(as_svg(render(chart("Een\x07 naam\ufffe")), SAID))
    assert "Een naam" in words(root)


def test_what_is_no_chart_is_refused() -> None:
    with pytest.raises(ValueError, match="not a chart"):
        as_svg(render(chart())[5:], SAID)  # type: ignore[arg-type]  # a cut text is no longer safe


def test_a_png_has_its_size_in_its_head_and_the_colours_of_the_chart_on_white() -> None:
    content = as_png(render(chart()), SAID)
    svg = parsed(as_svg(render(chart()), SAID))
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    assert width == PNG_WIDTH == 2 * WIDTH
    assert abs(height - 2 * int(str(svg.get("height")))) <= 2
    picture = Image.open(BytesIO(content)).convert("RGB")
    colours = {colour for _count, colour in picture.getcolors(1_000_000) or []}
    assert {(0, 0x72, 0xB2), (255, 255, 255)} <= colours
    assert picture.getpixel((0, 0)) == (255, 255, 255)


def test_letters_are_drawn_without_the_fonts_of_the_machine() -> None:
    """A mark that no font has would be the same box for each: here each is another picture."""
    pictures = {as_png(render(chart(f"{mark} naam")), SAID) for mark in MARKS}
    assert len(pictures) == len(MARKS)
