"""Rows that reports read past the facts, as known to the question; and who is counted and stands on no list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from opstap.audit.models import Fact, FactQuerySet
from opstap.clients.models import Client
from opstap.clients.selectors.withheld import withheld_from
from opstap.foundation import dates
from opstap.reporting.selectors.questions import Question

FEW = 500


def withheld_in(question: Question, among: Sequence[int] | None = None) -> list[int]:
    """Who is counted and stands on no list: kept from this viewer. The command line sees all. `among` a few it is told
    sooner.
    """
    if question.viewer_id is None:
        return []
    kept = Client.objects.filter(withheld_from(question.viewer_id, dates.today()))
    if among is not None and len(among) <= FEW:
        kept = kept.filter(pk__in=among)
    return list(kept.filter(municipality=question.municipality_id).values_list("pk", flat=True))


def known_rows(question: Question, model: type[Fact], columns: tuple[str, ...], which: Q) -> list[tuple[Any, ...]]:
    """Rows as known at the recording of the question: what was replaced by then is left out."""
    known: Any = FactQuerySet(model).filter(recording__lte=question.recording)
    replaced = known.filter(replaces__isnull=False).values("replaces")
    of_town = known.filter(which, client__municipality=question.municipality_id, withdrawn=False)
    return list(of_town.exclude(pk__in=replaced).order_by("pk").values_list(*columns))
