"""What was said of records of the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from opstap.privacy.logic.sample import Place
from opstap.privacy.models import Judgement


def judgements_of(municipality_id: int, places: Collection[Place]) -> dict[Place, Judgement]:
    """The latest judgement on each of these records."""
    chains = {chain for chain, _position in places}
    wanted = set(places)
    rows = Judgement.objects.filter(municipality=municipality_id, chain__in=chains).select_related("recording")
    found = {(row.chain, row.position): row for row in rows.order_by("recording", "pk")}
    return {place: row for place, row in found.items() if place in wanted}


def history_of(municipality_id: int, place: Place) -> list[Judgement]:
    """Every judgement on one record, the latest first."""
    chain, position = place
    rows = Judgement.objects.filter(Q(chain=chain, position=position), municipality=municipality_id)
    return list(rows.select_related("recording").order_by("-recording", "-pk"))


def has_judgements_before(moment: datetime) -> bool:
    """Whether anything was judged before a moment, in whichever municipality."""
    return Judgement.objects.filter(recording__at__lt=moment).exists()
