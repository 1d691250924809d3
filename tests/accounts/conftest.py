"""What several files of this room stand on."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from tests.factories.municipality import a_setting
from tests.factories.region import Region


@pytest.fixture
def region(client: Browser) -> Region:
    """Two municipalities and a worker with a role in both, without a second step."""
    made = Region(client)
    for town in (made.noord, made.zuid):
        a_setting(town, "second_factor_roles", "none")
    return made
