"""One town for all tests of a file, taken back afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from opstap.municipality.models import Municipality
from tests.demo.towns import build, for_a_while


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Municipality]:
    """A town of six hundred in follow-up."""
    with django_db_blocker.unblock(), for_a_while():
        yield build(600)
