"""One provider for all tests of a worker, put right again before each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from opstap.accounts.models import Team, User
from opstap.foundation.openid.provider import provider_of
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.municipality import a_municipality, a_setting
from tests.openid.provider import SITE, Running, Visitor, running


@pytest.fixture(scope="session")
def started() -> Iterator[Running]:
    with running(SITE) as found:
        yield found


@pytest.fixture
def provider(started: Running, settings: Any) -> Running:
    """The provider of this installation, without people and faults."""
    started.told(people={}, fault="", restore=True)
    provider_of.cache_clear()
    settings.OPSTAP_OPENID = started.connection()
    return started


@pytest.fixture
def town() -> Municipality:
    """Where nobody needs a second step."""
    municipality = a_municipality()
    a_setting(municipality, "second_factor_roles", "none")
    return municipality


@pytest.fixture
def team(town: Municipality) -> Team:
    """Its team."""
    return a_team(town, "Noord")


@pytest.fixture
def jo(team: Team) -> User:
    """Whose sign-in name the provider knows."""
    user = a_case_manager(team, name="Jo Jansen")
    user.sign_in_name = "jo@voorbeeldstad.example"
    user.save()
    return user


@pytest.fixture
def visitor() -> Visitor:
    """A browser that goes to the provider and back."""
    return Visitor()
