"""A queryset that is composed and compiled once, and asked again with other numbers in its slots."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from opstap.foundation.prepared.slots import Statement, filled

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Compiled(Generic[R]):
    """The queryset with what the database is asked for it; `compiler` knows what the columns of the answer are."""

    queryset: QuerySet[Any, R]
    compiler: Any
    statement: Statement | None  # None for what can have no answer


def compiled(queryset: QuerySet[Any, R]) -> Compiled[R]:
    """What it asks, with the slots in it."""
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        text, parameters = compiler.as_sql()
    except EmptyResultSet:
        return Compiled(queryset, compiler, None)
    return Compiled(queryset, compiler, (text, tuple(parameters)))


def asked(kept: Compiled[R], stands_for: Mapping[Any, Any]) -> list[R]:
    """The answer for what the slots stand for; one query, on the connection of this thread."""
    if kept.statement is None:
        return []
    statement = filled(kept.statement, stands_for)
    compiler = copy(kept.compiler)
    compiler.connection = connections[kept.queryset.db]
    compiler.as_sql = lambda *_, **__: statement
    once = kept.queryset.all()
    once.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]  # composed and compiled before
    return list(once)
