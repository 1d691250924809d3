"""Two who hold a dossier back or let it go at the same time: neither undoes what they never saw."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.models import Client
from opstap.foundation import dates
from opstap.foundation.once import new_key
from opstap.privacy.models import LegalHold
from opstap.privacy.operations import hold_dossier, let_go
from opstap.privacy.selectors.requests import request_cipher
from tests.factories.accounts import a_coordinator, acting
from tests.factories.clients import BY
from tests.factories.desk import Office
from tests.factories.pages import signed_in
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db


def reasons(client: Client) -> list[str]:
    """Why the dossier is held back now."""
    held = LegalHold.objects.active_on(dates.today()).filter(client=client).order_by("pk")
    return [request_cipher().decrypt(bytes(one.why_encrypted)) for one in held]


def windows(office: Office, client: Client) -> tuple[Window, Window]:
    """A colleague's and one's own, both opened on what stands now."""
    url = reverse("retention:hold", args=[client.reference])
    colleague = signed_in(a_coordinator(office.town, name="Sietske Wolf"))
    return Window(colleague, url), Window(signed_in(office.coordinator), url)


def test_an_old_page_does_not_let_go_what_a_colleague_held_anew(office: Office) -> None:
    client = office.of(office.jo)
    hold_dossier(by=BY, client=client, why="klacht", until=None)
    first, second = windows(office, client)
    assert first.send(let_go="1") == 302
    assert Window(first.browser, first.url).send(why="rechtszaak") == 302
    assert second.send(let_go="1") == 409
    assert reasons(client) == ["rechtszaak"]
    assert "Sietske Wolf heeft dit intussen gewijzigd" in second.words
    assert "rechtszaak" in second.words
    assert second.send(let_go="1", once=new_key()) == 302, "now it was seen"
    assert reasons(client) == []


def test_what_a_colleague_let_go_already_is_let_go(office: Office) -> None:
    client = office.of(office.jo)
    hold_dossier(by=BY, client=client, why="klacht", until=None)
    first, second = windows(office, client)
    assert (first.send(let_go="1"), second.send(let_go="1")) == (302, 302)
    assert reasons(client) == []
    assert LegalHold.objects.filter(client=client).count() == 2


def test_who_holds_it_back_second_sees_the_hold_of_the_first(office: Office) -> None:
    client = office.of(office.jo)
    first, second = windows(office, client)
    until = (dates.today() + timedelta(days=30)).isoformat()
    assert first.send(why="klacht loopt", until=until) == 302
    assert second.send(why="rechtszaak") == 409
    assert reasons(client) == ["klacht loopt"]
    assert "klacht loopt" in second.words
    assert second.fields["why"] == "rechtszaak"
    assert second.send() == 302
    assert reasons(client) == ["klacht loopt", "rechtszaak"]
    page = Window(second.browser, second.url)
    assert "klacht loopt" in page.words
    assert "rechtszaak" in page.words
    assert page.send(let_go="1") == 302
    assert reasons(client) == []


def test_the_same_hold_sent_twice_stands_once(office: Office) -> None:
    client = office.of(office.jo)
    first, second = windows(office, client)
    assert (first.send(why="klacht"), second.send(why="klacht")) == (302, 302)
    assert reasons(client) == ["klacht"]


def test_a_form_that_says_no_version_changes_nothing(office: Office) -> None:
    client = office.of(office.jo)
    address = reverse("retention:hold", args=[client.reference])
    browser = office.sign_in(office.coordinator).browser
    assert browser.post(address, {"why": "klacht"}).status_code == 409
    assert reasons(client) == []
    hold_dossier(by=BY, client=client, why="klacht", until=None)
    assert browser.post(address, {"let_go": "1"}).status_code == 409
    assert reasons(client) == ["klacht"]


def test_of_two_at_the_same_moment_one_wins(office: Office) -> None:
    client, by = office.of(office.jo), acting(office.coordinator)
    first, _ = windows(office, client)
    opened_on = first.fields["version"]
    hold_dossier(by=by, client=client, why="klacht", until=None, opened_on=opened_on)
    with pytest.raises(ReplacedMeanwhile):
        hold_dossier(by=by, client=client, why="rechtszaak", until=None, opened_on=opened_on)
    with pytest.raises(ReplacedMeanwhile):
        let_go(by=by, client=client, opened_on=opened_on)
    assert reasons(client) == ["klacht"]
