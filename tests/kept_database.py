"""A pytest plugin for runs that follow one another in one process, and in its forks: the test database is made once.

Used by `mutmut`, which runs the tests of every mutant in a fork: see [tool.mutmut].
"""

from __future__ import annotations

from typing import Any

from django.test import utils

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
