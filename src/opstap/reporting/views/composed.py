"""Indicators that the municipality composes: all of them, a new one, and one with its history. No figures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import Conflict, Opened, Saved, sent_version
from opstap.foundation.versions import version_of_values
from opstap.reporting.forms import IndicatorForm
from opstap.reporting.models import ComposedIndicator
from opstap.reporting.operations import IndicatorRefused, compose_indicator, correct_indicator, withdraw_indicator
from opstap.reporting.selectors.composed import Material, composed_history, composed_rows, material_for, terms_of
from opstap.reporting.tables.composed import base_boxes, composed_line, counted_boxes, fault_words
from opstap.reporting.views.asking import language_of_screen

KINDS = {"stand": False, "cohort": True}  # whether people are followed between two days


@require_safe
@requires("configure_municipality")
def indicators(request: HttpRequest) -> HttpResponse:
    """Every one that was composed, withdrawn ones too."""
    rows = composed_rows(municipality_of(request).pk)
    lines = [composed_line(one, _material(request, one.scale)) for one in rows]
    context = {"lines": lines, "standing": sum(not one.withdrawn for one in rows), "trail": _trail(_("Own indicators"))}
    return render(request, "reporting/composed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def new_indicator(request: HttpRequest, kind: str) -> HttpResponse:
    """Of one day, or of what became of people between two."""
    if kind not in KINDS:
        raise Http404
    material = _material(request)
    form = _form(material, request.POST if request.method == "POST" else None, followed=KINDS[kind])
    if request.method == "POST" and form.is_valid():
        terms = form.terms(_scale(form, material))
        try:
            made = compose_indicator(by=actor_of(request), municipality=municipality_of(request), terms=terms)
        except IndicatorRefused as refused:
            form.add_error(*fault_words(refused.code))
        else:
            messages.success(request, _("The indicator is composed. It stands in the report Indicators from now on."))
            return redirect("indicators:indicator", made)
    title = _("Indicator between two days") if KINDS[kind] else _("Indicator on one day")
    context = {"form": form, "title": title, "opened": None, "trail": _trail(_("Own indicators"), title)}
    return render(request, "reporting/compose.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def indicator(request: HttpRequest, reference: str) -> HttpResponse:
    """One as it stands, corrected or withdrawn; and who said what of it when."""
    history = composed_history(municipality_of(request).pk, reference)
    if not history:
        raise Http404
    latest = history[-1]
    material = _material(request, latest.scale)
    sent = request.POST if request.method == "POST" else None
    form = _form(material, sent, followed=latest.about == "two_days", row=latest)
    opened = Opened(_version(latest))
    if sent is not None:
        done, opened = _saved(request, latest, form, material)
        if done:
            messages.success(request, done)
            return redirect("indicators:indicator", reference)
    context = {
        "found": latest,
        "line": composed_line(latest, material),
        "form": form,
        "opened": opened,
        "history": [composed_line(one, material) for one in reversed(history)],
        "trail": _trail(_("Own indicators"), latest.name),
        "way_back": reverse("indicators:composed"),
    }
    return render(request, "reporting/composed_one.html", context, status=opened.status(form) if sent else 200)


def _saved(
    request: HttpRequest, latest: ComposedIndicator, form: IndicatorForm, material: Material
) -> tuple[str, Opened]:
    """What was done, in words; or nothing, and what the form met."""
    opened, actor = Opened(_version(latest)), actor_of(request)
    if sent_version(request.POST) != opened.version or latest.withdrawn:
        return "", Opened(opened.version, Conflict(_saved_by(latest)))
    try:
        if "withdraw" in request.POST:
            withdraw_indicator(by=actor, indicator=latest)
            return _("The indicator is withdrawn. Reports as known earlier still show it."), opened
        if form.is_valid():
            correct_indicator(by=actor, indicator=latest, terms=form.terms(_scale(form, material)))
            return _("The indicator is corrected. Reports as known earlier show it as it was."), opened
    except IndicatorRefused as refused:
        form.add_error(*fault_words(refused.code))
    except ReplacedMeanwhile:
        return "", Opened(opened.version, Conflict(_saved_by(latest)))
    return "", opened


def _form(
    material: Material, sent: QueryDict | None, *, followed: bool, row: ComposedIndicator | None = None
) -> IndicatorForm:
    initial: dict[str, Any] = {}
    if row is not None:
        terms = terms_of(row)
        initial = {"name": terms.name, "meaning": terms.meaning, "better": terms.better}
        initial |= {"matures_after": terms.matures_after, "counted": terms.counted.options}
        initial["base"] = [option for one in terms.base for option in one.options]
    boxes = counted_boxes(material, followed=followed)
    return IndicatorForm(sent, base=base_boxes(material), counted=boxes, followed=followed, initial=initial)


def _scale(form: IndicatorForm, material: Material) -> str:
    return material.scale_of(form.terms("").conditions)


def _material(request: HttpRequest, scale: str = "") -> Material:
    town = municipality_of(request)
    return material_for(actor_of(request), town.pk, dates.today(), language_of_screen(), scale=scale)


def _version(row: ComposedIndicator) -> str:
    return version_of_values("indicator", {"row": row.pk})


def _saved_by(row: ComposedIndicator) -> Saved:
    return Saved(row.recording.actor_name, row.recording.at, withdrawn=row.withdrawn)


def _trail(*labels: str) -> list[dict[str, Any]]:
    """Below the administration's first page, the list and what stands in it."""
    above = {"label": _("Administration"), "url": reverse("administration:index")}
    first, *rest = labels
    step = {"label": first, "url": reverse("indicators:composed")} if rest else {"label": first}
    return [above, step, *({"label": label} for label in rest)]
