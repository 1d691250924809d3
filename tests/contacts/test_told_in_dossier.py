"""What the dossier tells of contacts: in the timeline, and in its head what is agreed next."""

from __future__ import annotations

from datetime import date, time, timedelta

from opstap.foundation import dates
from tests.contacts.desks import Desk
from tests.factories.contacts import agreed, spoken


def page_of(desk: Desk, query: str = "") -> str:
    return desk.page(f"/clienten/{desk.client.reference}/{query}")


def test_contacts_stand_in_the_timeline_with_their_note_and_what_came_of_them(desk: Desk) -> None:
    spoken(desk.client, date(2026, 3, 4), kind="home_visit", note="Het gaat beter.", worker=desk.worker)
    spoken(desk.client, date(2026, 2, 4), outcome="not_appeared")
    page = page_of(desk, "?soort=contact")
    assert page.index("Contact: huisbezoek") < page.index("Contact: kantoor")
    assert "Het gaat beter · Fenna Hazelhoff" in page
    assert "niet verschenen" in page


def test_the_head_says_when_one_speaks_again_and_leads_there(desk: Desk) -> None:
    assert "niet afgesproken" in page_of(desk)
    agreed(desk.client, dates.today() + timedelta(days=4), time(9, 30), kind="home_visit", place="bij haar thuis")
    page = page_of(desk)
    assert "09:30" in page
    assert "huisbezoek, bij haar thuis" in page
    for path in ("", "afspraak/"):
        assert f"/contact/{desk.client.reference}/{path}?next=" in page
    assert "nog te komen" in page_of(desk, "?soort=contact")


def test_a_day_that_passed_says_so(desk: Desk) -> None:
    agreed(desk.client, dates.today() - timedelta(days=4))
    assert "datum voorbij" in page_of(desk)
