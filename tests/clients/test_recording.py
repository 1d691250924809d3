"""Recording who people are and what holds for them: what is refused and why, nothing written then; corrections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from opstap.audit.models import Event
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.clients import operations as record
from opstap.clients.logic import (
    AddressRow,
    ApplicationRow,
    AssignmentRow,
    BarrierRow,
    BenefitSpellRow,
    ExemptionRow,
    FollowUpRow,
    KeptValueRow,
    MembershipRow,
    PersonRow,
    RowsRefused,
    TraitRow,
)
from opstap.clients.models import Application, BenefitSpell, Client, FollowUp, KeptValue, Membership, Person, Trait
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_functional_administrator, acting
from tests.factories.clients import a_client, an_identity, followed, person_of, with_trait
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BY = command_line()
DAY = date(2020, 1, 1)
Record = Callable[..., Any]
PERIODS: list[tuple[Record, Any]] = [
    (record.record_addresses, AddressRow(1, DAY)),
    (record.record_follow_ups, FollowUpRow(1, DAY)),
    (record.record_benefit_spells, BenefitSpellRow(1, "participatiewet", DAY)),
    (record.record_assignments, AssignmentRow(1, DAY, worker_id=1)),
    (record.record_exemptions, ExemptionRow(1, "medical", DAY)),
    (record.record_barriers, BarrierRow(1, "care", DAY)),
    (record.record_traits, TraitRow(1, "integration", "need", DAY)),
    (record.record_memberships, MembershipRow(1, 1, DAY)),
]
OTHERS: list[tuple[Record, Any]] = [
    (record.record_applications, ApplicationRow(1, DAY, "participatiewet")),
    (record.keep_values, KeptValueRow(1, "bron", "Opmerking", "x")),
]
each_period = pytest.mark.parametrize(("operation", "row"), PERIODS)


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def someone(town: Municipality) -> Client:
    return an_identity(town)


@pytest.mark.parametrize(("operation", "row"), PERIODS + OTHERS)
def test_who_may_not_record_writes_nothing(town: Municipality, operation: Record, row: Any) -> None:
    actor, before = acting(a_functional_administrator(town)), latest_recording()
    with pytest.raises(PermissionDenied):
        operation(by=actor, rows=[row])
    assert latest_recording() == before


def test_who_may_not_record_registers_nobody(town: Municipality) -> None:
    actor, before = acting(a_functional_administrator(town)), latest_recording()
    with pytest.raises(PermissionDenied):
        record.register_clients(by=actor, municipality=town, numbers=["1"])
    with pytest.raises(PermissionDenied):
        record.record_persons(by=actor, municipality=town, rows=[PersonRow(1, "X")])
    with pytest.raises(PermissionDenied):
        record.record_households(by=actor, municipality=town, rows=[])
    assert latest_recording() == before


@each_period
def test_an_end_that_does_not_lie_after_the_begin_is_refused(operation: Record, row: Any) -> None:
    before = latest_recording()
    for days in (0, -1):
        wrong = replace(row, ends_on=DAY + timedelta(days=days))
        with pytest.raises(RowsRefused) as refused:
            operation(by=BY, rows=[row, wrong])
        assert [(fault.row, fault.code) for fault in refused.value.faults] == [(1, "ends_before_it_starts")]
    assert latest_recording() == before


@pytest.mark.parametrize(("operation", "row"), PERIODS + OTHERS)
def test_nothing_to_record_takes_no_recording(operation: Record, row: Any) -> None:
    before = latest_recording()
    operation(by=BY, rows=[])
    assert latest_recording() == before


def test_one_operation_is_one_recording_with_its_event(someone: Client) -> None:
    before = latest_recording()
    rows = [TraitRow(someone.pk, kind, "yes", DAY) for kind in ("low_literate", "basic_qualification")]
    record.record_traits(by=BY, rows=rows)
    assert latest_recording() == before + 1
    event = Event.objects.get(recording=before + 1)
    assert (event.verb, event.count) == ("record_traits", 2)
    assert set(Trait.objects.values_list("recording_id", flat=True)) == {before + 1}


def test_clients_are_registered_in_order_with_references_of_their_own(town: Municipality) -> None:
    ids = record.register_clients(by=BY, municipality=town, numbers=["b", "a", "007"])
    assert [Client.objects.get(pk=pk).number for pk in ids] == ["b", "a", "007"]
    assert Client.objects.filter(pk__in=ids).values("reference").distinct().count() == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        record.register_clients(by=BY, municipality=town, numbers=["c", "007"])
    assert not Client.objects.filter(number="c").exists()
    record.register_clients(by=BY, municipality=a_municipality(), numbers=["007"])


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ({"surname": " "}, "name_missing"),
        ({"birth_date": "tomorrow"}, "birth_date_impossible"),
        ({"birth_date": date(1880, 1, 1)}, "birth_date_impossible"),
        ({"died_on": "tomorrow"}, "death_date_impossible"),
        ({"birth_date": DAY, "died_on": DAY - timedelta(days=1)}, "death_date_impossible"),
    ],
)
def test_a_person_who_cannot_be_is_refused(
    town: Municipality, someone: Client, person: dict[str, Any], code: str
) -> None:
    tomorrow = dates.today() + timedelta(days=1)
    given: dict[str, Any] = {name: tomorrow if value == "tomorrow" else value for name, value in person.items()}
    row = replace(PersonRow(someone.pk, "Voorbeeld"), **given)
    with pytest.raises(RowsRefused, match=f"row 0: {code}"):
        record.record_persons(by=BY, municipality=town, rows=[row])
    assert not Person.objects.exists()


def test_who_is_known_already_is_corrected_and_not_recorded_twice(town: Municipality) -> None:
    client = a_client(town)
    with pytest.raises(RowsRefused, match="row 0: person_known_already"):
        record.record_persons(by=BY, municipality=town, rows=[PersonRow(client.pk, "Dubbel")])
    twice = PersonRow(an_identity(town).pk, "Twee keer")
    with pytest.raises(RowsRefused, match="row 1: person_known_already"):
        record.record_persons(by=BY, municipality=town, rows=[twice, twice])
    row = PersonRow(client.pk, "Verbeterd", replaces_id=person_of(client).pk)
    record.record_persons(by=BY, municipality=town, rows=[row])
    assert person_of(client).surname == "Verbeterd"


def test_the_second_of_two_corrections_is_refused(town: Municipality) -> None:
    client = a_client(town)
    seen_by_both = person_of(client).pk
    record.record_persons(by=BY, municipality=town, rows=[PersonRow(client.pk, "Eerst", replaces_id=seen_by_both)])
    with pytest.raises(ReplacedMeanwhile), transaction.atomic():
        record.record_persons(by=BY, municipality=town, rows=[PersonRow(client.pk, "Later", replaces_id=seen_by_both)])
    assert person_of(client).surname == "Eerst"


def test_follow_up_is_closed_by_a_row_that_replaces(someone: Client) -> None:
    followed(someone, DAY)
    open_ = FollowUp.objects.get(client=someone)
    followed(someone, DAY, date(2021, 1, 1), replaces=open_.pk)
    assert list(FollowUp.objects.active_on(date(2020, 12, 31)).values_list("ends_on", flat=True)) == [date(2021, 1, 1)]
    assert not FollowUp.objects.active_on(date(2021, 1, 1)).exists()
    assert FollowUp.objects.get(pk=open_.pk).ends_on is None


def test_a_benefit_is_put_back_in_time_and_keeps_its_reasons(someone: Client) -> None:
    row = BenefitSpellRow(someone.pk, "participatiewet", DAY, entry_reason="loss_of_work", origin_of_entry="ww")
    record.record_benefit_spells(by=BY, rows=[row])
    earlier = replace(row, starts_on=date(2019, 11, 1), replaces_id=BenefitSpell.objects.get().pk)
    record.record_benefit_spells(by=BY, rows=[earlier])
    spell = BenefitSpell.objects.current().get()
    assert (spell.starts_on, spell.entry_reason, spell.origin_of_entry) == (date(2019, 11, 1), "loss_of_work", "ww")


def test_an_assignment_names_somebody(someone: Client) -> None:
    with pytest.raises(RowsRefused, match="row 0: assignment_names_nobody"):
        record.record_assignments(by=BY, rows=[AssignmentRow(someone.pk, DAY)])


def test_an_application_is_not_decided_before_it_was_reported(someone: Client) -> None:
    row = ApplicationRow(someone.pk, DAY, "participatiewet", decided_on=DAY)
    record.record_applications(by=BY, rows=[row])
    with pytest.raises(RowsRefused, match="row 0: decided_before_reported"):
        record.record_applications(by=BY, rows=[replace(row, decided_on=DAY - timedelta(days=1))])
    assert Application.objects.get().decided_on == DAY


def test_traits_and_programmes_hold_for_their_period(town: Municipality, someone: Client) -> None:
    programme = record.create_programme(by=BY, municipality=town, name="Perspectief")
    record.record_memberships(by=BY, rows=[MembershipRow(someone.pk, programme.pk, DAY, date(2020, 7, 1))])
    with_trait(someone, "integration", "duty", DAY, date(2020, 7, 1))
    for day, holds in ((DAY, True), (date(2020, 6, 30), True), (date(2020, 7, 1), False)):
        assert Membership.objects.active_on(day).exists() is holds
        assert Trait.objects.active_on(day).exists() is holds
    with pytest.raises(IntegrityError), transaction.atomic():
        record.create_programme(by=BY, municipality=town, name="Perspectief")


def test_what_has_no_home_is_kept_and_replaced(someone: Client) -> None:
    record.keep_values(by=BY, rows=[KeptValueRow(someone.pk, "bron", "Traject", "fietsles")])
    row = KeptValueRow(someone.pk, "bron", "Traject", "taalles", KeptValue.objects.get().pk)
    record.keep_values(by=BY, rows=[row])
    assert KeptValue.objects.current().get().value == "taalles"


@pytest.mark.parametrize(
    ("given_names", "name_prefix", "in_a_list", "in_a_sentence"),
    [
        ("Leyla", "de", "Boer, Leyla de", "Leyla de Boer"),
        ("Leyla", "", "Boer, Leyla", "Leyla Boer"),
        ("", "de", "Boer, de", "de Boer"),
        ("", "", "Boer", "Boer"),
    ],
)
def test_a_name_in_a_list_and_in_a_sentence(
    given_names: str, name_prefix: str, in_a_list: str, in_a_sentence: str
) -> None:
    person = Person(surname="Boer", given_names=given_names, name_prefix=name_prefix)
    assert (person.list_name, person.spoken_name) == (in_a_list, in_a_sentence)
