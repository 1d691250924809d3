"""`/.well-known/security.txt` (RFC 9116): where a finder of a hole tells of it, as the installation says."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from opstap.foundation import dates

HOLDS = timedelta(days=90)  # the RFC asks for less than a year


@require_safe
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Not there while nobody is named: an address that nobody reads is worse than none."""
    contacts = [_address(contact) for contact in settings.OPSTAP_SECURITY_CONTACT]
    if not contacts:
        raise Http404
    expires = datetime.combine(dates.today() + HOLDS, time(), UTC)
    lines = [f"Contact: {contact}" for contact in contacts]
    lines += [f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: nl, en"]
    lines += [f"Policy: {settings.OPSTAP_SECURITY_POLICY}"] if settings.OPSTAP_SECURITY_POLICY else []
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _address(contact: str) -> str:
    """As a URI; a bare address is one of mail."""
    return contact if ":" in contact else f"mailto:{contact}"
