"""Two dossiers of one person at work: one row in every list, confirmed and assigned as one, and two again."""

from __future__ import annotations

import re
from datetime import date

import pytest

from opstap.clients.logic import AddressRow
from opstap.clients.models import Address, Assignment, Client
from opstap.clients.operations import merge_clients, record_held_fact, undo_merge
from opstap.clients.permissions import may_see_client
from opstap.contacts.models import Contact, NextContact
from opstap.contacts.operations import withdraw_contacts
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from tests.factories.accounts import acting
from tests.factories.clients import BY
from tests.factories.contacts import agreed, spoken
from tests.factories.desk import Office, days_ago, shown_on_list
from tests.factories.ladder import placed
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db


class Person:
    """Somebody with two dossiers: the one kept in Jo's caseload, the other in Kim's."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.kept = office.of(office.jo, "Bakker", agreed_on=None)
        self.other = office.of(office.kim, "Backer", agreed_on=None)

    def merge(self) -> None:
        merge_clients(by=BY, client=self.other, kept=self.kept, why="twee keer ingevoerd")

    def part(self) -> None:
        undo_merge(by=BY, client=self.other, why="toch twee zussen")


@pytest.fixture
def person(office: Office) -> Person:
    return Person(office)


def ticked(office: Office, what: str, *clients: Client) -> str:
    """With those ticked on the list; leads to the page that says what was done."""
    references = [client.reference for client in clients]
    given = shown_on_list(office.browser) | {"client": references, "what": what, "next": "/clienten/"}
    answer = office.browser.post("/clienten/samen/", given)
    return str(answer["Location"])


def standing(client: Client) -> list[tuple[date, str]]:
    rows = Measurement.objects.current().filter(client=client).order_by("measured_on")
    return [(row.measured_on, row.level.code) for row in rows]


def workers(client: Client) -> list[str]:
    held = Assignment.objects.active_on(dates.today()).filter(client=client)
    return sorted(row.worker.name for row in held if row.worker)


def test_of_two_dossiers_the_latest_placement_is_confirmed(person: Person) -> None:
    office = person.office
    placed(person.kept, "1", on=days_ago(500))
    placed(person.other, "3", on=days_ago(100), expected="4")
    person.merge()
    office.sign_in(office.leader)
    done = ticked(office, "confirm", person.kept)
    assert "De plaatsing van 1 cliënt is bevestigd per vandaag." in office.page(done)
    assert standing(person.kept)[-1] == (dates.today(), "3")
    assert standing(person.other) == [(days_ago(100), "3")]
    office.browser.post(f"{done}terug/")
    assert standing(person.kept) == [(days_ago(500), "1")]
    person.part()
    assert standing(person.other) == [(days_ago(100), "3")]


def test_a_placement_in_the_other_dossier_alone_is_confirmed_too(person: Person) -> None:
    placed(person.other, "3", on=days_ago(100))
    person.merge()
    person.office.sign_in(person.office.leader)
    ticked(person.office, "confirm", person.kept)
    assert standing(person.kept) == [(dates.today(), "3")]


def test_assigning_moves_both_dossiers_and_taking_back_brings_both_back(person: Person) -> None:
    office = person.office
    person.merge()
    office.sign_in(office.leader)
    assigning = ticked(office, "assign", person.kept)
    given = {"workers": office.jo.reference, "from_on": dates.today().isoformat(), "reason": "transferred"}
    done = str(office.browser.post(assigning, given | version_at(office.browser, assigning))["Location"])
    assert "1 cliënt is toegewezen." in office.page(done)
    assert (workers(person.kept), workers(person.other)) == (["Jo Visser"], [])
    assert not may_see_client(acting(office.kim), person.kept)
    office.browser.post(f"{done}terug/")
    assert (workers(person.kept), workers(person.other)) == (["Jo Visser"], ["Kim Smit"])
    assert may_see_client(acting(office.kim), person.kept)


def test_a_third_colleague_gets_the_whole_person(person: Person) -> None:
    office = person.office
    person.merge()
    office.sign_in(office.coordinator)
    assigning = ticked(office, "assign", person.kept)
    given = {"workers": office.lee.reference, "from_on": dates.today().isoformat(), "reason": "transferred"}
    done = str(office.browser.post(assigning, given | version_at(office.browser, assigning))["Location"])
    assert "Lee Bos" in office.page(done)
    assert (workers(person.kept), workers(person.other)) == (["Lee Bos"], [])
    office.browser.post(f"{done}terug/")
    assert (workers(person.kept), workers(person.other)) == (["Jo Visser"], ["Kim Smit"])


def test_what_was_agreed_in_the_other_dossier_stands_under_today(person: Person) -> None:
    office = person.office
    agreed(person.other, dates.today())
    person.merge()
    page = office.sign_in(office.jo).page("/contact/vandaag/")
    assert "Bakker" in page
    assert f"/contact/{person.kept.reference}/" in page
    assert person.other.reference not in page
    given = {"held_on": dates.today().isoformat(), "kind": "phone", "outcome": "held", "settled": "settles"}
    form = office.browser.get(f"/contact/{person.kept.reference}/").context["form"]
    given["settled"] = str(form.initial["settled"])
    given |= version_at(office.browser, f"/contact/{person.kept.reference}/")
    office.browser.post(f"/contact/{person.kept.reference}/", given | {"looked": "not_discussed"})
    assert not NextContact.objects.waiting().exists()


def test_what_was_recorded_in_the_other_dossier_can_be_put_right(person: Person) -> None:
    office = person.office
    spoken(person.other, days_ago(20), note="in het andere dossier")
    placed(person.other, "3", on=days_ago(100))
    person.merge()
    page = office.sign_in(office.jo).page(f"/clienten/{person.kept.reference}/")
    links = re.findall(r'href="(/(?:contact|plaatsen)/[^"]+/verbeteren/[^"]*)"', page)
    assert len(links) == 2
    for link in links:
        form = office.browser.get(link.replace("&amp;", "&")).context["form"]
        given = {name: form[name].value() or "" for name in form.fields} | {"why": "typefout", "save": "1"}
        given["reason"] = "intake"
        given = {name: value for name, value in given.items() if value is not False}
        assert office.browser.post(link.replace("&amp;", "&"), given).status_code == 302, link
    assert "in het andere dossier" in office.page(f"/contact/{person.kept.reference}/")
    assert Measurement.objects.current().get(client=person.other).why == "typefout"


def test_a_dossier_is_closed_in_both(person: Person) -> None:
    office = person.office
    agreed(person.other, dates.today())
    person.merge()
    office.sign_in(office.jo)
    office.browser.post(f"/clienten/{person.kept.reference}/verhuisd/", {"moved_on": dates.today().isoformat()})
    assert office.names("/clienten/") == []
    assert not NextContact.objects.waiting().exists()


def test_withdrawing_the_contact_of_the_other_dossier_leaves_what_was_agreed_since(person: Person) -> None:
    agreed(person.other, days_ago(1))
    desk = person.office.sign_in(person.office.kim)
    form = desk.browser.get(f"/contact/{person.other.reference}/").context["form"]
    given = {"held_on": days_ago(1).isoformat(), "kind": "phone", "outcome": "held", "looked": "not_discussed"}
    given["settled"] = str(form.initial["settled"])
    given |= version_at(desk.browser, f"/contact/{person.other.reference}/")
    desk.browser.post(f"/contact/{person.other.reference}/", given)
    agreed(person.kept, dates.today())
    person.merge()
    contact = Contact.objects.get(client=person.other)
    withdraw_contacts(by=BY, contact_ids=[contact.pk], why="verkeerde persoon")
    assert [row.client_id for row in NextContact.objects.waiting()] == [person.kept.pk]


def test_a_new_address_follows_the_one_of_the_other_dossier(person: Person) -> None:
    for client, since, street in ((person.other, 300, "Oudeweg"), (person.kept, 5, "Nieuweweg")):
        if client == person.kept:
            person.merge()
        row = AddressRow(client.pk, days_ago(since), None, street, "1", "8601 AB", "Sneek")
        record_held_fact(by=BY, what="address", row=row)
    lived = Address.objects.active_on(dates.today()).filter(client__in=[person.kept, person.other])
    assert [address.street for address in lived] == ["Nieuweweg"]
