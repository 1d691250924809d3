"""Roles that a municipality composes: what may go together, what changes when, and what follows from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.accounts.logic import permission_keys, roles
from opstap.accounts.logic.composing import KEPT, KNOWN, composing_faults, may_be_chosen
from opstap.accounts.models import OwnRole, OwnRoleVersion, RoleHolding, Team, User
from opstap.accounts.operations import (
    Composition,
    CompositionRefused,
    HoldingRefused,
    NewUser,
    change_composed_role,
    compose_role,
    create_user,
    end_composed_role,
    end_role,
    give_role,
)
from opstap.accounts.selectors.own_roles import versions_of
from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_functional_administrator, a_team, a_worker, acting
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/rollen/", "/beheer/rollen/nieuw/"
ALWAYS = ("see_clients", "hold_caseload", "hand_over", "see_inbox")
READS = (*ALWAYS, "see_scales", "record_contacts")


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    a_setting(municipality, "second_factor_roles", "none")
    return municipality


@pytest.fixture
def team(town: Municipality) -> Team:
    return a_team(town)


@pytest.fixture
def browser(town: Municipality) -> Client:
    return signed_in(a_functional_administrator(town))


def composed(town: Municipality, *permissions: str, base: str = "case_manager", name: str = "contactwerker") -> OwnRole:
    new = Composition(name, "Spreekt met mensen.", permissions or READS)
    return compose_role(by=command_line(), municipality=town, base=base, new=new)


def holding(town: Municipality, role: OwnRole, team: Team | None = None) -> User:
    user = a_worker(town, "reception", name="Kim de Wit")
    end_role(by=command_line(), holding=RoleHolding.objects.get(user=user), ends_on=dates.today())
    give_role(by=command_line(), user=user, role=role.base, own_role=role, team=team, since=dates.today())
    return user


def page_of(role: OwnRole) -> str:
    return f"{LIST}{role.reference}/"


def test_every_role_that_opstap_brings_keeps_the_rules_itself() -> None:
    assert {key: composing_faults(role, role.permissions) for key, role in roles().items()} == {
        key: [] for key in roles()
    }


@pytest.mark.parametrize(
    ("base", "added", "fault"),
    [
        ("privacy_officer", "see_clients", "not_as_the_base"),
        ("privacy_officer", "record_contacts", "without_dossiers"),
        ("privacy_officer", "configure_municipality", "log_and_dossiers"),
        ("coordinator", "review_access_log", "log_and_dossiers"),
        ("coordinator", "configure_municipality", "setting_up_and_dossiers"),
        ("coordinator", "manage_accounts", "not_as_the_base"),
        ("functional_administrator", "sign_off_authorisations", "gives_and_signs"),
        ("functional_administrator", "find_outside_scope", "asks_and_sets_up"),
        ("privacy_officer", "find_outside_scope", "asks_and_sets_up"),
        ("functional_administrator", "see_bsn", "without_dossiers"),
        ("team_leader", "import_clients", "not_of_the_whole"),
        ("case_manager", "assign_clients", "does_not_lead"),
        ("matcher", "see_reports", "figures_of_few"),
        ("matcher", "hand_over", "hands_over_nothing"),
        ("intern", "confirm_placements", "intern_decides"),
        ("external_consultant", "find_by_bsn", "of_another_bureau"),
        ("matcher", "see_bsn", "whole_bsn_alone"),
        ("policy", "see_reports", "without_dossiers"),
        ("policy", "make_coffee", "not_known"),
        ("researcher", "see_reports", "extract_and_people"),
        ("researcher", "configure_municipality", "extract_and_people"),
        ("researcher", "review_access_log", "extract_and_people"),
        ("researcher", "permit_research", "extract_and_people"),
        ("researcher", "find_outside_scope", "extract_and_people"),
        ("coordinator", "take_research_extract", "extract_and_people"),
        ("functional_administrator", "take_research_extract", "extract_and_people"),
        ("privacy_officer", "take_research_extract", "extract_and_people"),
        ("team_leader", "permit_research", "permits_without_sight"),
        ("policy", "permit_research", "permits_without_sight"),
    ],
)
def test_what_must_be_apart_can_not_be_put_together(town: Municipality, base: str, added: str, fault: str) -> None:
    wanted = {*roles()[base].permissions, added}
    assert fault in composing_faults(roles()[base], wanted)
    with pytest.raises(CompositionRefused) as refused:
        composed(town, *wanted, base=base)
    assert fault in refused.value.codes
    assert not OwnRole.objects.exists()


def test_what_makes_a_case_manager_can_not_be_left_out() -> None:
    assert composing_faults(roles()["case_manager"], {*ALWAYS, "see_scales"} - {"hold_caseload"}) == [
        "not_as_the_base",
        "hands_over_nothing",
    ]
    for one in ("hand_over", "see_inbox"):
        assert composing_faults(roles()["case_manager"], {*ALWAYS} - {one}) == ["can_not_answer"]
        assert composing_faults(roles()["team_leader"], roles()["team_leader"].permissions - {one}) == []
    assert composing_faults(roles()["policy"], set()) == ["nothing_chosen"]


def test_no_role_sees_more_people_or_more_of_what_is_apart_by_composing() -> None:
    """Whatever is ticked: who looks in dossiers never judges the log, never sets up, never gives roles."""
    for role in roles().values():
        offered = {one for one in permission_keys() if may_be_chosen(role, one)} | (role.permissions & KEPT)
        if "see_clients" in offered:
            assert not offered & {"review_access_log", "configure_municipality", "manage_accounts"}
        else:
            assert not offered & {"see_reports", "record_clients", "see_bsn", "import_clients", "answer_requests"}
        assert offered <= KNOWN


def test_a_role_is_composed_given_and_shown(browser: Client, town: Municipality, team: Team) -> None:
    sent = {"name_nl": "contactwerker", "description_nl": "Spreekt met mensen.", "permissions": ["record_contacts"]}
    answer = browser.post(f"{NEW}?van=case_manager", sent)
    role = OwnRole.objects.get()
    assert answer.headers["Location"] == page_of(role)
    assert set(role.permissions) == {*ALWAYS, "record_contacts"}
    user = a_worker(town, "reception", name="Kim de Wit")
    given = {"action": "role", "role-role": f"own.{role.reference}", "role-since": dates.today().isoformat()}
    assert browser.post(f"/beheer/gebruikers/{user.reference}/", given).status_code == 302
    for page in (LIST, "/beheer/gebruikers/", f"/beheer/gebruikers/{user.reference}/", "/autorisaties/"):
        assert "contactwerker" in browser.get(page).content.decode(), page
    assert "contactwerker" in signed_in(user).get("/mijn/account/").content.decode()
    assert "contactwerker" in browser.get("/autorisaties/bestand/csv/").content.decode("utf-8-sig")


def test_whom_it_reaches_and_what_it_may_is_what_was_composed(town: Municipality, team: Team) -> None:
    user = holding(town, composed(town))
    own, other = a_client(town), a_client(town)
    in_caseload(own, user, team=team)
    in_caseload(other, None, team=team)
    browser = signed_in(user)
    assert browser.get(f"/clienten/{own.reference}/").status_code == 200
    assert browser.get(f"/clienten/{other.reference}/").status_code == 404
    assert browser.get("/rapporten/").status_code == 403
    assert acting(user).may("record_contacts")
    assert not acting(user).may("find_by_bsn")


def test_a_change_holds_for_who_has_it_at_the_next_request(town: Municipality, team: Team, browser: Client) -> None:
    role = composed(town, *READS, "see_reports")
    other = signed_in(holding(town, role))
    assert other.get("/rapporten/").status_code == 200
    version = browser.get(page_of(role)).context["opened"].version
    sent = {"name_nl": role.name_nl, "description_nl": role.description_nl, "permissions": ["record_contacts"]}
    assert browser.post(page_of(role), sent | {"version": version}).status_code == 302
    assert other.get("/rapporten/").status_code == 403


def test_each_change_stays_readable(town: Municipality, browser: Client) -> None:
    role = composed(town, *READS, "see_reports")
    new = Composition("gesprekspartner", "Anders.", [*READS, "find_outside_scope"])
    change_composed_role(by=acting(a_functional_administrator(town)), role=role, new=new)
    assert [one.name_nl for one in versions_of(role)] == ["gesprekspartner", "contactwerker"]
    text = browser.get(page_of(role)).content.decode()
    assert "eraf: rapporten bekijken" in " ".join(text.split())
    assert "erbij: nagaan of iemand bekend is" in " ".join(text.split())
    assert set(Event.objects.values_list("verb", flat=True)) >= {"compose_role", "change_composed_role"}


def test_who_saves_second_sees_what_the_first_one_saved(town: Municipality, browser: Client) -> None:
    role = composed(town)
    version = browser.get(page_of(role)).context["opened"].version
    new = Composition("gesprekspartner", "Anders.", READS)
    change_composed_role(by=command_line(), role=role, new=new)
    sent = {"name_nl": "contactmedewerker", "description_nl": "x", "permissions": ["see_scales"], "version": version}
    refused = browser.post(page_of(role), sent | {"name_nl": ""})
    assert (refused.status_code, refused.context["opened"].version) == (400, version)
    answer = browser.post(page_of(role), sent)
    assert answer.status_code == 409
    assert "gesprekspartner" in answer.content.decode()
    role.refresh_from_db()
    assert role.name_nl == "gesprekspartner"


def test_a_role_that_somebody_holds_is_not_ended(town: Municipality, browser: Client) -> None:
    role = composed(town)
    user = holding(town, role)
    browser.post(page_of(role), {"action": "end"})
    role.refresh_from_db()
    assert role.ended_on is None
    with pytest.raises(HoldingRefused):
        end_composed_role(by=command_line(), role=role)
    end_role(by=command_line(), holding=RoleHolding.objects.get(user=user, own_role=role), ends_on=dates.today())
    browser.post(page_of(role), {"action": "end"})
    role.refresh_from_db()
    assert role.ended_on == dates.today()
    with pytest.raises(HoldingRefused, match="role_ended"):
        give_role(by=command_line(), user=user, role=role.base, own_role=role, team=None, since=dates.today())
    assert f"own.{role.reference}" not in browser.get(f"/beheer/gebruikers/{user.reference}/").content.decode()


def test_a_role_is_of_its_own_municipality(town: Municipality, browser: Client) -> None:
    elsewhere = composed(a_municipality())
    assert browser.get(page_of(elsewhere)).status_code == 404
    user = a_worker(town, "reception")
    with pytest.raises(HoldingRefused):
        give_role(by=command_line(), user=user, role=elsewhere.base, own_role=elsewhere, team=None, since=dates.today())
    with pytest.raises(HoldingRefused):
        give_role(
            by=command_line(), user=user, role="coordinator", own_role=composed(town), team=None, since=dates.today()
        )


def test_what_was_put_in_the_database_past_the_rules_gives_nothing_more(town: Municipality) -> None:
    role = composed(town)
    user = holding(town, role)
    OwnRole.objects.filter(pk=role.pk).update(permissions=[*READS, "review_access_log", "manage_accounts"])
    assert not acting(user).may("review_access_log")
    assert not acting(user).may("manage_accounts")
    OwnRole.objects.filter(pk=role.pk).update(base="director")
    RoleHolding.objects.filter(own_role=role).update(role="director")
    assert acting(user).permissions == frozenset()


def test_only_who_gives_roles_composes_them(town: Municipality) -> None:
    by, role = acting(a_worker(town, "coordinator")), composed(town)
    new = Composition("x", "y", READS)
    with pytest.raises(PermissionDenied):
        compose_role(by=by, municipality=town, base="case_manager", new=new)
    with pytest.raises(PermissionDenied):
        change_composed_role(by=by, role=role, new=new)
    with pytest.raises(PermissionDenied):
        end_composed_role(by=by, role=role)


def test_a_form_says_what_can_not_be_together_and_keeps_what_was_filled_in(browser: Client) -> None:
    sent = {"name_nl": "kijker", "description_nl": "Kijkt.", "permissions": ["see_bsn"]}
    answer = browser.post(f"{NEW}?van=matcher", sent)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "ziet ook de laatste cijfers" in text
    assert 'value="kijker"' in text
    assert not OwnRoleVersion.objects.exists()


@pytest.mark.parametrize("name", ["Receptie", "reception", "casemanager", "Coordinator", "CONTACTWERKER"])
def test_a_name_that_a_role_has_in_either_language_is_refused(browser: Client, town: Municipality, name: str) -> None:
    composed(town)
    words = {"description_nl": "Spreekt met mensen.", "permissions": ["record_contacts"]}
    for sent in ({"name_nl": name}, {"name_nl": "iets anders", "name_en": name}):
        answer = browser.post(f"{NEW}?van=matcher", words | sent)
        assert answer.status_code == 400
        assert "Er is al een rol met deze naam" in answer.content.decode()
    for new in (Composition(name, "Anders.", READS), Composition("iets anders", "Anders.", READS, name_en=name)):
        with pytest.raises(CompositionRefused) as refused:
            compose_role(by=command_line(), municipality=town, base="case_manager", new=new)
        assert refused.value.codes == ["name_taken"]
    assert OwnRole.objects.count() == 1


def test_a_role_keeps_its_own_name_when_it_is_changed(town: Municipality) -> None:
    role = composed(town)
    change_composed_role(by=command_line(), role=role, new=Composition(role.name_nl, "Anders.", READS))
    with pytest.raises(CompositionRefused):
        change_composed_role(by=command_line(), role=role, new=Composition("teamleider", "Anders.", READS))


def test_the_list_of_authorisations_says_what_a_role_was_made_from(
    browser: Client, town: Municipality, team: Team
) -> None:
    holding(town, composed(town))
    assert "gemaakt uit casemanager" in browser.get("/autorisaties/").content.decode()
    file = browser.get("/autorisaties/bestand/csv/")
    assert any(
        "contactwerker" in line and "casemanager" in line for line in file.content.decode("utf-8-sig").splitlines()
    )


def test_who_is_made_gets_a_composed_role_only_with_what_it_was_made_from(town: Municipality) -> None:
    role = composed(town)
    new = NewUser("Kim de Wit", "kim", role="coordinator", own_role=role)
    with pytest.raises(HoldingRefused):
        create_user(by=command_line(), municipality=town, new=new, since=dates.today())
    end_composed_role(by=command_line(), role=role)
    with pytest.raises(HoldingRefused):
        create_user(by=command_line(), municipality=town, new=replace(new, role="case_manager"), since=dates.today())
    assert not User.objects.filter(sign_in_name="kim").exists()
