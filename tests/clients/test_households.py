"""Households: type and members from a day; on one day a person lives in one household."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.clients.logic import RowsRefused
from opstap.clients.models import Client, Household, HouseholdComposition, HouseholdMember
from opstap.clients.operations import NewHousehold, record_households
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team, acting
from tests.factories.clients import an_identity, in_caseload
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BY = command_line()
DAY = date(2020, 1, 1)


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def house(town: Municipality, *households: NewHousehold) -> None:
    record_households(by=BY, municipality=town, rows=households)


def couple(first: Client, second: Client) -> NewHousehold:
    return NewHousehold("couple", DAY, ((first.pk, "main"), (second.pk, "partner")))


def single(client: Client, since: date = DAY) -> NewHousehold:
    return NewHousehold("single", since, ((client.pk, "main"),))


def test_members_live_together_from_the_day_on(town: Municipality) -> None:
    a, b, c = (an_identity(town) for _ in range(3))
    house(town, couple(a, b), single(c))
    homes = dict(HouseholdMember.objects.active_on(DAY).values_list("client", "household"))
    assert homes[a.pk] == homes[b.pk] != homes[c.pk]
    assert Household.objects.filter(municipality=town).count() == 2
    kinds = dict(HouseholdComposition.objects.current().values_list("household", "kind"))
    assert (kinds[homes[a.pk]], kinds[homes[c.pk]]) == ("couple", "single")
    assert not HouseholdMember.objects.active_on(date(2019, 12, 31)).exists()


def test_nobody_lives_in_two_households_on_one_day(town: Municipality) -> None:
    a, b = an_identity(town), an_identity(town)
    house(town, couple(a, b))
    before = latest_recording()
    for since in (DAY, date(2019, 1, 1), date(2024, 1, 1)):
        with pytest.raises(RowsRefused, match="row 0: in_another_household"):
            house(town, single(a, since))
    assert latest_recording() == before
    assert Household.objects.count() == 1


def test_nor_in_two_of_the_same_call(town: Municipality) -> None:
    a, b, c = (an_identity(town) for _ in range(3))
    with pytest.raises(RowsRefused, match="row 1: in_another_household"):
        house(town, couple(a, b), couple(c, b))
    assert not HouseholdMember.objects.exists()


def test_nobody_makes_a_household_of_whom_they_may_not_see(town: Municipality) -> None:
    team = a_team(town)
    worker = a_case_manager(team)
    own, other = an_identity(town), an_identity(town)
    in_caseload(own, worker, team=team)
    with pytest.raises(PermissionDenied):
        record_households(by=acting(worker), municipality=town, rows=[couple(own, other)])
    assert not Household.objects.exists()
    record_households(by=acting(worker), municipality=town, rows=[single(own)])
    assert HouseholdMember.objects.get().client == own
