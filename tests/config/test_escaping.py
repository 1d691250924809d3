"""What people typed stands on a page as they typed it, and is never a part of the page; a file has it untouched."""

from __future__ import annotations

from html import escape

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.factories.clients import person_of
from tests.factories.desk import Office

pytestmark = pytest.mark.django_db
TYPED = "<b onclick='x'>\"kanarie&amp;"
ESCAPED = escape(TYPED)


@pytest.fixture
def office(client: Browser) -> Office:
    return Office(client)


def test_a_name_with_markup_is_text_on_every_page_that_shows_it(office: Office) -> None:
    whose = office.of(office.jo, TYPED)
    assert person_of(whose).surname == TYPED, "kept as it was typed: escaping is the last step"
    office.sign_in(office.jo)
    for address in (
        reverse("dossier:client", args=[whose.reference]),
        reverse("dossier:caseload"),
        reverse("ladder:place", args=[whose.reference]),
    ):
        page = office.browser.get(address, follow=True).content.decode()
        assert "<b onclick" not in page, address
        assert ESCAPED in page, address
    page = office.browser.get(reverse("dossier:caseload")).content.decode()
    assert "&amp;amp;" in page
    assert "&amp;amp;amp;" not in page, "escaped once"


def test_in_an_attribute_it_stays_inside_it(office: Office) -> None:
    page = office.sign_in(office.jo).browser.get(reverse("dossier:caseload"), {"search": TYPED, "naam": TYPED})
    assert "<b onclick" not in page.content.decode()
    found = office.browser.post("/zoeken/", {"q": TYPED}, follow=True).content.decode()
    assert "<b onclick" not in found
    assert ESCAPED in found


def test_a_file_has_it_as_it_was_typed(office: Office) -> None:
    office.of(office.jo, TYPED)
    answer = office.sign_in(office.jo).browser.get("/clienten/bestand/csv/")
    assert TYPED.replace('"', '""') in answer.content.decode("utf-8-sig")
