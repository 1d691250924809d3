"""The end of a role or team: an older page gives nothing back, and what is over is given anew or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from opstap.accounts.models import RoleHolding, TeamMembership, User
from opstap.accounts.operations import HoldingRefused, end_role, give_role, leave_team
from opstap.accounts.selectors import standing_of
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, a_team_leader, ending
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in
from tests.factories.region import Region
from tests.factories.windows import fields_of

pytestmark = pytest.mark.django_db
BY, TODAY = command_line(), dates.today()
LATER = TODAY + timedelta(days=40)
Held = RoleHolding | TeamMembership


@pytest.fixture
def town() -> Municipality:
    town = a_municipality()
    a_setting(town, "second_factor_roles", "none")
    return town


def leader_and_membership(town: Municipality) -> list[Held]:
    """One of each, without an end."""
    leader, worker = a_team_leader(a_team(town)), a_case_manager(a_team(town))
    return [RoleHolding.objects.get(user=leader), TeamMembership.objects.get(user=worker)]


def end(held: Held, **given: Any) -> None:
    if isinstance(held, RoleHolding):
        end_role(by=BY, holding=held, **given)
    else:
        leave_team(by=BY, membership=held, **given)


def page_of(user: User) -> str:
    return f"/beheer/gebruikers/{user.reference}/"


def test_who_saves_an_end_second_sees_the_first_and_chooses(town: Municipality) -> None:
    colleague, mine = a_functional_administrator(town), a_functional_administrator(town)
    for held in leader_and_membership(town):
        page, opened = page_of(held.user), ending(held, LATER)
        assert signed_in(colleague).post(page, ending(held, LATER + timedelta(days=9))).status_code == 302
        browser = signed_in(mine)
        met = browser.post(page, opened)
        words = met.content.decode()
        assert met.status_code == 409
        assert f"{colleague.name} heeft dit intussen gewijzigd" in words
        kept = fields_of(words, "ends_on")
        assert (kept["ends_on"], kept["held"]) == (LATER.isoformat(), str(held.pk))
        held.refresh_from_db()
        assert held.ends_on == LATER + timedelta(days=9)
        assert browser.post(page, kept).status_code == 302
        held.refresh_from_db()
        assert held.ends_on == LATER


def test_an_older_page_gives_back_nothing_that_a_colleague_ended(town: Municipality) -> None:
    browser = signed_in(a_functional_administrator(town))
    for held in leader_and_membership(town):
        opened, same = ending(held, LATER), ending(held, TODAY)
        end(held, ends_on=TODAY)
        refused = browser.post(page_of(held.user), opened)
        assert (refused.status_code, "Dit is al voorbij" in refused.content.decode()) == (400, True)
        held.refresh_from_db()
        assert held.ends_on == TODAY
        assert browser.post(page_of(held.user), same).status_code == 302  # the colleague did the very same


def test_an_end_comes_closer_and_goes_no_further_away(town: Municipality) -> None:
    for held in leader_and_membership(town):
        end(held, ends_on=LATER)
        with pytest.raises(HoldingRefused, match="ends_before_that"):
            end(held, ends_on=LATER + timedelta(days=1))
        end(held, ends_on=LATER - timedelta(days=10))
        end(held, ends_on=TODAY)
        for day in (TODAY - timedelta(days=1), TODAY, LATER):
            with pytest.raises(HoldingRefused, match="over_already"):
                end(held, ends_on=day)
        held.refresh_from_db()
        assert held.ends_on == TODAY


def test_who_goes_on_longer_gets_the_role_anew(town: Municipality) -> None:
    held = leader_and_membership(town)[0]
    assert isinstance(held, RoleHolding)
    end(held, ends_on=LATER)
    give_role(by=BY, user=held.user, role="team_leader", team=held.team, since=LATER)
    for day in (LATER - timedelta(days=1), LATER):
        assert [role.key for role in standing_of(held.user, day, town.pk).roles] == ["team_leader"]


def test_ends_are_compared_within_the_lock(town: Municipality) -> None:
    for held in leader_and_membership(town):
        with pytest.raises(ReplacedMeanwhile):
            end(held, ends_on=TODAY, opened_on="oud")
        held.refresh_from_db()
        assert held.ends_on is None


def test_a_form_without_a_version_meets_the_same_page(town: Municipality) -> None:
    browser = signed_in(a_functional_administrator(town))
    for held in leader_and_membership(town):
        sent = {name: value for name, value in ending(held, TODAY).items() if name != "version"}
        assert browser.post(page_of(held.user), sent).status_code == 409
        held.refresh_from_db()
        assert held.ends_on is None


def test_a_role_of_before_lets_nobody_in_again_in_another_municipality(region: Region) -> None:
    held = RoleHolding.objects.get(user=region.jo, municipality=region.zuid)
    end_role(by=BY, holding=held, ends_on=TODAY)
    held.refresh_from_db()
    answer = region.sign_in(region.other).browser.post(page_of(region.jo), ending(held, LATER))
    assert answer.status_code in {400, 404}
    assert not standing_of(region.jo, TODAY, region.zuid.pk).roles
