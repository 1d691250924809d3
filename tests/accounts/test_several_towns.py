"""An account kept by one municipality, with roles in another: who gives and ends what, and where it is read back."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from opstap.accounts.logic.organisation import Presented
from opstap.accounts.models import RoleHolding, TeamMembership, User
from opstap.accounts.operations import (
    Composition,
    HoldingRefused,
    Judged,
    RoleGiven,
    admit,
    change_user,
    compose_role,
    deactivate_user,
    end_role,
    end_sessions_of,
    give_by_group,
    give_one_time_password,
    give_role,
    invite_user,
    join_team,
    leave_team,
    let_in,
    mailing,
    prepare_authorisations,
    reactivate_user,
    reset_factors,
    send_link,
    set_password,
    sign_authorisations,
    unlink,
)
from opstap.accounts.selectors.authorisations import authorisations_on
from opstap.accounts.selectors.factors import needs_factor
from opstap.accounts.selectors.people import Wanted, users_on
from opstap.accounts.selectors.standing import standing_of
from opstap.accounts.selectors.towns import mark_of
from opstap.audit.models import Access, Event
from opstap.audit.permissions import Actor, command_line, the_organisation
from opstap.foundation import dates
from opstap.privacy.selectors.people import user_names
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, a_worker, acting
from tests.factories.municipality import LONG_AGO, a_municipality, a_setting
from tests.factories.region import Region, also_in

pytestmark = pytest.mark.django_db
USERS, LET_IN = "/beheer/gebruikers/", "/beheer/gebruikers/andere-gemeente/"
TODAY = dates.today()


@pytest.fixture
def region(client: Browser) -> Region:
    made = Region(client)
    for town in (made.noord, made.zuid):
        a_setting(town, "second_factor_roles", "none")
    return made


def kim_with_mail(region: Region) -> User:
    region.kim.email = "kim@noord.example"
    region.kim.save()
    return region.kim


def roles_in(user: User, town: Any) -> set[str]:
    return {role.key for role in standing_of(user, dates.today(), town.pk).roles}


def test_somebody_is_let_in_by_their_mail_address_and_it_stands_in_both_logs(region: Region) -> None:
    kim = kim_with_mail(region)
    region.sign_in(region.other)
    assert "Iemand van een andere gemeente" in region.page(USERS)
    given = {"email": "Kim@Noord.example", "role": "case_manager", "since": TODAY.isoformat()}
    answer = region.browser.post(LET_IN, given)
    assert answer["Location"] == f"{USERS}{kim.reference}/"
    assert (roles_in(kim, region.zuid), roles_in(kim, region.noord)) == ({"case_manager"}, {"case_manager"})
    logged = Access.objects.filter(action="accounts:let-in", method="POST", result="done")
    assert set(logged.values_list("municipality", flat=True)) == {region.noord.pk, region.zuid.pk}
    there = logged.get(municipality=region.noord.pk)
    assert (there.user, there.on_behalf_of, there.why) == (region.other.reference, "Zuid", f"let_in:{kim.reference}")
    assert Event.objects.filter(verb="let_in", about=kim.reference).count() == 1
    officer = a_worker(region.noord, "privacy_officer")
    page = region.sign_in(officer).page("/inzage/")
    assert "Kim Smit: iemand van ons kreeg een rol in een andere gemeente" in page
    assert f"{region.other.name}, voor Zuid" in page
    assert "rol voor iemand van een andere gemeente" in page
    record = region.page(f"/inzage/regel/{there.chain}-{there.position}/")
    assert "Kim Smit: iemand van ons kreeg" in record
    assert f"{region.other.name}, voor Zuid" in record
    officer = a_worker(region.zuid, "privacy_officer")
    page = region.sign_in(officer).page("/inzage/")
    assert "Kim Smit: iemand van een andere gemeente kreeg hier een rol" in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("niemand@noord.example", "Niemand van een andere gemeente heeft dit e-mailadres."),
        ("kim", "geen e-mailadres"),
        ("", "Vul dit in."),
        ("own@zuid.example", "Deze persoon is hier al bekend."),
        ("dicht@noord.example", "Niemand van een andere gemeente heeft dit e-mailadres."),
    ],
)
def test_who_is_not_named_exactly_is_not_let_in(region: Region, address: str, words: str) -> None:
    kim_with_mail(region)
    region.lee.email = "own@zuid.example"
    region.lee.save()
    closed = a_case_manager(region.team_noord)
    closed.email, closed.is_active = "dicht@noord.example", False
    closed.save()
    before = RoleHolding.objects.count()
    given = {"email": address, "role": "case_manager", "since": TODAY.isoformat()}
    refused = region.sign_in(region.other).browser.post(LET_IN, given)
    assert refused.status_code == 400
    assert words in refused.content.decode()
    assert RoleHolding.objects.count() == before


def test_only_an_administrator_lets_in_and_only_where_they_work(region: Region) -> None:
    kim = kim_with_mail(region)
    assert region.sign_in(region.lee).browser.get(LET_IN).status_code == 403
    first = RoleGiven("coordinator", TODAY)
    for by, town in ((acting(region.lee), region.zuid), (acting(region.keeper), region.zuid)):
        with pytest.raises(PermissionDenied):
            let_in(by=by, municipality=town, address="kim@noord.example", first=first)
    with pytest.raises(HoldingRefused, match="team_elsewhere"):
        let_in(
            by=acting(region.other), municipality=region.zuid, address="kim@noord.example",
            first=RoleGiven("team_leader", TODAY, team=region.team_noord),
        )  # fmt: skip
    assert roles_in(kim, region.zuid) == set()
    assert not Access.objects.filter(why__startswith="let_in").exists()


def test_who_is_let_in_is_told_by_mail(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    kim, told = kim_with_mail(region), list[tuple[str, str]]()
    put_by = SimpleNamespace(enqueue=lambda reference, kind, _key: told.append((reference, kind)))
    monkeypatch.setattr(mailing, "mail_about_account", put_by)
    let_in(
        by=acting(region.other),
        municipality=region.zuid,
        address="kim@noord.example",
        first=RoleGiven("matcher", TODAY),
    )
    assert told == [(kim.reference, mailing.LET_IN)]


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
    sent = {"action": "end-role", "held": str(at_home.pk), "ends_on": TODAY.isoformat()}
    assert region.browser.post(path, sent).status_code == 404
    home_team = TeamMembership.objects.get(user=region.jo, team=region.team_noord)
    sent = {"action": "end-team", "held": str(home_team.pk), "ends_on": TODAY.isoformat()}
    assert region.browser.post(path, sent).status_code == 404
    assert roles_in(region.jo, region.noord) == {"case_manager"}
    assert "Team Noord" not in region.page(path)


def test_the_keeper_sees_where_somebody_works_too_and_ends_nothing_there(region: Region) -> None:
    path = f"{USERS}{region.jo.reference}/"
    page = region.sign_in(region.keeper).page(path)
    assert "Werkt ook in" in page
    assert "Team Zuid" not in page
    there = RoleHolding.objects.get(user=region.jo, municipality=region.zuid)
    sent = {"action": "end-role", "held": str(there.pk), "ends_on": TODAY.isoformat()}
    assert region.browser.post(path, sent).status_code == 404
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
    own = compose_role(
        by=command_line(), municipality=region.noord, base="case_manager",
        new=Composition("gespreksvoerder", "Spreekt.", frozenset({"see_clients", "hold_caseload", "see_scales"})),
    )  # fmt: skip
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


def test_whose_last_role_here_ended_is_let_in_anew_and_given_nothing_otherwise(region: Region) -> None:
    region.jo.email = "jo@noord.example"
    region.jo.save()
    by = acting(region.other)
    again: dict[str, Any] = {"user": region.jo, "role": "coordinator", "team": None, "since": TODAY}
    for held in RoleHolding.objects.filter(user=region.jo, municipality=region.zuid):
        end_role(by=by, holding=held, ends_on=TODAY)
    with pytest.raises(HoldingRefused, match="not_known_here"):
        give_role(by=by, **again)
    with pytest.raises(HoldingRefused, match="not_known_here"):
        join_team(by=by, user=region.jo, team=region.team_zuid, since=TODAY)
    path = f"{USERS}{region.jo.reference}/"
    sent = {"action": "role", "role-role": "coordinator", "role-since": TODAY.isoformat()}
    refused = region.sign_in(region.other).browser.post(path, sent)
    assert refused.status_code == 400
    assert "Geef eerst een rol met het e-mailadres." in refused.content.decode()
    first = RoleGiven("matcher", TODAY + timedelta(days=9))
    let_in(by=by, municipality=region.zuid, address="jo@noord.example", first=first)
    assert Access.objects.filter(municipality=region.noord.pk, why=f"let_in:{region.jo.reference}").count() == 1
    with pytest.raises(HoldingRefused, match="known_here"):
        let_in(by=by, municipality=region.zuid, address="jo@noord.example", first=RoleGiven("coordinator", TODAY))
    give_role(by=by, **again)
    assert roles_in(region.jo, region.zuid) == {"coordinator"}


def test_the_last_administrator_is_counted_by_municipality(region: Region) -> None:
    also_in(region.keeper, region.zuid, "functional_administrator")
    own = RoleHolding.objects.get(user=region.other)
    end_role(by=command_line(), holding=own, ends_on=TODAY)
    there = RoleHolding.objects.get(user=region.keeper, municipality=region.zuid)
    with pytest.raises(HoldingRefused, match="last_administrator"):
        end_role(by=command_line(), holding=there, ends_on=TODAY)
    at_home = RoleHolding.objects.get(user=region.keeper, municipality=region.noord)
    with pytest.raises(HoldingRefused, match="last_administrator"):
        end_role(by=command_line(), holding=at_home, ends_on=TODAY)


def test_the_list_of_authorisations_is_of_one_municipality(region: Region) -> None:
    in_zuid = {one.holding for one in authorisations_on(region.zuid.pk, TODAY)}
    there, here = (RoleHolding.objects.get(user=region.jo, municipality=one) for one in (region.zuid, region.noord))
    assert there.pk in in_zuid
    assert here.pk not in in_zuid
    teams = next(one.teams for one in authorisations_on(region.zuid.pk, TODAY) if one.holding == there.pk)
    assert teams == ("Team Zuid",)
    officer = a_worker(region.zuid, "privacy_officer")
    assert "Jo Visser (account van Noord)" in region.sign_in(officer).page("/autorisaties/")
    in_zuid = {one.holding for one in authorisations_on(region.zuid.pk, TODAY)}
    judged = {one: Judged(one != there.pk) for one in in_zuid}
    prepare_authorisations(by=acting(region.other), municipality=region.zuid, judged={**judged, here.pk: Judged(False)})
    sign_authorisations(by=acting(officer), municipality=region.zuid, judged=judged, next_on=TODAY)
    assert (roles_in(region.jo, region.zuid), roles_in(region.jo, region.noord)) == (set(), {"case_manager"})


def test_lists_of_users_and_the_log_know_who_works_here_too(region: Region) -> None:
    listed = {one.user.pk: one for one in users_on(region.zuid.pk, TODAY, Wanted())}
    assert region.jo.pk in listed
    assert region.kim.pk not in listed
    assert [team.name for team in listed[region.jo.pk].teams] == ["Team Zuid"]
    assert region.jo.reference in user_names(0, region.zuid.pk)
    assert region.kim.reference not in user_names(0, region.zuid.pk)
    region.sign_in(region.jo).choose(region.zuid)
    region.page("/clienten/")
    officer = a_worker(region.zuid, "privacy_officer")
    assert "Jo Visser" in region.sign_in(officer).page("/inzage/")
    rows = Access.objects.filter(user=region.jo.reference, action="dossier:caseload")
    assert set(rows.values_list("municipality", flat=True)) == {region.zuid.pk}


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


def test_ones_own_account_says_which_role_where(region: Region) -> None:
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", region.sign_in(region.jo).page("/mijn/account/")))
    assert "Rol in Noord casemanager" in page
    assert "Rol in Zuid casemanager" in page


def presented(user: User, *groups: str) -> Presented:
    return Presented(
        "https://login.example",
        f"s-{user.pk}",
        user.sign_in_name or "",
        user.name,
        frozenset(groups),
        second_step=False,
    )


def test_groups_are_followed_by_municipality(region: Region) -> None:
    """A group of Zuid gives a role there to who was let in there by hand, and to nobody else of Noord."""
    give_by_group(by=command_line(), municipality=region.noord, group="g-n", role="matcher", team=None)
    give_by_group(by=command_line(), municipality=region.zuid, group="g-z", role="coordinator", team=None)
    for user, in_zuid in ((region.jo, {"case_manager", "coordinator"}), (region.kim, set[str]())):
        admit(by=the_organisation(), presented=presented(user, "g-n", "g-z"))
        assert roles_in(user, region.zuid) == in_zuid
        assert roles_in(user, region.noord) == {"case_manager", "matcher"}
    admit(by=the_organisation(), presented=presented(region.jo, "g-z"))
    assert roles_in(region.jo, region.noord) == {"case_manager"}
    assert "coordinator" in roles_in(region.jo, region.zuid)


def test_a_group_lets_nobody_in_again_whose_roles_were_ended(region: Region) -> None:
    give_by_group(by=command_line(), municipality=region.zuid, group="g-z", role="coordinator", team=None)
    give_by_group(by=command_line(), municipality=region.zuid, group="g-t", role="case_manager", team=region.team_zuid)
    TeamMembership.objects.filter(user=region.jo, team=region.team_zuid).update(from_organisation=True)
    for holding in RoleHolding.objects.filter(user=region.jo, municipality=region.zuid):
        end_role(by=acting(region.other), holding=holding, ends_on=TODAY)
    admit(by=the_organisation(), presented=presented(region.jo, "g-z", "g-t"))
    assert roles_in(region.jo, region.zuid) == set()
    assert not TeamMembership.objects.active_on(TODAY).filter(user=region.jo, team=region.team_zuid).exists()
    assert roles_in(region.jo, region.noord) == {"case_manager"}


def test_a_supervisor_elsewhere_takes_no_intern_along_here(region: Region) -> None:
    intern = a_worker(region.noord, "intern", supervisor=region.jo, until=TODAY + timedelta(days=30), since=LONG_AGO)
    at_home: Actor = acting(intern)
    assert at_home.supervisor_ids == {region.jo.pk}
    held = RoleHolding.objects.filter(user=region.jo, municipality=region.noord)
    held.update(ends_on=TODAY)  # a caseload in Zuid is none here
    assert acting(intern).supervisor_ids == frozenset()
    held.update(ends_on=None)
    also_in(intern, region.zuid, "matcher")
    assert not standing_of(intern, TODAY, region.zuid.pk).supervisors


def test_a_third_municipality_knows_nobody_of_these(region: Region) -> None:
    third = a_municipality("Oost")
    a_setting(third, "second_factor_roles", "none")
    boss = a_functional_administrator(third)
    a_team(third)
    region.sign_in(boss)
    for one in (region.jo, region.kim):
        assert region.browser.get(f"{USERS}{one.reference}/").status_code == 404
    sent = {"action": "close", "shown_in": mark_of(third.pk)}
    assert region.browser.post(f"{USERS}{region.jo.reference}/", sent).status_code == 404
