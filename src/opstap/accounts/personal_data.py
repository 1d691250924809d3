"""What this room holds about one client: drafts of forms about them, found by the client's reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from django.db.models import Q

from opstap.accounts.enums import FactorKind
from opstap.accounts.models import Draft, SecondFactor
from opstap.accounts.selectors import draft_cipher
from opstap.accounts.selectors.drafts import SENT_LATE
from opstap.accounts.selectors.factors import factor_cipher
from opstap.audit.operations import Erasing
from opstap.audit.personal_data import HeldRow, held_rows
from opstap.audit.selectors.sealed import SealedTable, sealed_by


class Followed(Protocol):
    """A client, as far as this room knows them."""

    @property
    def reference(self) -> str:
        """The opaque reference."""


SEALED = {
    "accounts.draft": SealedTable(Draft.objects.all, sealed_by(draft_cipher, "content")),
    "accounts.secondfactor": SealedTable(  # of a recovery code there is a digest only: it can't be made anew
        SecondFactor.objects.exclude(kind=FactorKind.RECOVERY).all, sealed_by(factor_cipher, "content")
    ),
}


def personal_data_of(client: Followed) -> list[HeldRow]:
    """Every draft about the client, whoever writes it, in the clear."""
    return held_rows(Draft.objects.filter(about__startswith=client.reference), opened=_content)


def _content(draft: Draft) -> Mapping[str, str | None]:
    return {"content": draft_cipher().decrypt(bytes(draft.content))}


def erase(client: Followed, erasing: Erasing) -> None:
    """Every draft about the client, whoever writes it; and every form that was sent too late, as any may name them.

    Those are kept for an hour: whoever waits to send one then fills it in again.
    """
    named = Q(about__startswith=client.reference) | Q(kind__startswith=f"{SENT_LATE}.")
    gone, _by_model = Draft.objects.filter(named).delete()
    erasing.gone["accounts.draft"] = erasing.gone.get("accounts.draft", 0) + gone
