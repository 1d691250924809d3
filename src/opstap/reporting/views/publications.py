"""Figures that were set down: for whoever may not see the people, and made by who may."""

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
from opstap.foundation import dates
from opstap.foundation.charts.files import Said, as_png, as_svg
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.reporting.forms import PublicationForm, TableForm, WithdrawForm
from opstap.reporting.logic.released import Released, month_ends_until
from opstap.reporting.models import Publication
from opstap.reporting.operations import (
    MONTHS,
    PublicationRefused,
    ask_publication,
    ask_table,
    withdraw_publication,
)
from opstap.reporting.selectors.publications import (
    history_of,
    is_being_made,
    latest_publication,
    latest_row,
    publications_of,
    set_down,
    tables_within,
)
from opstap.reporting.selectors.released.again import made_again
from opstap.reporting.tables.chart_files import CHART_TYPES
from opstap.reporting.tables.released.anew import anew_line
from opstap.reporting.tables.released.files import as_file, contents_of, describe
from opstap.reporting.tables.released.how_made import rules_of
from opstap.reporting.tables.released.overview import overview_table
from opstap.reporting.tables.released.page import FIRST, headline_of, other_tables, sections_of
from opstap.reporting.tables.released.underway import underway_of
from opstap.reporting.tables.released.words import (
    MADE,
    MAKING,
    everybody_line,
    hardly_shown,
    history_lines,
    in_sentences,
    lead,
    left_line,
    left_out_line,
    publication_line,
    refusal,
    state_of,
)

LIST = "publications:publications"
OF_DIMENSIONS = frozenset({"is_there", "dimensions", "both_ways", "team_of_now", "traits_alone"})
"""Why a table is refused for what it is of."""


@require_safe
@requires("see_publications")
def publications(request: HttpRequest) -> HttpResponse:
    """All that was ever set down, the latest day first."""
    town = municipality_of(request).pk
    found = publications_of(town)
    context = {
        "headline": headline_of(latest_publication(town)),
        "lines": [publication_line(one) for one in found],
        "there": sum(1 for one in found if state_of(one) == MADE),
        "may_make": actor_of(request).may("make_publications"),
    }
    return render(request, "reporting/publications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("make_publications")
def new(request: HttpRequest) -> HttpResponse:
    """Set the figures of a month end down."""
    town = municipality_of(request)
    taken = {one.on for one in set_down(town.pk) if not one.withdrawn}
    days = [one for one in month_ends_until(dates.today(), MONTHS) if one not in taken]
    form = PublicationForm(request.POST if request.method == "POST" else None, days=days)
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_publication(by=actor_of(request), municipality=town, terms=form.terms())
        except PublicationRefused as refused:
            form.add_error(None, refusal(refused.code))
        else:
            return redirect("publications:publication", made)
    context = {"form": form, "busy": is_being_made(town.pk), "trail": _trail(_("Set figures down"))}
    return render(request, "reporting/publication_new.html", context, status=400 if form.errors else 200)


@require_safe
@requires("see_publications")
def publication(request: HttpRequest, reference: str) -> HttpResponse:
    """One publication, or a table beside one: its figures, how it was made, and what happened to it since."""
    found, actor = _found(request, reference), actor_of(request)
    whole = latest_row(found.municipality_id, found.within) if found.within else None
    state, released = state_of(found), Released.of(found.figures)
    underway = underway_of(found) if state == MAKING else None
    if getattr(request, "htmx", None):
        if underway is None:
            return HttpResponse(headers={"HX-Refresh": "true"})  # who waited gets the whole page
        if underway.seen == request.GET.get("seen"):
            return HttpResponse(status=204)  # nothing is told twice
    key = request.GET.get("table", "")
    if key and released.table(key) is None:
        raise Http404
    keys = (key,) if key else () if whole else FIRST
    subtitle = _("{day}, rounded to fives").format(day=day(found.on))
    context = {
        "found": found,
        "whole": whole,
        "line": publication_line(found),
        "underway": underway,
        "lead": lead(released, found.on) if state == MADE and not whole and not key else "",
        "everybody": everybody_line(found) if state == MADE and not whole and not key else "",
        "left": left_line(released) if state == MADE and not whole and not key else "",
        "overview": overview_table(released, found.threshold, key) if state == MADE else None,
        "sections": sections_of(found, subtitle, keys) if state == MADE else [],
        "others": other_tables(released, key) if state == MADE and not whole else [],
        "left_out": left_out_line(released) if state == MADE and not key else "",
        "alone": key,
        "hardly": hardly_shown(found) if state == MADE and not key else "",
        "anew": anew_line(found) if actor.may("make_publications") else "",
        "rules": rules_of(found),
        "history": history_lines(history_of(found.municipality_id, reference)),
        "beside": [] if whole else [publication_line(one) for one in tables_within(found.municipality_id, reference)],
        "formats": list(CONTENT_TYPES),
        "chart_formats": list(CHART_TYPES),
        "may_make": actor.may("make_publications") and state == MADE,
        "may_ask": actor.may("ask_for_tables") and state == MADE and not whole,
        "trail": _trail(found.title, whole),
    }
    return render(request, "reporting/publication.html", context)


@require_safe
@requires("see_publications")
def publication_file(request: HttpRequest, reference: str, file_format: str) -> HttpResponse:
    """Its tables as a file; CSV holds one, the first or the one that is asked for."""
    found = _there(request, reference)
    kind = next((known for known in CONTENT_TYPES if known == file_format), None)
    key = request.GET.get("table", "")
    if kind is None or (key and key not in contents_of(found)):
        raise Http404
    content = as_file(found, kind, key)
    return _saved(content, CONTENT_TYPES[kind], kind, _("publication"), found.on.isoformat(), key)


@require_safe
@requires("see_publications")
def publication_chart(request: HttpRequest, reference: str, place: str, file_format: str) -> HttpResponse:
    """One of its charts as a file that stands alone."""
    found = _there(request, reference)
    sections = {str(one.number): one for one in sections_of(found, str(day(found.on)))}
    picture = sections[place].picture if place in sections else None
    if picture is None or file_format not in CHART_TYPES:
        raise Http404
    source = _("Opstap, {municipality}, {title}").format(municipality=municipality_of(request).name, title=found.title)
    first, *facts = describe(found)
    said = Said(answer=first, facts=in_sentences(facts), source=source)
    content = as_svg(picture.svg, said) if file_format == "svg" else as_png(picture.svg, said)
    return _saved(content, CHART_TYPES[file_format], file_format, _("publication"), found.on.isoformat(), place)


@require_safe
@requires("make_publications")
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """The same figures made again from what was known then: equal to the digit, or where not."""
    found = _found(request, reference)
    if not found.figures:
        raise Http404
    whole = latest_row(found.municipality_id, found.within) if found.within else None
    context = {"found": found, "again": made_again(found, whole), "trail": _trail(_("Made again"), found)}
    return render(request, "reporting/publication_again.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("make_publications")
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw a publication or a table, with what is not right."""
    found = _found(request, reference)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_publication(by=actor_of(request), publication=found, why=form.cleaned_data["why"])
            messages.success(request, _("It is withdrawn. Whoever opens it reads why."))
        except (PublicationRefused, ReplacedMeanwhile):
            messages.error(request, _("This had been withdrawn already. This is how it stands now."))
        return redirect("publications:publication", reference)
    if state_of(found) != MADE:
        return redirect("publications:publication", reference)
    context = {"found": found, "form": form, "trail": _trail(_("Withdraw"), found)}
    return render(request, "reporting/publication_withdraw.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("ask_for_tables")
def new_table(request: HttpRequest, reference: str) -> HttpResponse:
    """Have a table made beside a publication, for a question of somebody."""
    found = _there(request, reference)
    if found.within:
        raise Http404
    axes = Released.of(found.figures).axes.values()
    form = TableForm(request.POST if request.method == "POST" else None, axes=axes)
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_table(by=actor_of(request), publication=found, terms=form.terms())
        except PublicationRefused as refused:
            form.add_error("dimensions" if refused.code in OF_DIMENSIONS else None, refusal(refused.code))
        else:
            return redirect("publications:publication", made)
    context = {
        "found": found,
        "form": form,
        "busy": is_being_made(found.municipality_id),
        "trail": _trail(_("Table for a question"), found),
    }
    return render(request, "reporting/publication_table.html", context, status=400 if form.errors else 200)


def _found(request: HttpRequest, reference: str) -> Publication:
    found = latest_row(municipality_of(request).pk, reference)
    if found is None:
        raise Http404
    return found


def _there(request: HttpRequest, reference: str) -> Publication:
    """One whose figures hold; of a withdrawn one there are no files."""
    found = _found(request, reference)
    if state_of(found) != MADE:
        raise Http404
    return found


def _saved(content: bytes, content_type: str, kind: str, *parts: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    name = "-".join(part for part in parts if part)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _trail(label: str, under: Publication | None = None) -> list[dict[str, Any]]:
    above = (
        [{"label": under.title, "url": reverse("publications:publication", args=[under.reference])}] if under else []
    )
    return [{"label": _("Publications"), "url": reverse(LIST)}, *above, {"label": label}]
