"""Installations that are made once, and copied for whoever needs one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.config.installed import Installed
from tests.config.programs import SNEEK, opstap
from tests.postgres import own_database


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


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the Sneek example was imported."""
    folder = tmp_path_factory.mktemp("filled")
    done = opstap("import", str(SNEEK), folder=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def filled(filled_folder: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    shutil.copytree(filled_folder / "data", tmp_path / "data")
    return tmp_path


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database in which nothing was recorded but what is shipped."""
    folder = tmp_path_factory.mktemp("empty")
    done = opstap("migrate", folder=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def migrated(empty_folder: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    shutil.copytree(empty_folder / "data", tmp_path / "data")
    return tmp_path


@pytest.fixture
def postgres_town(tmp_path: Path) -> Iterator[tuple[Installed, Callable[[str], list[tuple[object, ...]]]]]:
    """An installation on PostgreSQL without anybody in it yet, and what its database answers."""
    with own_database() as url:

        def ask(question: str) -> list[tuple[object, ...]]:
            with psycopg.connect(url) as connection:
                return connection.execute(question.encode()).fetchall()

        yield Installed(tmp_path / "data", DATABASE_URL=url), ask
