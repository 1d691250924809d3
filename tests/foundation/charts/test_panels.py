"""The chart of panels as a document: what it says, where its marks lie, and that no text leaves its place."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from opstap.foundation.charts.panels import Panel, PanelChart, PanelWords, Point, render, sheets
from opstap.foundation.charts.texts import width_of

_SVG = "{http://www.w3.org/2000/svg}"
WORDS = PanelWords("percentage", "tussen deze", "samen", "doel")


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def point(label: str, share: float | None, low: float = 0, high: float = 0, **more: object) -> Point:
    ends = (share, share) if share is not None and not high else (low, high)
    return Point(label, share, ends[0] or 0, ends[1] or 0, f"{share}", f"{label}: {share}", **more)  # type: ignore[arg-type]  # of tests


def panel(label: str, *points: Point) -> Panel:
    return Panel(label, points or (point("Noord", 0.1, 0.05, 0.2), point("Samen", 0.12, 0.1, 0.14, is_total=True)))


def chart(*panels: Panel, narrow: bool = False) -> PanelChart:
    return PanelChart("Per team", "n = 10", panels, WORDS, "p", narrow=narrow)


def drawn(given: PanelChart) -> ET.Element:
    return ET.fromstring(render(given))  # noqa: S314 (our own document)


def texts(svg: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter(f"{_SVG}text")]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_group_stands_there_with_its_share_and_its_words(narrow: bool) -> None:
    svg = drawn(chart(panel("Gestegen"), panel("Gedaald"), panel("Uit begeleiding"), narrow=narrow))
    said = texts(svg)
    for words in ("Gestegen", "Gedaald", "Uit begeleiding", "Per team", "n = 10"):
        assert said.count(words) == 1
    assert said.count("Noord") == said.count("0.1") == 3
    by_id = {found.get("id"): found.text for found in svg.iter()}
    assert "Gestegen: Noord: 0.1; Samen: 0.12." in str(by_id["p-desc"])
    assert svg.get("role") == "img"


@pytest.mark.parametrize("largest", [0.003, 0.04, 0.3, 0.6, 0.95, 1.0])
@pytest.mark.parametrize("narrow", [False, True])
def test_marks_and_words_stay_within_and_no_axis_goes_beyond_everybody(largest: float, narrow: bool) -> None:
    long = panel("Een naam van een indicator die over twee regels gaat", point("Noord", largest / 2, 0, largest))
    given = chart(long, long, narrow=narrow)
    svg = drawn(given)
    for circle in svg.iter(f"{_SVG}circle"):
        assert 0 <= float(circle.get("cx", "0")) <= given.width
    for text in svg.iter(f"{_SVG}text"):
        size = float(text.get("font-size", "0"))
        assert size >= 12
        width = width_of(text.text or "", size) * 0.88  # Source Sans is narrower than what is reckoned with
        start = float(text.get("x", "0")) - (width / 2 if text.get("text-anchor") == "middle" else 0)
        assert start + width <= given.width + 30, text.text
    shares = [float(said.rstrip("\xa0%").replace(",", ".")) for said in texts(svg) if said.endswith("%")]
    assert shares[0] == 0
    assert largest * 100 <= max(shares) <= 100


def test_everyone_together_has_another_shape_and_a_target_stands_on_its_own_line() -> None:
    svg = drawn(chart(panel("Gestegen", point("Noord", 0.1, 0.05, 0.2, aim=0.3), point("Samen", 0.1, is_total=True))))
    assert len(list(svg.iter(f"{_SVG}circle"))) == 2  # with that of the key
    assert "doel" in texts(svg)
    aims = [path for path in svg.iter(f"{_SVG}path") if path.get("stroke-dasharray")]
    assert len(aims) == 2
    assert "doel" not in texts(drawn(chart(panel("Gestegen"))))


def test_what_is_exact_has_no_interval_and_of_nobody_there_is_no_mark() -> None:
    exact = drawn(chart(panel("Gestegen", point("Noord", 0.1), point("Zuid", None))))
    thick = [path for path in exact.iter(f"{_SVG}path") if path.get("stroke-width") == "2.5"]
    assert len(thick) == 1  # of the key
    assert len(list(exact.iter(f"{_SVG}circle"))) == 2
    with pytest.raises(ValueError, match="does not lie between"):
        point("Noord", 0.5, 0.6, 0.7)


def test_for_paper_many_panels_are_drawn_in_parts() -> None:
    panels = [panel(f"Indicator {place}") for place in range(13)]
    parts = sheets(chart(*panels))
    assert len(parts) == 3
    said = [text for part in parts for text in texts(ET.fromstring(part))]  # noqa: S314 (our own document)
    assert all(said.count(one.label) == 1 for one in panels)
    assert sheets(chart(*panels[:6])) == ()
    assert sheets(replace(chart(*panels[:3]), narrow=True)) == ()


def test_every_text_is_escaped() -> None:
    nasty = '"><script>alert(1)</script>&'
    out = render(chart(Panel(nasty, [Point(nasty, 0.1, 0, 0.2, nasty, nasty)])))
    assert "<script" not in out
