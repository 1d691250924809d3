"""What this room holds about one client: what was said of looks at their dossier, and what they asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db.models import F, QuerySet

from opstap.audit.operations import Erasing
from opstap.audit.personal_data import HeldRow, held_rows
from opstap.audit.selectors.accesses import looks_at
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.audit.selectors.sealed import SealedTable, sealed_by
from opstap.clients.models import Client
from opstap.privacy.models import Destruction, DestructionLine, Judgement, LegalHold, RightsRequest
from opstap.privacy.selectors.requests import opened_texts, request_cipher

SEALED = {
    "privacy.rightsrequest": SealedTable(
        RightsRequest.objects.all, sealed_by(request_cipher, "texts_encrypted", key="texts_key")
    ),
    "privacy.legalhold": SealedTable(LegalHold.objects.all, sealed_by(request_cipher, "why_encrypted", key="why_key")),
}


def personal_data_of(client: Client) -> list[HeldRow]:
    """Every judgement on a record that is about the client alone, and every request and legal hold in the clear.

    Where the client only stood on a list, the judgement is about what somebody did with many.
    """
    found = held_rows(_judgements(client))
    found += held_rows(RightsRequest.objects.filter(client=client), opened=_texts)
    found += held_rows(LegalHold.objects.filter(client=client), opened=_why)
    return found + held_rows(DestructionLine.objects.filter(client=client))


def _texts(request: RightsRequest) -> Mapping[str, str]:
    texts = opened_texts(request)
    return {"record": texts.record, "words": texts.words, "reason": texts.reason, "extension": texts.extension}


def _why(hold: LegalHold) -> Mapping[str, str]:
    return {"why": request_cipher().decrypt(bytes(hold.why_encrypted))}


def erase(client: Client, erasing: Erasing) -> None:
    """What was said of looks at their dossier, what they asked, and that they stood on a list to be erased."""
    erasing.erase_single(_judgements(client))
    erasing.erase(RightsRequest.objects.filter(client=client))
    erasing.erase(LegalHold.objects.filter(client=client))
    lines = DestructionLine.objects.filter(client=client).select_related("destruction")
    for line in lines:
        _counted(line)
    gone, _by_model = lines.delete()
    erasing.gone["privacy.destructionline"] = erasing.gone.get("privacy.destructionline", 0) + gone


def _counted(line: DestructionLine) -> None:
    """A list that was confirmed counts whom it named, whichever way they went; a proposal is of one less."""
    listed = Destruction.objects.filter(pk=line.destruction_id)
    if line.destruction.confirmed_id is not None:
        listed.update(erased=F("erased") + 1)
        return
    counts = Counter(line.destruction.by_outcome)
    counts[line.outcome] -= 1
    listed.update(people=F("people") - 1, by_outcome=dict(+counts))


def _judgements(client: Client) -> QuerySet[Judgement]:
    about = looks_at([client.reference]).filter(subject=pseudonym_of(client.reference))
    places = set(about.values_list("chain", "position"))
    rows = Judgement.objects.filter(chain__in={chain for chain, _position in places})
    own = [row.pk for row in rows if (row.chain, row.position) in places]
    return Judgement.objects.filter(pk__in=own)
