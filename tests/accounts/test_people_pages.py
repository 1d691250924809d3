"""The pages of users, roles and teams: what works, who is refused, what is shown once; and one's own password."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from opstap.accounts.models import RoleHolding, TeamMembership, User
from opstap.accounts.operations import NewUser, create_user, give_one_time_password, give_role, set_password
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import (
    a_case_manager,
    a_coordinator,
    a_functional_administrator,
    a_team,
    a_team_leader,
    a_worker,
    ending,
)
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
TODAY = dates.today().isoformat()
PASSWORD = re.compile(r'<code class="one-time">([^<]+)</code>')


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    a_setting(municipality, "second_factor_roles", "none")
    return municipality


@pytest.fixture
def admin(town: Municipality) -> Client:
    return signed_in(a_functional_administrator(town))


def known_from_a_file(town: Municipality, name: str = "Uit Bestand") -> User:
    return create_user(by=command_line(), municipality=town, new=NewUser(name), since=date(2020, 1, 1))


def page_of(user: User) -> str:
    return f"/beheer/gebruikers/{user.reference}/"


def names(client: Client, **chosen: str) -> list[str]:
    return [line.name for line in client.post("/beheer/gebruikers/", chosen).context["lines"]]


def test_users_roles_and_teams_are_for_the_administrator_alone(town: Municipality, client: Client) -> None:
    team = a_team(town)
    worker = a_case_manager(team)
    paths = ["/beheer/gebruikers/", "/beheer/gebruikers/nieuw/", page_of(worker), "/beheer/rollen/", "/beheer/teams/"]
    for path in [*paths, f"/beheer/teams/{team.reference}/"]:
        for user in (worker, a_team_leader(team), a_coordinator(town)):
            assert signed_in(user).get(path).status_code == 403
        assert client.get(path).status_code == 302
        assert signed_in(a_functional_administrator(town)).get(path).status_code == 200


def test_somebody_of_another_municipality_is_not_there(admin: Client) -> None:
    elsewhere = a_municipality()
    team = a_team(elsewhere)
    assert admin.get(page_of(a_case_manager(team))).status_code == 404
    assert admin.get(f"/beheer/teams/{team.reference}/").status_code == 404
    assert len(names(admin, state="")) == 1


def test_the_list_is_searched_and_filtered(town: Municipality, admin: Client) -> None:
    north, south = a_team(town, "Noord"), a_team(town, "Zuid")
    a_case_manager(north, name="Zoë de Vries")
    a_case_manager(south, name="Bram Zuidema")
    known_from_a_file(town)
    assert names(admin, text="zoe VRIES", state="") == ["Zoë de Vries"]
    assert names(admin, team=south.reference, state="") == ["Bram Zuidema"]
    assert names(admin, state="not_invited") == ["Uit Bestand"]
    assert len(names(admin, role="functional_administrator")) == 1
    nobody = admin.post("/beheer/gebruikers/", {"text": "bestaat niet"}).content.decode()
    assert "Niemand gevonden" in nobody


def test_the_list_asks_as_many_queries_for_many_users(
    town: Municipality, admin: Client, django_assert_max_num_queries: object
) -> None:
    team = a_team(town)
    for _ in range(60):
        a_case_manager(team)
    with django_assert_max_num_queries(15):  # type: ignore[operator]  # a fixture of pytest-django
        page = admin.get("/beheer/gebruikers/?page=2")
    assert len(page.context["lines"]) == 11


def test_somebody_new_gets_a_password_that_is_shown_once(town: Municipality, admin: Client) -> None:
    team = a_team(town)
    sent = {
        "name": "Nina Nieuw",
        "sign_in_name": "Nina",
        "role": "case_manager",
        "team": team.reference,
        "since": TODAY,
        "staff_code": "NN1",
    }
    page = admin.post("/beheer/gebruikers/nieuw/", sent, follow=True)
    user = User.objects.get(sign_in_name="nina")
    assert page.redirect_chain[-1][0] == page_of(user)
    found = PASSWORD.search(page.content.decode())
    assert found
    assert user.check_password(found.group(1))
    assert not PASSWORD.search(admin.get(page_of(user)).content.decode())
    assert TeamMembership.objects.get(user=user).team == team
    assert b"NN1" in page.content


def test_somebody_can_be_added_who_does_not_sign_in_yet(town: Municipality, admin: Client) -> None:
    sent = {"name": "Nog Niet", "role": "case_manager", "since": TODAY}
    page = admin.post("/beheer/gebruikers/nieuw/", sent, follow=True).content.decode()
    assert "Tot nu toe alleen bij naam bekend" in page
    assert names(admin, state="not_invited") == ["Nog Niet"]


def test_the_end_that_is_filled_in_holds_for_the_team_too(town: Municipality, admin: Client) -> None:
    team, mentor, last = a_team(town), a_case_manager(a_team(town)), dates.today() + timedelta(days=30)
    sent = {"role": "intern", "team": team.reference, "supervisor": mentor.reference, "since": TODAY}
    answer = admin.post("/beheer/gebruikers/nieuw/", {**sent, "name": "Sam Stage", "until": last.isoformat()})
    assert answer.status_code == 302
    intern = User.objects.get(name="Sam Stage")
    assert RoleHolding.objects.get(user=intern).ends_on == last
    assert TeamMembership.objects.get(user=intern).ends_on == last
    admin.post("/beheer/gebruikers/nieuw/", {**sent, "name": "Cas Vast", "role": "case_manager", "supervisor": ""})
    assert TeamMembership.objects.get(user__name="Cas Vast").ends_on is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sign_in_name": "BEZET"}, "meldt zich al aan met deze naam"),
        ({"staff_code": "B1"}, "heeft deze personeelscode al"),
        ({"role": "team_leader"}, "Deze rol hoort bij een team"),
        ({"name": ""}, "Vul dit in"),
    ],
)
def test_what_is_wrong_with_a_new_user_is_said(
    town: Municipality, admin: Client, change: dict[str, str], said: str
) -> None:
    new = NewUser("Bezet", "bezet", "B1")
    create_user(by=command_line(), municipality=town, new=new, since=date(2020, 1, 1))
    sent = {"name": "Nina", "sign_in_name": "nina", "role": "case_manager", "team": "", "since": TODAY}
    refused = admin.post("/beheer/gebruikers/nieuw/", {**sent, **change})
    assert refused.status_code == 400
    assert said in refused.content.decode()
    assert User.objects.filter(municipality=town).count() == 2


def test_a_worker_from_a_file_is_invited_and_signs_in(town: Municipality, admin: Client, client: Client) -> None:
    user = known_from_a_file(town)
    assert "Tot nu toe alleen bij naam bekend" in admin.get(page_of(user)).content.decode()
    sent = {"action": "invite", "invite-sign_in_name": "uit@bestand.example"}
    page = admin.post(page_of(user), sent, follow=True).content.decode()
    found = PASSWORD.search(page)
    assert found
    signed = client.post("/aanmelden/", {"username": "uit@bestand.example", "password": found.group(1)}, follow=True)
    assert signed.redirect_chain[-1][0] == "/mijn/wachtwoord/"
    assert "wachtwoord voor één keer" in signed.content.decode()
    assert admin.post(page_of(user), {**sent, "invite-sign_in_name": "anders"}).status_code == 404


def test_roles_and_teams_are_given_and_ended_on_the_page(town: Municipality, admin: Client) -> None:
    team = a_team(town)
    user = a_worker(town, "case_manager")
    admin.post(page_of(user), {"action": "role", "role-role": "coordinator", "role-since": TODAY})
    held = RoleHolding.objects.get(user=user, role="coordinator")
    refused = admin.post(page_of(user), {"action": "role", "role-role": "coordinator", "role-since": TODAY})
    assert refused.status_code == 400
    assert "valt samen met een periode die er al staat" in refused.content.decode()
    admin.post(page_of(user), ending(held, dates.today()))
    held.refresh_from_db()
    assert held.ends_on == dates.today()
    admin.post(page_of(user), {"action": "team", "team-team": team.reference, "team-since": TODAY})
    joined = TeamMembership.objects.get(user=user)
    later = dates.today() + timedelta(days=30)
    admin.post(page_of(user), ending(joined, later))
    joined.refresh_from_db()
    assert joined.ends_on == later
    lines = admin.get(page_of(user)).context["roles"]
    assert [(line.name, str(line.state)) for line in lines] == [
        ("coördinator", "nooit ingegaan"),
        ("casemanager", "nu"),
    ]


def test_a_role_of_somebody_else_can_not_be_ended_through_this_page(town: Municipality, admin: Client) -> None:
    user, other = a_worker(town, "case_manager"), a_coordinator(town)
    held = RoleHolding.objects.get(user=other)
    assert admin.post(page_of(user), ending(held, dates.today())).status_code == 404
    assert admin.post(page_of(user), {"action": "anything"}).status_code == 404
    held.refresh_from_db()
    assert held.ends_on is None


def test_the_last_administrator_is_told_why_not(town: Municipality, admin: Client) -> None:
    user = User.objects.get(role_holdings__role="functional_administrator", municipality=town)
    held = RoleHolding.objects.get(user=user)
    refused = admin.post(page_of(user), ending(held, dates.today()))
    assert refused.status_code == 400
    assert "Hiermee raakt u zelf uw laatste rol als beheerder kwijt" in refused.content.decode()
    assert 'value="close"' not in admin.get(page_of(user)).content.decode()


def test_closing_an_account_says_how_many_clients_stay_behind(town: Municipality, admin: Client) -> None:
    team = a_team(town)
    user = a_case_manager(team)
    for _ in range(2):
        in_caseload(a_client(town), user, team=team)
    own = signed_in(user)
    assert own.get("/rapporten/").status_code == 200
    page = admin.get(page_of(user)).content.decode()
    assert "Er blijven 2 cliënten in deze caseload" in page
    assert "Naar Team, om ze te verdelen" not in page
    assert "Voorbeeld" not in page
    admin.post(page_of(user), {"action": "close"})
    assert own.get("/rapporten/").status_code == 302
    assert "Open het account weer" in admin.get(page_of(user)).content.decode()
    admin.post(page_of(user), {"action": "open"})
    user.refresh_from_db()
    assert user.is_active


def test_what_each_role_lets_one_do_is_readable(admin: Client) -> None:
    page = admin.get("/beheer/rollen/").content.decode()
    assert "geen cliënten" in page
    assert "gebruikers, teams en rollen beheren" in page
    assert "plaatsingen op een ladder vastleggen, verbeteren en intrekken" in page


def test_with_a_password_for_one_time_only_the_page_of_the_password_opens(town: Municipality) -> None:
    user = a_coordinator(town)
    first = give_one_time_password(by=command_line(), user=user)
    user.refresh_from_db()
    browser = signed_in(user)
    assert browser.get("/rapporten/").headers["Location"] == "/mijn/wachtwoord/"
    fragment = browser.get("/rapporten/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["HX-Redirect"]) == (204, "/mijn/wachtwoord/")
    new = "een zin van mij alleen"
    sent = {"old_password": first, "new_password1": new, "new_password2": new}
    assert (
        "Kies een ander"
        in browser.post("/mijn/wachtwoord/", {**sent, "new_password1": first, "new_password2": first}).content.decode()
    )
    assert browser.post("/mijn/wachtwoord/", sent).headers["Location"] == "/"
    assert browser.get("/rapporten/").status_code == 200


def test_everybody_changes_their_own_password_and_is_signed_out_elsewhere(town: Municipality, client: Client) -> None:
    user, old, new = a_case_manager(a_team(town)), "de oude zin van mij", "de nieuwe zin van mij"
    set_password(by=command_line(), user=user, password=old)
    here, elsewhere = signed_in(user), signed_in(user)
    sent = {"old_password": "fout", "new_password1": new, "new_password2": new + "x"}
    refused = here.post("/mijn/wachtwoord/", sent)
    assert refused.status_code == 400
    assert "niet uw huidige wachtwoord" in refused.content.decode()
    assert "niet gelijk" in refused.content.decode()
    here.post("/mijn/wachtwoord/", {"old_password": old, "new_password1": new, "new_password2": new})
    assert here.get("/mijn/wachtwoord/").status_code == 200
    assert elsewhere.get("/mijn/wachtwoord/").status_code == 302
    assert client.get("/mijn/wachtwoord/").status_code == 302
    user.refresh_from_db()
    assert user.check_password(new)


def test_who_may_divide_clients_is_led_to_team_when_closing_an_account(town: Municipality, admin: Client) -> None:
    team = a_team(town)
    user = a_case_manager(team)
    in_caseload(a_client(town), user, team=team)
    both = User.objects.get(role_holdings__role="functional_administrator", municipality=town)
    give_role(by=command_line(), user=both, role="coordinator", team=None, since=dates.today())
    page = admin.get(page_of(user)).content.decode()
    assert '<a href="/team/">Naar Team, om ze te verdelen</a>' in page
