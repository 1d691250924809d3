"""What the counting refuses, and the edges of periods and durations."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from opstap.analytics.distribution import goals, placement
from opstap.analytics.durations import continuous_since
from opstap.analytics.periods import FAR, on
from opstap.analytics.small_results import rows_of
from tests.analytics.frames import VNG

DAY = date(2024, 3, 1)


def frame(**columns: Sequence[Any]) -> nw.LazyFrame[Any]:
    return nw.from_native(pl.DataFrame(columns).lazy())


def state(*levels: int) -> nw.LazyFrame[Any]:
    return frame(client_id=[1] * len(levels), level_id=levels, growth=[1] * len(levels), expected_level_id=levels)


@pytest.mark.parametrize("count", [placement, goals])
def test_a_level_of_another_scale_is_refused(count: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match=r"not of this scale: \[77\]"):
        count(frame(client_id=[1]), state(77), VNG)


@pytest.mark.parametrize("count", [placement, goals])
def test_two_rows_for_one_client_are_refused(count: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="1 persons have 2 rows"):
        count(frame(client_id=[1]), state(2, 3), VNG)


def test_someone_listed_twice_is_one_person() -> None:
    found = placement(frame(client_id=[1, 1], team=["a", "a"]), state(2), VNG, group="team")
    assert found.base == 1
    assert [row.clients for row in found.rows if row.clients] == [1]


def test_an_unnamed_group_is_kept() -> None:
    found = placement(frame(client_id=[1, 2], team=["a", None]), state(2), VNG, group="team")
    assert [(part.group, part.totals.clients) for part in found.groups] == [("", 1), ("a", 1)]


def test_a_period_holds_from_its_first_day_until_before_its_last() -> None:
    spell = frame(client_id=[1], valid_from=[DAY], valid_until=[DAY + timedelta(days=2)])
    held = [len(rows_of(on(spell, DAY + timedelta(days=n)))) for n in (-1, 0, 1, 2)]
    assert held == [0, 1, 1, 0]


def test_the_open_end_is_no_day() -> None:
    with pytest.raises(ValueError, match="stands for an open end"):
        on(frame(valid_from=[DAY], valid_until=[FAR]), FAR)


@pytest.mark.parametrize(("gap", "since"), [(30, date(2024, 1, 1)), (29, date(2024, 3, 1))])
def test_a_gap_of_the_limit_itself_is_bridged(gap: int, since: date) -> None:
    spells = frame(client_id=[1, 1], starts_on=[date(2024, 1, 1), DAY], ends_on=[date(2024, 1, 31), FAR])
    assert rows_of(continuous_since(spells, DAY, gap)) == [(1, since)]


def test_a_long_spell_covers_the_gap_between_shorter_ones() -> None:
    starts, ends = [date(2020, 1, 1), date(2020, 2, 1), DAY], [date(2024, 2, 28), date(2020, 3, 1), FAR]
    assert rows_of(continuous_since(frame(client_id=[1] * 3, starts_on=starts, ends_on=ends), DAY)) == [(1, starts[0])]


def test_who_is_in_no_spell_that_day_has_no_duration() -> None:
    spells = frame(client_id=[1], starts_on=[date(2024, 1, 1)], ends_on=[DAY])
    assert rows_of(continuous_since(spells, DAY)) == []


def test_a_negative_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="can't be -1 days"):
        continuous_since(frame(client_id=[1], starts_on=[DAY], ends_on=[FAR]), DAY, -1)
