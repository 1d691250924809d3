"""Whoever looks at rows of a file looks at people: those who are known stand by name in the log, the others counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from opstap.audit.logic.entries import pseudonyms_in
from opstap.audit.models import Access
from opstap.audit.operations import accesses
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.models import Client
from opstap.clients.operations import merge_clients
from opstap.exchange.models import ImportBatch
from opstap.privacy.selectors.processing import lines_of
from tests.architecture.house import imported_modules, modules
from tests.exchange.test_pages import HEAD, SignIn, as_role, confirm, offer, town
from tests.factories.clients import BY, a_client
from tests.factories.municipality import a_municipality

__all__ = ["as_role", "town"]

pytestmark = pytest.mark.django_db
ANNA = "1;999986764;Bakker;01-01-1980;01-01-2020;Pw;01-02-2020;2+;ja\r\n"
BERT = "2;999924400;Visser;31-01-1980;01-01-2020;Pw;01-02-2020;3-;nee\r\n"
WRONG = {"1": ANNA.replace("01-01-1980", "31-02-1980"), "2": BERT.replace("31-01-1980", "31-02-1980")}
NOBODY = "3;;Kok;31-02-1990;01-01-2020;Pw;01-02-2020;3-;nee\r\n"


@pytest.fixture(autouse=True)
def _own_heads(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


@pytest.fixture
def office(as_role: SignIn) -> Browser:
    """A coordinator who read a file with clients 1 and 2 before."""
    browser = as_role("coordinator")
    confirm(browser, offer(browser, HEAD + ANNA + BERT))
    return browser


def named(*numbers: str) -> list[bytes]:
    return sorted(pseudonym_of(one.reference) for one in Client.objects.filter(number__in=numbers))


def told(row: Access | None = None) -> tuple[list[bytes], int]:
    """Whom a record names, and of how many people it is."""
    row = row or Access.objects.order_by("-pk")[0]
    return sorted(pseudonyms_in(bytes(row.listed))), row.listed_count


def looked(office: Browser, place: str, page: str, more: str = "") -> tuple[list[bytes], int]:
    path = f"/import/{place.split('/')[2]}/{page}/{more}"
    assert office.get(path).status_code == 200, path
    return told()


def test_the_rows_of_known_clients_name_them(office: Browser) -> None:
    place = offer(office, HEAD + ANNA + BERT)
    assert looked(office, place, "rijen", "?soort=unchanged") == (named("1", "2"), 2)
    row = Access.objects.order_by("-pk")[0]
    assert len({line.subject for line in lines_of(row) if line.subject}) == 2
    assert looked(office, place, "rijen", "?soort=new") == ([], 0)


def test_the_first_values_below_the_headings_are_of_somebody(office: Browser) -> None:
    assert looked(office, offer(office, HEAD + BERT + NOBODY), "kolommen") == (named("2"), 2)


def test_who_is_known_by_the_bsn_only_is_named(office: Browser) -> None:
    place = offer(office, HEAD + ANNA.removeprefix("1"))
    assert looked(office, place, "rijen", "?soort=unchanged") == (named("1"), 1)


def test_the_check_names_whose_cells_it_shows(office: Browser) -> None:
    place = offer(office, HEAD + ANNA + WRONG["2"] + NOBODY)
    assert looked(office, place, "controle") == (named("2"), 2)


def test_a_file_of_refused_rows_names_whom_it_holds(office: Browser) -> None:
    place = offer(office, HEAD + WRONG["1"] + WRONG["2"] + NOBODY)
    for file_format in ("csv", "xlsx"):
        assert looked(office, place, "geweigerd", f"{file_format}/") == (named("1", "2"), 3)


def test_whose_dossier_was_merged_stands_there_once(office: Browser) -> None:
    kept, merged = Client.objects.get(number="1"), Client.objects.get(number="2")
    merge_clients(by=BY, client=merged, kept=kept, why="dezelfde")
    place = offer(office, HEAD + WRONG["1"] + WRONG["2"])
    assert looked(office, place, "geweigerd", "csv/") == (named("1"), 1)


def test_of_another_municipality_nobody_is_named(office: Browser) -> None:
    """The same number is somebody else there."""
    a_client(a_municipality("Elders"), number="9", bsn="999998201")
    place = offer(office, HEAD + "9;999998201;Kok;01-01-1980;01-01-2020;Pw;01-02-2020;2+;ja\r\n")
    assert looked(office, place, "rijen", "?soort=new") == ([], 1)


def test_a_bsn_that_lost_its_zero_is_of_somebody(office: Browser) -> None:
    a_client(ImportBatch.objects.latest("pk").municipality, number="7", bsn="012345672")
    place = offer(office, HEAD + ";12345672;Kok;01-01-1980;01-01-2020;Pw;01-02-2020;2+;ja\r\n")
    assert looked(office, place, "controle") == (named("7"), 1)


def test_confirming_and_undoing_name_whose_facts_they_wrote(office: Browser) -> None:
    rows = Access.objects.filter(action="exchange:confirm").order_by("pk")
    assert told(rows[0]) == (named("1", "2"), 2)
    batch = ImportBatch.objects.latest("pk")
    assert office.post(f"/import/{batch.reference}/terugdraaien/").status_code == 302
    assert told(Access.objects.filter(action="exchange:undo").order_by("pk")[0]) == (named("1", "2"), 2)


def test_a_cell_that_came_too_late_is_shown_with_whose_it_is(office: Browser) -> None:
    place = offer(office, HEAD + ANNA + WRONG["2"] + NOBODY)
    cell = {"row": "4", "heading": "Geboortedatum", "value": "28-02-1990", "digest": "another"}
    assert office.post(f"/import/{place.split('/')[2]}/cel/", cell).status_code == 409
    assert told() == (named("2"), 2)
    assert office.post(f"/import/{place.split('/')[2]}/cel/", {**cell, "row": "2"}).status_code == 409
    assert told() == (named("1", "2"), 3)


def test_no_page_takes_rows_without_saying_whose() -> None:
    taken = [
        f"{module.place}:{line}"
        for module in modules("exchange", "views")
        for line, name in imported_modules(module.tree)
        if name.startswith("opstap.exchange.selectors.staging.staged_")
    ]
    assert taken == [], "take rows for a page from opstap.exchange.selectors.shown"
