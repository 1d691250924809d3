"""Reads of the access log: what was shown of a client, and the records of a municipality."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BinaryField, F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from opstap.audit.models import Access
from opstap.audit.selectors.pseudonyms import pseudonym_of


class Place(Func):
    """Where some bytes stand in others, from 1; 0 for nowhere."""

    function = "INSTR"
    arity = 2
    output_field = IntegerField()

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        """PostgreSQL's word for it, which names them the other way round."""
        turned = Func(*reversed(self.source_expressions), arg_joiner=" IN ", template="POSITION(%(expressions)s)")
        return turned.as_sql(compiler, connection, **extra)


def looks_at(references: Iterable[str]) -> QuerySet[Access]:
    """Every record in which one of these clients was asked for or listed by name, the latest first.

    Of a list of more people than the log names, the record has no names: those are not here.
    """
    pseudonyms = [pseudonym_of(reference) for reference in references]
    listed = {
        f"place_{number}": Place(F("listed"), Value(pseudonym, output_field=BinaryField()))
        for number, pseudonym in enumerate(pseudonyms)
    }
    asked = [Q(subject=pseudonym) for pseudonym in pseudonyms] + [Q(**{f"{name}__gt": 0}) for name in listed]
    rows = Access.objects.alias(**listed).filter(reduce(or_, asked, Q(pk__in=[])))
    return rows.order_by("-at", "-pk")
