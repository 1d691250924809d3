"""Reads: which dossiers were merged into one, and who looks like somebody who is to be entered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from django.db.models import F, Q, QuerySet

from opstap.audit.logic.seen import note_listed, note_reason
from opstap.audit.models import FactQuerySet
from opstap.clients.logic.outside import MET
from opstap.clients.models import Address, Alias, BsnHolder, Client, Person
from opstap.clients.selectors.bsn import bsn_cipher, bsn_look_up, digests_renewed
from opstap.clients.selectors.same_person import kept_client
from opstap.clients.selectors.withheld import protected_on
from opstap.foundation import dates
from opstap.foundation.folding import folded_name

ALIKE = 0.7  # of the letters of two names, in their order


@dataclass(frozen=True, slots=True)
class MergedDossier:
    """A dossier that counts as another, and who said so when."""

    client_id: int
    number: str
    reference: str
    since: datetime
    by: str


def with_merged(visible: QuerySet[Client], reference: str) -> tuple[Client, list[MergedDossier]] | None:
    """The client at a reference and the dossiers that count as theirs; one query."""
    return merged_in(list(rows_with_merged(visible, reference)))


def rows_with_merged(visible: QuerySet[Client], reference: str) -> QuerySet[Client]:
    """That query: a row for each dossier that was ever merged into theirs, for `merged_in`."""
    said = {
        "merged_row": F("merged__pk"),
        "merged_undone": F("merged__withdrawn"),
        "merged_later": F("merged__replaced_by__pk"),
        "merged_client": F("merged__client"),
        "merged_number": F("merged__client__number"),
        "merged_reference": F("merged__client__reference"),
        "merged_at": F("merged__recording__at"),
        "merged_by": F("merged__recording__actor_name"),
    }
    return visible.filter(reference=reference).annotate(**said).order_by("merged__pk")


def merged_in(rows: Sequence[Any]) -> tuple[Client, list[MergedDossier]] | None:
    """What those rows say; None where there is nobody."""
    merged = [
        MergedDossier(row.merged_client, row.merged_number, row.merged_reference, row.merged_at, row.merged_by)
        for row in rows
        if row.merged_row is not None and not row.merged_undone and row.merged_later is None
    ]
    return (rows[0], merged) if rows else None


def in_dossiers_of(client_ids: Collection[int] | QuerySet[Any, Any]) -> Q:
    """Rows about these clients, in any of their dossiers."""
    merged = Alias.objects.current().filter(kept__in=client_ids)
    return Q(client__in=client_ids) | Q(client__in=merged.values("client"))


def with_a_dossier_among(client_ids: QuerySet[Any, Any]) -> Q:
    """The clients who have one of these dossiers: their own, or one that was merged into it."""
    return Q(pk__in=client_ids) | Q(pk__in=Alias.objects.current().filter(client__in=client_ids).values("kept"))


def in_dossiers_with(client_id: int) -> Q:
    """Rows about the person of this dossier, in any of their dossiers."""
    kept = Alias.objects.current().filter(client=client_id).values_list("kept", flat=True).first()
    return in_dossiers_of([client_id if kept is None else kept])


def merged_dossiers(client_ids: Collection[int] | None = None) -> dict[int, int]:
    """The dossiers of these people (of everybody for None) that were merged, each with the one it counts as."""
    aliases = Alias.objects.current()
    if client_ids is not None:
        kept = aliases.filter(client__in=client_ids).values("kept")
        aliases = aliases.filter(Q(client__in=client_ids) | Q(kept__in=client_ids) | Q(kept__in=kept))
    return dict(aliases.values_list("client", "kept"))


def merged_into(client: Client) -> QuerySet[Alias]:
    """The dossiers that count as this one."""
    return Alias.objects.current().filter(kept=client).select_related("client", "recording").order_by("pk")


def kept_of(visible: QuerySet[Client], reference: str) -> Client | None:
    """The dossier that the one at this reference was merged into, among those one may see."""
    return visible.filter(pk__in=Alias.objects.current().filter(client__reference=reference).values("kept")).first()


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Somebody who may be the same person, and why we think so."""

    reference: str
    name: str
    number: str
    birth_date: date | None
    same_birth: bool


def holder_of(municipality_id: int, bsn: str) -> int | None:
    """The client who has this BSN in one of their dossiers, whether one may see them or not."""
    held = BsnHolder.objects.filter(municipality=municipality_id, digest__in=bsn_look_up().digests(bsn))
    found: int | None = held.annotate(whose=kept_client()).values_list("whose", flat=True).first()
    return found


def saying_the_bsn_of_the_other(client: Client) -> list[Person]:
    """Of a merged dossier and the one it was merged into: who says a BSN that the other holds."""
    kept = Alias.objects.current().filter(client=client).values_list("kept", flat=True)
    both = [client.pk, *kept]
    said = Person.objects.current().filter(client__in=both, bsn_digest__isnull=False)
    bsns = {one.pk: bsn_cipher().decrypt(bytes(one.bsn_encrypted or b"")) for one in said}
    renewed = digests_renewed(bsns.values())
    holders = BsnHolder.objects.filter(client__in=both).values_list("digest", "client")
    holder = {renewed.get(bytes(digest), bytes(digest)): pk for digest, pk in holders}
    return [one for one in said if holder.get(bsn_look_up().digest(bsns[one.pk]), one.client_id) != one.client_id]


def look_alikes(
    visible: QuerySet[Client],
    *,
    surname: str,
    given_names: str,
    birth_date: date | None,
    postcode: str,
    house_number: str,
) -> list[LookAlike]:
    """Of those one may see: born on the same day with a name alike, or living at the same address.

    Who lives at a secret address is not told to who types that address in.
    """
    known = Person.objects.current().filter(client__in=visible).select_related("client")
    alike = _of_that_birth_and_name(known, surname, given_names, birth_date)
    found = {person.client_id: _look_alike(person, same_birth=True) for person in alike}
    if postcode.strip() and house_number.strip():
        spelled = {postcode.strip(), postcode.replace(" ", "").upper(), _spaced(postcode)}
        living = Address.objects.active_on(dates.today()).filter(
            postcode__in=spelled, house_number__iexact=house_number.strip(), is_secret=False
        )
        for person in known.filter(client__in=living.values("client")):
            found.setdefault(person.client_id, _look_alike(person, same_birth=False))
    return list(found.values())


def looks_like_another(
    municipality_id: int, reached: QuerySet[Client], *, surname: str, given_names: str, birth_date: date | None
) -> bool:
    """Whether somebody beyond one's reach was born on that day with a name alike. Who, is not told; an address that is
    typed says nothing of who lives there.
    """
    others = Person.objects.current().filter(client__municipality=municipality_id).exclude(client__in=reached)
    others = others.exclude(client__in=Client.objects.filter(protected_on(dates.today())))  # of them nothing is said
    found = _of_that_birth_and_name(others.select_related("client"), surname, given_names, birth_date)
    if found:
        note_listed(one.client.reference for one in found)  # the log knows of whom it was told
        note_reason(MET)
    return bool(found)


def _of_that_birth_and_name(
    persons: FactQuerySet[Person], surname: str, given_names: str, birth_date: date | None
) -> list[Person]:
    name = folded_name(surname, given_names)
    born = persons.filter(birth_date=birth_date) if birth_date else persons.none()
    return [one for one in born if names_alike(name, one.folded_name)]


def names_alike(name: str, other: str) -> bool:
    """Whether two folded names are so much alike that they may be of one person."""
    matcher = SequenceMatcher(None, name, other)
    # The first two are never less than the third, and told at once.
    return all(ratio() >= ALIKE for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))


def _spaced(postcode: str) -> str:
    bare = postcode.replace(" ", "").upper()
    return f"{bare[:4]} {bare[4:]}"


def _look_alike(person: Person, *, same_birth: bool) -> LookAlike:
    client = person.client
    note_listed([client.reference])
    return LookAlike(client.reference, person.list_name, client.number, person.birth_date, same_birth)


def references_of(client_ids: Collection[int]) -> list[str]:
    """Of these clients, for the access log alone: whether one may see them is for the gate."""
    return list(Client.objects.filter(pk__in=client_ids).values_list("reference", flat=True))
