"""The history of a placement on screen: what stood there, who replaced or withdrew it, when and why."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from opstap.clients.operations import merge_clients
from opstap.foundation.ui.templatetags.ui_format import moment
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team, acting
from tests.factories.clients import BY, with_trait
from tests.factories.ladder import placed
from tests.ladder.desks import Desk

pytestmark = pytest.mark.django_db
LAST_YEAR = date(2025, 3, 4)


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def rows(desk: Desk, url: str) -> list[str]:
    """The lines of the history, as text."""
    page = desk.browser.get(url)
    assert page.status_code == 200
    body = re.search(r"<tbody>(.*?)</tbody>", page.content.decode(), re.DOTALL)
    assert body is not None
    lines = re.findall(r"<tr.*?</tr>", body[1], re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)) for line in lines]


def corrected(desk: Desk, level: str, why: str) -> None:
    given = {"level": level, "measured_on": LAST_YEAR.isoformat(), "reason": "intake", "why": why, "save": "1"}
    desk.post(given, desk.link("verbeteren"))


@pytest.mark.covers("B-14", page="/plaatsen/")
def test_who_corrected_what_when_and_why(desk: Desk) -> None:
    first = placed(desk.client, "3-", on=LAST_YEAR, by=acting(desk.worker))
    coordinator = a_coordinator(desk.town)
    desk.sign_in(coordinator)
    corrected(desk, "2", "verkeerde trede")
    now, before = rows(desk, desk.link("geschiedenis"))
    assert coordinator.name in now
    assert "2 " in now
    assert "geldt" in now
    assert "verkeerde trede" in now
    assert "Gewijzigd: trede" in now
    assert moment(first.recording.at) in before
    assert desk.worker.name in before
    assert "3-" in before
    assert "daarna vervangen" in before


def test_a_withdrawn_placement_can_be_looked_up_with_its_reason(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "yes")
    desk.post({"level": "3-", "low_literate": "yes", "save": "1"})
    desk.browser.post(desk.link("intrekken"), {"why": "gesprek ging niet door"})
    page = desk.browser.get(desk.url).content.decode()
    assert "Ingetrokken plaatsingen" in page
    last, first = rows(desk, desk.link("geschiedenis"))
    assert "ingetrokken" in last
    assert "gesprek ging niet door" in last
    assert "daarna ingetrokken" in first
    assert "Laaggeletterd: ja" in first
    assert "/verbeteren/" not in desk.browser.get(desk.link("geschiedenis")).content.decode()


def test_every_version_leads_to_the_same_history_also_in_the_other_dossier(desk: Desk) -> None:
    other = desk.in_my_caseload("K2")
    placed(other, "3-", on=LAST_YEAR)
    url = f"/plaatsen/{other.reference}/"
    found = re.search(rf'href="{url}([a-z0-9]+)/geschiedenis/"', desk.browser.get(url).content.decode())
    assert found is not None
    merge_clients(by=BY, client=other, kept=desk.client, why="twee keer ingevoerd")
    corrected(desk, "2", "verkeerde trede")
    old = f"{desk.url}{found[1]}/geschiedenis/"
    assert len(rows(desk, old)) == 2
    assert rows(desk, old) == rows(desk, desk.link("geschiedenis"))


def test_the_timeline_leads_to_the_history(desk: Desk) -> None:
    placed(desk.client, "3-", on=LAST_YEAR)
    dossier = desk.browser.get(f"/clienten/{desk.client.reference}/").content.decode()
    assert desk.link("geschiedenis") in dossier


def test_only_within_one_s_reach_and_of_this_client(desk: Desk) -> None:
    placed(desk.client, "3-", on=LAST_YEAR)
    history = desk.link("geschiedenis")
    other = desk.in_my_caseload("K2")
    elsewhere = history.replace(desk.client.reference, other.reference)
    assert desk.browser.get(elsewhere).status_code == 404
    desk.sign_in(a_coordinator(desk.town))
    assert desk.browser.get(history).status_code == 200
    desk.sign_in(a_case_manager(a_team(desk.town)))
    assert desk.browser.get(history).status_code == 404
    desk.sign_in(a_functional_administrator(desk.town))
    assert desk.browser.get(history).status_code == 403
