"""The pages of teams: made, renamed, ended and opened again."""

from __future__ import annotations

import pytest
from django.test import Client

from opstap.accounts.models import Team, User
from opstap.municipality.models import Municipality
from tests.factories.accounts import (
    a_case_manager,
    a_functional_administrator,
    a_team,
)
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def admin(town: Municipality) -> Client:
    return signed_in(a_functional_administrator(town))


def page_of(user: User) -> str:
    return f"/beheer/gebruikers/{user.reference}/"


def test_a_team_is_made_renamed_and_shows_its_people(town: Municipality, admin: Client) -> None:
    assert "Nog geen teams" in admin.get("/beheer/teams/").content.decode()
    admin.post("/beheer/teams/", {"name": "Meedoen"})
    team = Team.objects.get(municipality=town)
    again = admin.post("/beheer/teams/", {"name": "meedoen"})
    assert again.status_code == 400
    assert "al een team met deze naam" in again.content.decode()
    path = f"/beheer/teams/{team.reference}/"
    assert "Vandaag zit er niemand in dit team" in admin.get(path).content.decode()
    a_case_manager(team, name="Mia Meedoener")
    assert "Mia Meedoener" in admin.get(path).content.decode()
    admin.post(path, {"name": "Meedoen Noord", **version_at(admin, path)})
    team.refresh_from_db()
    assert team.name == "Meedoen Noord"
    assert [count for _team, count in admin.get("/beheer/teams/").context["lines"]] == [1]


def test_a_team_is_ended_and_opened_again_on_its_page(town: Municipality, admin: Client) -> None:
    team = a_team(town, "Noord")
    worker = a_case_manager(team, name="Bram de Wit")
    in_caseload(a_client(town), worker, team=team)
    page = f"/beheer/teams/{team.reference}/"
    words = admin.get(page).content.decode()
    assert "1 cliënt heeft dit als team" in words
    assert f'href="{page_of(worker)}">Bram de Wit</a>' in words
    refused = admin.post(page, {"action": "end"})
    assert refused.status_code == 400
    assert "Hieronder staat wat eerst moet gebeuren" in refused.content.decode()

    empty = a_team(town, "Zuid")
    page = f"/beheer/teams/{empty.reference}/"
    done = admin.post(page, {"action": "end"}, follow=True).content.decode()
    assert "Zuid is opgeheven." in done
    assert "Dit team is opgeheven per" in done
    listed = admin.get("/beheer/teams/")
    assert [team.name for team, _ in listed.context["lines"]] == ["Noord"]
    assert "1 team is opgeheven" in listed.content.decode()
    for path in ("/beheer/gebruikers/", "/beheer/gebruikers/nieuw/"):
        assert "Zuid" not in admin.get(path).content.decode()
    assert "Zuid is weer te kiezen." in admin.post(page, {"action": "reopen"}, follow=True).content.decode()
    assert "Zuid" in admin.get("/beheer/gebruikers/nieuw/").content.decode()


def test_who_comes_back_is_told_of_a_team_that_ended_meanwhile(town: Municipality, admin: Client) -> None:
    team = a_team(town, "Oost")
    user = a_case_manager(team)
    admin.post(page_of(user), {"action": "close"})
    admin.post(f"/beheer/teams/{team.reference}/", {"action": "end"})
    page = admin.post(page_of(user), {"action": "open"}, follow=True).content.decode()
    assert "zit niet meer in Oost" in page
