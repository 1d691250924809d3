"""A secret address that is planted, and every page, file and paper of each role without the right to see it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from opstap.accounts.logic import roles
from opstap.accounts.models import User
from opstap.clients.logic import AddressRow
from opstap.clients.models import Client
from opstap.clients.operations import record_held_fact
from opstap.dossier.tables.parts import SLUGS
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES
from opstap.reporting.tables.reports import REPORTS
from tests.answers import content_of, words_in
from tests.architecture.test_urls import leaves
from tests.dossier.desks import Desk
from tests.factories.accounts import a_worker
from tests.factories.clients import BY, beside
from tests.factories.desk import days_ago
from tests.factories.ladder import placed

pytestmark = pytest.mark.django_db
STREET, POSTCODE, TOWN = "Schuilhofkade", "9876 ZX", "Verborgenstad"
WITHOUT = ("case_manager", "external_consultant")  # who records most, and who reaches by name


@pytest.fixture
def hiding(desk: Desk) -> Client:
    """Somebody whose address is secret, and one who lived there before it was."""
    client = desk.another(number="60001", surname="Duiker")
    placed(client, "2", on=days_ago(40))
    since = date(2024, 1, 1)
    row = AddressRow(client.pk, since, None, STREET, "3", POSTCODE, TOWN, is_secret=True)
    record_held_fact(by=BY, what="address", row=row)
    return client


def somebody(desk: Desk, client: Client, role: str) -> User:
    """In this role, with the client within reach."""
    if role == "case_manager":
        return desk.worker
    worker = a_worker(desk.town, role, team=desk.team)
    beside(client, worker)
    return worker


def paths(client: Client) -> list[str]:
    """Every address that asks for nothing, or for a client; the parts, reports and files with each of theirs."""
    own = client.reference
    found = {f"/clienten/{own}/onderdeel/{slug}/" for slug in SLUGS}
    found |= {f"/clienten/bestand/{kind}/" for kind in CONTENT_TYPES}
    for report in REPORTS.values():
        slug = report.definition.slug
        found |= {f"/rapporten/{slug}/", f"/rapporten/{slug}/mensen/"}
        found.add(f"/rapporten/{slug}/bestand/csv/")
    for name in {name for name, _route, _pattern in leaves(get_resolver().url_patterns)}:
        for given in ([], [own]):
            try:
                found.add(reverse(name, args=given))
            except NoReverseMatch:
                continue
    return sorted(path for path in found if "/afmelden/" not in path)


def read(desk: Desk, path: str) -> str:
    """What can be read at an address."""
    return words_in(content_of(desk.browser.get(path)))


@pytest.mark.covers("B-59", page="/clienten/<reference>/")
@pytest.mark.parametrize("role", WITHOUT)
def test_it_stands_nowhere_for_who_lacks_the_right(desk: Desk, hiding: Client, role: str) -> None:
    assert "see_secret_addresses" not in roles()[role].permissions
    desk.sign_in(somebody(desk, hiding, role))
    shown = 0
    for path in paths(hiding):
        found = read(desk, path)
        shown += hiding.reference in found or "Duiker" in found
        for mark in (STREET, POSTCODE, TOWN):
            assert mark not in found, path
    assert shown > 10  # the walk did meet the client


def test_who_has_the_right_reads_it_so_the_walk_could_find_it(desk: Desk, hiding: Client) -> None:
    desk.sign_in(desk.leader)
    met = [path for path in paths(hiding) if STREET in read(desk, path)]
    assert f"/clienten/{hiding.reference}/" in met
    assert f"/clienten/{hiding.reference}/onderdeel/adres/" in met
    assert not [path for path in met if "bestand" in path or "rapporten" in path], "no file holds an address"


def test_nobody_is_found_by_it(desk: Desk, hiding: Client) -> None:
    for typed in (STREET, POSTCODE, TOWN):
        location = desk.browser.post("/zoeken/", {"q": typed})["Location"]
        assert not location.startswith("/clienten/")
        assert desk.browser.get(location).context["people"] == []
