"""A person's whole dossier, to hand over: as a document and as data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.clients.permissions import client_or_404
from opstap.foundation import dates
from opstap.foundation.documents import DocumentsUnavailable, as_pdf
from opstap.privacy.selectors.giving import Whole, colleagues, whole_of
from opstap.privacy.selectors.retention import terms_on
from opstap.privacy.tables.giving.data import as_json
from opstap.privacy.tables.giving.letter import dossier_html


@require_safe
@requires("answer_requests")
def dossier_document(request: HttpRequest, reference: str) -> HttpResponse:
    """The dossier to read, in plain Dutch whatever the language of the screen."""
    client = client_or_404(actor_of(request), reference)
    try:
        with override("nl"):
            pdf = as_pdf(dossier_html(whole_of(client), municipality_of(request), dates.today()))
    except DocumentsUnavailable as refused:
        return render(request, "no_documents.html", {"packages": " ".join(refused.packages)}, status=503)
    return _file(pdf, "application/pdf", "pdf")


@require_safe
@requires("answer_requests")
def dossier_as_json(request: HttpRequest, reference: str) -> HttpResponse:
    """The dossier as data."""
    client, today = client_or_404(actor_of(request), reference), dates.today()
    town = municipality_of(request)
    whole: Whole = whole_of(client)
    told = as_json(whole, town=town.name, terms=terms_on(town.pk, today), colleagues=colleagues(town.pk), made_on=today)
    return _file(told, "application/json", "json")


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"dossier-{dates.today().isoformat()}.{ending}"  # of nobody: names of files stay behind in lists
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
