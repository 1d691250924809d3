"""Terms, legal holds, and lists of dossiers to erase: proposed by one, above fifty confirmed by another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from opstap.audit.logic.seen import note_listed
from opstap.audit.models import Recording
from opstap.audit.operations import ReplacedMeanwhile, append_facts, require_unchanged, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Client
from opstap.clients.permissions import require_reach
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality
from opstap.privacy.logic.retention import STARTS, Term, shipped_terms
from opstap.privacy.models import Destruction, DestructionLine, LegalHold, RetentionRule
from opstap.privacy.operations.erasing import HeldBack, erase_client
from opstap.privacy.operations.traces import leave_no_trace_later, write_anew_later
from opstap.privacy.selectors.destruction import CONFIRMED, dossiers_on, lines_for, needs_second
from opstap.privacy.selectors.requests import request_cipher
from opstap.privacy.selectors.retention import HOLDS, TERM, due_for, holding, holds_on, last_term_change

ALONE = 50  # so many dossiers at most may one person erase in a week without a second


class DestructionRefused(Exception):
    """A list that can't be made or confirmed so; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A term as it is written."""

    municipality_id: int
    outcome: str
    years: int
    starts_at: str
    source: str
    starts_on: date
    ends_on: date | None = None
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A legal hold as it is written."""

    client_id: int
    why_encrypted: bytes
    why_key: str
    starts_on: date
    ends_on: date | None = None
    replaces_id: int | None = None


def change_term(
    *, by: Actor, municipality: Municipality, term: Term, since: date, opened_on: str | None = None
) -> None:
    """Another term for dossiers of an outcome, from a day on; what held before stays as it was.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when somebody else changed the term since.
    """
    by.require("destroy_dossiers")
    if term.outcome not in shipped_terms() or term.starts_at not in STARTS or not term.source.strip():
        raise DestructionRefused("term_not_understood")
    if since < dates.today():
        raise DestructionRefused("term_in_the_past")  # what was erased by a term keeps it on its certificate
    own = RetentionRule.objects.current().filter(municipality=municipality, outcome=term.outcome)
    with writing(by=by, verb="change_term", about=term.outcome) as recording:
        require_unchanged(TERM, last_term_change(municipality.pk, term.outcome), opened_on)
        later = list(own.filter(starts_on__gte=since).values_list("pk", flat=True))
        withdraw_facts(RetentionRule, later, recording=recording)
        rows = [
            RuleRow(
                one.municipality_id, one.outcome, one.years, one.starts_at, one.source, one.starts_on, since, one.pk
            )
            for one in own.filter(starts_on__lt=since)
            if one.ends_on is None or one.ends_on > since
        ]
        new = RuleRow(municipality.pk, term.outcome, term.years, term.starts_at, term.source.strip(), since)
        append_facts(RetentionRule, rows, recording=recording)
        append_facts(RetentionRule, [new], recording=recording)


def hold_dossier(*, by: Actor, client: Client, why: str, until: date | None, opened_on: str | None = None) -> None:
    """Keep a dossier from being erased until a day, or until it is let go.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when other holds stand by now.
    """
    by.require("destroy_dossiers")
    require_reach(by, {client.pk})
    if not why.strip():
        raise DestructionRefused("reason_missing")
    if until is not None and until <= dates.today():
        raise DestructionRefused("hold_in_the_past")
    row = HoldRow(client.pk, request_cipher().encrypt(why.strip()), request_cipher().key_id, dates.today(), until)
    with writing(by=by, verb="hold_dossier", about=client.reference) as recording:
        require_unchanged(HOLDS, holding(holds_on(client.pk, dates.today())), opened_on)
        append_facts(LegalHold, [row], recording=recording)


def let_go(*, by: Actor, client: Client, opened_on: str | None = None) -> None:
    """End the legal holds on somebody today, in whichever of their dossiers; `opened_on` as where one is held."""
    by.require("destroy_dossiers")
    require_reach(by, {client.pk})
    with writing(by=by, verb="let_go", about=client.reference) as recording:
        holds = holds_on(client.pk, dates.today())
        require_unchanged(HOLDS, holding(holds), opened_on)
        for one in holds:
            if one.starts_on == dates.today():
                withdraw_facts(LegalHold, [one.pk], recording=recording)
            else:
                why, key = bytes(one.why_encrypted), one.why_key
                row = HoldRow(one.client_id, why, key, one.starts_on, dates.today(), one.pk)
                append_facts(LegalHold, [row], recording=recording)


def propose_destruction(*, by: Actor, municipality: Municipality, outcome: str = "") -> Destruction:
    """Put everybody whose term has passed, and whom no hold keeps, on a list; or those of one outcome. Nothing is
    erased yet.
    """
    by.require("destroy_dossiers")
    with transaction.atomic():
        due = [one for one in due_for(by, municipality.pk, dates.today()) if not one.held]
        due = [one for one in due if outcome in {"", one.outcome}]
        if not due:
            raise DestructionRefused("nobody_due")
        require_reach(by, [one.client_id for one in due])
        reference = new_reference()
        with writing(by=by, verb="propose_destruction", about=reference, count=len(due)) as recording:
            made = Destruction.objects.create(
                reference=reference,
                municipality=municipality,
                proposed=recording,
                people=len(due),
                by_outcome=dict(Counter(one.outcome for one in due)),
            )
            DestructionLine.objects.bulk_create(
                [DestructionLine(destruction=made, client_id=one.client_id, outcome=one.outcome) for one in due]
            )
    return made


def confirm_destruction(*, by: Actor, destruction: Destruction) -> None:
    """Say that it may be done. Of more than fifty dossiers in a week the second is somebody else than who proposed."""
    by.require("destroy_dossiers")
    with transaction.atomic():
        found = _locked(by, destruction)
        if found.confirmed is not None:
            raise DestructionRefused("confirmed_already")
        dossiers = dossiers_on(found)
        if needs_second(by, found, ALONE):
            raise DestructionRefused("second_person_needed")
        with writing(by=by, verb=CONFIRMED, about=found.reference, count=dossiers) as recording:
            _keep(found, confirmed=recording)
    destruction.confirmed = recording


def drop_destruction(*, by: Actor, destruction: Destruction) -> None:
    """Take a list away of which nobody was erased yet."""
    by.require("destroy_dossiers")
    with transaction.atomic():
        found = _locked(by, destruction)
        if found.erased:
            raise DestructionRefused("erased_already")
        with writing(by=by, verb="drop_destruction", about=found.reference):
            found.delete()


def erase_listed(*, by: Actor, destruction: Destruction, most: int) -> int:
    """Erase the next dossiers of a confirmed list, each in a transaction of its own; returns how many are left.

    Whose hold began, or about whom anything was recorded meanwhile, goes off the list and stays. Who is beyond the
    actor's reach stays on it, for somebody else.
    """
    by.require("destroy_dossiers")
    if destruction.confirmed is None:
        raise DestructionRefused("not_confirmed")
    judged = latest_recording()
    due = {one.client_id for one in due_for(by, destruction.municipality_id, dates.today()) if not one.held}
    lines = list(lines_for(by, destruction)[:most])
    note_listed(line.client.reference for line in lines)
    for line in lines:
        with transaction.atomic():
            found = _locked(by, destruction)
            if not found.lines.filter(pk=line.pk).exists():
                continue  # a colleague who erases the same list was there before
            if line.client_id not in due or not _erased(by, found, line.client, judged):
                _stays(found, line)
    with transaction.atomic():
        found = _locked(by, destruction)
        left = found.lines.count()
        if not left and found.finished is None:
            with writing(by=by, verb="finish_destruction", about=found.reference, count=found.erased) as done:
                _keep(found, finished=done)
                leave_no_trace_later(found)
    if left:
        write_anew_later(destruction.reference)
    return left


def _locked(by: Actor, destruction: Destruction) -> Destruction:
    """The list as it is now; until the transaction ends nobody else confirms, drops or erases it."""
    standing = Destruction.objects.select_for_update(of=("self",)).filter(pk=destruction.pk)
    found = standing.select_related("proposed", "confirmed").first()
    if found is None or by.municipality_id not in {None, found.municipality_id}:
        raise DestructionRefused("list_gone")
    return found


def _stays(destruction: Destruction, line: DestructionLine) -> None:
    """Off the list: what the certificate counts by outcome is who was erased."""
    counts = Counter(destruction.by_outcome)
    counts[line.outcome] -= 1
    line.delete()
    _keep(destruction, by_outcome=dict(+counts))


def _erased(by: Actor, destruction: Destruction, client: Client, judged: int) -> bool:
    """Whether they went; that they did is counted where their line goes."""
    try:
        gone = erase_client(by=by, client=client, judged=judged)
    except (HeldBack, ReplacedMeanwhile):
        return False
    tables = Counter(destruction.by_table)
    tables.update(gone)
    _keep(destruction, by_table=dict(tables))
    return True


def _keep(destruction: Destruction, **values: dict[str, int] | Recording) -> None:
    for name, value in values.items():
        setattr(destruction, name, value)
    destruction.save(update_fields=list(values))
