"""The pages of administration: the index, the municipality with its banner, settings, and parts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from opstap.accounts.operations import NewUser, create_user
from opstap.administration.tables.settings import WORDS
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.municipality.enums import Environment
from opstap.municipality.logic import SETTINGS
from opstap.municipality.models import Municipality
from opstap.municipality.operations import change_municipality
from opstap.municipality.selectors import setting_on
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team, a_team_leader
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
PAGES = (
    "/beheer/",
    "/beheer/gemeente/",
    "/beheer/instellingen/",
    "/beheer/instellingen/benefit_gap_days/",
    "/beheer/onderdelen/",
)


@pytest.fixture
def town() -> Municipality:
    return a_municipality("Beheerdam")


@pytest.fixture
def admin(town: Municipality) -> Client:
    return signed_in(a_functional_administrator(town))


@pytest.mark.parametrize("path", PAGES)
def test_administration_is_for_the_administrator_alone(town: Municipality, client: Client, path: str) -> None:
    team = a_team(town)
    for user in (a_case_manager(team), a_team_leader(team), a_coordinator(town)):
        assert signed_in(user).get(path).status_code == 403
    assert client.get(path).status_code == 302
    page = signed_in(a_functional_administrator(town)).get(path)
    assert page.status_code == 200
    assert "Beheer" in page.content.decode()


def test_the_index_has_one_line_for_each_page_and_says_what_waits(admin: Client, town: Municipality) -> None:
    page = admin.get("/beheer/").content.decode()
    for path in (
        "/beheer/gebruikers/",
        "/beheer/teams/",
        "/beheer/rollen/",
        "/beheer/gemeente/",
        "/beheer/onderdelen/",
    ):
        assert f'href="{path}"' in page
    assert "kan zich nog niet aanmelden" not in page
    create_user(by=command_line(), municipality=town, new=NewUser("Uit Bestand"), since=date(2020, 1, 1))
    a_setting(town, "benefit_gap_days", 45, dates.today() + timedelta(days=3))
    page = admin.get("/beheer/").content.decode()
    assert "1 medewerker kan zich nog niet aanmelden" in page
    assert "1 wijziging gaat later in" in page


def test_the_administrator_has_no_pages_with_clients_or_imports_in_the_menu(admin: Client) -> None:
    menu = [item.url for item in admin.get("/beheer/").context["navigation"]]
    assert "/beheer/" in menu
    assert "/import/" not in menu
    assert admin.get("/import/").status_code == 403
    assert admin.get("/rapporten/").status_code == 403


def test_the_name_and_the_code_of_the_municipality_are_changed(admin: Client, town: Municipality) -> None:
    start = {"name": "Beheerdam", "cbs_code": "344", "environment": "production", "banner": ""}
    assert admin.post("/beheer/gemeente/", start | version_at(admin, "/beheer/gemeente/")).status_code == 302
    town.refresh_from_db()
    assert town.cbs_code == "0344"
    a_municipality("Elders")
    refused = admin.post("/beheer/gemeente/", {**start, "name": "elders"})
    assert "al een gemeente met deze naam" in refused.content.decode()
    assert refused.status_code == 400


def test_a_test_environment_shows_its_banner_on_every_page_also_before_signing_in(
    admin: Client, client: Client, town: Municipality
) -> None:
    assert 'class="banner' not in admin.get("/beheer/").content.decode()
    sent = {"name": town.name, "cbs_code": "", "environment": "test", "banner": ""}
    admin.post("/beheer/gemeente/", sent | version_at(admin, "/beheer/gemeente/"))
    assert "Testomgeving: niets hier is echt." in admin.get("/beheer/").content.decode()
    sent["banner"] = "Oefenen: wordt elke maandag leeggemaakt"
    admin.post("/beheer/gemeente/", sent | version_at(admin, "/beheer/gemeente/"))
    for browser, path in ((admin, "/beheer/"), (admin, "/ladders/"), (client, "/aanmelden/")):
        page = browser.get(path).content.decode()
        assert 'class="banner banner--test"' in page
        assert "Oefenen: wordt elke maandag leeggemaakt" in page


def test_a_demo_stays_a_demo_and_nothing_becomes_one(admin: Client, town: Municipality) -> None:
    with pytest.raises(ValueError, match="demo"):
        change_municipality(
            by=command_line(), municipality=town, name="X", cbs_code="", environment=Environment.DEMO, banner=""
        )
    Municipality.objects.filter(pk=town.pk).update(environment=Environment.DEMO)
    assert "Dit is de demo" in admin.get("/beheer/gemeente/").content.decode()
    sent = {"name": "Beheerdam", "environment": "production"} | version_at(admin, "/beheer/gemeente/")
    admin.post("/beheer/gemeente/", sent)
    town.refresh_from_db()
    assert town.environment == Environment.DEMO


def test_every_setting_has_its_words_on_the_page(admin: Client) -> None:
    missing = [key for key, definition in SETTINGS.items() if not definition.is_part and key not in WORDS]
    assert missing == [], "Give the setting its name and meaning in administration/tables/settings.py (WORDS)"
    page = admin.get("/beheer/instellingen/").content.decode()
    assert "Vaste ladder" in page
    assert "30 dagen" in page


def test_a_setting_holds_from_the_day_that_was_filled_in_and_keeps_its_history(
    admin: Client, town: Municipality
) -> None:
    today = dates.today()
    later = today + timedelta(days=10)
    path = "/beheer/instellingen/benefit_gap_days/"
    sent = {"value": "45", "since": later.isoformat()} | version_at(admin, path)
    assert admin.post(path, sent).status_code == 302
    assert setting_on(town.pk, "benefit_gap_days", today) == 30
    assert setting_on(town.pk, "benefit_gap_days", later) == 45
    listed = admin.get("/beheer/instellingen/").content.decode()
    assert "45 dagen vanaf" in listed
    admin.post(path, {"value": "60", "since": later.isoformat()} | version_at(admin, path))
    page = admin.get(path)
    assert [(line.value, line.state) for line in page.context["lines"]] == [("60 dagen", "later")]
    assert [(line.value, line.state) for line in page.context["replaced"]] == [("45 dagen", "vervangen")]
    assert "Medewerker" in page.context["lines"][0].recorded_by


def test_the_ladder_that_is_chosen_is_one_that_exists(admin: Client, town: Municipality) -> None:
    path = "/beheer/instellingen/default_scale/"
    today = dates.today().isoformat()
    assert admin.post(path, {"value": "bestaat-niet", "since": today}).status_code == 400
    sent = {"value": "groningen", "since": today} | version_at(admin, path)
    assert admin.post(path, sent).status_code == 302
    assert setting_on(town.pk, "default_scale", dates.today()) == "groningen"


@pytest.mark.parametrize(
    ("key", "value"),
    [("large_change_share", "101"), ("staging_days", "0"), ("staging_days", "x"), ("duration_classes", "5,2")],
)
def test_a_value_beyond_its_limits_is_refused_in_words(admin: Client, town: Municipality, key: str, value: str) -> None:
    refused = admin.post(f"/beheer/instellingen/{key}/", {"value": value, "since": dates.today().isoformat()})
    assert refused.status_code == 400
    assert setting_on(town.pk, key, dates.today()) == SETTINGS[key].default


@pytest.mark.parametrize("value", ["12", "0", "35", "x"])
def test_the_smallest_number_of_publications_says_which_numbers_it_takes(admin: Client, value: str) -> None:
    path = "/beheer/instellingen/disclosure_threshold/"
    assert 'step="5"' in admin.get(path).content.decode()
    refused = admin.post(path, {"value": value, "since": dates.today().isoformat()})
    assert refused.status_code == 400
    assert "Geef een veelvoud van 5, van 5 tot en met 30." in refused.content.decode()
    sent = {"value": "15", "since": dates.today().isoformat()} | version_at(admin, path)
    assert admin.post(path, sent).status_code == 302


def test_a_setting_that_does_not_exist_has_no_page(admin: Client) -> None:
    assert admin.get("/beheer/instellingen/kleur/").status_code == 404
    assert admin.get("/beheer/instellingen/part.exchange/").status_code == 404
