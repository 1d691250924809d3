"""One fact by hand: added, corrected, ended and withdrawn; and what can't stand beside what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opstap.audit.models import Event
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import command_line
from opstap.clients.logic import (
    AddressRow,
    ArrangementRow,
    BenefitSpellRow,
    ExemptionRow,
    FollowUpRow,
    HeldAlready,
    MemberRow,
    PersonRow,
    RowsRefused,
    TraitRow,
)
from opstap.clients.models import Address, BenefitSpell, Client, FollowUp, HouseholdComposition, HouseholdMember, Person
from opstap.clients.operations import (
    BsnHeldByAnother,
    NewHousehold,
    change_household_type,
    close_follow_up,
    correct_person,
    end_held_fact,
    end_household,
    join_household,
    record_death,
    record_held_fact,
    record_households,
    show_bsn,
    withdraw_held_fact,
)
from opstap.clients.selectors.bsn import bsn_cipher
from opstap.clients.selectors.held import told_of
from opstap.foundation import dates
from tests.factories.accounts import a_case_manager, a_team, acting
from tests.factories.clients import a_bsn, a_client, person_of
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BY = command_line()
DAY = date(2024, 1, 1)
LATER = date(2025, 1, 1)


@pytest.fixture
def client() -> Client:
    return a_client(a_municipality(), bsn=a_bsn(1))


def test_two_benefits_of_one_kind_can_not_overlap(client: Client) -> None:
    record_held_fact(by=BY, what="benefit", row=BenefitSpellRow(client.pk, "participatiewet", DAY))
    with pytest.raises(HeldAlready) as refused:
        record_held_fact(by=BY, what="benefit", row=BenefitSpellRow(client.pk, "participatiewet", LATER))
    assert (refused.value.starts_on, refused.value.ends_on) == (DAY, None)
    record_held_fact(by=BY, what="benefit", row=BenefitSpellRow(client.pk, "ioaw", LATER))
    assert BenefitSpell.objects.current().count() == 2


def test_a_new_address_ends_the_one_before(client: Client) -> None:
    record_held_fact(by=BY, what="address", row=AddressRow(client.pk, DAY, street="Oud"))
    record_held_fact(by=BY, what="address", row=AddressRow(client.pk, LATER, street="Nieuw"))
    found = Address.objects.current().order_by("starts_on").values_list("street", "ends_on")
    assert list(found) == [("Oud", LATER), ("Nieuw", None)]
    with pytest.raises(HeldAlready):
        record_held_fact(by=BY, what="address", row=AddressRow(client.pk, DAY, street="Ertussen"))


def test_traits_of_two_kinds_stand_beside_each_other(client: Client) -> None:
    for kind, value, day in (("low_literate", "yes", DAY), ("integration", "need", DAY), ("low_literate", "no", LATER)):
        record_held_fact(by=BY, what="trait", row=TraitRow(client.pk, kind, value, day))
    assert len([fact for fact in told_of("trait", [client.pk]) if not fact.withdrawn]) == 4


def test_a_correction_keeps_what_stood_there_and_says_why(client: Client) -> None:
    record_held_fact(by=BY, what="exemption", row=ExemptionRow(client.pk, "medical", DAY, duty="work"))
    (held,) = told_of("exemption", [client.pk])
    put_right = ExemptionRow(client.pk, "social", DAY, duty="work", replaces_id=held.pk)
    record_held_fact(by=BY, what="exemption", row=put_right, why="verkeerde grond")
    latest, first = told_of("exemption", [client.pk])
    assert (latest.texts[0], latest.replaces_id, latest.why) == ("social", first.pk, "verkeerde grond")
    withdraw_held_fact(by=BY, what="exemption", pk=latest.pk, why="er was geen ontheffing")
    assert told_of("exemption", [client.pk])[0].withdrawn
    assert told_of("exemption", [client.pk])[0].why == "er was geen ontheffing"


def test_an_end_before_the_begin_is_refused(client: Client) -> None:
    record_held_fact(by=BY, what="benefit", row=BenefitSpellRow(client.pk, "ioaw", DAY))
    held = BenefitSpell.objects.get()
    with pytest.raises(RowsRefused, match="ends_before_it_starts"):
        end_held_fact(by=BY, what="benefit", pk=held.pk, ends_on=DAY)
    end_held_fact(by=BY, what="benefit", pk=held.pk, ends_on=LATER, said={"exit_reason": "work"})
    ended = BenefitSpell.objects.current().get()
    assert (ended.ends_on, ended.exit_reason) == (LATER, "work")


def test_a_visit_with_two_has_an_end(client: Client) -> None:
    with pytest.raises(RowsRefused, match="needs_an_end"):
        record_held_fact(by=BY, what="arrangement", row=ArrangementRow(client.pk, "visit_with_two", DAY))
    record_held_fact(by=BY, what="arrangement", row=ArrangementRow(client.pk, "visit_with_two", DAY, LATER))


def test_who_may_not_reach_a_client_writes_nothing_about_them(client: Client) -> None:
    other = acting(a_case_manager(a_team(client.municipality)))
    with pytest.raises(PermissionDenied):
        record_held_fact(by=other, what="benefit", row=BenefitSpellRow(client.pk, "ioaw", DAY))
    with pytest.raises(PermissionDenied):
        show_bsn(by=other, client=client)


def test_a_corrected_person_keeps_the_bsn_or_gets_another(client: Client) -> None:
    standing = person_of(client).pk
    given = PersonRow(client.pk, "Bakker", given_names="Anna", birth_date=date(1988, 4, 12), replaces_id=standing)
    correct_person(by=BY, client=client, given=given, why="verkeerd gespeld")
    person = person_of(client)
    assert (person.surname, person.why) == ("Bakker", "verkeerd gespeld")
    assert person.bsn_encrypted is not None
    assert bsn_cipher().decrypt(bytes(person.bsn_encrypted)) == a_bsn(1)
    a_client(client.municipality, bsn=a_bsn(2))
    taken = PersonRow(client.pk, "Bakker", bsn=a_bsn(2), replaces_id=person.pk)
    with pytest.raises(BsnHeldByAnother):
        correct_person(by=BY, client=client, given=taken, why="?", keeps_bsn=False)
    with pytest.raises(ReplacedMeanwhile):
        correct_person(by=BY, client=client, given=given, why="ik had dit nog openstaan")
    assert person_of(client).why == "verkeerd gespeld"
    wrong = PersonRow(client.pk, "Bakker", bsn="123456789")
    with pytest.raises(RowsRefused, match="bsn_invalid"):
        correct_person(by=BY, client=client, given=wrong, why="?", keeps_bsn=False)


def test_showing_a_bsn_is_recorded(client: Client) -> None:
    assert show_bsn(by=BY, client=client) == a_bsn(1)
    assert Event.objects.filter(verb="show_bsn", about=client.reference).count() == 1


def test_a_death_is_recorded_and_taken_back(client: Client) -> None:
    record_death(by=BY, client=client, died_on=DAY, why="bericht van de familie")
    assert person_of(client).died_on == DAY
    record_death(by=BY, client=client, died_on=None, why="vergissing")
    person = person_of(client)
    assert (person.died_on, person.bsn_digest is not None) == (None, True)
    with pytest.raises(RowsRefused, match="death_date_impossible"):
        record_death(by=BY, client=client, died_on=dates.today() + timedelta(days=2), why="?")
    assert Person.objects.count() == 3


def test_follow_up_is_closed_with_its_reason_and_opened_again(client: Client) -> None:
    close_follow_up(by=BY, client=client, ends_on=LATER, reason="moved_out")
    closed = FollowUp.objects.current().get()
    assert (closed.ends_on, closed.end_reason) == (LATER, "moved_out")
    with pytest.raises(RowsRefused, match="not_followed"):
        close_follow_up(by=BY, client=client, ends_on=LATER, reason="moved_out")
    with pytest.raises(HeldAlready):
        record_held_fact(by=BY, what="follow_up", row=FollowUpRow(client.pk, DAY))
    record_held_fact(by=BY, what="follow_up", row=FollowUpRow(client.pk, date(2026, 1, 1)))
    assert FollowUp.objects.current().count() == 2


def test_a_household_changes_type_takes_somebody_in_and_ends(client: Client) -> None:
    town = client.municipality
    record_households(by=BY, municipality=town, rows=[NewHousehold("single", DAY, ((client.pk, "interested_party"),))])
    partner = a_client(town)
    join_household(by=BY, client=client, newcomer=partner, role="partner", on=LATER)
    change_household_type(by=BY, client=client, kind="couple", on=LATER)
    kinds = HouseholdComposition.objects.current().order_by("starts_on").values_list("kind", "ends_on")
    assert list(kinds) == [("single", LATER), ("couple", None)]
    change_household_type(by=BY, client=client, kind="couple_with_children", on=LATER)
    assert HouseholdComposition.objects.active_on(LATER).get().kind == "couple_with_children"
    with pytest.raises(HeldAlready):
        join_household(by=BY, client=client, newcomer=partner, role="partner", on=LATER)
    household = HouseholdMember.objects.current().filter(client=client).get().household_id
    with pytest.raises(HeldAlready):
        record_held_fact(by=BY, what="household", row=MemberRow(partner.pk, household, "child", LATER))
    end_household(by=BY, client=client, on=date(2026, 1, 1))
    assert not HouseholdMember.objects.active_on(date(2026, 1, 1)).exists()
    with pytest.raises(RowsRefused, match="lives_in_no_household"):
        end_household(by=BY, client=client, on=date(2026, 1, 1))
