"""What somebody takes away by hand stays away, also when a group of the organisation goes on giving it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opstap.accounts.logic.organisation import Presented
from opstap.accounts.models import RoleHolding, Team, TeamMembership, User
from opstap.accounts.operations import (
    Judged,
    NotAdmitted,
    admit,
    end_role,
    give_by_group,
    give_role,
    join_team,
    leave_team,
    prepare_authorisations,
    sign_authorisations,
)
from opstap.accounts.selectors.authorisations import authorisations_on
from opstap.audit.permissions import command_line, the_organisation
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, a_worker, acting
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
BY, TODAY = command_line(), dates.today()


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def team(town: Municipality) -> Team:
    return a_team(town)


@pytest.fixture
def jo(town: Municipality, team: Team) -> User:
    """Whose groups give coordinator, and case manager in a team."""
    give_by_group(by=BY, municipality=town, group="g-co", role="coordinator", team=None)
    give_by_group(by=BY, municipality=town, group="g-cm", role="case_manager", team=team)
    user = a_case_manager(a_team(town), name="Jo Jansen")
    for model in (RoleHolding, TeamMembership):
        model.objects.filter(user=user).delete()  # what follows comes of groups alone
    signs_in(user)
    return user


def signs_in(user: User, *groups: str) -> None:
    given, name = frozenset(groups or ("g-co", "g-cm")), str(user.sign_in_name)
    told = Presented("https://sts.example", "s-1", name, user.name, given, second_step=False)
    admit(by=the_organisation(), presented=told)


def held_by(user: User) -> set[str]:
    return set(RoleHolding.objects.active_on(TODAY).filter(user=user).values_list("role", flat=True))


def teams_of(user: User) -> set[str]:
    return set(TeamMembership.objects.active_on(TODAY).filter(user=user).values_list("team__name", flat=True))


def held(user: User, role: str) -> RoleHolding:
    return RoleHolding.objects.active_on(TODAY).get(user=user, role=role)


def test_a_role_that_the_signed_list_takes_away_stays_away_at_the_next_sign_in(town: Municipality, jo: User) -> None:
    admin, officer = a_functional_administrator(town), a_worker(town, "privacy_officer")
    gone = held(jo, "coordinator")
    judged = {
        one.holding: Judged(one.holding != gone.pk, "werkt hier niet meer") for one in authorisations_on(town.pk, TODAY)
    }
    prepare_authorisations(by=acting(admin), municipality=town, judged=judged)
    sign_authorisations(by=acting(officer), municipality=town, judged=judged, next_on=TODAY + timedelta(days=180))
    signs_in(jo)
    assert held_by(jo) == {"case_manager"}


def test_whose_every_role_was_taken_away_comes_in_no_more(jo: User) -> None:
    for role in ("coordinator", "case_manager"):
        end_role(by=BY, holding=held(jo, role), ends_on=TODAY)
    with pytest.raises(NotAdmitted, match="no_role"):
        signs_in(jo)
    assert held_by(jo) == set()


def test_so_does_a_team(jo: User, team: Team) -> None:
    assert teams_of(jo) == {team.name}
    leave_team(by=BY, membership=TeamMembership.objects.get(user=jo), ends_on=TODAY)
    signs_in(jo)
    assert teams_of(jo) == set()
    join_team(by=BY, user=jo, team=team, since=TODAY)
    signs_in(jo)
    assert TeamMembership.objects.active_on(TODAY).get(user=jo).from_organisation


def test_given_by_hand_again_it_follows_the_group_again(jo: User) -> None:
    end_role(by=BY, holding=held(jo, "coordinator"), ends_on=TODAY)
    give_role(by=BY, user=jo, role="coordinator", team=None, since=TODAY)
    signs_in(jo)
    assert held(jo, "coordinator").from_organisation
    signs_in(jo, "g-cm")
    assert held_by(jo) == {"case_manager"}
    signs_in(jo)
    assert held_by(jo) == {"case_manager", "coordinator"}


def test_what_a_group_took_away_it_gives_back(jo: User) -> None:
    signs_in(jo, "g-cm")
    assert held_by(jo) == {"case_manager"}
    signs_in(jo)
    assert held_by(jo) == {"case_manager", "coordinator"}


def test_what_was_given_and_ended_by_hand_is_no_bar_to_a_group(town: Municipality, jo: User) -> None:
    give_role(by=BY, user=jo, role="policy", team=None, since=TODAY)
    end_role(by=BY, holding=held(jo, "policy"), ends_on=TODAY)
    give_by_group(by=BY, municipality=town, group="g-co", role="policy", team=None)
    signs_in(jo)
    assert "policy" in held_by(jo)


def test_the_list_says_which_role_comes_of_a_group(town: Municipality, jo: User) -> None:
    browser = signed_in(a_functional_administrator(town))
    page = browser.get("/autorisaties/")
    lines = [line for line in page.context["lines"] if line.name == "Jo Jansen"]
    assert {line.by_group for line in lines} == {"door een groep van de organisatie"}
    assert "door een groep van de organisatie" in page.content.decode()
    rows = browser.get("/autorisaties/bestand/csv/").content.decode("utf-8-sig").splitlines()
    assert any("Gegeven" in row for row in rows)
    assert all("door een groep" in row for row in rows if "Jo Jansen" in row)
    assert any("met de hand" in row for row in rows if "Jo Jansen" not in row)


def test_the_page_of_the_user_says_why_no_group_gives_it_back(town: Municipality, jo: User) -> None:
    end_role(by=BY, holding=held(jo, "coordinator"), ends_on=TODAY)
    page = signed_in(a_functional_administrator(town)).get(f"/beheer/gebruikers/{jo.reference}/").content.decode()
    assert "met de hand weggehaald, dus geen groep geeft dit terug" in page
