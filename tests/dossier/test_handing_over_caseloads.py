"""Handing over many at once: a whole caseload, what is ticked, and the caseload of a bureau."""

from __future__ import annotations

import html

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.clients.models import Handover
from opstap.clients.operations import (
    accept_handover,
    request_handovers,
)
from tests.dossier.test_handing_over import NOTE, TODAY, asked, holder
from tests.factories.accounts import a_worker, acting
from tests.factories.clients import a_client, in_caseload
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed

pytestmark = pytest.mark.django_db


@pytest.mark.covers("D-24", page="/overdracht/nieuw/")
def test_a_bureau_hands_over_to_the_own_team(office: Office) -> None:
    bureau = a_worker(office.town, "external_consultant", name="Bo Bureau")
    client, other = a_client(office.town, surname="Uitgezet"), office.of(office.jo, "Ander")
    in_caseload(client, bureau, team=office.team)
    placed(client, "2", on=days_ago(30))
    office.sign_in(bureau)
    form = html.unescape(office.page("/overdracht/nieuw/"))
    assert "Uitgezet" in form
    assert "Jo Visser" in form
    fields = {"receivers": [office.jo.reference], "from_on": TODAY.isoformat(), "note": NOTE}
    sent = office.browser.post("/overdracht/nieuw/", fields, follow=True).content.decode()
    assert "Gevraagd aan Jo Visser" in sent
    with pytest.raises(PermissionDenied):
        request_handovers(by=acting(bureau), client_ids=[other.pk], receivers=[office.kim], from_on=TODAY, note="")
    batch = Handover.objects.waiting().get(client=client).batch
    page = html.unescape(office.sign_in(office.jo).page(f"/overdracht/{batch}/"))
    assert "Overdracht van Bo Bureau" in page
    assert NOTE in page
    office.browser.post(f"/overdracht/{batch}/", {"action": "accept"})
    assert holder(client) == "Jo Visser"
    assert "Uitgezet" in office.page(f"/clienten/{client.reference}/")
    office.sign_in(bureau)
    assert office.browser.get(f"/clienten/{client.reference}/").status_code == 404
    assert "hun dossiers zijn voor u gesloten" in office.page(f"/overdracht/{batch}/")


@pytest.mark.covers("D-24", page="/overdracht/")
def test_a_whole_caseload_is_dealt_out_over_several_colleagues(office: Office) -> None:
    clients = [office.of(office.jo, f"Naam{place}") for place in range(5)]
    fields = {
        "receivers": [office.kim.reference, office.lee.reference],
        "from_on": TODAY.isoformat(),
        "note": "Vaarwel",
    }
    page = office.sign_in(office.jo).page("/overdracht/nieuw/")
    assert "Uw hele caseload: 5 cliënten." in page
    answer = office.browser.post("/overdracht/nieuw/", fields, follow=True)
    assert "Gevraagd aan Kim Smit, Lee Bos" in answer.content.decode()
    for user in (office.kim, office.lee):
        batch = Handover.objects.waiting().filter(receiver=user).values_list("batch", flat=True)[0]
        accept_handover(by=acting(user), batch=batch)
    assert sorted(holder(client) for client in clients) == ["Kim Smit"] * 3 + ["Lee Bos"] * 2


def test_some_clients_are_ticked_on_the_caseload(office: Office) -> None:
    chosen, other = office.of(office.jo, "Een"), office.of(office.jo, "Ander")
    office.sign_in(office.jo)
    assert 'value="hand_over"' in office.page("/clienten/")
    led = office.browser.post(
        "/clienten/samen/", {"client": [chosen.reference], "what": "hand_over", "next": "/clienten/"}
    )
    page = office.page(led["Location"])
    assert "1 cliënt uit uw caseload." in page
    assert ("Een" in page, "Ander" in page) == (True, False)
    assert other.reference not in page


def test_pages_ask_no_more_for_many_clients(office: Office) -> None:
    counts = []
    for size in (1, 12):
        clients = [office.of(office.jo, f"N{size}{place}") for place in range(size)]
        batch = asked(office, *clients)
        found = []
        for user, path in (
            (office.jo, "/overdracht/"),
            (office.jo, "/overdracht/nieuw/"),
            (office.kim, f"/overdracht/{batch}/"),
            (office.kim, "/meldingen/"),
        ):
            office.sign_in(user).page(path)
            with CaptureQueriesContext(connection) as captured:
                office.page(path)
            found.append(len(captured))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15
