"""Mijn meldingen: what waits for somebody's decision stands there, counted in the menu, and for nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opstap.accounts.models import User
from opstap.clients.logic import AddressRow
from opstap.clients.models import Client
from opstap.clients.operations import (
    Absence,
    arrange_stand_in,
    merge_clients,
    protect_dossier,
    record_addresses,
    say_known,
)
from opstap.clients.selectors.held import told_of
from opstap.dossier.tables.parts import reference_of
from opstap.foundation import dates
from opstap.ladder.selectors.measurements import reference_of as placement_reference
from opstap.privacy.models import RightsRequest
from opstap.privacy.operations import confirm_destruction, propose_destruction
from tests.dossier.desks import words_of
from tests.factories.accounts import a_coordinator, a_team_leader, a_worker, acting
from tests.factories.clients import BY, a_client, in_caseload
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.factories.windows import Window, version_at
from tests.privacy.closing import closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
NOTHING = "Er wacht niets op u"
TODAY = days_ago(0)
NOON = datetime.combine(TODAY, time(12), tzinfo=UTC)


def told(office: Office, user: User) -> str:
    """The words of the inbox, whose entries are as many as the menu says."""
    page = office.sign_in(user).page("/meldingen/")
    counted = re.search(r"sidenav__count\">(\d+)<", page)
    entries = office.browser.get("/meldingen/").context["entries"]
    assert len(entries) == (int(counted[1]) if counted else 0)
    for entry in entries:
        assert office.browser.get(entry.url).status_code == 200, entry.url
    return words_of(page)


def protected(office: Office, surname: str = "Verborgene") -> Client:
    client = office.of(office.jo, surname)
    review_on = dates.today() + timedelta(days=10)
    protect_dossier(by=acting(office.leader), client=client, reason="relative", review_on=review_on, why="x")
    return client


def test_a_protection_that_is_due_waits_with_who_guards_it_without_a_name(office: Office) -> None:
    client = protected(office)
    strange = a_team_leader(office.other_team)
    assert NOTHING in told(office, office.leader)
    for days, late in ((10, False), (12, True)):
        with dates.clock_at(NOON + timedelta(days=days)):
            page = told(office, office.leader)
            assert "Een beschermd dossier moet opnieuw bekeken worden" in page
            assert ("1 is te laat" in page) is late
            assert "Verborgene" not in page
            assert client.number not in page
            assert "opnieuw bekeken" in told(office, office.coordinator)
            for other in (strange, office.jo, office.lee):
                assert NOTHING in told(office, other), other.name


def test_a_worker_who_knows_somebody_of_their_caseload_waits_until_a_colleague_has_them(office: Office) -> None:
    client, of_kim = office.of(office.jo, "Zuster"), office.of(office.kim)
    say_known(by=acting(office.jo), client=client)
    say_known(by=acting(office.leader), client=of_kim)  # whom they do not guide: nothing to do
    for guard in (office.leader, office.coordinator):
        page = told(office, guard)
        assert "Jo Visser kent een cliënt uit de eigen caseload" in page
        assert "Zuster" not in page
    for other in (office.jo, office.kim, a_team_leader(office.other_team)):
        assert NOTHING in told(office, other), other.name
    office.sign_in(office.leader)
    form = Window(office.browser, f"/team/toewijzen/?client={client.reference}")
    assert form.send(workers=office.kim.reference, from_on=TODAY.isoformat(), reason="worker_absent") == 302
    assert NOTHING in told(office, office.leader)


def test_of_a_merged_dossier_the_worker_who_knows_waits_too(office: Office) -> None:
    kept, other = office.of(office.jo), a_client(office.town, followed_since=None)
    in_caseload(other, office.kim, team=office.team, since=days_ago(3))
    merge_clients(by=BY, client=other, kept=kept, why="dezelfde")
    say_known(by=acting(office.kim), client=kept)
    assert "Kim Smit kent een cliënt" in told(office, office.leader)
    assert office.browser.get("/team/beschermd/").context["known"][0].waits


def test_a_list_to_erase_waits_with_another_than_who_proposed_it(office: Office) -> None:
    closed(office), closed(office)
    second = a_coordinator(office.town, name="Wil Kok")
    made = propose_destruction(by=acting(office.coordinator), municipality=office.town)
    page = told(office, second)
    assert f"{office.coordinator.name} stelt voor 2 dossiers te vernietigen." in page
    for other in (office.coordinator, office.leader, office.administrator):
        assert NOTHING in told(office, other), other.name
    confirm_destruction(by=acting(second), destruction=made)
    assert NOTHING in told(office, second)


def asked(office: Office, client: Client, slug: str, fact: str) -> RightsRequest:
    """Noted by reception or whoever speaks with the client: here the coordinator."""
    given = {"words": "Ik was toen al aan het werk.", "received_on": TODAY.isoformat()}
    address = reverse("rights:correct", args=[client.reference, slug, fact])
    assert office.sign_in(office.coordinator).browser.post(address, given).status_code == 302
    return RightsRequest.objects.waiting().latest("pk")


def of_a_placement(office: Office, client: Client) -> RightsRequest:
    return asked(office, client, "plaatsing", placement_reference(placed(client, "2", on=days_ago(30))))


def test_what_a_client_wants_put_right_waits_with_the_worker_who_decides(office: Office) -> None:
    client = office.of(office.jo, "Vraagster")
    request = of_a_placement(office, client)
    page = told(office, office.jo)
    assert "Vraagster vraagt: iets verbeteren. Beslis daarover." in page
    assert reverse("rights:decide", args=[client.reference, request.reference]) in office.page("/meldingen/")
    for other in (office.kim, office.lee, office.leader, a_worker(office.town, "privacy_officer")):
        assert NOTHING in told(office, other), other.name
    assert "Vraagster vraagt: iets verbeteren." in told(office, office.coordinator)
    arrange_stand_in(
        by=acting(office.leader), absence=Absence(office.jo, TODAY, TODAY + timedelta(days=30)), colleague=office.kim,
        note="",
    )  # fmt: skip
    assert "Vraagster" in told(office, office.kim)
    say_known(by=acting(office.jo), client=client)
    assert NOTHING in told(office, office.jo)
    given = {"outcome": "granted", "reason": "Dat klopt", "settled_on": TODAY.isoformat()}
    address = reverse("rights:decide", args=[client.reference, request.reference])
    office.sign_in(office.kim).browser.post(address, given | version_at(office.browser, address))
    assert NOTHING in told(office, office.kim)


def test_of_an_address_that_was_secret_it_waits_with_who_may_read_it(office: Office) -> None:
    for secret, waits in ((False, True), (True, False)):
        client = office.of(office.jo, "Adres" + "geheim" * secret)
        record_addresses(by=BY, rows=[AddressRow(client.pk, days_ago(90), street="Kerkstraat", is_secret=secret)])
        asked(office, client, "adres", reference_of(told_of("address", [client.pk])[0]))
        assert (f"Adres{'geheim' * secret} vraagt" in told(office, office.jo)) is waits
        assert f"Adres{'geheim' * secret} vraagt" in told(office, office.coordinator)


def test_however_much_waits_the_page_asks_as_little(office: Office) -> None:
    counts = []
    for _round in range(2):
        for _one in range(3):
            protected(office)
            of_a_placement(office, office.of(office.jo))
        for user in (office.leader, office.jo, office.coordinator):
            office.sign_in(user).page("/meldingen/")
            with CaptureQueriesContext(connection) as captured:
                office.page("/meldingen/")
            counts.append(len(captured))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 15
