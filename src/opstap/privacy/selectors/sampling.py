"""The monthly sample of looks."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from opstap.audit.models import Access
from opstap.foundation.dates import end_of_day
from opstap.privacy.logic.actions import BY_ITSELF, by_way
from opstap.privacy.logic.sample import Place, drawn


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def sample_of(municipality_id: int, month: date, size: int) -> list[Access]:
    """The looks that are drawn from a month, in the order in which they were: at a dossier or at a list of people."""
    shown = ~Q(subject=b"") | Q(listed_count__gt=0)
    rows = Access.objects.filter(shown, municipality=municipality_id, result="done")
    rows = rows.exclude(action__in=by_way(*BY_ITSELF)).filter(at__gte=_first(month), at__lt=_first(month_after(month)))
    places: dict[Place, int] = {}
    digests: list[tuple[Place, bytes]] = []
    for pk, chain, position, digest in rows.values_list("pk", "chain", "position", "digest").iterator(chunk_size=5000):
        places[chain, position] = pk
        digests.append(((chain, position), bytes(digest)))
    chosen = [places[place] for place in drawn(digests, month, size)]
    return list(Access.objects.filter(pk__in=chosen).order_by("at", "pk"))


def _first(month: date) -> datetime:
    """The moment at which a month begins in Amsterdam."""
    return end_of_day(date.fromordinal(month.toordinal() - 1))
