"""The form of a placement on paper: of a ladder, empty; or of somebody, with who it is about on top."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.clients.permissions import client_or_404
from opstap.foundation import dates
from opstap.foundation.documents import DocumentsUnavailable, as_pdf
from opstap.ladder.selectors.placing import asked_of_municipality, choosable_on
from opstap.ladder.selectors.scales import questions_on, scale_on
from opstap.ladder.tables.paper import PaperForm, paper_form
from opstap.ladder.tables.placing import placed_view
from opstap.ladder.views.placing import asked_of


@require_safe
@requires("see_scales")
def paper_of_scale(request: HttpRequest, key: str) -> HttpResponse:
    """The empty form of a ladder: about nobody."""
    today, language = dates.today(), get_language() or "nl"
    scale = scale_on(key, today)
    if scale is None:
        raise Http404
    form = paper_form(
        scale,
        questions=questions_on(scale),
        lists=choosable_on(today, language),
        own_traits=asked_of_municipality(municipality_of(request).pk, today),
        language=language,
        day=today,
    )
    return _as_pdf(request, form)


@require_safe
@requires("record_placements")
def paper_of_client(request: HttpRequest, reference: str) -> HttpResponse:
    """The form for a conversation with somebody: who, and where they stand now."""
    client = client_or_404(actor_of(request), reference)
    asked = asked_of(request, client)
    held = asked.held
    scales = {asked.scale.id: asked.scale}
    form = paper_form(
        asked.scale,
        questions=asked.questions,
        lists=choosable_on(dates.today(), asked.language),
        own_traits=asked.own_traits,
        language=asked.language,
        day=dates.today(),
        person=asked.person,
        previous=placed_view(held, scales, asked.lists["placement_reason"], asked.language) if held else None,
    )
    return _as_pdf(request, form)


def _as_pdf(request: HttpRequest, form: PaperForm) -> HttpResponse:
    context = {"form": form, "municipality": municipality_of(request), "language": get_language() or "nl"}
    try:
        pdf = as_pdf(render_to_string("ladder/paper.html", context))
    except DocumentsUnavailable as refused:
        return render(request, "no_documents.html", {"packages": " ".join(refused.packages)}, status=503)
    name = f"formulier-{form.scale.key}.pdf"  # of nobody: a name of a file stays behind in lists of downloads
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
