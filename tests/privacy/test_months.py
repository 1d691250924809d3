"""Days are cut to their months: what reports ask of days within a month stays so, and the days themselves are gone."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from opstap.analytics.periods import FAR
from opstap.privacy.logic.months import Months, Spell, month_of, months_of

GAP_DAYS = 30
FIRST = date(2023, 12, 1)
days = st.integers(0, 150).map(lambda number: FIRST + timedelta(days=number))  # a February of 29 days among them
ends = st.one_of(st.just(FAR), days)
spells = st.lists(st.tuples(days, ends).filter(lambda spell: spell[0] < spell[1]), min_size=1, max_size=4)
others = st.lists(days, max_size=6)


def begins(spells: Collection[Spell], until: date) -> list[date]:
    """The days up to another on which follow-up began without one in the thirty days before."""
    found: list[date] = []
    reach = date.min
    for starts_on, ends_on in sorted(spells):
        if starts_on <= until:
            if reach == date.min or (starts_on - reach).days > GAP_DAYS:
                found.append(starts_on)
            reach = max(reach, ends_on)
    return found


def cut_of(months: Months, spells: Collection[Spell]) -> list[Spell]:
    return [(months.cut(starts_on), months.cut(ends_on)) for starts_on, ends_on in spells]


@given(spells=spells, others=others)
def test_every_day_stays_in_its_month_and_none_is_later_than_it_was(spells: list[Spell], others: list[date]) -> None:
    months = months_of(spells, others, GAP_DAYS)
    for day in {*others, *(day for spell in spells for day in spell)}:
        assert month_of(months.cut(day)) == month_of(day)
        assert months.cut(day) <= day


@given(spells=spells, others=others)
def test_before_and_after_follow_up_began_or_ended_stay_so(spells: list[Spell], others: list[date]) -> None:
    months = months_of(spells, others, GAP_DAYS)
    points = {day for spell in spells for day in spell}
    for point in points:
        for day in {*others, *points}:
            assert (day < point) == (months.cut(day) < months.cut(point)), (day, point)


@given(spells=spells, others=others)
def test_at_the_end_of_any_month_the_same_has_begun(spells: list[Spell], others: list[date]) -> None:
    months = months_of(spells, others, GAP_DAYS)
    for number in range(6):
        month = date(2023 + (11 + number) // 12, (11 + number) % 12 + 1, 1)
        until = month.replace(day=monthrange(month.year, month.month)[1])
        assert begins(cut_of(months, spells), until) == [months.cut(day) for day in begins(spells, until)]


@given(spells=spells, others=others)
def test_what_is_said_follows_from_that_alone(spells: list[Spell], others: list[date]) -> None:
    """Of whoever lived on the days that are said the same would be said: nothing else of the days is in them."""
    months = months_of(spells, others, GAP_DAYS)
    said = cut_of(months, spells)
    again = months_of(said, [months.cut(day) for day in others], GAP_DAYS)
    assert cut_of(again, said) == said
    assert [again.cut(months.cut(day)) for day in others] == [months.cut(day) for day in others]


def test_with_one_beginning_in_a_month_and_nothing_before_it_days_are_firsts_of_months() -> None:
    months = months_of([(date(2024, 1, 17), date(2024, 3, 9))], [date(2024, 1, 20), date(2024, 2, 2)], GAP_DAYS)
    assert [months.cut(date(2024, 1, 17)), months.cut(date(2024, 1, 20))] == [date(2024, 1, 1)] * 2
    assert [months.cut(date(2024, 2, 2)), months.cut(date(2024, 3, 9))] == [date(2024, 2, 1), date(2024, 3, 1)]
    assert months.cut(FAR) == FAR


def test_what_was_before_it_in_its_month_stays_before_and_tells_no_more() -> None:
    came, placed = date(2024, 1, 17), [date(2024, 1, 3), date(2024, 1, 9)]
    months = months_of([(came, FAR)], placed, GAP_DAYS)
    assert [months.cut(day) for day in (*placed, came)] == [date(2024, 1, 1), date(2024, 1, 1), date(2024, 1, 2)]
