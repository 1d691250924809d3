"""Extracts for permitted research: which research is open, how many are in its extract, and the file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import actor_of, parts_of, requires
from opstap.audit.logic.seen import note_listed, note_reason
from opstap.audit.selectors import latest_recording
from opstap.clients.permissions import may_study
from opstap.foundation import dates
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES, FileFormat
from opstap.reporting.models import ResearchPermit
from opstap.reporting.selectors.extract import GROUPED, Extract, extract_of, question_of
from opstap.reporting.selectors.groups import group_words
from opstap.reporting.selectors.research import open_research
from opstap.reporting.tables.extract import (
    as_file,
    base_words,
    erased_words,
    known_words,
    left_out_words,
    merged_columns,
    quarter_words,
)
from opstap.reporting.tables.research import permit_line
from opstap.reporting.views.asking import language_of_screen


@require_safe
@requires("take_research_extract")
def extracts(request: HttpRequest) -> HttpResponse:
    """For which research an extract can be taken today."""
    today, actor = dates.today(), actor_of(request)
    lines = [permit_line(one, today) for one in open_research(actor, today)]
    return render(request, "reporting/extracts.html", {"lines": lines, "may_study": may_study(actor)})


@require_safe
@requires("take_research_extract")
def extract(request: HttpRequest, reference: str) -> HttpResponse:
    """Which moments, how many are in it, what was merged, and the files."""
    permit = _open_or_404(request, reference)
    made = _made(request, permit)
    context = {
        "permit": permit,
        "line": permit_line(permit, dates.today()),
        "earlier": quarter_words(made.question.earlier),
        "later": quarter_words(made.question.later),
        "scale": made.question.scale.name(language_of_screen()),
        "made": made,
        "base": base_words(made.result),
        "told": [left_out_words(made.result), erased_words(made), known_words(made.question)],
        "merged": merged_columns(made),
        "formats": list(CONTENT_TYPES),
        "trail": [{"label": _("Extracts"), "url": reverse("research:extracts")}, {"label": permit.name}],
    }
    return render(request, "reporting/extract.html", context)


@require_safe
@requires("take_research_extract")
def extract_file(request: HttpRequest, reference: str, file_format: str) -> HttpResponse:
    """The extract. The log names everybody in it, and the research and the extract as the reason."""
    permit = _open_or_404(request, reference)
    kind: FileFormat | None = next((known for known in CONTENT_TYPES if known == file_format), None)
    if kind is None:
        raise Http404
    made = _made(request, permit)
    if not made.result.rows:
        return redirect("research:extract", reference)
    note_reason(f"{permit.reference} {made.reference}")
    note_listed(made.listed)
    language, latest = language_of_screen(), latest_recording()
    asked = made.question
    day, dimensions = asked.earlier.last_day, tuple(GROUPED.values())
    words = group_words(latest, asked.municipality_id, dimensions, day, language, recording=latest)
    answer = HttpResponse(as_file(made, permit, words, language, kind), content_type=CONTENT_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="uittreksel-{made.reference}.{kind}"'
    return answer


def _open_or_404(request: HttpRequest, reference: str) -> ResearchPermit:
    """Research for which this person may take an extract today; what is over is not there."""
    found = open_research(actor_of(request), dates.today())
    permit = next((one for one in found if one.reference == reference), None)
    if permit is None:
        raise Http404
    return permit


def _made(request: HttpRequest, permit: ResearchPermit) -> Extract:
    """The extract of the permit."""
    question = question_of(permit, with_instruments="plans" in parts_of(request))
    return extract_of(actor_of(request), question)
