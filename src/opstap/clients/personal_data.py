"""What this room holds about one client, and the registry in which every room that holds something stands.

And every room that erases what it holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from django.apps import apps
from django.db.models import Q

from opstap.audit.models import Fact, FactQuerySet
from opstap.audit.operations import Erasing
from opstap.audit.personal_data import HeldRow, held_rows
from opstap.audit.selectors.sealed import SealedTable, sealed_by
from opstap.clients.models import (
    Acquaintance,
    Address,
    Admission,
    Alias,
    Application,
    Arrangement,
    Assignment,
    Barrier,
    BenefitSpell,
    BrokenGlass,
    BsnHolder,
    CallBack,
    CaseNumber,
    Client,
    Exemption,
    FinerBarrier,
    FollowUp,
    GlassReview,
    Handover,
    Household,
    HouseholdComposition,
    HouseholdMember,
    KeptValue,
    Membership,
    Person,
    PersonAround,
    Priority,
    Protection,
    StandIn,
    Trait,
)
from opstap.clients.selectors.bsn import bsn_cipher, holder_anew, holders_by_other_digests, person_anew
from opstap.clients.selectors.sealing import kind_cipher, opened_kind, opened_words, words_cipher
from opstap.foundation.registry import Registry

PersonalDataOf = Callable[[Client], list[HeldRow]]
Erase = Callable[[Client, Erasing], None]

rooms_with_personal_data: Registry[PersonalDataOf] = Registry("rooms with personal data")
rooms_that_erase: Registry[Erase] = Registry("rooms that erase")

_FACTS = (
    Address, FollowUp, Application, BenefitSpell, Assignment, Exemption, Barrier, Trait, Membership, HouseholdMember,
    KeptValue, PersonAround, Arrangement, CaseNumber, Alias,
    Protection, Admission, Acquaintance,
)  # fmt: skip


SEALED = {
    "clients.person": SealedTable(Person.objects.all, person_anew),
    "clients.bsnholder": SealedTable(holders_by_other_digests, holder_anew),
    "clients.finerbarrier": SealedTable(
        FinerBarrier.objects.all, sealed_by(kind_cipher, "kind_encrypted", key="kind_key")
    ),
    **{
        model._meta.label_lower: SealedTable(
            FactQuerySet[Fact](model).all, sealed_by(words_cipher, "note_encrypted", "answer_encrypted", key="note_key")
        )
        for model in (Handover, StandIn)
    },
    **{
        model._meta.label_lower: SealedTable(
            FactQuerySet[Fact](model).all, sealed_by(words_cipher, "note_encrypted", key="note_key")
        )
        for model in (CallBack, BrokenGlass, GlassReview, Priority)
    },
}


def personal_data_of(client: Client) -> list[HeldRow]:
    """Every row about the client, corrected and withdrawn ones too, the BSN decrypted.

    Of a household: what it was in the client's time there, and the client's own place in it; the other members are
    rows about them.
    """
    found = held_rows(Client.objects.filter(pk=client.pk))
    found += held_rows(Person.objects.filter(client=client), opened=_bsn)
    found += held_rows(BsnHolder.objects.filter(client=client))
    found += held_rows(BrokenGlass.objects.filter(client=client), opened=_why)
    found += held_rows(GlassReview.objects.filter(client=client), opened=_why)
    found += held_rows(CallBack.objects.filter(client=client), opened=_called)
    found += held_rows(Priority.objects.filter(client=client), opened=_why)
    found += held_rows(Handover.objects.filter(client=client), opened=_words)
    for model in _FACTS:
        found += held_rows(FactQuerySet(model).filter(client=client))
    found += held_rows(FinerBarrier.objects.filter(client=client), opened=_finer)
    lived_in = Q(members__client=client)
    found += held_rows(Household.objects.filter(lived_in).distinct())
    found += held_rows(HouseholdComposition.objects.filter(pk__in=_lived_through(client)))
    return found


def _lived_through(client: Client) -> list[int]:
    """What the client's households were while the client lived there: before and after, it is of others."""
    found: list[int] = []
    for stay in HouseholdMember.objects.current().filter(client=client):
        kinds = HouseholdComposition.objects.filter(household=stay.household_id)
        kinds = kinds.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=stay.starts_on))
        if stay.ends_on is not None:
            kinds = kinds.filter(starts_on__lt=stay.ends_on)
        found += kinds.values_list("pk", flat=True)
    return found


def _words(row: Handover) -> Mapping[str, str]:
    return {"note": opened_words(row.note_encrypted), "answer": opened_words(row.answer_encrypted)}


def _why(row: BrokenGlass | GlassReview | Priority) -> Mapping[str, str]:
    return {"note": opened_words(row.note_encrypted)}


def _finer(row: FinerBarrier) -> Mapping[str, str]:
    return {"kind": opened_kind(row.kind_encrypted), "barrier": row.barrier.kind}


def _called(row: CallBack) -> Mapping[str, str]:
    phone, text = json.loads(opened_words(row.note_encrypted))
    return {"phone": phone, "note": text}


def _bsn(person: Person) -> Mapping[str, str | None]:
    sealed = person.bsn_encrypted
    return {"bsn": None if sealed is None else bsn_cipher().decrypt(bytes(sealed))}


def erase(client: Client, erasing: Erasing) -> None:
    """Every row about the client, and the household that nobody else ever lived in."""
    households = Household.objects.filter(members__client=client)
    shared = Household.objects.filter(members__in=HouseholdMember.objects.exclude(client__in=erasing.client_ids))
    alone = list(households.exclude(pk__in=shared.values("pk")).values_list("pk", flat=True))
    erasing.erase_single(HouseholdComposition.objects.filter(household__in=alone))
    for model in apps.get_app_config("clients").get_models():
        if issubclass(model, Fact) and any(field.name == "client" for field in model._meta.concrete_fields):
            erasing.erase(FactQuerySet(model).filter(client=client))
    erasing.erase(Alias.objects.filter(kept=client, client__in=erasing.client_ids))
    held, _by_model = BsnHolder.objects.filter(client=client).delete()
    erasing.gone["clients.bsnholder"] = erasing.gone.get("clients.bsnholder", 0) + held
    erasing.erase_single(Household.objects.filter(pk__in=alone))
    erasing.erase(Client.objects.filter(pk=client.pk))
