"""Random histories as they are stored: corrections, chains, withdrawals, gaps, back-dating, both clocks.

Ids follow neither the recordings nor the order of the rows: a transaction that began first may be recorded last.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from opstap.analytics.periods import FAR
from tests.reference.rows import Moment, Period

FIRST_DAY = date(2020, 1, 1)
DAYS = 16
CLIENTS = 4
LATEST_RECORDING = 12

days = st.integers(0, DAYS).map(lambda n: FIRST_DAY + timedelta(days=n))
recordings = st.integers(1, LATEST_RECORDING)


@dataclass(frozen=True)
class History:
    """Placements and follow-up of a few clients."""

    moments: tuple[Moment, ...]
    follow_up: tuple[Period, ...]


_moment = st.tuples(
    st.integers(1, CLIENTS),
    st.integers(1, 2),
    days,
    st.integers(1, 6),
    st.sampled_from((-1, 0, 1)),
    st.one_of(st.none(), st.integers(1, 6)),
)
_period = st.tuples(
    st.integers(1, CLIENTS), days, st.one_of(st.none(), st.integers(0, 6)), st.sampled_from(("east", "west"))
)
_change = st.tuples(st.sampled_from(("new", "new", "correct", "withdraw")), st.integers(0, 30), st.integers(0, 2))


class Place(NamedTuple):
    """Of a row its id, its recording, the id it replaces, whether it withdraws, and the index whose client it keeps."""

    id: int
    recording: int
    replaces: int | None
    withdrawn: bool
    owner: int


def _order(changes: list[tuple[str, int, int]], ids: list[int]) -> list[Place]:
    open_ids: list[int] = []
    order: list[Place] = []
    owner: dict[int, int] = {}
    recording = 1
    for index, (row_id, (kind, pick, step)) in enumerate(zip(ids, changes, strict=True)):
        recording = min(recording + step, LATEST_RECORDING)
        replaces = open_ids.pop(pick % len(open_ids)) if kind != "new" and open_ids else None
        owner[row_id] = index if replaces is None else owner[replaces]
        open_ids.append(row_id)
        order.append(Place(row_id, recording, replaces, kind == "withdraw" and replaces is not None, owner[row_id]))
    return order


@st.composite
def moments(draw: st.DrawFn, size: int = 14) -> tuple[Moment, ...]:
    """Placements; a correction keeps its client and scale and may move the day."""
    values = draw(st.lists(_moment, max_size=size))
    changes = draw(st.lists(_change, min_size=len(values), max_size=len(values)))
    order = _order(changes, draw(st.permutations(range(1, len(values) + 1))))
    return tuple(
        Moment(
            client_id=values[place.owner][0],
            scale_id=values[place.owner][1],
            id=place.id,
            recording=place.recording,
            replaces=place.replaces,
            withdrawn=place.withdrawn,
            measured_on=values[index][2],
            level_id=values[index][3],
            growth=values[index][4],
            expected_level_id=values[index][5],
        )
        for index, place in enumerate(order)
    )


@st.composite
def periods(draw: st.DrawFn, size: int = 10) -> tuple[Period, ...]:
    """Periods; they may overlap, be empty, be open, and be corrected or withdrawn later."""
    values = draw(st.lists(_period, max_size=size))
    changes = draw(st.lists(_change, min_size=len(values), max_size=len(values)))
    order = _order(changes, draw(st.permutations(range(1, len(values) + 1))))
    return tuple(
        Period(
            client_id=values[place.owner][0],
            id=place.id,
            recording=place.recording,
            replaces=place.replaces,
            withdrawn=place.withdrawn,
            starts_on=values[index][1],
            ends_on=_end(values[index][1], values[index][2]),
            group=values[index][3],
        )
        for index, place in enumerate(order)
    )


def _end(starts_on: date, length: int | None) -> date:
    return FAR if length is None else starts_on + timedelta(days=length)


histories = st.builds(History, moments=moments(), follow_up=periods())
