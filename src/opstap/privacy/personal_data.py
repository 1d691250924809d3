"""What this room holds about one client: what was said of looks at their dossier, and what they asked."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from opstap.audit.personal_data import HeldRow, held_rows
from opstap.audit.selectors.accesses import looks_at
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.models import Client
from opstap.privacy.models import Judgement, RightsRequest
from opstap.privacy.selectors.requests import opened_texts


def personal_data_of(client: Client) -> list[HeldRow]:
    """Every judgement on a record that is about the client alone, and every request in the clear.

    Where the client only stood on a list, the judgement is about what somebody did with many.
    """
    about = looks_at([client.reference]).filter(subject=pseudonym_of(client.reference))
    places = set(about.values_list("chain", "position"))
    rows = Judgement.objects.filter(chain__in={chain for chain, _position in places})
    own = [row.pk for row in rows if (row.chain, row.position) in places]
    found = held_rows(Judgement.objects.filter(Q(pk__in=own)))
    return found + held_rows(RightsRequest.objects.filter(client=client), opened=_texts)


def _texts(request: RightsRequest) -> Mapping[str, str]:
    texts = opened_texts(request)
    return {"words": texts.words, "reason": texts.reason, "extension": texts.extension}
