"""One provider for all tests of a worker, put right again before each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from opstap.foundation.openid.provider import provider_of
from tests.openid.provider import SITE, Running, running


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
