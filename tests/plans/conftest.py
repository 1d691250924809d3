"""The desk of a case manager."""

import pytest
from django.test import Client

from tests.plans.desks import Desk


@pytest.fixture
def desk(client: Client) -> Desk:
    """A case manager at the screen."""
    return Desk(client)
