"""Who can't be reached, died or left: what is asked of them, and what the lists say."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.clients.logic import ArrangementRow, FollowUpRow
from opstap.clients.models import Client, FollowUp
from opstap.clients.operations import record_death, record_held_fact
from opstap.contacts.models import NextContact
from opstap.dossier.enums import Reason
from opstap.dossier.selectors.attention import desk_of, reasons_of
from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.ladder.logic import MeasurementRow
from opstap.ladder.operations import record_measurement
from tests.factories.clients import BY
from tests.factories.contacts import agreed
from tests.factories.desk import IN_A_MONTH, Office, days_ago
from tests.factories.ladder import GROWTH, level
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db
LISTS = ("/contact/vandaag/", "/contact/deze-week/")


@pytest.fixture
def asking(office: Office) -> Client:
    """Somebody of whom everything is asked that asks for a talk with them."""
    client = office.of(office.jo, "Bakker", agreed_on=days_ago(1))
    goal, here = level("4"), level("2")
    row = MeasurementRow(client.pk, here.scale_id, days_ago(500), here.pk, GROWTH["yes"], goal.pk, days_ago(10))
    record_measurement(by=BY, row=row)
    office.sign_in(office.jo)
    return client


def away(client: Client, since: date, until: date | None) -> None:
    record_held_fact(by=BY, what="arrangement", row=ArrangementRow(client.pk, "not_reachable", since, until))


def reasons(office: Office, client: Client) -> list[Reason]:
    return reasons_of(desk_of(office.town.pk, dates.today()), client.pk)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (days_ago(10), IN_A_MONTH, True),
        (days_ago(0), days_ago(-1), True),
        (days_ago(10), None, True),
        (days_ago(10), days_ago(0), False),
        (days_ago(-1), IN_A_MONTH, False),
    ],
)
def test_what_needs_the_client_waits_as_long_as_they_cannot_be_reached(
    office: Office, asking: Client, since: date, until: date | None, holds: bool
) -> None:
    before = reasons(office, asking)
    assert set(before) == set(Reason) - {Reason.NEVER_PLACED, Reason.NEWLY_ASSIGNED}
    away(asking, since, until)
    assert reasons(office, asking) == ([] if holds else before)
    assert ("Vraagt aandacht" in office.page(f"/clienten/{asking.reference}/")) is not holds


def test_a_new_case_manager_is_still_told_that_somebody_is_new(office: Office) -> None:
    client = office.of(office.jo, since=days_ago(3), agreed_on=None)
    away(client, days_ago(30), IN_A_MONTH)
    assert reasons(office, client) == [Reason.NEWLY_ASSIGNED]


@pytest.mark.covers("B-91", page="/clienten/")
def test_every_list_says_until_when(office: Office, asking: Client) -> None:
    words = f"niet bereikbaar tot {day(IN_A_MONTH)}"
    pages = ("/clienten/", *LISTS, f"/contact/{asking.reference}/", f"/contact/{asking.reference}/afspraak/")
    assert all(words not in office.page(page).lower() for page in pages)
    away(asking, days_ago(10), IN_A_MONTH)
    for page in pages:
        assert words in office.page(page).lower(), page
    assert words in office.page(f"/clienten/{asking.reference}/")
    assert words in office.browser.get("/clienten/bestand/csv/").content.decode()


def test_the_caseload_has_a_list_of_who_cannot_be_reached(office: Office, asking: Client) -> None:
    office.of(office.jo, "Dijk")
    assert "Niet bereikbaar" not in office.page("/clienten/")
    away(asking, days_ago(10), None)
    page = office.page("/clienten/")
    assert 'href="?attention=away">Niet bereikbaar <span class="count">1</span>' in page
    assert "niet bereikbaar, einddatum niet bekend" in page
    assert office.names("/clienten/?attention=away") == ["Bakker"]
    assert office.names("/clienten/?attention=any") == ["Dijk"]


def test_of_who_died_nothing_is_asked_and_nothing_waits(office: Office, asking: Client) -> None:
    own = Window(office.browser, f"/clienten/{asking.reference}/overleden/")
    assert own.send(died_on=days_ago(2).isoformat(), why="bericht van de familie") == 302
    assert reasons(office, asking) == []
    assert office.names("/clienten/") == []
    assert not NextContact.objects.waiting().exists()
    for page in LISTS:
        assert "Bakker" not in office.page(page)


def test_a_death_that_came_without_a_closing_asks_nothing_and_is_said(office: Office, asking: Client) -> None:
    record_death(by=BY, client=asking, died_on=days_ago(2), why="uit de basisregistratie")
    assert reasons(office, asking) == []
    page = office.page("/clienten/")
    assert f"overleden op {day(days_ago(2))}" in page
    assert "niemand vraagt vandaag aandacht" in page
    assert "Vraagt aandacht" not in office.page(f"/clienten/{asking.reference}/")
    for path in LISTS:
        assert "Bakker" not in office.page(path)


def test_who_moved_stands_on_no_list(office: Office, asking: Client) -> None:
    answer = office.browser.post(f"/clienten/{asking.reference}/verhuisd/", {"moved_on": days_ago(0).isoformat()})
    assert answer.status_code == 302
    assert office.names("/clienten/") == []
    assert not NextContact.objects.waiting().exists()
    for page in LISTS:
        assert "Bakker" not in office.page(page)


def test_an_end_agreed_for_later_is_brought_forward_by_a_death(office: Office, asking: Client) -> None:
    held = FollowUp.objects.current().get(client=asking)
    row = FollowUpRow(asking.pk, held.starts_on, IN_A_MONTH, held.ground, "work", replaces_id=held.pk)
    record_held_fact(by=BY, what="follow_up", row=row)
    own = Window(office.browser, f"/clienten/{asking.reference}/overleden/")
    assert own.send(died_on=days_ago(2).isoformat(), why="bericht van de familie") == 302
    now = FollowUp.objects.current().get(client=asking)
    assert (now.ends_on, now.end_reason) == (days_ago(1), "deceased")


def test_what_was_agreed_before_the_follow_up_ended_is_no_longer_listed(office: Office, asking: Client) -> None:
    """Also when it ended by another road than the page of closing, such as an import."""
    held = FollowUp.objects.current().get(client=asking)
    ended = FollowUpRow(asking.pk, held.starts_on, days_ago(0), held.ground, "work", replaces_id=held.pk)
    record_held_fact(by=BY, what="follow_up", row=ended)
    for page in LISTS:
        assert "Bakker" not in office.page(page)
    agreed(asking, days_ago(0))
    assert "Bakker" in office.page("/contact/vandaag/")
