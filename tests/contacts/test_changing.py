"""A contact corrected, withdrawn and looked back at; the next contact moved and cancelled by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opstap.audit.permissions import Actor
from opstap.contacts.logic import ContactRow, ContactsRefused, NextContactRow
from opstap.contacts.models import Contact, NextContact
from opstap.contacts.operations import (
    cancel_next_contacts,
    record_contact,
    record_contacts,
    record_next_contacts,
    withdraw_contacts,
)
from opstap.contacts.selectors import last_contact_by_client, next_contact_by_client
from opstap.foundation import dates
from opstap.ladder.models import Scale
from tests.contacts.desks import Desk, ahead
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, acting
from tests.factories.contacts import agreed, spoken
from tests.factories.windows import version_at

DAY = date(2026, 3, 4)


def test_a_correction_names_what_it_replaces_and_why_and_keeps_who_held_it(desk: Desk) -> None:
    old = spoken(desk.client, DAY, note="verkeerd", worker=desk.worker)
    desk.sign_in(a_coordinator(desk.town))
    url = desk.link("verbeteren")
    assert "verkeerd" in desk.page(url)
    wrong = {"held_on": DAY.isoformat(), "kind": "office", "note": "goed"}
    assert "Zeg in een paar woorden waarom." in desk.post(wrong, url)
    desk.post(wrong | {"why": "namen verwisseld"}, url)
    (held,) = desk.contacts()
    assert (held.replaces_id, held.why, held.worker_id) == (old.pk, "namen verwisseld", desk.worker.pk)
    page = desk.page()
    assert "Verbeterd: namen verwisseld" in page
    assert "verkeerd" not in page
    history = desk.page(desk.link("geschiedenis"))
    assert history.index("goed") < history.index("verkeerd")
    assert "namen verwisseld" in history


def test_a_correction_of_what_was_corrected_meanwhile_saves_nothing(desk: Desk) -> None:
    old = spoken(desk.client, DAY, note="eerste")
    url = desk.link("verbeteren")
    row = ContactRow(desk.client.pk, DAY, "phone", why="ik was eerst", replaces_id=old.pk)
    record_contacts(by=acting(desk.worker), rows=[row])
    assert "ik was eerst" in desk.page()
    page = desk.post({"held_on": DAY.isoformat(), "kind": "email", "note": "mijn notitie", "why": "tweede"}, url)
    assert [(held.kind, held.why) for held in desk.contacts()] == [("phone", "ik was eerst")]
    assert "Fenna Hazelhoff heeft dit intussen gewijzigd" in page
    assert "mijn notitie</textarea>" in page


def test_a_withdrawal_asks_why_and_what_was_agreed_waits_again(desk: Desk) -> None:
    agreed(desk.client, dates.today())
    desk.post({"looked": "not_discussed", "settled": "settles"})
    assert desk.agreed() == [(dates.today().isoformat(), "held")]
    url = desk.link("intrekken")
    assert desk.browser.post(url, {"why": ""}).status_code == 400
    desk.browser.post(url, {"why": "verkeerde persoon"})
    assert desk.contacts() == []
    assert desk.agreed() == [(dates.today().isoformat(), "open")]
    assert Contact.objects.get(withdrawn=True).why == "verkeerde persoon"
    assert "heeft dit ingetrokken" in desk.browser.get(url, follow=True).content.decode()
    assert "ingetrokken" in desk.page(url.replace("intrekken", "geschiedenis"))


def test_a_withdrawal_leaves_what_was_agreed_since(desk: Desk) -> None:
    agreed(desk.client, dates.today())
    desk.post({"looked": "not_discussed", "settled": "settles", "next_on": ahead(9), "next_kind": "office"})
    desk.browser.post(desk.link("intrekken"), {"why": "verkeerde persoon"})
    assert desk.agreed() == [(dates.today().isoformat(), "held"), (ahead(9), "open")]


def test_the_next_contact_is_agreed_moved_and_cancelled_by_itself(desk: Desk) -> None:
    url = f"{desk.url}afspraak/"
    assert "Er is nu geen contact afgesproken." in desk.page(url)
    assert "Vul de dag in." in desk.browser.post(url, {"next_kind": "office"}).content.decode()
    plan = {"next_kind": "neighbourhood_centre", "next_place": "De Spil", "next_agreed": "on"}
    desk.browser.post(url, plan | {"next_on": ahead(5)} | version_at(desk.browser, url))
    desk.browser.post(url, plan | {"next_on": ahead(7), "next_time": "09:00"} | version_at(desk.browser, url))
    assert desk.agreed() == [(ahead(5), "replaced"), (ahead(7), "open")]
    page = desk.page(url)
    assert "wijkcentrum, De Spil" in page
    assert "verzet" in page
    away = f"{desk.url}afspraak-vervalt/"
    assert "Zeg in een paar woorden waarom." in desk.browser.post(away, {"cancel-why": ""}).content.decode()
    desk.browser.post(away, {"cancel-why": "opgenomen"} | version_at(desk.browser, url))
    assert desk.agreed()[-1] == (ahead(7), "cancelled")
    assert "vervallen: opgenomen" in desk.page(url)
    assert next_contact_by_client([desk.client.pk]) == {}


def test_moving_away_or_dying_cancels_what_waits(desk: Desk) -> None:
    agreed(desk.client, DAY)
    by = acting(desk.worker)
    assert cancel_next_contacts(by=by, client=desk.client, why="verhuisd") == 1
    assert cancel_next_contacts(by=by, client=desk.client, why="verhuisd") == 0
    held = NextContact.objects.current().get(client=desk.client)
    assert (held.state, held.why) == ("cancelled", "verhuisd")


def test_many_are_agreed_at_once_and_two_for_one_are_refused(desk: Desk) -> None:
    other = desk.in_my_caseload("K2")
    by = acting(desk.worker)
    record_next_contacts(by=by, rows=[NextContactRow(one.pk, DAY, "phone") for one in (desk.client, other)])
    assert {one.planned_on for one in next_contact_by_client([desk.client.pk, other.pk]).values()} == {DAY}
    twice = [NextContactRow(other.pk, DAY, "phone")] * 2
    with pytest.raises(ContactsRefused, match="row 1: planned_twice"):
        record_next_contacts(by=by, rows=twice)
    with pytest.raises(ContactsRefused, match="row 0: state_unknown"):
        record_next_contacts(by=by, rows=[NextContactRow(other.pk, DAY, "phone", state="forgotten")])


def test_the_last_contact_is_the_last_one_held_by_the_day(desk: Desk) -> None:
    other, never = desk.in_my_caseload("K2"), desk.in_my_caseload("K3")
    spoken(desk.client, DAY, kind="phone")
    spoken(desk.client, DAY + timedelta(days=9), kind="video")
    spoken(desk.client, DAY + timedelta(days=12), outcome="not_appeared")
    spoken(other, DAY, outcome="cancelled_by_us")
    found = last_contact_by_client([desk.client.pk, other.pk, never.pk], DAY + timedelta(days=30))
    assert {one.client_id: (one.held_on, one.kind) for one in found.values()} == {
        desk.client.pk: (DAY + timedelta(days=9), "video")
    }
    assert last_contact_by_client([desk.client.pk], DAY)[desk.client.pk].kind == "phone"


def test_every_operation_asks_the_permission_and_the_reach(desk: Desk) -> None:
    held = spoken(desk.client, DAY)
    agreed(desk.client, DAY)
    stranger = acting(a_case_manager(a_team(desk.town)))
    nobody = Actor(reference="x", name="x", source="screen", municipality_id=desk.town.pk)
    row, scale = ContactRow(desk.client.pk, DAY, "phone"), Scale.objects.get(key="vng").pk
    for by in (stranger, nobody):
        for write in (
            lambda by=by: record_contacts(by=by, rows=[row]),
            lambda by=by: record_contact(by=by, client=desk.client, row=row, scale_id=scale),
            lambda by=by: record_next_contacts(by=by, rows=[NextContactRow(desk.client.pk, DAY, "phone")]),
            lambda by=by: cancel_next_contacts(by=by, client=desk.client, why="x"),
            lambda by=by: withdraw_contacts(by=by, contact_ids=[held.pk], why="x"),
        ):
            with pytest.raises(PermissionDenied):
                write()
    assert (len(desk.contacts()), desk.agreed()) == (1, [(DAY.isoformat(), "open")])


def test_a_contact_to_come_is_refused(desk: Desk) -> None:
    tomorrow = dates.today() + timedelta(days=1)
    with pytest.raises(ContactsRefused, match="held_in_future"):
        record_contacts(by=acting(desk.worker), rows=[ContactRow(desk.client.pk, tomorrow, "phone")])
