"""Judging a look, and forgetting what was judged when its term has passed."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied

from opstap.audit.models import Access
from opstap.audit.operations import erasing, writing
from opstap.audit.permissions import Actor
from opstap.municipality.models import Municipality
from opstap.privacy.enums import Verdict
from opstap.privacy.models import Judgement


class RemarkNeeded(Exception):
    """Whoever asks or finds misuse says in a few words what."""


def judge_look(*, by: Actor, municipality: Municipality, access: Access, verdict: Verdict, remark: str) -> Judgement:
    """Say of a look of somebody else whether it was in order; a later judgement stands beside the earlier one."""
    by.require("review_access_log")
    if access.user == by.reference:
        message = "one's own look"
        raise PermissionDenied(message)
    words = remark.strip()
    if verdict is not Verdict.IN_ORDER and not words:
        raise RemarkNeeded
    with writing(by=by, verb="judge_look", about=f"{access.chain}/{access.position}") as recording:
        return Judgement.objects.create(
            recording=recording,
            municipality=municipality,
            chain=access.chain,
            position=access.position,
            verdict=verdict.value,
            remark=words,
        )


def erase_old_judgements(*, by: Actor, before: datetime) -> int:
    """Erase what was judged before a moment; returns how many. It has the term of the log, from its own day on."""
    by.require("destroy_dossiers")
    count = 0
    for town in Municipality.objects.order_by("pk"):
        due = Judgement.objects.filter(municipality=town, recording__at__lt=before)
        found = due.count()
        if found:
            with (
                writing(by=by, verb="erase_judgements", count=found) as recording,
                erasing(recording=recording, municipality_id=town.pk, client_ids=(), references=()) as going_on,
            ):
                going_on.erase_single(Judgement.objects.filter(pk__in=list(due.values_list("pk", flat=True))))
        count += found
    return count
