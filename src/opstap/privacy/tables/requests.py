"""The register of requests as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opstap.privacy.models import RightsRequest
from opstap.privacy.tables.words import OUTCOMES, REQUEST_KINDS


@dataclass(frozen=True)
class RequestLine:
    """A request in words."""

    reference: str
    client_reference: str
    name: str
    number: str
    kind: str
    received_on: date
    due_on: date
    state: str
    is_late: bool
    is_open: bool
    by: str


def request_lines(requests: Iterable[RightsRequest], names: Mapping[int, str], today: date) -> list[RequestLine]:
    """The requests, with who it is about."""
    return [
        RequestLine(
            reference=one.reference,
            client_reference=one.client.reference,
            name=names.get(one.client_id, one.client.number),
            number=one.client.number,
            kind=str(REQUEST_KINDS[one.kind]),
            received_on=one.received_on,
            due_on=one.due_on,
            state=state_of(one, today),
            is_late=is_late(one, today),
            is_open=not one.outcome,
            by=str(one.worker) if one.worker else "",
        )
        for one in requests
    ]


def is_late(request: RightsRequest, today: date) -> bool:
    """Whether the answer should have been given."""
    return not request.outcome and request.due_on < today


def state_of(request: RightsRequest, today: date) -> str:
    """Where it stands."""
    if request.outcome:
        return str(OUTCOMES[request.outcome])
    return _("too late") if is_late(request, today) else _("waits for an answer")
