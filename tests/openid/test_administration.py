"""The page on which an administrator says which group gives which role, with what is set and what was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.accounts.models import GroupRole, RoleHolding, Team, User
from opstap.accounts.operations import HoldingRefused, end_group_role, end_team, give_by_group
from opstap.accounts.selectors.links import user_who_forgot
from opstap.accounts.selectors.organisation import given_by, group_roles_on
from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.config.commands import check_command
from opstap.config.safety import emergency_faults, faults_of_start, openid_remarks
from opstap.foundation import dates
from opstap.foundation.openid import Connection, connection_from
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_worker, acting
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/beheer/aanmelden/"
SET = Connection("https://login.voorbeeldstad.example", "opstap", "heel geheim", second_step=frozenset({"mfa"}))


@pytest.fixture
def administrator(town: Municipality) -> User:
    return a_functional_administrator(town)


@pytest.fixture
def browser(administrator: User) -> Client:
    return signed_in(administrator)


def test_a_group_is_given_a_role_and_loses_it_and_both_stay_readable(
    browser: Client, administrator: User, team: Team
) -> None:
    sent = {"group": "6b1f-9c", "label": "Klantmanagers", "role": "team_leader", "team": team.reference}
    assert browser.post(PAGE, sent).headers["Location"] == PAGE
    text = browser.get(PAGE).content.decode()
    for said in ("Klantmanagers", "6b1f-9c", "teamleider", "Noord", administrator.name):
        assert said in text
    row = GroupRole.objects.get()
    assert browser.post(PAGE, {"action": "end", "row": row.reference}).status_code == 302
    text = browser.get(PAGE).content.decode()
    assert "Nog geen groep geeft een rol" in text
    assert "Klantmanagers gaf teamleider van" in text
    assert set(Event.objects.values_list("verb", flat=True)) >= {"give_by_group", "end_group_role"}


def test_what_a_group_can_not_give_is_refused_in_words(browser: Client, team: Team) -> None:
    sent = {"group": "g", "role": "team_leader"}
    assert "kies welk" in browser.post(PAGE, sent).content.decode()
    browser.post(PAGE, {"group": "g", "role": "coordinator"})
    again = browser.post(PAGE, {"group": "g", "role": "coordinator"})
    assert again.status_code == 400
    assert "geeft die rol al" in again.content.decode()
    assert browser.post(PAGE, {"group": "g", "role": "intern"}).status_code == 400
    with pytest.raises(HoldingRefused):
        give_by_group(by=command_line(), municipality=team.municipality, group="g", role="intern", team=None)


def test_the_page_shows_what_is_set_and_never_the_secret(browser: Client, settings: Any) -> None:
    settings.OPSTAP_OPENID, settings.OPSTAP_LOCAL_SIGN_IN = SET, frozenset({"nood"})
    text = browser.get(PAGE).content.decode()
    for said in (SET.issuer, "http://testserver/aanmelden/organisatie/terug/", "mfa", "alleen nood", "is ingesteld"):
        assert said in text
    assert "heel geheim" not in text


def test_a_row_of_another_municipality_can_not_be_ended(browser: Client) -> None:
    other = give_by_group(by=command_line(), municipality=a_municipality(), group="g", role="coordinator", team=None)
    assert browser.post(PAGE, {"action": "end", "row": other.reference}).status_code == 404
    other.refresh_from_db()
    assert other.ends_on is None


def test_only_who_gives_roles_decides_what_groups_give(town: Municipality, team: Team) -> None:
    leader = acting(a_case_manager(team))
    with pytest.raises(PermissionDenied):
        give_by_group(by=leader, municipality=town, group="g", role="coordinator", team=None)
    row = give_by_group(by=command_line(), municipality=town, group="g", role="coordinator", team=None)
    with pytest.raises(PermissionDenied):
        end_group_role(by=leader, row=row)


def test_a_team_that_has_ended_gives_nothing(town: Municipality, team: Team) -> None:
    give_by_group(by=command_line(), municipality=town, group="g", role="team_leader", team=team)
    give_by_group(by=command_line(), municipality=town, group="g", role="coordinator", team=None)
    end_team(by=command_line(), team=team)
    given = given_by(group_roles_on(dates.today(), {"g"}, town.pk))
    assert given.roles == {("coordinator", None)}


def test_a_role_of_a_group_says_so_on_the_page_of_the_person(browser: Client, team: Team) -> None:
    jo = a_case_manager(team)
    RoleHolding.objects.filter(user=jo).update(from_organisation=True)
    text = browser.get(f"/beheer/gebruikers/{jo.reference}/").content.decode()
    assert "door een groep van de organisatie" in text


def test_what_is_unsafe_about_the_provider_is_not_served(settings: Any) -> None:
    settings.OPSTAP_OPENID = Connection("http://login.voorbeeldstad.example", "opstap", "")
    said = " ".join(faults_of_start())
    assert "met https:// beginnen" in said
    assert "Het geheim bij de provider ontbreekt" in said


def test_an_emergency_account_must_be_there(town: Municipality, settings: Any) -> None:
    settings.OPSTAP_OPENID, settings.OPSTAP_LOCAL_SIGN_IN = SET, frozenset({"nood"})
    assert "nood" in emergency_faults()[0]
    user = a_worker(town, "functional_administrator")
    user.sign_in_name = "nood"
    user.set_password("een zin om te onthouden")
    user.save()
    assert emergency_faults() == []
    RoleHolding.objects.filter(user=user).update(from_organisation=True)
    assert "met de hand" in emergency_faults()[0]
    RoleHolding.objects.filter(user=user).update(from_organisation=False, role="policy")
    assert "nood" in emergency_faults()[0]


def test_the_check_warns_when_nobody_is_named_for_emergencies(
    town: Municipality, settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert openid_remarks() == []
    settings.OPSTAP_OPENID = SET
    monkeypatch.setattr(check_command, "_database_faults", list)  # of a whole installation
    check_command.run([])
    assert "LET OP  OPSTAP_LOCAL_SIGN_IN is leeg" in capsys.readouterr().out
    settings.OPSTAP_LOCAL_SIGN_IN = frozenset({"nood"})
    assert openid_remarks() == []


def test_the_secret_stands_in_a_variable_or_in_a_file_beside_the_keys(tmp_path: Path) -> None:
    given = {"OPSTAP_OPENID_ISSUER": SET.issuer, "OPSTAP_OPENID_CLIENT_ID": "opstap"}
    assert connection_from(given, tmp_path).secret == ""
    (tmp_path / "openid-secret").write_text("uit een bestand\n", encoding="utf-8")
    assert connection_from(given, tmp_path).secret == "uit een bestand"
    assert connection_from(given | {"OPSTAP_OPENID_SECRET": "hier"}, tmp_path).secret == "hier"
    assert not connection_from({}, tmp_path).is_set


def test_where_only_few_sign_in_here_nobody_else_is_mailed_a_link(
    town: Municipality, team: Team, settings: Any
) -> None:
    jo = a_case_manager(team)
    User.objects.filter(pk=jo.pk).update(email="jo@voorbeeldstad.example")
    assert user_who_forgot("jo@voorbeeldstad.example") == jo
    settings.OPSTAP_OPENID, settings.OPSTAP_LOCAL_SIGN_IN = SET, frozenset({"nood"})
    assert user_who_forgot("jo@voorbeeldstad.example") is None
