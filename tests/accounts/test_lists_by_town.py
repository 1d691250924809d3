"""Lists, groups and administrators are of one municipality, also where somebody holds roles in two."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from opstap.accounts.logic.organisation import Presented
from opstap.accounts.models import RoleHolding, TeamMembership, User
from opstap.accounts.operations import (
    HoldingRefused,
    Judged,
    admit,
    end_role,
    give_by_group,
    prepare_authorisations,
    sign_authorisations,
)
from opstap.accounts.selectors.authorisations import authorisations_on
from opstap.accounts.selectors.people import Wanted, users_on
from opstap.accounts.selectors.standing import standing_of
from opstap.accounts.selectors.towns import mark_of
from opstap.audit.models import Access
from opstap.audit.permissions import Actor, command_line, the_organisation
from opstap.foundation import dates
from opstap.privacy.selectors.people import user_names
from tests.factories.accounts import a_functional_administrator, a_team, a_worker, acting
from tests.factories.municipality import LONG_AGO, a_municipality, a_setting
from tests.factories.region import Region, also_in, roles_in

pytestmark = pytest.mark.django_db
USERS, LET_IN = "/beheer/gebruikers/", "/beheer/gebruikers/andere-gemeente/"
TODAY = dates.today()


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
