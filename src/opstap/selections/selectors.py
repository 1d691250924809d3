"""Reads of the selections room: the lists that somebody can open, and their own marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.db.models import Q

from opstap.accounts.models import Team, TeamMembership
from opstap.audit.permissions import Actor
from opstap.foundation.crypto import Cipher
from opstap.selections.models import ClientMark, WorkingList


@dataclass(frozen=True)
class Mark:
    """A star, a note, or both."""

    starred: bool = False
    note: str = ""


@cache
def note_cipher() -> Cipher:
    """Encrypts the notes of marks, bound to that use."""
    return Cipher(settings.OPSTAP_KEYS.of("secret"), "mark")


def marks_of(user_id: int | None) -> Mapping[int, Mark]:
    """All marks of a worker, by client."""
    return {mark.client_id: _opened(mark) for mark in ClientMark.objects.filter(user=user_id)}


def starred(marks: Mapping[int, Mark]) -> frozenset[int]:
    """Whom somebody put a star on."""
    return frozenset(pk for pk, mark in marks.items() if mark.starred)


def mark_of(user_id: int | None, client_id: int) -> Mark:
    """The mark of a worker on one client; empty when there is none."""
    mark = ClientMark.objects.filter(user=user_id, client=client_id).first()
    return _opened(mark) if mark else Mark()


def lists_for(actor: Actor, teams: Collection[Team]) -> list[WorkingList]:
    """One's own lists of the municipality, and those shared with these teams: those one is in or leads (`teams_of`)."""
    shared = WorkingList.objects.filter(municipality=actor.municipality_id).filter(
        Q(owner=actor.user_id) | Q(team_id__in=[team.pk for team in teams])
    )
    return list(shared.select_related("owner").order_by("name", "pk"))


def teams_of(actor: Actor, day: date) -> list[Team]:
    """The teams of the municipality that somebody is in or leads: with these a list can be shared."""
    members = TeamMembership.objects.active_on(day).filter(user=actor.user_id, team__municipality=actor.municipality_id)
    return list(Team.objects.filter(Q(pk__in=actor.team_ids) | Q(pk__in=members.values("team"))))


def _opened(mark: ClientMark) -> Mark:
    sealed = mark.note_encrypted
    return Mark(mark.starred, "" if sealed is None else note_cipher().decrypt(bytes(sealed)))
