"""Random histories recorded through the operations: what is counted equals a count over plain rows, on both clocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar

import narwhals as nw
import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from opstap.analytics.distribution import goals, placement
from opstap.audit.models import RecordingCounter
from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.clients.logic import FollowUpRow, RowsRefused
from opstap.clients.models import Alias, Client, FollowUp
from opstap.clients.operations import merge_clients, record_follow_ups, register_clients, undo_merge
from opstap.facts.selectors.cache import facts_of, forget_all
from opstap.facts.selectors.people import Choice, people_on, state_on
from opstap.foundation.dates import clock_at
from opstap.ladder.logic import MeasurementRow, MeasurementsRefused
from opstap.ladder.models import Measurement
from opstap.ladder.operations import record_measurement, withdraw_measurements
from opstap.ladder.selectors.scales import ScaleOnDay, scale_on
from opstap.municipality.operations import create_municipality
from opstap.reporting.selectors.counting import levels_of

pytestmark = pytest.mark.django_db
START = date(2020, 1, 1)
DAYS = st.integers(0, 40).map(lambda number: START + timedelta(days=number))
CODES = ("0", "1-", "1+", "2", "2-", "3+", "5", "6")
CLIENTS = 3
KINDS = ("follow", "place", "place", "place", "second", "correct", "withdraw", "move follow-up", "merge", "part")
Row = TypeVar("Row", FollowUp, Measurement, Alias)


@dataclass(frozen=True)
class Act:
    """Something somebody records; `which` points at an earlier row, where there is one."""

    kind: str
    client: int
    day: date
    until: date | None
    code: str
    expected: str | None
    growth: int
    which: int


ACTS = st.builds(
    Act,
    kind=st.sampled_from(KINDS),
    client=st.integers(0, CLIENTS - 1),
    day=DAYS,
    until=st.none() | DAYS,
    code=st.sampled_from(CODES),
    expected=st.none() | st.sampled_from(CODES),
    growth=st.sampled_from([-1, 0, 1]),
    which=st.integers(0, 30),
)


def dense_acts(seed: int) -> list[Act]:
    """Everybody is followed, and then much happens to a few."""
    random = Random(seed)  # noqa: S311 - no secret
    kinds = ["follow"] * CLIENTS + [random.choice(KINDS) for _ in range(15)]

    def some_day() -> date:
        return START + timedelta(days=random.randint(0, 40))

    return [
        Act(
            kind=kind,
            client=place % CLIENTS if kind == "follow" else random.randrange(CLIENTS),
            day=START + timedelta(days=random.randint(0, 10)) if kind == "follow" else some_day(),
            until=random.choice((None, some_day())),
            code=random.choice(CODES),
            expected=random.choice((None, *CODES)),
            growth=random.randint(-1, 1),
            which=random.randrange(31),
        )
        for place, kind in enumerate(kinds)
    ]


HISTORIES = st.one_of(st.lists(ACTS, min_size=1, max_size=14), *[st.integers(0, 2**32 - 1).map(dense_acts)] * 3)


@dataclass
class Town:
    """What the acts work on."""

    municipality_id: int
    clients: list[int]
    scale: ScaleOnDay
    levels: dict[str, int] = field(default_factory=dict)

    def perform(self, act: Act) -> None:
        """Record it as a worker would; what the operation refuses leaves nothing behind."""
        client = self.clients[act.client]
        if act.kind == "follow":
            self._follow(client, act, None)
        elif act.kind == "move follow-up":
            standing = list(FollowUp.objects.current().filter(client=client).order_by("pk"))
            if standing:
                self._follow(client, act, standing[act.which % len(standing)].pk)
        elif act.kind in {"merge", "part"}:
            self._merge(act)
        elif act.kind == "withdraw":
            rows = list(Measurement.objects.current().order_by("pk"))
            if rows:
                withdraw_measurements(by=command_line(), measurement_ids=[rows[act.which % len(rows)].pk])
        else:
            self._place(client, act)

    def _merge(self, act: Act) -> None:
        people = list(Client.objects.filter(pk__in=self.clients).order_by("pk"))
        client, kept = people[act.client], people[act.which % CLIENTS]
        try:
            if act.kind == "merge":
                merge_clients(by=command_line(), client=client, kept=kept, why="twee keer ingevoerd")
            else:
                undo_merge(by=command_line(), client=client, why="toch twee mensen")
        except RowsRefused:
            return

    def _follow(self, client: int, act: Act, replaces: int | None) -> None:
        ends = act.until if act.until and act.until > act.day else None
        row = FollowUpRow(client, act.day, ends, replaces_id=replaces)
        record_follow_ups(by=command_line(), rows=[row])

    def _place(self, client: int, act: Act) -> None:
        replaces = None
        if act.kind == "correct":
            rows = list(Measurement.objects.current().filter(client=client).order_by("pk"))
            if not rows:
                return
            replaces = rows[act.which % len(rows)].pk
        row = MeasurementRow(
            client,
            self.scale.id,
            act.day,
            self.levels[act.code],
            growth=act.growth,
            expected_level_id=self.levels[act.expected] if act.expected else None,
            second_assessment=act.kind == "second",
            replaces_id=replaces,
        )
        try:
            record_measurement(by=command_line(), row=row)
        except MeasurementsRefused:
            return


@contextmanager
def a_town() -> Iterator[Town]:
    """A municipality of three people, gone afterwards."""
    with transaction.atomic():
        RecordingCounter.objects.update(last_at=None)
        with clock_at(datetime(2021, 1, 1, tzinfo=UTC)):
            town = create_municipality(by=command_line(), name="Kanswijk", since=START)
            ids = register_clients(by=command_line(), municipality=town, numbers=[str(n) for n in range(CLIENTS)])
        scale = scale_on("vng", START)
        assert scale is not None
        yield Town(town.pk, ids, scale, {level.code: level.id for level in scale.levels})
        transaction.set_rollback(True)
    forget_all()


def known(model: type[Row], recording: int) -> list[Row]:
    """The rows that stood after a recording, by plain loops."""
    rows = [row for row in model._default_manager.order_by("pk") if row.recording_id <= recording]
    replaced = {row.replaces_id for row in rows}
    return [row for row in rows if row.pk not in replaced and not row.withdrawn]


def by_hand(town: Town, day: date, recording: int) -> tuple[Counter[str | None], Counter[int], Counter[str | None]]:
    """Level, growth below the top, and expected level, person by person."""
    codes = {level.id: (level.parent_code or level.code, level.code) for level in town.scale.levels}
    names = {row.client_id: row.kept_id for row in known(Alias, recording)}
    levels: Counter[str | None] = Counter()
    growths: Counter[int] = Counter()
    expected: Counter[str | None] = Counter()
    followed = {
        names.get(row.client_id, row.client_id)
        for row in known(FollowUp, recording)
        if row.starts_on <= day and (row.ends_on is None or day < row.ends_on)
    }
    for client in followed:
        placed = [
            row
            for row in known(Measurement, recording)
            if names.get(row.client_id, row.client_id) == client
            and row.measured_on <= day
            and not row.second_assessment
        ]
        last = max(placed, key=lambda row: (row.measured_on, row.recording_id, row.pk), default=None)
        whole = codes[last.level_id][0] if last else None
        levels[whole] += 1
        if last and whole not in {"0", "6"}:
            growths[last.growth] += 1
        goal = last.expected_level_id if last else None
        expected[codes[goal][1] if goal else None] += 1
    return levels, growths, expected


def check(town: Town, day: date, recording: int) -> None:
    """The columnar count equals the count by hand."""
    facts = facts_of(town.municipality_id, recording=recording)
    people = nw.from_native(people_on(facts, day, Choice()).lazy())
    state = state_on(facts, day, town.scale.id)
    found = placement(people, state, levels_of(town.scale))
    wanted = goals(people, state, levels_of(town.scale))
    levels, growths, expected = by_hand(town, day, recording)
    assert {row.level: row.clients for row in found.rows if row.clients} == dict(levels)
    totals = found.overall.totals
    assert (totals.without_growth, totals.with_growth, totals.unknown_growth) == (growths[0], growths[1], growths[-1])
    assert {row.level: row.clients for row in wanted.rows if row.clients} == dict(expected)


@given(acts=HISTORIES, days=st.tuples(DAYS, DAYS), back=st.integers(0, 12))
def test_counts_equal_a_count_by_hand_on_both_clocks(acts: list[Act], days: tuple[date, date], back: int) -> None:
    with a_town() as town:
        for number, act in enumerate(acts):
            with clock_at(datetime(2021, 2, 1, tzinfo=UTC) + timedelta(days=number)):
                town.perform(act)
            facts_of(town.municipality_id).table("measurements")  # kept, and brought up step by step
            facts_of(town.municipality_id).table("follow_ups")
        now = latest_recording()
        for day in days:
            for earlier in (0, 1, back // 2, back):
                check(town, day, max(now - earlier, 0))
        forget_all()
        check(town, days[0], now)
