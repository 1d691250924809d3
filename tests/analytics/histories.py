"""Random histories as they are stored: corrections, chains, withdrawals, gaps, back-dating, both clocks.

Ids follow neither the recordings nor the order of the rows: a transaction that began first may be recorded last.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

from opstap.analytics.periods import FAR
from tests.reference.rows import Moment, Period

MomentDrawn = tuple[int, int, date, int, int, int | None]
PeriodDrawn = tuple[int, date, int | None, str]

FIRST_DAY = date(2020, 1, 1)
DAYS = 16
CLIENTS = 3
LATEST_RECORDING = 12

written_days = st.integers(0, DAYS).map(lambda n: FIRST_DAY + timedelta(days=n))
days = st.integers(DAYS // 3, DAYS).map(lambda n: FIRST_DAY + timedelta(days=n))
recordings = st.integers(1, LATEST_RECORDING)


@dataclass(frozen=True)
class History:
    """Placements and follow-up of a few clients."""

    moments: tuple[Moment, ...]
    follow_up: tuple[Period, ...]


_moment = st.tuples(
    st.integers(1, CLIENTS),
    st.integers(1, 2),
    written_days,
    st.integers(1, 6),
    st.sampled_from((-1, 0, 1)),
    st.one_of(st.none(), st.integers(1, 6)),
)
_length = st.one_of(st.none(), st.none(), st.integers(0, 5), st.integers(DAYS // 2, DAYS))
_period = st.tuples(st.integers(1, CLIENTS), written_days, _length, st.sampled_from(("east", "west")))
CHANGES = ("new", "new", "new", "correct", "correct", "withdraw")
_change = st.tuples(st.sampled_from(CHANGES), st.integers(0, 30), st.integers(0, 2))


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


def _moments(values: list[MomentDrawn], order: list[Place]) -> tuple[Moment, ...]:
    """Placements; a correction keeps its client and scale and may move the day."""
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


def _periods(values: list[PeriodDrawn], order: list[Place]) -> tuple[Period, ...]:
    """Periods; they may overlap, be empty, be open, and be corrected or withdrawn later."""
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


@st.composite
def _short(draw: st.DrawFn, rows: st.SearchStrategy[Any], make: Callable[..., Any], size: int) -> Any:
    values = draw(st.lists(rows, max_size=size))
    changes = draw(st.lists(_change, min_size=len(values), max_size=len(values)))
    return make(values, _order(changes, draw(st.permutations(range(1, len(values) + 1)))))


def _dense_order(random: Random, size: int) -> list[Place]:
    changes = [(random.choice(CHANGES), random.randrange(31), random.randrange(3)) for _ in range(size)]
    return _order(changes, random.sample(range(1, size + 1), size))


def _dense_moments(seed: int) -> tuple[Moment, ...]:
    random, size = Random(seed), 12  # noqa: S311 - no secret

    def drawn() -> MomentDrawn:
        day = FIRST_DAY + timedelta(days=random.randrange(0, DAYS, 5))
        expected = random.choice((None, *range(1, 7)))
        return (
            random.randint(1, 3),
            random.choice((1, 1, 2)),
            day,
            random.randint(1, 6),
            random.randint(-1, 1),
            expected,
        )

    return _moments([drawn() for _ in range(size)], _dense_order(random, size))


def _dense_periods(seed: int) -> tuple[Period, ...]:
    random, size = Random(seed), 8  # noqa: S311 - no secret

    def drawn() -> PeriodDrawn:
        day = FIRST_DAY + timedelta(days=random.randint(0, DAYS // 2))
        return random.randint(1, CLIENTS), day, random.choice((None, *range(DAYS))), random.choice(("east", "west"))

    return _periods([drawn() for _ in range(size)], _dense_order(random, size))


def moments() -> st.SearchStrategy[tuple[Moment, ...]]:
    """Short histories that shrink well, and dense ones in which much happens to a few."""
    return st.one_of(_short(_moment, _moments, 14), _seeds.map(_dense_moments))


def periods() -> st.SearchStrategy[tuple[Period, ...]]:
    """The same of periods."""
    return st.one_of(_short(_period, _periods, 10), _seeds.map(_dense_periods))


_seeds = st.integers(0, 2**32 - 1)
_dense = st.builds(History, moments=_seeds.map(_dense_moments), follow_up=_seeds.map(_dense_periods))
histories = st.one_of(st.builds(History, moments=moments(), follow_up=periods()), _dense, _dense)
