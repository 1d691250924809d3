"""Random histories read through a crosswalk: what is counted equals a count by hand, on both clocks."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.distribution import goals, placement
from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Alias, FollowUp
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.people import Choice, Reading, people_on, state_on
from opstap.foundation.dates import clock_at
from opstap.ladder.models import Measurement, Scale
from opstap.ladder.operations import CrosswalkWords, create_crosswalk
from opstap.ladder.selectors.crosswalks import crosswalk_on
from opstap.ladder.selectors.scales import scale_on
from opstap.reporting.selectors.counting import levels_of
from opstap.reporting.selectors.crosswalks import with_no_counterpart
from tests.facts.test_random_histories import DAYS, HISTORIES, START, Act, Town, a_town, known

pytestmark = pytest.mark.django_db
SAID = {"0": "0", "1": "2", "1+": "3", "2": "2", "3": None, "3+": "4", "4": "5", "5": None, "6": "6"}


def as_read(code: str) -> str:
    """The counterpart of a level by hand: its own entry, or that of its whole level."""
    return SAID.get(code, SAID[code.rstrip("+-")]) or "no_counterpart"


def by_hand(town: Town, day: date, recording: int) -> tuple[Counter[str | None], Counter[str | None]]:
    codes = {pk: code for code, pk in town.levels.items()}
    names = {row.client_id: row.kept_id for row in known(Alias, recording)}
    levels: Counter[str | None] = Counter()
    expected: Counter[str | None] = Counter()
    rows = [row for row in known(Measurement, recording) if row.measured_on <= day and not row.second_assessment]
    spells = [
        row for row in known(FollowUp, recording) if row.starts_on <= day and (not row.ends_on or day < row.ends_on)
    ]
    for client in {names.get(row.client_id, row.client_id) for row in spells}:
        own = [row for row in rows if names.get(row.client_id, row.client_id) == client]
        last = max(own, key=lambda row: (row.measured_on, row.recording_id, row.pk), default=None)
        levels[as_read(codes[last.level_id]) if last else None] += 1
        expected[as_read(codes[last.expected_level_id]) if last and last.expected_level_id else None] += 1
    return levels, expected


def check(town: Town, reading: Reading, day: date, recording: int) -> None:
    facts = facts_of(town.municipality_id, recording=recording)
    people = nw.from_native(people_on(facts, day, Choice()).lazy())
    target = scale_on("rijswijk", day)
    assert target is not None
    state, scale = state_on(facts, day, reading), levels_of(with_no_counterpart(target))
    placed, wanted = placement(people, state, scale), goals(people, state, scale)
    levels, expected = by_hand(town, day, recording)
    assert {row.level: row.clients for row in placed.rows if row.clients} == dict(levels)
    assert {row.level: row.clients for row in wanted.rows if row.clients} == dict(expected)
    check_closes([*placed.sums(), *wanted.sums()])


@given(acts=HISTORIES, day=DAYS, back=st.integers(0, 12))
def test_counts_equal_a_count_by_hand_on_both_clocks(acts: list[Act], day: date, back: int) -> None:
    with a_town() as town:
        source, target = (Scale.objects.get(key=key) for key in ("vng", "rijswijk"))
        words = CrosswalkWords("VNG als Rijswijk", "VNG as Rijswijk")
        with clock_at(datetime(2021, 1, 15, tzinfo=UTC)):
            create_crosswalk(
                by=command_line(),
                key="proef",
                source=source,
                target=target,
                words=words,
                counterparts=SAID,
                since=START,
            )
        crosswalk = crosswalk_on("proef", day)
        assert crosswalk is not None
        reading = Reading(source.pk, crosswalk.ids, crosswalk.undetermined)
        for number, act in enumerate(acts):
            with clock_at(datetime(2021, 2, 1, tzinfo=UTC) + timedelta(days=number)):
                town.perform(act)
        now = latest_recording()
        check(town, reading, day, now)
        check(town, reading, day, max(now - back, 0))
