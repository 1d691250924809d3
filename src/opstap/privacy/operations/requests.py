"""Writing what clients ask about their own data: noted, given more time, answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from opstap.audit.operations import append_facts, require_standing, writing
from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.permissions import require_reach
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.privacy.enums import RequestKind, RequestOutcome
from opstap.privacy.logic.requests import EXTENSION_MONTHS, RequestRow, RequestTexts, months_after
from opstap.privacy.models import RightsRequest
from opstap.privacy.selectors.records import permission_to_correct
from opstap.privacy.selectors.requests import opened_texts, request_cipher, request_row, sealed_texts


class RequestRefused(Exception):
    """A request that can't be saved so; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def note_request(
    *,
    by: Actor,
    client: Client,
    kind: RequestKind,
    received_on: date,
    words: str,
    about: str = "",
    about_row: int | None = None,
    record: str = "",
) -> str:
    """Note what somebody asks. It is to be answered within a month. Returns its reference.

    A request to correct a record beside it can be noted by whoever may record about the client.
    """
    if not (about and kind is RequestKind.CORRECTION and by.may("record_clients")):
        by.require("answer_requests")
    require_reach(by, {client.pk})
    if received_on > dates.today():
        raise RequestRefused("received_later")
    row = RequestRow(
        client_id=client.pk,
        reference=new_reference(),
        kind=kind.value,
        received_on=received_on,
        due_on=months_after(received_on, 1),
        texts_encrypted=sealed_texts(RequestTexts(words=words.strip(), record=record)),
        texts_key=request_cipher().key_id,
        worker_id=by.user_id,
        about=about,
        about_row=about_row,
    )
    with writing(by=by, verb="note_request", about=row.reference) as recording:
        append_facts(RightsRequest, [row], recording=recording)
    return row.reference


def extend_request(*, by: Actor, request: RightsRequest, why: str) -> None:
    """Take two months more, once, because it is hard. Why is kept: the client is told within the first month."""
    by.require("answer_requests")
    require_reach(by, {request.client_id})
    texts = opened_texts(request)
    if request.outcome:
        raise RequestRefused("answered_already")
    if texts.extension:
        raise RequestRefused("extended_already")
    if not why.strip():
        raise RequestRefused("reason_missing")
    row = _renewed(by, request, replace(texts, extension=why.strip()))
    row = replace(row, due_on=months_after(request.received_on, 1 + EXTENSION_MONTHS))
    with writing(by=by, verb="extend_request", about=request.reference) as recording:
        require_standing(RightsRequest, [request.pk])
        append_facts(RightsRequest, [row], recording=recording)


def answer_request(
    *, by: Actor, request: RightsRequest, outcome: RequestOutcome, settled_on: date, reason: str
) -> None:
    """Say what came of it. Whoever does not do all that was asked says why: the client can complain about it.

    What is asked beside a record is decided by whoever may correct that record too, always with the reason.
    """
    if not (request.about and by.may(permission_to_correct(request.about))):
        by.require("answer_requests")
    require_reach(by, {request.client_id})
    if request.outcome:
        raise RequestRefused("answered_already")
    needs_reason = bool(request.about) or outcome in {RequestOutcome.PARTLY, RequestOutcome.REFUSED}
    if needs_reason and not reason.strip():
        raise RequestRefused("reason_missing")
    if not request.received_on <= settled_on <= dates.today():
        raise RequestRefused("answered_before")
    texts = replace(opened_texts(request), reason=reason.strip())
    row = replace(_renewed(by, request, texts), outcome=outcome.value, settled_on=settled_on)
    with writing(by=by, verb="answer_request", about=request.reference) as recording:
        require_standing(RightsRequest, [request.pk])
        append_facts(RightsRequest, [row], recording=recording)


def _renewed(by: Actor, request: RightsRequest, texts: RequestTexts) -> RequestRow:
    return replace(
        request_row(request),
        texts_encrypted=sealed_texts(texts),
        texts_key=request_cipher().key_id,
        worker_id=by.user_id or request.worker_id,
        replaces_id=request.pk,
    )
