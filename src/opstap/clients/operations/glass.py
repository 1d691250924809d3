"""Breaking the glass of one dossier for a short time, ending that early, and judging it afterwards."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

from django.core.exceptions import PermissionDenied

from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.enums import GlassVerdict
from opstap.clients.logic.glass import REVIEW_DAYS, BrokenGlassRow, GlassRefused, GlassReviewRow
from opstap.clients.logic.handing import AnsweredMeanwhile
from opstap.clients.models import BrokenGlass, Client, GlassReview
from opstap.clients.permissions import knows, may_see_client, require_found, require_glass
from opstap.clients.selectors.glass import glass_to_judge
from opstap.clients.selectors.sealing import sealed_words, words_cipher
from opstap.foundation import dates
from opstap.foundation.dates.working import working_days_after
from opstap.foundation.references import new_reference
from opstap.municipality.logic import GLASS_MINUTES
from opstap.municipality.selectors import setting_on, words_on

REASONS = "glass_reason"


def break_glass(*, by: Actor, client: Client, reason: str, why: str) -> BrokenGlassRow:
    """Open one dossier to read, for an hour or what the setting says; only of whom one just asked whether known.

    GlassRefused without a reason and a why, or when it is open already, within reach or of somebody whom they know:
    it would open nothing.
    """
    by.require("break_the_glass")
    require_found(by, client)
    if by.user_id is None:
        raise PermissionDenied
    if not by.may_all and may_see_client(by, client):
        code = "within_reach"
        raise GlassRefused(code)
    if not by.may_all and knows(by, client):
        code = "known"
        raise GlassRefused(code)
    if reason not in words_on([REASONS], dates.today(), "nl")[1][REASONS]:
        code = "reason"
        raise GlassRefused(code)
    if not why.strip():
        code = "why"
        raise GlassRefused(code)
    minutes = int(setting_on(client.municipality_id, GLASS_MINUTES, dates.today()))
    reference, now = new_reference(), dates.now()
    row = BrokenGlassRow(
        client.pk, reference, by.user_id, reason, now, now + timedelta(minutes=minutes),
        working_days_after(dates.today(), REVIEW_DAYS), sealed_words(why), words_cipher().key_id,
    )  # fmt: skip
    with writing(by=by, verb="break_glass", about=reference) as recording:
        if BrokenGlass.objects.open_for(by.user_id, now).filter(client=client).exists():
            code = "open_already"
            raise GlassRefused(code)
        append_facts(BrokenGlass, [row], recording=recording)
    return row


def end_glass(*, by: Actor, reference: str) -> None:
    """Close it again before its time; only one's own, whatever one's role is by now.

    AnsweredMeanwhile when it is over already.
    """
    by.require("see_clients")
    now = dates.now()
    with writing(by=by, verb="end_glass", about=reference) as recording:
        own = BrokenGlass.objects.open_for(by.user_id or 0, now).filter(client__municipality=by.municipality_id or 0)
        row = own.filter(reference=reference).first()
        if row is None:
            raise AnsweredMeanwhile
        require_glass(by, row)
        given = {field.name: getattr(row, field.name) for field in fields(BrokenGlassRow)}
        append_facts(
            BrokenGlass, [replace(BrokenGlassRow(**given), closes_at=now, replaces_id=row.pk)], recording=recording
        )


def judge_glass(*, by: Actor, reference: str, verdict: GlassVerdict, remark: str) -> None:
    """Say whether it was right; of who finds it was not, with words. AnsweredMeanwhile when it was judged before."""
    by.require("judge_broken_glass")
    if verdict is not GlassVerdict.IN_ORDER and not remark.strip():
        code = "remark"
        raise GlassRefused(code)
    sealed = sealed_words(remark)
    with writing(by=by, verb="judge_glass", about=reference) as recording:
        standing = BrokenGlass.objects.current().filter(reference=reference).first()
        if standing is not None and GlassReview.objects.current().filter(glass=reference).exists():
            raise AnsweredMeanwhile
        row = glass_to_judge(by).filter(reference=reference).first()
        judged = require_glass(by, row)
        key = words_cipher().key_id if sealed else ""
        review = GlassReviewRow(judged.client_id, reference, by.user_id, verdict, sealed, key)
        append_facts(GlassReview, [review], recording=recording)
