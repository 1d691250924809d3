"""Random benefit spells, back-dated, corrected and withdrawn: time on benefit equals a count day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from opstap.analytics.periods import FAR
from opstap.audit.models import RecordingCounter
from opstap.audit.operations import withdraw_facts, writing
from opstap.audit.permissions import command_line
from opstap.clients.logic import BenefitSpellRow
from opstap.clients.models import BenefitSpell
from opstap.clients.operations import record_benefit_spells, register_clients
from opstap.facts.selectors.cache import facts_of, forget_all
from opstap.facts.selectors.dimensions import DIMENSIONS, groups_on
from opstap.foundation.dates import age_on, clock_at
from tests.factories.municipality import a_municipality
from tests.reference import naive
from tests.reference.rows import Period

pytestmark = pytest.mark.django_db
BY = command_line()
START = date(2020, 1, 1)
DAYS = st.integers(0, 2_600).map(lambda number: START + timedelta(days=number))
LENGTHS = st.none() | st.sampled_from([1, 29, 30, 31, 200, 365, 900])
SPELLS = st.tuples(
    st.sampled_from(["new", "new", "correct", "withdraw"]), st.integers(0, 1), DAYS, LENGTHS, st.integers(0, 20)
)
EDGES = (1, 2, 5, 10)
CLASSES = ("<1", "1-2", "2-5", "5-10", ">=10")


def perform(clients: list[int], act: tuple[str, int, date, int | None, int]) -> None:
    kind, who, starts_on, length, which = act
    standing = list(BenefitSpell.objects.current().filter(client__in=clients).order_by("pk"))
    earlier = standing[which % len(standing)] if standing and kind != "new" else None
    if kind == "withdraw" and earlier is not None:
        with writing(by=BY, verb="withdraw") as recording:
            withdraw_facts(BenefitSpell, [earlier.pk], recording=recording)
        return
    client = clients[who] if earlier is None else earlier.client_id
    ends_on = None if length is None else starts_on + timedelta(days=length)
    row = BenefitSpellRow(
        client, "participatiewet", starts_on, ends_on, replaces_id=None if earlier is None else earlier.pk
    )
    record_benefit_spells(by=BY, rows=[row])


def stored(recording: int) -> list[Period]:
    """The rows as they lie, as the reference takes them."""
    rows = [
        Period(
            client_id=row.client_id,
            id=row.pk,
            recording=row.recording_id,
            replaces=row.replaces_id,
            withdrawn=row.withdrawn,
            starts_on=row.starts_on,
            ends_on=row.ends_on or FAR,
            group=row.kind,
        )
        for row in BenefitSpell.objects.all()
    ]
    return naive.standing(rows, recording)


def duration_class(since: date, day: date) -> str:
    return CLASSES[sum(age_on(since, day) >= edge for edge in EDGES)]


@given(acts=st.lists(SPELLS, min_size=1, max_size=10), day=DAYS, back=st.integers(0, 6))
def test_time_on_benefit_equals_a_count_day_by_day_on_both_clocks(
    acts: list[tuple[str, int, date, int | None, int]], day: date, back: int
) -> None:
    with transaction.atomic(), clock_at(datetime(2028, 1, 1, tzinfo=UTC)):
        RecordingCounter.objects.update(last_at=None)
        town = a_municipality()
        clients = register_clients(by=BY, municipality=town, numbers=["1", "2"])
        for act in acts:
            perform(clients, act)
            facts_of(town.pk).table("benefit_spells")
        latest = facts_of(town.pk).recording
        for recording in (latest, latest - back):
            found = groups_on(facts_of(town.pk, recording=recording), DIMENSIONS["benefit-duration"], day)
            since = naive.uninterrupted_since(stored(recording), day, 30)
            assert dict(found.rows()) == {client: duration_class(begun, day) for client, begun in since.items()}
        transaction.set_rollback(True)
    forget_all()
