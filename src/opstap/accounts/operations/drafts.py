"""Keeping what somebody is writing until they save it or throw it away."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from opstap.accounts.models import Draft
from opstap.accounts.selectors.drafts import KEPT_DAYS, draft_cipher
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates


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


def empty_old_drafts(*, by: Actor) -> int:
    """Remove drafts that nobody came back to; returns how many."""
    by.require("manage_accounts")
    old = Draft.objects.filter(saved_at__lte=dates.now() - timedelta(days=KEPT_DAYS))
    if not old.exists():
        return 0
    with writing(by=by, verb="empty_old_drafts"):
        return old.delete()[0]
