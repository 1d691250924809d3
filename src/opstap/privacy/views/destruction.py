"""A list of dossiers to erase: confirmed, erased part by part, and at the end the certificate."""

from __future__ import annotations

from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.logic.seen import note_listed
from opstap.foundation import dates
from opstap.foundation.crypto import LedgerBroken
from opstap.foundation.documents import DocumentsUnavailable, as_pdf
from opstap.privacy.logic.retention import BACKUP_DAYS, outcome_words
from opstap.privacy.models import Destruction
from opstap.privacy.operations import ALONE, DestructionRefused, confirm_destruction, drop_destruction, erase_listed
from opstap.privacy.operations.traces import EMBEDDED
from opstap.privacy.selectors.destruction import lines_for, needs_second
from opstap.privacy.tables.certificate import certificate_html
from opstap.privacy.views.retention import REFUSALS, ROWS, above

AT_ONCE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@requires("destroy_dossiers")
def destruction(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is on it, what is to be done now, and what was done."""
    found = _found(request, reference)
    if request.method == "POST":
        return _done(request, found)
    language, actor, left = get_language() or "nl", actor_of(request), found.lines.count()
    reached = lines_for(actor, found)
    lines, within = list(reached[:ROWS]), reached.count()
    note_listed(line.client.reference for line in lines)
    context = {
        "found": found,
        "lines": [(line, outcome_words()[line.outcome].words(language)) for line in lines],
        "left": left,
        "within": within,
        "beyond": left - within,
        "outcomes": [(outcome_words()[key].words(language), count) for key, count in found.by_outcome.items()],
        "rows": sum(found.by_table.values()),
        "stayed": found.people - found.erased,
        "needs_other": found.confirmed is None and needs_second(actor, found, ALONE),
        "at_once": min(within, AT_ONCE),
        "backup_days": BACKUP_DAYS,
        "embedded": connection.vendor == EMBEDDED,
        "trail": [above(), {"label": _("List"), "url": ""}],
    }
    return render(request, "privacy/destruction.html", context)


@require_safe
@requires("destroy_dossiers")
def certificate(request: HttpRequest, reference: str) -> HttpResponse:
    """The certificate on paper, in Dutch whatever the language of the screen; only of a list that is done."""
    found = _found(request, reference)
    if found.finished is None:
        raise Http404
    try:
        with override("nl"):
            pdf = as_pdf(certificate_html(found))
    except DocumentsUnavailable as refused:
        return render(request, "no_documents.html", {"packages": " ".join(refused.packages)}, status=503)
    given = {"Content-Disposition": f'attachment; filename="vernietiging-{dates.today().isoformat()}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=given)


def _found(request: HttpRequest, reference: str) -> Destruction:
    own = Destruction.objects.filter(municipality=municipality_of(request), reference=reference)
    found = own.select_related("municipality", "proposed", "confirmed", "finished").first()
    if found is None:
        raise Http404
    return found


def _done(request: HttpRequest, found: Destruction) -> HttpResponse:
    actor, wanted = actor_of(request), request.POST.get("action", "")
    try:
        if wanted == "drop":
            drop_destruction(by=actor, destruction=found)
            return redirect("retention:terms")
        if wanted == "confirm":
            confirm_destruction(by=actor, destruction=found)
        if wanted == "erase":
            erase_listed(by=actor, destruction=found, most=AT_ONCE)
    except DestructionRefused as refused:
        messages.error(request, REFUSALS[refused.code])
        if refused.code == "list_gone":
            return redirect("retention:terms")
    except LedgerBroken:
        messages.error(request, REFUSALS["ledger_broken"])
    return redirect("retention:list", found.reference)
