"""The form of a placement on paper: what stands on it, whom it names, and who gets it."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from opstap.accounts.models import User
from opstap.audit.permissions import command_line
from opstap.clients.models import Client as Followed
from opstap.foundation import dates, documents
from opstap.foundation.documents import missing_packages
from opstap.ladder.models import ScaleQuestion
from opstap.ladder.selectors.scales import questions_on, scale_on
from opstap.municipality.logic import CHOICE, NUMBER, TraitDesign
from opstap.municipality.operations import define_trait
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team
from tests.factories.clients import a_bsn, a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(bool(missing_packages()), reason="Pango is not here")
CLIENT_NUMBER, BSN = "K-4711", a_bsn(7)


def sign_in(browser: Client, user: User) -> None:
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


@pytest.fixture
def followed(client: Client) -> Followed:
    """A client in the caseload of who is signed in."""
    town = a_municipality("Papierveen")
    team = a_team(town)
    worker = a_case_manager(team)
    person = a_client(town, number=CLIENT_NUMBER, bsn=BSN)
    in_caseload(person, worker, team=team)
    sign_in(client, worker)
    return person


def url_of(client: Followed, scale: str = "vng") -> str:
    return f"/plaatsen/{client.reference}/formulier.pdf?ladder={scale}"


def joined(text: str) -> str:
    """Without the spaces, which a reader of a PDF places by the lines."""
    return re.sub(r"\s", "", text)


def read(browser: Client, url: str) -> str:
    response = browser.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert CLIENT_NUMBER not in response["Content-Disposition"]
    return joined(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages))


@needs_pango
@pytest.mark.parametrize("key", ["vng", "groningen", "rijswijk", "steenwijkerland"])
def test_every_question_and_level_stands_on_the_form(client: Client, followed: Followed, key: str) -> None:
    text = read(client, url_of(followed, key))
    scale = scale_on(key, dates.today())
    assert scale is not None
    for level in scale.whole_levels:
        assert joined(level.name_nl) in text
        assert joined(level.definition_nl) in text
    for question in questions_on(scale):
        assert joined(question.text_nl) in text
        assert joined(question.explanation_nl) in text
    for words in (
        "Inkomenssituatie",
        "Laaggeletterd",
        "Startkwalificatie",
        "Hoe de cliënt het zelf ziet",
        "Aanleiding",
    ):
        assert joined(words) in text
    assert ("Groeipotentieel" in text) is scale.is_ladder


@needs_pango
def test_each_answer_says_where_it_leads_by_the_number_on_the_paper(client: Client, followed: Followed) -> None:
    text = read(client, url_of(followed))
    first = text[text.index("1Heeftdezepersoon") : text.index("2Krijgtdezepersoon")]
    assert "ja:ganaarvraag2" in first
    assert "nee:ganaarvraag3" in first
    assert "ja:trede5nee:trede6" in text
    growth = text[text.index("6Kandezepersoon") :]
    assert "ja:ganaarvraag7" in growth


@needs_pango
def test_the_form_of_a_client_names_them_and_where_they_stand_but_never_the_bsn(
    client: Client, followed: Followed
) -> None:
    placed(followed, "2+", on=date(2025, 3, 4), expected="4")
    text = read(client, url_of(followed))
    assert CLIENT_NUMBER in text
    assert "15jun1980" in text
    assert "2+Socialecontactenbuitenshuis+,sinds4mrt2025" in text
    assert BSN not in text
    assert text.count(f"Cliëntnummer{CLIENT_NUMBER}") > 3  # on top, and at the foot of each sheet
    assert "Papierveen" in text


@needs_pango
def test_the_form_of_a_ladder_is_about_nobody_and_needs_no_right_on_clients(client: Client, followed: Followed) -> None:
    sign_in(client, a_functional_administrator(followed.municipality))
    text = read(client, "/ladders/vng/formulier.pdf")
    assert "Heeftdezepersoonnubetaaldwerk" in text
    assert CLIENT_NUMBER not in text
    assert client.get("/ladders/bestaat-niet/formulier.pdf").status_code == 404
    assert client.get(url_of(followed)).status_code == 403


@needs_pango
def test_a_ladder_without_questions_asks_to_tick_a_level(client: Client, followed: Followed) -> None:
    ScaleQuestion.objects.filter(version__scale__key="vng").delete()
    text = read(client, url_of(followed))
    assert "Kruiseréénaan" in text
    assert "ganaarvraag" not in text
    assert "Betaaldwerkmetondersteuning" in text


@needs_pango
def test_traits_that_the_municipality_asks_when_placing_stand_on_it(client: Client, followed: Followed) -> None:
    choices = (("car", "auto", "car"), ("none", "geen auto", "no car"))
    for key, kind, listed, asked in (
        ("licence", CHOICE, choices, True),
        ("hours", NUMBER, (), True),
        ("hidden", NUMBER, (), False),
    ):
        design = TraitDesign(
            key=key,
            kind=kind,
            name_nl=f"Eigen {key}",
            name_en=f"Own {key}",
            starts_on=date(2024, 1, 1),
            choices=listed,
            on_placement=asked,
        )
        define_trait(by=command_line(), municipality=followed.municipality, design=design)
    for text in (read(client, url_of(followed)), read(client, "/ladders/vng/formulier.pdf")):
        assert "Eigenlicence" in text
        assert "geenauto" in text
        assert "Eigenhours" in text
        assert "Eigenhidden" not in text


@needs_pango
def test_an_english_screen_gives_an_english_form(client: Client, followed: Followed) -> None:
    client.cookies["django_language"] = "en"
    text = read(client, url_of(followed))
    assert "Doesthispersonhavepaidworknow" in text
    assert "Unpaidwork" in text


def test_outsiders_get_no_form_of_a_client(client: Client, followed: Followed) -> None:
    other_team = a_team(followed.municipality)
    sign_in(client, a_case_manager(other_team))
    assert client.get(url_of(followed)).status_code == 404
    client.logout()
    assert client.get(url_of(followed)).status_code == 302
    assert client.get("/ladders/vng/formulier.pdf").status_code == 302


@needs_pango
def test_a_form_costs_few_queries(client: Client, followed: Followed) -> None:
    placed(followed, "3", on=date(2025, 3, 4))
    with CaptureQueriesContext(connection) as asked:
        client.get(url_of(followed))
    assert len(asked) <= 15


def test_where_pango_lacks_the_page_names_the_packages(
    client: Client, followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "PACKAGE_OF", {"libnot-there.so.9": "libnot-there9"})
    refused = client.get(url_of(followed))
    assert refused.status_code == 503
    assert "Debian-pakketten te installeren: libnot-there9" in refused.content.decode()
    assert client.get(f"/plaatsen/{followed.reference}/").status_code == 200


def test_the_pages_lead_to_the_form(client: Client, followed: Followed) -> None:
    placing = client.get(f"/plaatsen/{followed.reference}/?ladder=groningen").content.decode()
    assert f'href="{url_of(followed, "groningen")}"' in placing
    assert 'href="/ladders/vng/formulier.pdf"' in client.get("/ladders/vng/").content.decode()
