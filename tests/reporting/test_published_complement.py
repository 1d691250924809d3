"""What follows for a share that needs a hidden number, from published numbers alone: counted by hand."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import override

from opstap.analytics.uncertainty import Estimate
from opstap.reporting.logic.released import (
    NOT_AGAIN,
    SAME,
    Released,
    ReleasedAxis,
    ReleasedClass,
    ReleasedTable,
)
from opstap.reporting.models import Publication
from opstap.reporting.tables.released.complement import everybody
from opstap.reporting.tables.released.overview import overview_json, overview_of, overview_table
from opstap.reporting.tables.released.words import everybody_line
from tests.factories.publications import last_month_end

THRESHOLD = 10
Counts = dict[str, int | None]


def released(**tables: Counts) -> Released:
    """Tables of one dimension; in each stands also who is no longer in follow-up."""
    axes = {
        key: ReleasedAxis(key, key, key, tuple(ReleasedClass(code, code, code) for code in (*counts, "left-x")))
        for key, counts in tables.items()
    }
    made = (
        ReleasedTable(key, (key,), {**{(code,): count for code, count in counts.items()}, ("left-x",): 60})
        for key, counts in tables.items()
    )
    return Released(axes, tuple(made), {"ladder": True})


def shares(found: Released) -> dict[str, tuple[int | None, int, int] | None]:
    """By measure the percentage and its two ends."""
    return {one.measure.key: _numbers(one.found) if one.found else None for one in overview_of(found, THRESHOLD)}


def _numbers(found: Estimate) -> tuple[int | None, int, int]:
    share, (low, high) = found.share(0), found.bounds() or (Decimal(0), Decimal(0))
    return None if share is None else int(share), int(low), int(high)


AGAIN: Counts = {"risen": 80, SAME: 100, "fallen": 40, NOT_AGAIN: 30, "unknown": 20, "new": 30}
EXEMPT: Counts = {"yes": 40, "unknown": 260}
LEVELS: Counts = {"1": 100, "2": 120, "6": None, "none": 50}


def test_everybody_is_the_sum_of_the_table_without_a_hidden_number_that_says_it_most_closely() -> None:
    """Two numbers, each two up or down at most; of six it would be twelve. Who left is not among them."""
    assert everybody(released(became=AGAIN, exemption=EXEMPT, level=LEVELS), THRESHOLD) == (300, 296, 304)
    assert everybody(released(became=AGAIN), THRESHOLD) == (300, 288, 312)
    assert everybody(released(level=LEVELS), THRESHOLD) is None


def test_with_a_level_are_all_but_those_without() -> None:
    """300 less 50 of 300: from 244 of 296 (296 - 52) to 256 of 304 (304 - 48)."""
    assert shares(released(level=LEVELS, exemption=EXEMPT))["placed"] == (83, 82, 85)
    assert shares(released(level=LEVELS))["placed"] is None, "of how many is not known"
    assert shares(released(level={**LEVELS, "none": None}, exemption=EXEMPT))["placed"] is None


def test_of_fewer_than_the_threshold_nothing_is_said() -> None:
    assert shares(released(level={"1": None, "none": 290}, exemption=EXEMPT))["placed"] is None


def test_where_one_of_the_rest_is_hidden_a_share_has_two_ends_and_no_number_between_them() -> None:
    """Of 300 (296 to 304) 270 are shown in five numbers (260 to 280): 16 to 44 are hidden, as any reader can see.

    As far as expected came 38 of at most 38 + 122 + 22 + 44 or 42 of at least 42 + 118 + 18 + 16: 17 % or 22 %, and by
    Wilson, as of part it is not known, from 12.5 % to 28.0 %.
    """
    grown: Counts = {"reached": 40, "risen": None, SAME: 120, "fallen": None, NOT_AGAIN: 20, "without": 70}
    found = shares(released(grown={**grown, "fallen": 20}, exemption=EXEMPT))
    assert found["higher"] is None, "of the hidden number itself nothing is said"
    assert found["reached"] == (None, 12, 28)
    hidden_apart = shares(released(grown=grown, exemption=EXEMPT))
    assert hidden_apart["reached"] is not None, "together they are what is left"
    assert hidden_apart["not-higher"] is None, "part of it is hidden"
    assert shares(released(grown={**grown, "without": None}, exemption=EXEMPT))["reached"] is None


def test_the_page_shows_the_ends_and_that_there_are_more_and_says_what_that_means() -> None:
    grown: Counts = {"reached": 40, "risen": None, SAME: 120, "fallen": 20, NOT_AGAIN: 20, "without": 80}
    made = released(grown=grown, exemption=EXEMPT)
    with override("nl"):
        table = overview_table(made, THRESHOLD)
    assert table is not None
    texts = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    row = texts["Met groeipotentieel: kwam zo ver als verwacht"]
    assert row[:2] == ["40", "180\xa0+\xa0"]
    assert row[3:5] == ["13–30\xa0%", "tussen 13\xa0% en 30\xa0%"]  # 38 of 216 at least, 42 of 184 at most
    assert (
        "Waar alleen twee grenzen staan, ligt het percentage daartussen, hoe groot het verborgen aantal ook is"
        in table.foot
    )
    kept = overview_json(Publication(figures=made.stored(), threshold=THRESHOLD))
    (reached,) = (one for one in kept if one["share"] == "reached")
    assert (reached["percent"], reached["known_percent"]) == (None, None)
    assert reached["low"] < reached["high"]


def test_of_how_many_who_moved_was_placed_again_is_said_where_that_is_shown() -> None:
    """220 of 250."""
    (risen, same, fallen) = (
        one for one in overview_of(released(became=AGAIN), THRESHOLD) if one.measure.key in {"risen", SAME, "fallen"}
    )
    assert [one.line.known[one.measure.key] for one in (risen, same, fallen)] == [88, 88, 88]
    hidden = overview_of(released(became={**AGAIN, NOT_AGAIN: None}), THRESHOLD)
    assert not any(one.line.known.get(one.measure.key) for one in hidden)


def test_how_many_are_in_follow_up_is_said_where_part_of_the_levels_is_hidden() -> None:
    def said(found: Released) -> str:
        with override("nl"):
            return everybody_line(Publication(on=last_month_end(), figures=found.stored(), threshold=THRESHOLD))

    assert "ongeveer 300 mensen in begeleiding" in said(released(level=LEVELS, exemption=EXEMPT))
    assert said(released(level={**LEVELS, "6": 30}, exemption=EXEMPT)) == "", "the lead says it"
    assert said(released(level=LEVELS)) == ""
