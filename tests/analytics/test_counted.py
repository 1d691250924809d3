"""Counted: sums that close, and the fault named when they don't."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from opstap.analytics.counted import Counted, DoesNotClose, Sum, check_closes
from opstap.analytics.distribution import Placement, PlacementPart, PlacementRow, PlacementTotals

PART = PlacementPart(
    group=None,
    rows=(
        PlacementRow(group=None, level="1", name="one", clients=5, without_growth=2, with_growth=2, unknown_growth=1),
        PlacementRow(group=None, level="2", name="two", clients=3),
        PlacementRow(group=None, level=None, name="", clients=1),
    ),
    totals=PlacementTotals(clients=9, with_level_below_top=5, without_growth=2, with_growth=2, unknown_growth=1),
)


def count(part: PlacementPart, *, base: int = 9, known_at: datetime | None = None) -> Counted[Placement]:
    return Counted(
        figures=Placement(overall=part),
        viewer="coordinator",
        base=base,
        unit="persons",
        on=date(2024, 3, 1),
        known_at=known_at,
        recording=7,
    )


def test_sums_that_close_are_shown() -> None:
    assert count(PART, known_at=datetime(2024, 4, 1, tzinfo=UTC)).figures.base == 9


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (replace(PART, rows=PART.rows[:-1]), "levels"),
        (replace(PART, rows=(replace(PART.rows[0], with_growth=1), *PART.rows[1:])), "growth on level 1"),
        (replace(PART, totals=replace(PART.totals, with_level_below_top=8)), "levels below the top"),
        (replace(PART, totals=replace(PART.totals, unknown_growth=0)), "unknown growth"),
    ],
)
def test_the_sum_that_does_not_close_is_named(part: PlacementPart, name: str) -> None:
    with pytest.raises(DoesNotClose) as caught:
        count(part)
    assert caught.value.broken.name == name


def test_the_base_is_what_was_counted() -> None:
    with pytest.raises(DoesNotClose, match="base: 9 is not 10"):
        count(PART, base=10)


def test_a_moment_needs_its_time_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        count(PART, known_at=datetime(2024, 4, 1))  # noqa: DTZ001 the fault under test


def test_no_parts_close_only_on_nought() -> None:
    check_closes([Sum("empty", (), 0)])
    with pytest.raises(DoesNotClose, match="empty: 0 is not 2"):
        check_closes([Sum("empty", (), 2)])
