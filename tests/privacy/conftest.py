"""A ledger of each test's own, and the office that most tests of this room work in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from opstap.audit.operations import accesses
from tests.factories.desk import Office


@pytest.fixture(autouse=True)
def own_head(tmp_path: Path, settings: Any) -> None:
    settings.OPSTAP_ERASURES_HEAD = tmp_path / "erasures.head"


@pytest.fixture
def own_files(tmp_path: Path, settings: Any) -> Iterator[None]:
    """Heads and a ledger of the test's own: for tests that erase."""
    settings.OPSTAP_LOG_HEADS, settings.OPSTAP_ERASURES = tmp_path / "heads", tmp_path / "erasures.ledger"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


@pytest.fixture
def office(client: Browser) -> Office:
    return Office(client)
