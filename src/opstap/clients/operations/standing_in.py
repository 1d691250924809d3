"""Standing in for an absent colleague: asking, arranging at once, accepting, refusing and revoking."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from django.core.exceptions import PermissionDenied

from opstap.accounts.logic import stand_in_roles
from opstap.accounts.models import TeamMembership, User
from opstap.accounts.selectors.towns import workers_of
from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.enums import Asked
from opstap.clients.logic.handing import AnsweredMeanwhile, HandingRefused, StandInRow, period_fault
from opstap.clients.models import StandIn
from opstap.clients.operations.handovers import require_colleagues
from opstap.clients.selectors.sealing import sealed_words, words_cipher, words_of_now
from opstap.foundation import dates
from opstap.foundation.references import new_reference


@dataclass(frozen=True)
class Absence:
    """Who is away, from a day until a day (exclusive)."""

    absent: User
    starts_on: date
    ends_on: date


def request_stand_in(*, by: Actor, absence: Absence, colleague: User, note: str) -> str:
    """Ask a colleague to stand in for oneself; its reference. HandingRefused when it can't be."""
    by.require("hand_over")
    if absence.absent.pk != by.user_id:
        raise PermissionDenied
    require_colleagues(by, [colleague], stand_in_roles())
    return _begun(by, absence, colleague, Asked.OPEN, note)


def arrange_stand_in(*, by: Actor, absence: Absence, colleague: User, note: str) -> str:
    """Let a colleague stand in at once, without being asked: by who leads the team of whoever is away."""
    by.require("assign_clients")
    if colleague.pk == absence.absent.pk:
        code = "not_a_colleague"
        raise HandingRefused(code)
    if not steers(by, absence.absent) or not steers(by, colleague):
        raise PermissionDenied
    require_colleagues(replace(by, user_id=None), [absence.absent])
    require_colleagues(replace(by, user_id=None), [colleague], stand_in_roles())
    return _begun(by, absence, colleague, Asked.ACCEPTED, note)


def accept_stand_in(*, by: Actor, reference: str) -> None:
    """Stand in from the first day on. AnsweredMeanwhile when it was answered or revoked before."""
    by.require("hand_over")
    with writing(by=by, verb="accept_stand_in", about=reference) as recording:
        row = _standing(by, reference, Asked.OPEN)
        if row.stand_in_id != by.user_id:
            raise PermissionDenied
        append_facts(StandIn, [_answered(row, Asked.ACCEPTED)], recording=recording)


def refuse_stand_in(*, by: Actor, reference: str, why: str) -> None:
    """Not stand in, and say why."""
    by.require("hand_over")
    with writing(by=by, verb="refuse_stand_in", about=reference) as recording:
        row = _standing(by, reference, Asked.OPEN)
        if row.stand_in_id != by.user_id:
            raise PermissionDenied
        append_facts(StandIn, [_answered(row, Asked.REFUSED, why)], recording=recording)


def revoke_stand_in(*, by: Actor, reference: str) -> None:
    """Ask it no longer, or end it: by whoever is away, whoever stands in, or who leads the team."""
    if not by.may("hand_over"):
        by.require("assign_clients")
    with writing(by=by, verb="revoke_stand_in", about=reference) as recording:
        row = _standing(by, reference, Asked.OPEN, Asked.ACCEPTED)
        own = row.absent_id == by.user_id or (row.stand_in_id == by.user_id and row.state == Asked.ACCEPTED)
        if not own and not (by.may("assign_clients") and steers(by, row.absent)):
            raise PermissionDenied
        append_facts(StandIn, [_answered(row, Asked.REVOKED)], recording=recording)


def steers(by: Actor, worker: User) -> bool:
    """Whether the worker is in a team that the actor leads, or of the municipality that they coordinate."""
    if by.may_all:
        return True
    if not workers_of(by.municipality_id or 0).filter(pk=worker.pk).exists():
        return False
    led = TeamMembership.objects.active_on(dates.today()).filter(user=worker, team_id__in=by.team_ids)
    return by.may("reach_municipality") or led.exists()


def _begun(by: Actor, absence: Absence, colleague: User, state: Asked, note: str) -> str:
    fault = period_fault(absence.starts_on, absence.ends_on, dates.today())
    if fault:
        raise HandingRefused(fault)
    sealed, reference = sealed_words(note), new_reference()
    row = StandInRow(
        reference, absence.absent.pk, colleague.pk, by.user_id, absence.starts_on, absence.ends_on, state,
        note_encrypted=sealed, note_key=words_cipher().key_id if sealed else "",
        municipality_id=absence.absent.municipality_id if by.municipality_id is None else by.municipality_id,
    )  # fmt: skip
    with writing(by=by, verb="request_stand_in", about=reference) as recording:
        same = (
            StandIn.objects.current()
            .within(row.municipality_id)
            .filter(absent=absence.absent, stand_in=colleague, ends_on__gt=absence.starts_on)
        )
        if same.filter(starts_on__lt=absence.ends_on, state__in=[Asked.OPEN, Asked.ACCEPTED]).exists():
            code = "asked_already"
            raise HandingRefused(code)
        append_facts(StandIn, [row], recording=recording)
    return reference


def _standing(by: Actor, reference: str, *states: Asked) -> StandIn:
    rows = StandIn.objects.current() if by.may_all else StandIn.objects.current().within(by.municipality_id)
    row = rows.filter(reference=reference, state__in=states).select_related("absent").first()
    if row is None:
        raise AnsweredMeanwhile
    return row


def _answered(row: StandIn, state: Asked, why: str = "") -> StandInRow:
    given = {field.name: getattr(row, field.name) for field in fields(StandInRow)}
    note, answer = words_of_now(row.note_encrypted), sealed_words(why)
    key = words_cipher().key_id if note or answer else ""
    return replace(
        StandInRow(**given), state=state, note_encrypted=note, answer_encrypted=answer, note_key=key, replaces_id=row.pk
    )
