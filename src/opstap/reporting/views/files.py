"""The files of a report: its tables, and each of its charts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import municipality_of, requires
from opstap.audit.logic.seen import note_listed
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.tables.chart_files import CHART_TYPES, as_chart_file, charts_of
from opstap.reporting.tables.files import as_file
from opstap.reporting.tables.refusals import explain
from opstap.reporting.tables.report import Report
from opstap.reporting.tables.reports import tables_of
from opstap.reporting.tables.results import Result, references_in
from opstap.reporting.views.asking import is_there, report_or_404, result_of, trail_of


@require_safe
@requires("see_reports")
def export(request: HttpRequest, slug: str, file_format: str) -> HttpResponse:
    """The tables of a report as a file; CSV holds one, the first or the one that is asked for."""
    found = _counted(request, report_or_404(slug))
    if isinstance(found, HttpResponse):
        return found
    kind = next((known for known in CONTENT_TYPES if known == file_format), None)
    tables, alone = tables_of(found), request.GET.get("table", "")
    if kind is None or (alone and alone not in tables):
        raise Http404
    content = as_file(found, [tables[alone]] if alone else [*tables.values()], kind)
    return _saved(content, CONTENT_TYPES[kind], kind, slug, alone, found.question.on.isoformat())


@require_safe
@requires("see_reports")
def chart(request: HttpRequest, slug: str, place: str, file_format: str) -> HttpResponse:
    """One of the charts of a report, counted from one as they stand on its page, as a file that stands alone."""
    found = _counted(request, report_or_404(slug))
    if isinstance(found, HttpResponse):
        return found
    charts = {str(number): picture for number, picture in enumerate(charts_of(found), start=1)}
    if file_format not in CHART_TYPES or place not in charts:
        raise Http404
    content = as_chart_file(found, charts[place], file_format, municipality_of(request).name)
    which = place if len(charts) > 1 else ""
    day = found.question.on.isoformat()
    return _saved(content, CHART_TYPES[file_format], file_format, slug, "grafiek", which, day)


def _counted(request: HttpRequest, report: Report) -> Result | HttpResponse:
    """What the address asks, or the page that says why there is none; the people listed in it are noted."""
    definition = report.definition
    if not is_there(request, report):
        return render(request, "part_off.html", status=404)
    try:
        result = result_of(request, definition, also=("table",))
    except QuestionRefused as refused:
        context = {"refusal": explain(refused), "definition": definition, "trail": trail_of(definition)}
        return render(request, "reporting/report.html", context, status=400)
    note_listed(references_in(result))
    return result


def _saved(content: bytes, content_type: str, kind: str, *parts: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    name = "-".join(part for part in parts if part)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
