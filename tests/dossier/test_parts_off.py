"""A part that is off: no link of the pages that remain leads to it, and what was recorded is still told."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from opstap.dossier.enums import EntryKind
from opstap.foundation import dates
from opstap.municipality.logic import PART_PREFIX, PARTS, part_of
from tests.factories.contacts import spoken
from tests.factories.desk import Office
from tests.factories.municipality import a_setting
from tests.factories.plans import a_trajectory

pytestmark = pytest.mark.django_db
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)"')
PAGES = ("/clienten/", "/team/", "/rapporten/", "/begin/", "/")


def switched_off(office: Office, *parts: str) -> None:
    for part in parts:
        a_setting(office.town, PART_PREFIX + part, "off", dates.today())


def links_of(office: Office, path: str) -> set[str]:
    """The addresses that a page leads to; a page that is not for this person leads nowhere."""
    response = office.browser.get(path, follow=True)
    if response.status_code == 403:
        return set()
    assert response.status_code == 200, path
    found = {link.replace("&amp;", "&") for link in LINK.findall(response.content.decode())}
    return {link for link in found if not link.startswith(("/static/", "/afmelden"))}


@pytest.mark.parametrize("part", sorted(PARTS))
@pytest.mark.parametrize("who", ["jo", "leader", "coordinator", "administrator"])
def test_no_link_leads_to_a_part_that_is_off(office: Office, who: str, part: str) -> None:
    client = office.of(office.jo)
    spoken(client, dates.today())
    a_trajectory(client)
    switched_off(office, part)
    office.sign_in(getattr(office, who))
    pages = [*PAGES, *([] if who == "administrator" else [f"/clienten/{client.reference}/"])]
    links = set().union(*(links_of(office, page) for page in pages))
    assert links
    assert sorted(link for link in links if part_of(resolve(urlsplit(link).path).view_name) == part) == []


def test_what_was_recorded_is_still_told(office: Office) -> None:
    client = office.of(office.jo)
    spoken(client, dates.today())
    a_trajectory(client)
    office.sign_in(office.jo)
    address = f"/clienten/{client.reference}/"
    before = office.browser.get(address).content.decode()
    assert f"/contact/{client.reference}/" in before
    assert f"/hulp/{client.reference}/" in before
    switched_off(office, "contacts", "plans")
    response = office.browser.get(address)
    after = response.content.decode()
    assert {EntryKind.CONTACT, EntryKind.HELP} <= {entry.kind for entry in response.context["page_obj"]}
    assert "/contact/" not in after
    assert "/hulp/" not in after


def test_a_report_of_a_part_that_is_off_is_not_offered_and_says_so(office: Office) -> None:
    office.sign_in(office.coordinator)
    assert "/rapporten/trajecten/" in office.browser.get("/rapporten/").content.decode()
    switched_off(office, "plans")
    assert "/rapporten/trajecten/" not in office.browser.get("/rapporten/").content.decode()
    for address in ("/rapporten/trajecten/", "/rapporten/trajecten/mensen/", "/rapporten/trajecten/bestand/csv/"):
        answer = office.browser.get(address)
        assert answer.status_code == 404
        assert "Uw gemeente gebruikt dit onderdeel niet" in answer.content.decode(), address
