"""The levels over the years; and the tables from before Opstap, entered, corrected and withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.foundation.charts.files import Said, as_png, as_svg
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES, write_table
from opstap.reporting.forms.earlier import BEFORE, EarlierForm, fault_of_refusal
from opstap.reporting.operations.earlier import EarlierRefused, correct_earlier, enter_earlier, withdraw_earlier
from opstap.reporting.selectors.series import Moment, earlier_row, levels_of_series, series_of, threshold_of
from opstap.reporting.tables.chart_files import CHART_TYPES
from opstap.reporting.tables.series import series_content, series_picture, series_table, small_printed

SERIES = "publications:series"


@require_safe
@requires("see_publications")
def series(request: HttpRequest) -> HttpResponse:
    """Every day, printed or published, the earliest first."""
    town, may_make = municipality_of(request).pk, actor_of(request).may("make_publications")
    moments, (_key, levels) = series_of(town, in_full=may_make), levels_of_series(town)
    context = {
        "moments": moments,
        "picture": series_picture(moments, levels),
        "table": series_table(moments, levels, may_make=may_make, least=threshold_of(town)),
        "may_make": may_make,
        "formats": list(CONTENT_TYPES),
        "chart_formats": list(CHART_TYPES),
        "trail": _trail(),
    }
    return render(request, "reporting/series.html", context)


@require_safe
@requires("see_publications")
def series_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """The same as a file."""
    town = municipality_of(request).pk
    kind = next((known for known in CONTENT_TYPES if known == file_format), None)
    if kind is None:
        raise Http404
    content = series_content(_moments(request), levels_of_series(town)[1])
    notes = _notes(town)
    written = write_table(content.columns, content.rows, file_format=kind, title=content.title, notes=notes)
    return _saved(written, CONTENT_TYPES[kind], kind)


@require_safe
@requires("see_publications")
def series_chart(request: HttpRequest, file_format: str) -> HttpResponse:
    """Its chart as a file that stands alone."""
    town = municipality_of(request)
    picture = series_picture(_moments(request), levels_of_series(town.pk)[1])
    if picture is None or file_format not in CHART_TYPES:
        raise Http404
    said = Said(answer=str(picture.name), facts=" ".join(_notes(town.pk)), source=f"Opstap, {town.name}")
    content = as_svg(picture.svg, said) if file_format == "svg" else as_png(picture.svg, said)
    return _saved(content, CHART_TYPES[file_format], file_format)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("make_publications")
def new_earlier(request: HttpRequest) -> HttpResponse:
    """Enter a table that was printed before Opstap."""
    town = municipality_of(request)
    form = EarlierForm(request.POST if request.method == "POST" else None, levels=levels_of_series(town.pk)[1])
    if request.method == "POST" and form.is_valid():
        try:
            enter_earlier(by=actor_of(request), municipality=town, terms=form.terms())
        except EarlierRefused as refused:
            form.add_error(*fault_of_refusal(refused))
        else:
            messages.success(request, _("The printed table stands in the series."))
            return redirect(SERIES)
    context = {"form": form, "trail": _trail(_("Enter a printed table"))}
    return render(request, "reporting/earlier.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("make_publications")
def earlier(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct a printed table, or withdraw it."""
    town = municipality_of(request)
    found = earlier_row(town.pk, reference)
    if found is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    initial = {"on": found.on, "source": found.source, **{f"{BEFORE}{code}": n for code, n in found.counts.items()}}
    withdraws = sent is not None and "withdraw" in sent
    form = EarlierForm(None if withdraws else sent, levels=levels_of_series(town.pk)[1], initial=initial)
    if sent is not None and (withdraws or form.is_valid()):
        try:
            if withdraws:
                withdraw_earlier(by=actor_of(request), figures=found)
                messages.success(request, _("The printed table is withdrawn."))
            else:
                correct_earlier(by=actor_of(request), figures=found, terms=form.terms())
                messages.success(request, _("The printed table is corrected."))
        except EarlierRefused as refused:
            form.add_error(*fault_of_refusal(refused))
        except ReplacedMeanwhile:
            messages.error(request, _("Somebody changed this table meanwhile. This is how it stands now."))
            return redirect(SERIES)
        else:
            return redirect(SERIES)
    context = {"form": form, "found": found, "trail": _trail(_("Printed table"))}
    return render(request, "reporting/earlier.html", context, status=400 if form.errors else 200)


def _moments(request: HttpRequest) -> list[Moment]:
    """The series as this viewer may see it."""
    return series_of(municipality_of(request).pk, in_full=actor_of(request).may("make_publications"))


def _notes(municipality_id: int) -> list[str]:
    return [
        _("* printed before Opstap, and not to be counted again. An empty place was not printed."),
        _("Published numbers are rounded to fives; × is hidden. Sums are of what is shown."),
        small_printed(threshold_of(municipality_id)),
    ]


def _saved(content: bytes, content_type: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{_("series")}.{kind}"'
    return response


def _trail(label: str = "") -> list[dict[str, Any]]:
    above = {"label": _("Publications"), "url": reverse("publications:publications")}
    if not label:
        return [above, {"label": _("Series")}]
    return [above, {"label": _("Series"), "url": reverse(SERIES)}, {"label": label}]
