"""The list of reports, and a report."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, zip_longest
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from opstap.accounts.permissions import actor_of, municipality_of, parts_of, requires
from opstap.audit.logic.seen import note_listed
from opstap.foundation import dates
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES
from opstap.municipality.logic import ANGLE
from opstap.municipality.selectors import setting_on
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.tables.angles import ANGLES, angle_tabs, steps_there
from opstap.reporting.tables.chart_files import CHART_TYPES
from opstap.reporting.tables.files import facts_of
from opstap.reporting.tables.filters import filters_of
from opstap.reporting.tables.leading import tables_that_lead_on
from opstap.reporting.tables.pages import PageTable
from opstap.reporting.tables.refusals import explain
from opstap.reporting.tables.report import Picture, Report
from opstap.reporting.tables.reports import CHAPTERS, MATRIX
from opstap.reporting.tables.results import Result, ResultRow, references_in
from opstap.reporting.views.asking import (
    asked_of,
    is_there,
    language_of_screen,
    query_of,
    report_or_404,
    result_of,
    trail_of,
)

Drawn = list[tuple[Picture | None, PageTable | None]]


@require_safe
@requires("see_reports")
def index(request: HttpRequest) -> HttpResponse:
    """All reports by chapter, each with the question it answers; or from one angle, as the municipality chose."""
    town = municipality_of(request).pk
    wanted = request.GET.get("angle", "") or str(setting_on(town, ANGLE, dates.today()))
    angle = ANGLES.get(wanted)
    tabs = angle_tabs(angle)
    if angle is not None:
        sees = actor_of(request).may("see_publications")
        steps = steps_there(angle, parts_of(request), sees_publications=sees)
        return render(request, "reporting/index.html", {"tabs": tabs, "angle": angle, "steps": steps})
    there = [(title, [one.definition for one in reports if is_there(request, one)]) for title, reports in CHAPTERS]
    chapters = [(title, shown) for title, shown in there if shown]
    return render(request, "reporting/index.html", {"tabs": tabs, "chapters": chapters})


@require_safe
@requires("see_reports")
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """A report with chart and table; the fragment alone when only that is asked for."""
    chosen = report_or_404(slug)
    if not is_there(request, chosen):
        return render(request, "part_off.html", status=404)
    definition = chosen.definition
    template = "reporting/report.html#report" if _wants_fragment(request) else "reporting/report.html"
    try:
        context = _answered(request, chosen)
    except QuestionRefused as refused:
        context = {"refusal": explain(refused), "definition": definition, "trail": trail_of(definition)}
        return render(request, template, context, status=400)
    return render(request, template, context)


def _wants_fragment(request: HttpRequest) -> bool:
    """A filter asks for the fragment; the back button asks for the whole page, which htmx then puts back."""
    asked: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # set by htmx's middleware
    return bool(asked) and not asked.boosted and not asked.history_restore_request


def _answered(request: HttpRequest, report: Report) -> dict[str, Any]:
    definition = report.definition
    asked = asked_of(request, definition)
    result = result_of(request, definition, also=("page",))
    question = result.question
    query = query_of(asked)
    rows = _page_of(request, report, result)
    shown = replace(result, rows=tuple(rows.object_list)) if rows else result
    note_listed(references_in(shown))
    sections = _sections(report, shown, query) if result.base else []
    return {
        "definition": definition,
        "result": result,
        "question": question,
        "lead": report.lead(result) if result.base else " ".join([report.nobody(question), *result.own_notes]),
        "sections": sections,
        "colleagues": _colleagues(result, sections),
        "page_obj": rows,
        "page_url": f"?{query}{'&' if query else ''}page=",
        "filters": filters_of(question, asked, lambda text: query_of(asked, without_where=text), language_of_screen()),
        "query": query,
        "formats": list(CONTENT_TYPES),
        "chart_formats": list(CHART_TYPES),
        "matrix": MATRIX if report.matrix else "",
        "matrix_name": report.matrix_name,
        "facts": facts_of(result),
        "explained": [column for column in result.columns if not (column.in_head or column.off_page)],
        "trail": trail_of(definition),
        "today": dates.today(),
    }


def _colleagues(result: Result, sections: Drawn) -> dict[str, Any]:
    """What is published of colleagues; its chart goes by the number after those of the report itself."""
    section = result.colleagues
    if section is None:
        return {}
    picture = section.picture()
    number = 1 + sum(1 for drawn, _table in sections if drawn)
    return {"section": section, "picture": picture and replace(picture, number=number), "tables": section.tables()}


def _page_of(request: HttpRequest, report: Report, result: Result) -> Page[ResultRow] | None:
    """The rows that the page shows, of a report that lists people."""
    return Paginator(result.rows, report.page_size).get_page(request.GET.get("page")) if report.page_size else None


def _sections(report: Report, result: Result, query: str) -> Drawn:
    """Each chart, with the number that its files go by, and the table of the same figures below it."""
    numbers = count(1)
    pictures = [picture and replace(picture, number=next(numbers)) for picture in report.pictures(result)]
    return list(zip_longest(pictures, tables_that_lead_on(report, result, query)))
