"""Words that depend on the language and on what is asked alone: looked up once, as a page says them a hundred times."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.utils.translation import get_language

P = ParamSpec("P")
Said = TypeVar("Said")
MOST = 512


def worded_once(function: Callable[P, Said]) -> Callable[P, Said]:
    """Keep what a function says, for each of its arguments in each language. It may read nothing else."""

    @lru_cache(maxsize=MOST)
    def kept(language: str | None, *what: P.args, **named: P.kwargs) -> Said:
        del language
        return function(*what, **named)

    @wraps(function)
    def said(*what: P.args, **named: P.kwargs) -> Said:
        return kept(get_language(), *what, **named)  # type: ignore[arg-type] # what can't be hashed raises

    return said
