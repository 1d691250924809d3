"""An account kept by one municipality, with roles in another: who gives and ends what, and what closing does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from opstap.accounts.models import RoleHolding, TeamMembership, User
from opstap.accounts.operations import (
    Composition,
    HoldingRefused,
    change_user,
    compose_role,
    deactivate_user,
    end_role,
    end_sessions_of,
    give_one_time_password,
    give_role,
    invite_user,
    join_team,
    leave_team,
    reactivate_user,
    reset_factors,
    send_link,
    set_password,
    unlink,
)
from opstap.accounts.selectors.factors import needs_factor
from opstap.accounts.selectors.standing import standing_of
from opstap.audit.models import Access, Event
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from tests.factories.accounts import a_worker, acting, ending
from tests.factories.municipality import a_setting
from tests.factories.region import Region, also_in, roles_in

pytestmark = pytest.mark.django_db
USERS, LET_IN = "/beheer/gebruikers/", "/beheer/gebruikers/andere-gemeente/"
TODAY = dates.today()


def test_the_other_municipality_gives_and_ends_roles_and_nothing_of_the_account(region: Region) -> None:
    path = f"{USERS}{region.jo.reference}/"
    page = region.sign_in(region.other).page(path)
    assert "Account beheerd door" in page
    assert "Noord" in page
    for action in ("change", "password", "mail", "factors", "sessions", "unlink", "close", "open", "invite"):
        assert f'value="{action}"' not in page
        answer = region.browser.post(path, {"action": action, "change-name": "Anders", "invite-sign_in_name": "x"})
        assert answer.status_code == 404, action
    region.jo.refresh_from_db()
    assert (region.jo.name, region.jo.is_active) == ("Jo Visser", True)
    given = {"action": "role", "role-role": "coordinator", "role-since": TODAY.isoformat()}
    assert region.browser.post(path, given).status_code == 302
    assert "coordinator" in roles_in(region.jo, region.zuid)
    assert roles_in(region.jo, region.noord) == {"case_manager"}
    at_home = RoleHolding.objects.get(user=region.jo, municipality=region.noord)
    assert region.browser.post(path, ending(at_home, TODAY)).status_code == 404
    home_team = TeamMembership.objects.get(user=region.jo, team=region.team_noord)
    assert region.browser.post(path, ending(home_team, TODAY)).status_code == 404
    assert roles_in(region.jo, region.noord) == {"case_manager"}
    assert "Team Noord" not in region.page(path)


def test_the_keeper_sees_where_somebody_works_too_and_ends_nothing_there(region: Region) -> None:
    path = f"{USERS}{region.jo.reference}/"
    page = region.sign_in(region.keeper).page(path)
    assert "Werkt ook in" in page
    assert "Team Zuid" not in page
    there = RoleHolding.objects.get(user=region.jo, municipality=region.zuid)
    assert region.browser.post(path, ending(there, TODAY)).status_code == 404
    with pytest.raises(PermissionDenied):
        end_role(by=acting(region.keeper), holding=there, ends_on=TODAY)
    joined = TeamMembership.objects.get(user=region.jo, team=region.team_zuid)
    with pytest.raises(PermissionDenied):
        leave_team(by=acting(region.keeper), membership=joined, ends_on=TODAY)


def test_no_operation_on_an_account_is_open_to_another_municipality(region: Region) -> None:
    """Whoever holds the account comes wherever its roles are held: so only its keeper sets a password on it."""
    by, jo = acting(region.other), region.jo
    tried: list[Any] = [
        lambda: change_user(by=by, user=jo, name="Anders", staff_code=""),
        lambda: invite_user(by=by, user=jo, sign_in_name="anders"),
        lambda: set_password(by=by, user=jo, password="een-ander-wachtwoord"),
        lambda: give_one_time_password(by=by, user=jo),
        lambda: deactivate_user(by=by, user=jo),
        lambda: reactivate_user(by=by, user=jo),
        lambda: reset_factors(by=by, user=jo),
        lambda: send_link(by=by, user=jo),
        lambda: unlink(by=by, user=jo),
        lambda: end_sessions_of(by=by, user=jo),
        lambda: give_role(by=by, user=jo, role="coordinator", team=None, since=TODAY, municipality=region.noord),
        lambda: join_team(by=by, user=jo, team=region.team_noord, since=TODAY),
    ]
    before = (User.objects.get(pk=jo.pk).password, Event.objects.count())
    for one in tried:
        with pytest.raises(PermissionDenied):
            one()
    assert (User.objects.get(pk=jo.pk).password, Event.objects.count()) == before


def test_a_new_way_into_an_account_stands_in_the_log_of_where_it_opens_too(region: Region) -> None:
    by, jo = acting(region.keeper), region.jo
    given: list[Any] = [
        lambda user: set_password(by=by, user=user, password="een-ander-wachtwoord"),
        lambda user: change_user(by=by, user=user, name=user.name, staff_code="", email=f"{user.pk}@noord.example"),
        lambda user: reset_factors(by=by, user=user),
        lambda user: send_link(by=by, user=user),
        lambda user: unlink(by=by, user=user),
    ]
    told = Access.objects.filter(municipality=region.zuid.pk, why=f"account_changed:{jo.reference}")
    for count, one in enumerate(given, start=1):
        one(jo)
        assert told.count() == count
        one(region.kim)
    change_user(by=by, user=jo, name="Jo de Visser", staff_code="", email=f"{jo.pk}@noord.example")
    assert Access.objects.filter(why__startswith="account_changed").count() == len(given)
    page = region.sign_in(a_worker(region.zuid, "privacy_officer")).page("/inzage/")
    assert "Jo de Visser: de gemeente die het account beheert, wijzigde hoe men ermee binnenkomt" in page


def test_a_role_is_given_in_the_municipality_of_whoever_gives_it_to_who_is_known_there(region: Region) -> None:
    with pytest.raises(HoldingRefused, match="not_known_here"):
        give_role(by=acting(region.other), user=region.kim, role="coordinator", team=None, since=TODAY)
    with pytest.raises(HoldingRefused, match="not_known_here"):
        join_team(by=acting(region.other), user=region.kim, team=region.team_zuid, since=TODAY)
    with pytest.raises(HoldingRefused, match="team_elsewhere"):
        give_role(by=acting(region.other), user=region.jo, role="team_leader", team=region.team_noord, since=TODAY)
    kept = frozenset({"see_clients", "hold_caseload", "see_scales", "hand_over", "see_inbox"})
    new = Composition("gespreksvoerder", "Spreekt.", kept)
    own = compose_role(by=command_line(), municipality=region.noord, base="case_manager", new=new)
    with pytest.raises(HoldingRefused, match="role_ended"):
        give_role(by=acting(region.other), user=region.jo, role="case_manager", own_role=own, team=None, since=TODAY)
    with pytest.raises(HoldingRefused, match="supervisor_without_caseload"):
        give_role(
            by=acting(region.other), user=region.jo, role="intern", team=None, since=TODAY,
            until=TODAY + timedelta(days=30), supervisor=region.kim,
        )  # fmt: skip


def test_closing_ends_it_everywhere_at_once(region: Region) -> None:
    region.sign_in(region.jo).choose(region.zuid)
    deactivate_user(by=acting(region.keeper), user=region.jo)
    assert region.browser.get("/clienten/")["Location"].startswith("/aanmelden/")
    assert not standing_of(User.objects.get(pk=region.jo.pk), TODAY, region.zuid.pk).roles


def test_an_account_that_was_closed_comes_back_without_what_it_held_elsewhere(region: Region) -> None:
    """What the other municipality ended, waits for or never saw does not begin again by a hand of the first."""
    team_leader = also_in(region.jo, region.zuid, "team_leader", region.team_zuid)
    coming = RoleHolding.objects.create(
        user=region.jo, municipality=region.zuid, role="matcher", starts_on=TODAY + timedelta(days=9)
    )
    deactivate_user(by=acting(region.keeper), user=region.jo)
    for held in (team_leader, coming):
        held.refresh_from_db()
    assert (team_leader.ends_on, coming.ends_on) == (TODAY, coming.starts_on)
    assert Event.objects.filter(verb="end_role", about=region.jo.reference).count() == 3
    assert Event.objects.filter(verb="leave_team", about=region.jo.reference).count() == 1
    region.team_zuid.ended_on = TODAY
    region.team_zuid.save()
    assert reactivate_user(by=acting(region.keeper), user=region.jo) == []
    jo = User.objects.get(pk=region.jo.pk)
    assert (roles_in(jo, region.noord), roles_in(jo, region.zuid)) == ({"case_manager"}, set())
    assert TeamMembership.objects.active_on(TODAY).get(user=jo).team == region.team_noord
    for day in (TODAY, TODAY + timedelta(days=10)):
        assert not standing_of(jo, day, region.zuid.pk).roles
    told = Access.objects.get(municipality=region.zuid.pk, why__startswith="account_closed")
    assert (told.user, told.on_behalf_of, told.action) == (region.keeper.reference, "Noord", "accounts:user")
    page = region.sign_in(a_worker(region.zuid, "privacy_officer")).page("/inzage/")
    assert "Jo Visser: het account is gesloten door de gemeente die het beheert; de rollen hier zijn beëindigd" in page
    assert f"{region.keeper.name}, voor Noord" in page


def test_closing_waits_for_no_administrator_elsewhere_and_tells_nobody_without_roles_there(region: Region) -> None:
    also_in(region.jo, region.zuid, "functional_administrator")
    end_role(by=command_line(), holding=RoleHolding.objects.get(user=region.other), ends_on=TODAY)
    deactivate_user(by=acting(region.keeper), user=region.jo)
    assert not RoleHolding.objects.active_on(TODAY).filter(user=region.jo, municipality=region.zuid).exists()
    deactivate_user(by=acting(region.keeper), user=region.kim)
    assert Access.objects.filter(why__startswith="account_closed").count() == 1


@pytest.mark.parametrize(
    ("noord", "zuid", "asked"),
    [
        ("none", "none", False),
        ("none", "all", True),
        ("all", "none", True),
        ("none", "coordinator", False),
        ("none", "case_manager", True),
    ],
)
def test_of_several_municipalities_the_strictest_second_step_counts(
    region: Region, noord: str, zuid: str, *, asked: bool
) -> None:
    a_setting(region.noord, "second_factor_roles", noord, since=TODAY)
    a_setting(region.zuid, "second_factor_roles", zuid, since=TODAY)
    assert needs_factor(region.jo) is asked
    region.jo.set_password("een-lang-wachtwoord-9")
    region.jo.save()
    region.browser.post("/aanmelden/", {"username": region.jo.sign_in_name, "password": "een-lang-wachtwoord-9"})
    answer = region.browser.get("/clienten/")
    assert answer.status_code == (302 if asked else 200)
    if asked:
        assert answer["Location"] == "/mijn/tweede-stap/"
        assert region.choose(region.zuid)["Location"] == "/mijn/tweede-stap/"


def test_whose_only_role_is_elsewhere_begins_there(region: Region) -> None:
    end_role(
        by=acting(region.keeper), holding=RoleHolding.objects.get(user=region.jo, municipality=region.noord),
        ends_on=TODAY,
    )  # fmt: skip
    region.jo.set_password("een-lang-wachtwoord-9")
    region.jo.save()
    region.browser.post("/aanmelden/", {"username": region.jo.sign_in_name, "password": "een-lang-wachtwoord-9"})
    page = region.page("/clienten/")
    assert "Zuidhof" in page
    assert "town__name" not in page
    assert '<span class="topbar__municipality">Zuid</span>' in page
