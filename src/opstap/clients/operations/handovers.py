"""Handing clients over to a colleague: asking, accepting, refusing, revoking. Until it is accepted nothing changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied

from opstap.accounts.logic import caseload_roles
from opstap.accounts.models import RoleHolding, TeamMembership, User
from opstap.accounts.permissions import require_here
from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.enums import Asked
from opstap.clients.logic.handing import AnsweredMeanwhile, HandingRefused, HandoverRow
from opstap.clients.models import Assignment, Client, Handover
from opstap.clients.operations.assigning import Share, shift_of, write_shift
from opstap.clients.permissions import PART, require_reach
from opstap.clients.selectors.handing import still_offered
from opstap.clients.selectors.same_person import kept_client, whose
from opstap.clients.selectors.sealing import sealed_words, words_cipher, words_of_now
from opstap.clients.selectors.withheld import withheld_from
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.municipality.logic import FORMER_READS_DAYS
from opstap.municipality.selectors import setting_on

REASON = "transferred"


@dataclass(frozen=True)
class Accepted:
    """How many clients came over, and how many did not: in somebody else's caseload by then, or kept from the one."""

    clients: int
    left: int


def request_handovers(
    *, by: Actor, client_ids: Sequence[int], receivers: Sequence[User], from_on: date, note: str
) -> list[str]:
    """Ask colleagues to take over clients of one's own caseload, dealt out evenly; the references to ask them under.

    HandingRefused when a client is not in the own caseload, was asked of somebody already or goes to somebody else
    later, or a receiver can't be one.
    """
    by.require("hand_over")
    require_reach(by, client_ids)
    giver = by.user_id
    wanted = list(dict.fromkeys(client_ids))
    if giver is None or not wanted or not receivers:
        code = "nobody"
        raise HandingRefused(code)
    if _own_among(giver, wanted) != set(wanted):
        code = "not_in_caseload"
        raise HandingRefused(code)
    require_colleagues(by, receivers)
    sealed = sealed_words(note)
    batches = [new_reference() for _one in receivers]
    rows = [
        HandoverRow(
            client_id, batches[place % len(receivers)], giver, receivers[place % len(receivers)].pk, from_on,
            Asked.OPEN, note_encrypted=sealed, note_key=words_cipher().key_id if sealed else "",
        )
        for place, client_id in enumerate(wanted)
    ]  # fmt: skip
    with writing(by=by, verb="request_handover", count=len(rows)) as recording:
        asked = _asked_among(wanted)
        if asked:
            code = "asked_already"
            raise HandingRefused(code, asked)
        append_facts(Handover, rows, recording=recording)
        offered = still_offered(dates.today()).filter(batch__in=batches)
        elsewhere = frozenset(wanted) - set(offered.values_list("whose", flat=True))
        if elsewhere:
            code = "goes_elsewhere"
            raise HandingRefused(code, elsewhere)
    return batches[: len(wanted)]


def accept_handover(*, by: Actor, batch: str) -> Accepted:
    """Take over what one was asked: from its day on the clients are in one's own caseload.

    Whoever went to somebody else meanwhile or goes there later stays so, and who is kept from the receiver stays where
    they are.
    AnsweredMeanwhile when it was answered or revoked before; HandingRefused for who has no caseload here any more.
    """
    by.require("hand_over")
    with writing(by=by, verb="accept_handover", about=batch) as recording:
        rows = _waiting(batch)
        require_asked(by, rows)
        first, today = rows[0], dates.today()
        receiver = first.receiver_id
        _require_caseload(receiver, first.client.municipality_id)
        from_on = max(first.from_on, today)
        offered = Client.objects.filter(pk__in=still_offered(today).filter(batch=batch).values("whose"))
        still = set(offered.exclude(withheld_from(receiver, today)).values_list("pk", flat=True))
        days = int(setting_on(first.client.municipality_id, FORMER_READS_DAYS, today))
        reads_until = from_on + timedelta(days=days) if days else None
        until = dict.fromkeys(still, reads_until)
        answered = [_answered(row, Asked.ACCEPTED, reads_until=until.get(whose(row))) for row in rows]
        append_facts(Handover, answered, recording=recording)
        teams = _teams_for(receiver, still, first.client.municipality_id)
        write_shift(shift_of([Share(pk, receiver, teams[pk]) for pk in sorted(still)], from_on, REASON), recording)
    return Accepted(len(still), len({whose(row) for row in rows} - still))


def refuse_handover(*, by: Actor, batch: str, why: str) -> None:
    """Leave the clients where they are, and say why."""
    by.require("hand_over")
    with writing(by=by, verb="refuse_handover", about=batch) as recording:
        rows = _waiting(batch)
        require_asked(by, rows)
        append_facts(Handover, [_answered(row, Asked.REFUSED, why=why) for row in rows], recording=recording)


def revoke_handover(*, by: Actor, batch: str) -> None:
    """Ask it no longer."""
    by.require("hand_over")
    with writing(by=by, verb="revoke_handover", about=batch) as recording:
        rows = _waiting(batch)
        require_asked(by, rows, by_whom=True)
        append_facts(Handover, [_answered(row, Asked.REVOKED) for row in rows], recording=recording)


def require_colleagues(by: Actor, users: Collection[User], roles: Collection[str] | None = None) -> None:
    """HandingRefused unless each is another case manager of the same municipality who works there today."""
    held = RoleHolding.objects.active_on(dates.today()).filter(
        role__in=caseload_roles() if roles is None else roles, municipality=by.municipality_id
    )
    working = set(held.filter(user__in=users, user__is_active=True).values_list("user", flat=True))
    if by.user_id in working or {user.pk for user in users} != working:
        code = "not_a_colleague"
        raise HandingRefused(code)


def _require_caseload(user_id: int, municipality_id: int) -> None:
    """Who was asked as a case manager may be one no longer: the clients would be in a caseload that is nowhere."""
    held = RoleHolding.objects.active_on(dates.today()).filter(user=user_id, municipality=municipality_id)
    if not held.filter(role__in=caseload_roles()).exists():
        code = "no_caseload"
        raise HandingRefused(code)


def require_asked(by: Actor, rows: Collection[Handover], *, by_whom: bool = False) -> None:
    """Only the one who was asked, or who asked, while they work in the municipality of these clients: whose clients
    they are was looked at when it was asked.
    """
    for municipality_id in {row.client.municipality_id for row in rows}:
        require_here(by, municipality_id)
    if any((row.giver_id if by_whom else row.receiver_id) != by.user_id for row in rows):
        message = "not asked of this actor"
        raise PermissionDenied(message)


def _waiting(batch: str) -> list[Handover]:
    waiting = Handover.objects.waiting().filter(batch=batch).annotate(whose=kept_client())
    rows: list[Handover] = list(waiting.select_related("receiver", "client").order_by("pk"))
    if not rows:
        raise AnsweredMeanwhile
    return rows


def _own_among(worker_id: int, client_ids: Collection[int]) -> set[int]:
    """Those of these clients who are in the caseload of the worker today."""
    own = Assignment.objects.for_caseload_of(worker_id, dates.today()).annotate(whose=kept_client())
    return set(own.values_list("whose", flat=True)) & set(client_ids)


def _asked_among(client_ids: Sequence[int]) -> frozenset[int]:
    """Those of these clients who wait for an answer already; what a former case manager asked waits for nothing."""
    parts = (client_ids[start : start + PART] for start in range(0, len(client_ids), PART))
    offered = still_offered(dates.today())
    return frozenset(pk for part in parts for pk in offered.filter(whose__in=part).values_list("whose", flat=True))


def _teams_for(worker_id: int, client_ids: Collection[int], municipality_id: int) -> dict[int, int | None]:
    """The team in which the worker gets each: that of the client where the worker is in it too, else the first."""
    today = dates.today()
    joined = TeamMembership.objects.active_on(today).filter(user=worker_id, team__municipality=municipality_id)
    teams = set(joined.values_list("team", flat=True))
    held = Assignment.objects.active_on(today).filter(team__in=teams).annotate(whose=kept_client())
    now = {client: team for client, team in held.values_list("whose", "team") if client in client_ids}
    return {pk: now.get(pk, min(teams, default=None)) for pk in client_ids}


def _answered(row: Handover, state: Asked, *, why: str = "", reads_until: date | None = None) -> HandoverRow:
    given = {field.name: getattr(row, field.name) for field in fields(HandoverRow)}
    note, answer = words_of_now(row.note_encrypted), sealed_words(why)
    return replace(
        HandoverRow(**given), state=state, reads_until=reads_until, note_encrypted=note, answer_encrypted=answer,
        note_key=words_cipher().key_id if note or answer else "", replaces_id=row.pk,
    )  # fmt: skip
