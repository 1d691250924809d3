"""Rows that reports read past the facts, as known to the question; and who is counted and stands on no list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from opstap.audit.models import Fact, FactQuerySet
from opstap.clients.models import Client
from opstap.clients.selectors.withheld import withheld_from
from opstap.foundation import dates
from opstap.foundation.prepared import MOST
from opstap.foundation.prepared.compiled import Compiled, asked, compiled
from opstap.foundation.prepared.slots import Slots
from opstap.reporting.selectors.questions import Question

FEW = 500


def withheld_in(question: Question, among: Sequence[int] | None = None) -> list[int]:
    """Who is counted and stands on no list: kept from this viewer. The command line sees all. `among` a few it is told
    sooner.
    """
    if question.viewer_id is None:
        return []
    if among is not None and len(among) <= FEW:
        return list(_withheld(question.viewer_id, question.municipality_id, dates.today()).filter(pk__in=among))
    slots = Slots()
    viewer, town = slots.one(question.viewer_id) or 0, slots.one(question.municipality_id) or 0
    return asked(_withheld_here(viewer, town, dates.today()), slots.stands_for)


def _withheld(viewer: int, town: int, day: date) -> QuerySet[Client, int]:
    return Client.objects.filter(withheld_from(viewer, day), municipality=town).values_list("pk", flat=True)


@lru_cache(maxsize=MOST)
def _withheld_here(viewer: int, town: int, day: date) -> Compiled[int]:
    """Composed and compiled once for all viewers."""
    return compiled(_withheld(viewer, town, day))


def known_rows(question: Question, model: type[Fact], columns: tuple[str, ...], which: Q) -> list[tuple[Any, ...]]:
    """Rows as known at the recording of the question: what was replaced by then is left out."""
    known: Any = FactQuerySet(model).filter(recording__lte=question.recording)
    replaced = known.filter(replaces__isnull=False).values("replaces")
    of_town = known.filter(which, client__municipality=question.municipality_id, withdrawn=False)
    return list(of_town.exclude(pk__in=replaced).order_by("pk").values_list(*columns))
