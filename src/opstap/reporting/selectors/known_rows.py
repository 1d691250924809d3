"""Rows that reports read past the facts, as known to the question."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from opstap.audit.models import Fact, FactQuerySet
from opstap.reporting.selectors.questions import Question


def known_rows(question: Question, model: type[Fact], columns: tuple[str, ...], which: Q) -> list[tuple[Any, ...]]:
    """Rows as known at the recording of the question: what was replaced by then is left out."""
    known: Any = FactQuerySet(model).filter(recording__lte=question.recording)
    replaced = known.filter(replaces__isnull=False).values("replaces")
    of_town = known.filter(which, client__municipality=question.municipality_id, withdrawn=False)
    return list(of_town.exclude(pk__in=replaced).order_by("pk").values_list(*columns))
