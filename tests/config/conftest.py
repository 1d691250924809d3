"""An installation with a few people, made once and copied for whoever needs it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.config.installed import Installed


@pytest.fixture(scope="session")
def town_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation as it was made."""
    made = Installed(tmp_path_factory.mktemp("town") / "data")
    made.with_people()
    return made.folder


@pytest.fixture
def town(town_as_made: Path, tmp_path: Path) -> Installed:
    """A copy of it."""
    return Installed(shutil.copytree(town_as_made, tmp_path / "data"))
