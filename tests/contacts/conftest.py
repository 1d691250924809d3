"""What the tests of this room stand on."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.contacts.desks import Desk


@pytest.fixture
def desk(client: Client, db: None) -> Desk:
    return Desk(client)
