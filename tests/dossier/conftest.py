"""The desk of a case manager, and an office of two teams."""

import pytest
from django.test import Client

from tests.dossier.desks import Desk
from tests.factories.desk import Office


@pytest.fixture
def desk(client: Client) -> Desk:
    """A case manager at the screen."""
    return Desk(client)


@pytest.fixture
def office(client: Client) -> Office:
    """A municipality at work."""
    return Office(client)
