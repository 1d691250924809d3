"""Keeping what somebody is writing until they save it or throw it away."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from opstap.accounts.models import Draft
from opstap.accounts.selectors.drafts import KEPT_DAYS, SENT_LATE, SENT_LATE_KEPT, draft_cipher, kind_of_late
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.once import new_key

ABOUT = 60  # as long as the column


def save_draft(*, by: Actor, kind: str, about: str, content: Mapping[str, Sequence[str]]) -> datetime:
    """Keep a form as it stands; returns the moment. Only the first time takes a recording: what follows is typing."""
    by.require("see_clients")
    plain = json.dumps({key: list(value) for key, value in content.items()})
    sealed, moment = draft_cipher().encrypt(plain), dates.now()
    kept = Draft.objects.filter(user=by.user_id, kind=kind, about=about).update(content=sealed, saved_at=moment)
    if not kept and by.user_id is not None:
        with writing(by=by, verb="save_draft", about=kind):
            Draft.objects.update_or_create(
                user_id=by.user_id, kind=kind, about=about, defaults={"content": sealed, "saved_at": moment}
            )
    return moment


def discard_draft(*, by: Actor, kind: str, about: str) -> None:
    """Throw a draft away, also when what it became was saved."""
    by.require("see_clients")
    drafts = Draft.objects.filter(user=by.user_id, kind=kind, about=about)
    if drafts.exists():
        with writing(by=by, verb="discard_draft", about=kind):
            drafts.delete()


def keep_sent_late(*, by: Actor, to: str, page: str, about: str, fields: Mapping[str, Sequence[str]]) -> None:
    """Keep a form that came in after its session was over, with a key of its own, so that it is saved once however
    often it is sent after all. The last one of somebody in a municipality holds; `about` is the reference of its page.
    """
    user_id = _require_somebody(by)
    said = {"to": to, "page": page, "once": new_key(), "fields": {name: list(given) for name, given in fields.items()}}
    kind, sealed = kind_of_late(by.municipality_id), draft_cipher().encrypt(json.dumps(said))
    with writing(by=by, verb="save_draft", about=SENT_LATE):
        Draft.objects.filter(user=user_id, kind=kind).delete()
        Draft.objects.create(user_id=user_id, kind=kind, about=about[:ABOUT], content=sealed, saved_at=dates.now())


def drop_sent_late(*, by: Actor, reference: str) -> None:
    """Throw such a form away, also when it was sent after all."""
    user_id = _require_somebody(by)
    drafts = Draft.objects.filter(user=user_id, kind=kind_of_late(by.municipality_id), reference=reference)
    if drafts.exists():
        with writing(by=by, verb="discard_draft", about=SENT_LATE):
            drafts.delete()


def _require_somebody(by: Actor) -> int:
    """What is kept for oneself asks no right of its own: whoever has a role here may, and nobody else."""
    if by.user_id is None or not any(by.may(one) for one in by.permissions):
        raise PermissionDenied(SENT_LATE)
    return by.user_id


def empty_old_drafts(*, by: Actor) -> int:
    """Remove drafts that nobody came back to; returns how many."""
    by.require("manage_accounts")
    now = dates.now()
    late = Q(kind__startswith=f"{SENT_LATE}.", saved_at__lte=now - SENT_LATE_KEPT)
    old = Draft.objects.filter(late | Q(saved_at__lte=now - timedelta(days=KEPT_DAYS)))
    if not old.exists():
        return 0
    with writing(by=by, verb="empty_old_drafts"):
        return old.delete()[0]
