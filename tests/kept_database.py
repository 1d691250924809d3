"""A pytest plugin for `mutmut`: the test database is made once, in the process of which every mutant is a fork.

That process only collects the tests; it never asks polars anything, whose threads don't live on in a fork.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import utils
from pytest_django.plugin import blocking_manager_key

_make = utils.setup_databases
_made: list[Any] = []


def _once(*arguments: Any, **options: Any) -> list[Any]:
    if not _made:
        _made.append(_make(*arguments, **options))
    return []


def _left(*_arguments: Any, **_options: Any) -> None:
    return None


utils.setup_databases = _once
utils.teardown_databases = _left


def pytest_collection_finish(session: pytest.Session) -> None:
    """Make it where the tests are collected and not run."""
    if session.config.option.collectonly:
        with session.config.stash[blocking_manager_key].unblock():
            utils.setup_databases(verbosity=0, interactive=False)
