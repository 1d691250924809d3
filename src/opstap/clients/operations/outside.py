"""Leaving a note for the worker of somebody who called, and having called back."""

from __future__ import annotations

from dataclasses import fields, replace

from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.enums import CallBackState
from opstap.clients.logic.handing import AnsweredMeanwhile
from opstap.clients.logic.outside import CallBackRow
from opstap.clients.models import CallBack, Client
from opstap.clients.permissions import require_found, require_reach
from opstap.clients.selectors.outside import sealed_call_back
from opstap.clients.selectors.sealing import sealed_words, words_cipher
from opstap.foundation.references import new_reference


def leave_call_back(*, by: Actor, client: Client, phone: str, text: str) -> str:
    """Ask whoever has the client to call back; its reference. Only of whom one just asked whether they are known."""
    by.require("find_outside_scope")
    require_found(by, client)
    row = CallBackRow(
        client.pk, new_reference(), by.user_id, CallBackState.OPEN,
        sealed_words(sealed_call_back(phone, text)), words_cipher().key_id,
    )  # fmt: skip
    with writing(by=by, verb="leave_call_back", about=row.reference) as recording:
        append_facts(CallBack, [row], recording=recording)
    return row.reference


def settle_call_back(*, by: Actor, reference: str) -> None:
    """The client was called back. AnsweredMeanwhile when somebody did so before."""
    by.require("see_clients")
    with writing(by=by, verb="settle_call_back", about=reference) as recording:
        row = CallBack.objects.waiting().filter(reference=reference).first()
        if row is None:
            raise AnsweredMeanwhile
        require_reach(by, [row.client_id])
        given = {field.name: getattr(row, field.name) for field in fields(CallBackRow)}
        done = replace(CallBackRow(**given), state=CallBackState.DONE, replaces_id=row.pk)
        append_facts(CallBack, [done], recording=recording)
