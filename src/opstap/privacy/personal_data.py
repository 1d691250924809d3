"""What this room holds about one client: what was said of looks at their dossier."""

from __future__ import annotations

from typing import Protocol

from django.db.models import Q

from opstap.audit.personal_data import HeldRow, held_rows
from opstap.audit.selectors.accesses import looks_at
from opstap.privacy.models import Judgement


class Followed(Protocol):
    """A client, as far as this room knows them."""

    @property
    def reference(self) -> str:
        """The opaque reference."""


def personal_data_of(client: Followed) -> list[HeldRow]:
    """Every judgement on a record in which the client was asked for."""
    places = set(looks_at([client.reference]).values_list("chain", "position"))
    rows = Judgement.objects.filter(chain__in={chain for chain, _position in places})
    own = [row.pk for row in rows if (row.chain, row.position) in places]
    return held_rows(Judgement.objects.filter(Q(pk__in=own)))
