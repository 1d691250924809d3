"""The desk of a case manager, and an office of two teams."""

from collections.abc import Iterator

import pytest
from django.test import Client

from opstap.clients.models import Client as Followed
from opstap.foundation.dates import clock_at
from tests.dossier.desks import Desk
from tests.dossier.glasses import NOW
from tests.factories.desk import Office
from tests.factories.region import Region


@pytest.fixture
def desk(client: Client) -> Desk:
    """A case manager at the screen."""
    return Desk(client)


@pytest.fixture
def office(client: Client) -> Office:
    """A municipality at work."""
    return Office(client)


@pytest.fixture
def at_ten() -> Iterator[None]:
    """A Wednesday at ten."""
    with clock_at(NOW):
        yield


@pytest.fixture
def client_of_lee(office: Office) -> Followed:
    """Somebody of the other team."""
    return office.of(office.lee, "Bakker", team=office.other_team)


@pytest.fixture
def region(client: Client) -> Region:
    """One worker in two municipalities."""
    return Region(client)
