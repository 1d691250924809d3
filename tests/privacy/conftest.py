"""A ledger of each test's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_head(tmp_path: Path, settings: Any) -> None:
    settings.OPSTAP_ERASURES_HEAD = tmp_path / "erasures.head"
