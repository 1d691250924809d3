"""Noting a contact: the note, the placement at the contact, the next contact, and the draft."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import Draft
from opstap.audit.models import Event, Recording
from opstap.contacts.models import Contact
from opstap.contacts.selectors import contacts_of
from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day
from tests.contacts.desks import Desk, ago, ahead
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team
from tests.factories.contacts import agreed, spoken
from tests.factories.ladder import placed

LAST_YEAR = date(2025, 3, 4)


@pytest.mark.covers("D-19", page="/contact/")
@pytest.mark.covers("C-34", page="/contact/")
def test_a_contact_keeps_what_was_said_and_what_each_side_will_do(desk: Desk) -> None:
    said = {"kind": "video", "note": "Het gaat beter thuis.", "client_does": "gaat naar de taalles",
            "municipality_does": "vraagt een plek aan"}  # fmt: skip
    desk.post(said | {"looked": "not_discussed"})
    (held,) = desk.contacts()
    assert (held.kind, held.outcome, held.held_on, held.looked) == ("video", "held", dates.today(), "not_discussed")
    assert held.worker_id == desk.worker.pk
    page = desk.page()
    for words in ("beeldbellen", "Het gaat beter thuis.", "gaat naar de taalles", "vraagt een plek aan",
                  "trede niet besproken", "Fenna Hazelhoff"):  # fmt: skip
        assert words in page


def test_the_note_stands_encrypted_and_is_named_nowhere_else(desk: Desk) -> None:
    desk.post({"note": "iets heel eigens", "client_does": "schaatsen", "looked": "not_discussed"})
    (held,) = desk.contacts()
    assert held.note_encrypted is not None
    assert held.note_key.startswith("notes-")
    with connection.cursor() as cursor:
        for every_row in (
            "SELECT * FROM contacts_contact",
            "SELECT * FROM audit_event",
            "SELECT * FROM audit_recording",
        ):
            cursor.execute(every_row)
            stored = "".join(str(bytes(v) if isinstance(v, memoryview | bytes) else v) for r in cursor for v in r)
            assert "eigens" not in stored
            assert "schaatsen" not in stored


@pytest.mark.covers("A-08", "B-08", page="/contact/")
def test_saving_confirms_the_placement_in_the_same_recording(desk: Desk) -> None:
    placed(desk.client, "3-", on=LAST_YEAR, growth="yes", expected="4")
    assert "Bewaar, trede 3- klopt nog" in desk.page()
    before = Recording.objects.count()
    desk.post({"looked": "confirmed"})
    assert Recording.objects.count() == before + 1
    assert desk.placements() == [(LAST_YEAR.isoformat(), "3-"), (dates.today().isoformat(), "3-")]
    assert [held.looked for held in desk.contacts()] == ["confirmed"]
    assert {"record_contact", "record_contacts", "record_measurements"} <= set(
        Event.objects.filter(recording=Recording.objects.latest("number")).values_list("verb", flat=True)
    )
    assert "De plaatsing is bevestigd per" in desk.page()


@pytest.mark.covers("A-09", page="/contact/")
def test_the_placement_gets_the_day_of_the_contact(desk: Desk) -> None:
    placed(desk.client, "3-", on=LAST_YEAR)
    desk.post({"looked": "confirmed", "held_on": ago(6)})
    assert desk.placements()[-1] == (ago(6), "3-")
    told = re.findall(
        r'<th scope="row" class="key nowrap">([^<]+)</th>', desk.page(f"/plaatsen/{desk.client.reference}/")
    )
    assert told == [day(dates.today() - timedelta(days=6)), day(LAST_YEAR)]


def test_a_placement_after_the_contact_is_not_confirmed_as_of_before_it(desk: Desk) -> None:
    placed(desk.client, "3-", on=dates.today() - timedelta(days=2))
    assert "Er is al een plaatsing van ná dit contact." in desk.post({"looked": "confirmed", "held_on": ago(6)})
    assert desk.contacts() == []
    desk.post({"looked": "not_discussed", "held_on": ago(6)})
    assert len(desk.contacts()) == 1


def test_a_second_contact_on_the_day_of_the_placement_needs_no_other(desk: Desk) -> None:
    placed(desk.client, "3-", on=dates.today())
    desk.post({"looked": "confirmed"})
    desk.post({"looked": "confirmed", "kind": "email"})
    assert (len(desk.contacts()), desk.placements()) == (2, [(dates.today().isoformat(), "3-")])


def test_who_leaves_the_form_of_placing_is_not_said_to_be_placed(desk: Desk) -> None:
    placed(desk.client, "3-", on=LAST_YEAR)
    desk.post({"looked": "anew"})
    said = desk.page()
    assert "opnieuw geplaatst" not in said
    assert "daarna door naar plaatsen" in said
    assert "daarna door naar plaatsen" in desk.page(f"/clienten/{desk.client.reference}/")
    withdrawing = desk.page(desk.link("intrekken"))
    assert "Die plaatsing blijft" not in withdrawing
    assert "Een plaatsing van die dag blijft staan" in withdrawing


def test_placing_anew_saves_the_contact_and_leads_there_and_back(desk: Desk) -> None:
    placed(desk.client, "3-", on=LAST_YEAR)
    led = desk.post({"looked": "anew", "held_on": ago(3), "next": "/contact/vandaag/"})
    assert led == f"/plaatsen/{desk.client.reference}/?ladder=vng&op={ago(3)}&next=%2Fcontact%2Fvandaag%2F"
    assert len(desk.contacts()) == 1
    page = desk.page(led)
    assert re.search(rf'name="measured_on" value="{ago(3)}"', page)
    assert 'name="next" value="/contact/vandaag/"' in page


def test_who_was_never_placed_is_placed_or_left(desk: Desk) -> None:
    page = desk.page()
    assert "Nog niet geplaatst op" in page
    assert "klopt nog" not in page
    assert "Er is nog geen plaatsing om te bevestigen." in desk.post({"looked": "confirmed"})
    assert desk.contacts() == []


@pytest.mark.parametrize("outcome", ["not_appeared", "cancelled_by_client", "cancelled_by_us"])
def test_without_a_conversation_no_placement_is_asked(desk: Desk, outcome: str) -> None:
    placed(desk.client, "3-", on=LAST_YEAR)
    desk.post({"outcome": outcome, "looked": "confirmed"})
    assert [(held.outcome, held.looked) for held in desk.contacts()] == [(outcome, "")]
    assert len(desk.placements()) == 1


def test_a_wrong_day_is_refused_in_place_and_keeps_what_was_written(desk: Desk) -> None:
    page = desk.post({"held_on": ahead(1), "note": "blijft staan", "looked": "not_discussed"})
    assert "Deze dag moet nog komen." in page
    assert "blijft staan" in page
    assert "meer dan een jaar geleden" in desk.post({"held_on": ago(400), "looked": "not_discussed"})
    assert desk.contacts() == []


def test_the_next_contact_is_agreed_with_it_and_replaces_what_waited(desk: Desk) -> None:
    agreed(desk.client, dates.today() + timedelta(days=3))
    following = {"next_on": ahead(20), "next_time": "10:30", "next_kind": "home_visit", "next_place": "bij haar thuis"}
    desk.post({"looked": "not_discussed", "settled": "stays", "next_agreed": "on"} | following)
    assert desk.agreed() == [(ahead(3), "replaced"), (ahead(20), "open")]
    page = desk.page()
    assert "10:30</strong>, huisbezoek, bij haar thuis." in page


@pytest.mark.parametrize(
    ("outcome", "became"), [("held", "held"), ("not_appeared", "missed"), ("cancelled_by_client", "cancelled")]
)
def test_what_was_agreed_is_settled_by_the_contact(desk: Desk, outcome: str, became: str) -> None:
    agreed(desk.client, dates.today())
    assert re.search(r'value="settles"[^>]* checked', desk.page())
    desk.post({"outcome": outcome, "looked": "not_discussed", "settled": "settles"})
    assert desk.agreed() == [(dates.today().isoformat(), became)]


def test_what_was_agreed_for_later_stays_unless_said_otherwise(desk: Desk) -> None:
    agreed(desk.client, dates.today() + timedelta(days=9))
    assert re.search(r'value="stays"[^>]* checked', desk.page())
    desk.post({"looked": "not_discussed", "settled": "stays"})
    assert desk.agreed() == [(ahead(9), "open")]


def test_a_time_without_a_day_asks_for_the_day(desk: Desk) -> None:
    assert "Op welke dag?" in desk.post({"next_time": "10:30", "looked": "not_discussed"})
    assert "Deze dag is voorbij." in desk.post({"next_on": ago(1), "looked": "not_discussed"})
    assert desk.contacts() == []


def test_a_draft_is_kept_encrypted_offered_and_ends_with_saving(desk: Desk) -> None:
    fields = {"kind": "home_visit", "note": "iets heel eigens", "next_place": "bij haar"}
    assert "Concept bewaard" in desk.browser.post(f"{desk.url}concept/", fields).content.decode()
    assert b"eigens" not in bytes(Draft.objects.get().content)
    page = desk.page()
    assert "iets heel eigens" in page
    assert re.search(r'value="home_visit" checked', page)
    assert 'value="bij haar"' in page
    desk.post(fields | {"looked": "not_discussed", "next_place": ""})
    assert not Draft.objects.exists()
    desk.browser.post(f"{desk.url}concept/", fields)
    desk.browser.post(f"{desk.url}concept-weg/")
    assert not Draft.objects.exists()


def test_it_leads_back_to_where_one_came_from_and_nowhere_else(desk: Desk) -> None:
    assert desk.post({"looked": "not_discussed", "next": "/contact/vandaag/"}) == "/contact/vandaag/"
    assert desk.client.reference in desk.post({"looked": "not_discussed", "next": "https://example.org/"})


def test_only_who_may_note_within_their_reach(desk: Desk) -> None:
    spoken(desk.client, LAST_YEAR, note="van mij")
    desk.sign_in(a_coordinator(desk.town))
    assert desk.browser.get(desk.url).status_code == 200
    desk.sign_in(a_case_manager(a_team(desk.town)))
    for path in ("", "concept/", "afspraak/", "afspraak-vervalt/"):
        assert desk.browser.post(f"{desk.url}{path}", {}).status_code == 404
    desk.sign_in(a_functional_administrator(desk.town))
    assert desk.browser.get(desk.url).status_code == 403
    desk.browser.logout()
    assert desk.browser.get(desk.url)["Location"].startswith("/aanmelden/?next=/contact/")


def test_the_list_holds_twenty_a_page_and_costs_as_many_queries_after_sixty_as_after_one(desk: Desk) -> None:
    placed(desk.client, "3-", on=LAST_YEAR)
    counts, page = [], ""
    for number in range(60):
        spoken(desk.client, LAST_YEAR + timedelta(days=number), note=f"gesprek {number}.")
        if number in {0, 59}:
            desk.page()
            with CaptureQueriesContext(connection) as captured:
                page = desk.page()
            counts.append(len(captured))
    assert counts[0] == counts[1] <= 15
    assert ("gesprek 59." in page, "gesprek 40." in page, "gesprek 39." in page) == (True, True, False)
    last = desk.page(f"{desk.url}?blad=3")
    assert ("gesprek 19." in last, "gesprek 0." in last, "Oudere contacten" in last) == (True, True, False)


def test_contacts_are_given_when_somebody_asks_what_is_held(desk: Desk) -> None:
    from opstap.contacts.personal_data import personal_data_of  # noqa: PLC0415 - beside what it is held against

    desk.post(
        {"note": "alles", "client_does": "iets", "looked": "not_discussed", "next_on": ahead(5), "next_kind": "phone"}
    )
    held = personal_data_of(desk.client)
    assert [row.model for row in held] == ["contacts.contact", "contacts.nextcontact"]
    assert (held[0].values["note"], held[0].values["client_does"]) == ("alles", "iets")
    assert json.dumps(dict(held[1].values), default=str)
    assert Contact.objects.count() == len(contacts_of(desk.client.pk)) == 1
