"""Keeping working lists, and marking clients."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from opstap.accounts.models import Team
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.permissions import require_reach
from opstap.foundation import dates
from opstap.selections.logic import Criteria
from opstap.selections.models import ClientMark, WorkingList
from opstap.selections.selectors import note_cipher, teams_of


def keep_list(*, by: Actor, name: str, criteria: Criteria, team: Team | None = None) -> WorkingList:
    """Keep what is asked of a list under a name, or anew under a name one had; shared with a team one is in."""
    by.require("see_clients")
    user_id = _person(by)
    if team is not None and team not in teams_of(by, dates.today()):
        message = "not one's own team"
        raise PermissionDenied(message)
    with writing(by=by, verb="keep_list"):
        kept, _made = WorkingList.objects.update_or_create(
            owner_id=user_id,
            municipality_id=by.municipality_id or 0,
            name=name.strip(),
            defaults={"query": criteria.kept.query, "team": team},
        )
    return kept


def remove_list(*, by: Actor, reference: str) -> None:
    """Remove a list of one's own."""
    by.require("see_clients")
    with writing(by=by, verb="remove_list"):
        WorkingList.objects.filter(owner=_person(by), municipality=by.municipality_id, reference=reference).delete()


def mark_client(*, by: Actor, client: Client, starred: bool, note: str) -> None:
    """Put a star and a note on a client, for oneself alone; without either the mark is gone."""
    by.require("see_clients")
    require_reach(by, [client.pk])
    user_id, words = _person(by), note.strip()
    sealed = note_cipher().encrypt(words) if words else None
    with writing(by=by, verb="mark_client", about=client.reference):
        if not starred and sealed is None:
            ClientMark.objects.filter(user=user_id, client=client).delete()
            return
        ClientMark.objects.update_or_create(
            user_id=user_id,
            client=client,
            defaults={"starred": starred, "note_encrypted": sealed, "changed_at": dates.now()},
        )


def _person(by: Actor) -> int:
    """Lists and marks are somebody's own."""
    if by.user_id is None:
        message = "only a person has lists and marks"
        raise PermissionDenied(message)
    return by.user_id
