"""More than fifty dossiers in a week take two people, and the fifty-first is where that begins."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from opstap.clients.operations import merge_clients
from opstap.foundation import dates
from opstap.privacy.models import Destruction
from opstap.privacy.operations import ALONE, DestructionRefused, confirm_destruction, propose_destruction
from opstap.privacy.operations import retention as operations
from opstap.privacy.selectors import destruction as week
from tests.factories.accounts import a_coordinator, acting
from tests.factories.clients import BY, a_client, on_benefit
from tests.factories.desk import Office
from tests.privacy.closing import LONG_AGO, closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def test_above_fifty_the_second_is_somebody_else(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "ALONE", 1)
    closed(office), closed(office)
    first, second = office.coordinator, a_coordinator(office.town)
    made = propose_destruction(by=acting(first), municipality=office.town)
    with pytest.raises(DestructionRefused, match="second_person_needed"):
        confirm_destruction(by=acting(first), destruction=made)
    confirm_destruction(by=acting(second), destruction=made)
    assert Destruction.objects.get().confirmed is not None
    assert operations.ALONE == 1


def test_lists_of_one_week_count_together_for_who_does_it_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "ALONE", 2)
    by = acting(office.coordinator)
    guided, granted, other = closed(office), closed(office), a_client(office.town, followed_since=None)
    on_benefit(granted, LONG_AGO, date(2012, 5, 6))
    merge_clients(by=BY, client=other, kept=guided, why="dezelfde")
    first = propose_destruction(by=by, municipality=office.town, outcome="guided")
    second = propose_destruction(by=by, municipality=office.town, outcome="granted")
    confirm_destruction(by=by, destruction=first)  # one person, with two dossiers
    with pytest.raises(DestructionRefused, match="second_person_needed"):
        confirm_destruction(by=by, destruction=second)
    confirm_destruction(by=acting(a_coordinator(office.town)), destruction=second)


def test_of_exactly_fifty_one_person_is_enough_and_of_fifty_one_not(office: Office) -> None:
    assert ALONE == 50
    by = acting(office.coordinator)
    for _ in range(50):
        closed(office)
    fifty = propose_destruction(by=by, municipality=office.town)
    assert fifty.people == 50
    closed(office)
    one_more = propose_destruction(by=by, municipality=office.town)
    assert one_more.people == 51
    address = reverse("retention:list", args=[one_more.reference])
    office.sign_in(office.coordinator)
    office.browser.post(address, {"action": "confirm"})
    assert "Meer dan vijftig dossiers in zeven dagen" in office.page(address)
    one_more.refresh_from_db()
    assert one_more.confirmed is None
    confirm_destruction(by=by, destruction=fifty)
    assert fifty.confirmed is not None


def test_fifty_people_of_whom_one_has_two_dossiers_are_fifty_one(office: Office) -> None:
    by = acting(office.coordinator)
    people = [closed(office) for _ in range(50)]
    merge_clients(by=BY, client=a_client(office.town, followed_since=None), kept=people[0], why="dezelfde")
    made = propose_destruction(by=by, municipality=office.town)
    assert made.people == 50
    with pytest.raises(DestructionRefused, match="second_person_needed"):
        confirm_destruction(by=by, destruction=made)


def test_fifty_and_one_within_a_week_take_two_and_after_a_week_not(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = acting(office.coordinator)
    for _ in range(50):
        closed(office)
    confirm_destruction(by=by, destruction=propose_destruction(by=by, municipality=office.town))
    on_benefit(closed(office), LONG_AGO, date(2012, 5, 6))
    made = propose_destruction(by=by, municipality=office.town, outcome="granted")
    with pytest.raises(DestructionRefused, match="second_person_needed"):
        confirm_destruction(by=by, destruction=made)
    now = dates.now
    monkeypatch.setattr(dates, "now", lambda: now() + week.ALONE_WITHIN + timedelta(seconds=1))
    confirm_destruction(by=by, destruction=made)
    assert made.confirmed is not None
