"""What a page that gives clients to somebody was opened on, and what it shows when a colleague assigned one of them."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.http import HttpRequest

from opstap.accounts.permissions import actor_of, municipality_of
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Assignment
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.assigned import KIND, Moved, assigned_to, moved_since
from opstap.dossier.selectors.offered import names_of
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import NONE, VERSION, Conflict, Line, Opened, saved_by
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.foundation.versions import version_of_values

MOST_TOLD = 50
BEFORE = "."  # the number of the recording: whoever meets a colleague hears what was said after it


def opened_on(client_ids: Collection[int], recording: int, *, beside: bool = False) -> Opened:
    """A page that is shown for the first time."""
    return Opened(f"{version_of_values(KIND, assigned_to(client_ids, beside=beside))}{BEFORE}{recording}")


def sent_on(request: HttpRequest) -> Opened:
    """What the page was opened on that is sent; empty when it does not say."""
    return Opened(request.POST.get(VERSION, ""))


def version_in(state: Opened) -> str:
    """Of that what an operation compares."""
    return state.version.partition(BEFORE)[0]


def met(
    request: HttpRequest,
    client_ids: Collection[int],
    concerns: Callable[[Moved], bool],
    *,
    beside: bool = False,
) -> Opened:
    """Who was assigned while the page was open, with whom they were and are, and who did it: only of whom the reader
    may see.
    """
    actor, today = actor_of(request), dates.today()
    number = sent_on(request).version.partition(BEFORE)[2]
    moved = moved_since(int(number), municipality_of(request).pk, today, beside=beside) if number.isdecimal() else []
    told = {one.client_id: one for one in moved if concerns(one)}
    clients = list(visible_clients(actor).filter(pk__in=told)[:MOST_TOLD]) if told else []
    by_reference = {one.reference: told[one.pk] for one in clients}
    lines = [
        Line(name, _whom(by_reference[reference].was), _whom(by_reference[reference].now), "", touched=False)
        for reference, name in names_of(clients)
    ]
    seen = {one.pk for one in clients}
    last = next((one.said for one in told.values() if one.client_id in seen), None)
    state = opened_on(client_ids, latest_recording(), beside=beside)
    return Opened(state.version, Conflict(saved_by(last), tuple(lines), corrects=False))


def _whom(row: Assignment | None) -> str:
    if row is None or (row.worker is None and row.team is None):
        return NONE
    name = row.worker.name if row.worker is not None else row.team.name if row.team is not None else NONE
    return f"{name}, {day(row.starts_on)}" if row.starts_on > dates.today() else name
