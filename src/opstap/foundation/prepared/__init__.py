"""Queries that every page asks are built once: building a long one costs more than asking it.

What is kept is the question, never an answer. So it may lean on nothing but its arguments: no clock, no database.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from threading import get_ident
from typing import Any, ParamSpec, TypeVar

from django.db.models import QuerySet

MOST = 256  # of each function, in each process
P = ParamSpec("P")
Q = TypeVar("Q", bound="QuerySet[Any, Any]")


def prepared(build: Callable[P, Q]) -> Callable[P, Q]:
    """Keep the querysets that a function builds out of hashable arguments; every caller gets one of their own.

    Each thread has its own: compiling a query counts in the query itself which tables it needs.
    """

    def built(_thread: int, *args: Any, **named: Any) -> Q:
        return build(*args, **named)

    kept = lru_cache(maxsize=MOST)(built)

    @wraps(build)
    def asked(*args: P.args, **named: P.kwargs) -> Q:
        return kept(get_ident(), *args, **named).all()  # type: ignore[arg-type]  # the arguments are hashable

    return asked
