"""Random histories of people who are followed long and placed again: of the others hardly anybody is seen to move."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from opstap.analytics.periods import FAR
from tests.analytics.histories import CLIENTS, DAYS, FIRST_DAY, History, histories, moments, periods, recordings
from tests.reference.rows import Moment, Period

Row = TypeVar("Row", Moment, Period)
LEVELS = st.sampled_from((3, 2, 6, 4, 5, 1))


def _day(first: int, last: int) -> st.SearchStrategy[date]:
    return st.integers(first, last).map(lambda n: FIRST_DAY + timedelta(days=n))


@st.composite
def _placed_twice(draw: st.DrawFn) -> tuple[Moment, ...]:
    """Everybody is placed early and late; some of that is withdrawn, and other placements come on top."""
    found: list[Moment] = []
    for client in range(1, CLIENTS + 1):
        for when in (_day(0, 6), _day(7, DAYS)):
            found.append(
                Moment(
                    client_id=client, scale_id=1, id=len(found) + 1, recording=1, replaces=None, withdrawn=False,
                    measured_on=draw(when), level_id=draw(LEVELS), growth=draw(st.sampled_from((-1, 0, 1))),
                    expected_level_id=draw(st.one_of(st.none(), LEVELS)),
                )
            )  # fmt: skip
    for row in draw(st.lists(st.sampled_from(found), max_size=2, unique_by=lambda row: row.id)):
        found.append(replace(row, id=len(found) + 1, recording=draw(recordings), replaces=row.id, withdrawn=True))
    return (*found, *_behind(draw(moments())[:5], len(found)))


@st.composite
def _followed_long(draw: st.DrawFn) -> tuple[Period, ...]:
    """Everybody is followed from early on, some until a day in sight; other spells come on top."""
    found = [
        Period(
            client_id=client, id=client, recording=1, replaces=None, withdrawn=False, starts_on=draw(_day(0, 9)),
            ends_on=draw(st.one_of(st.none(), st.none(), _day(8, DAYS))) or FAR,
            group=draw(st.sampled_from(("east", "west"))),
        )
        for client in range(1, CLIENTS + 1)
    ]  # fmt: skip
    return (*found, *_behind(draw(periods())[:3], len(found)))


def _behind(rows: tuple[Row, ...], ids: int) -> tuple[Row, ...]:
    """The rows with ids behind those that there are; what replaced a row that is not there replaces none."""
    here = {row.id for row in rows}
    return tuple(
        replace(row, id=row.id + ids, replaces=row.replaces + ids if row.replaces in here else None) for row in rows
    )


busy_histories = st.one_of(*[st.builds(History, moments=_placed_twice(), follow_up=_followed_long())] * 2, histories)
busy_pairs = st.one_of(
    *[st.tuples(_day(4, 8), st.integers(3, 10))] * 2, st.tuples(_day(0, DAYS), st.integers(1, 12))
).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))
