"""Targets of indicators: all of them and setting one, and one with its history. No figure stands here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import Conflict, Opened, Saved, sent_version
from opstap.foundation.versions import version_of_values
from opstap.reporting.forms import TargetForm, TargetValueForm
from opstap.reporting.models import IndicatorTarget
from opstap.reporting.operations import TargetRefused, correct_target, set_target, withdraw_target
from opstap.reporting.selectors.targets import target_history, target_rows, teams_in
from opstap.reporting.tables.targets import (
    indicators_to_aim_at,
    names_of,
    published_names,
    target_fault_words,
    target_line,
)

YEARS_BACK, YEARS_AHEAD = 2, 2


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def targets(request: HttpRequest) -> HttpResponse:
    """Every target, and setting one."""
    town, today = municipality_of(request), dates.today()
    years = range(today.year + YEARS_AHEAD, today.year - YEARS_BACK - 1, -1)
    form = TargetForm(
        request.POST if request.method == "POST" else None,
        indicators=indicators_to_aim_at(town.pk),
        years=years,
        teams=teams_in(town.pk, today),
        published=published_names(),
        initial={"year": str(today.year)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_target(by=actor_of(request), municipality=town, terms=form.terms())
        except TargetRefused as refused:
            form.add_error(*target_fault_words(refused.code))
        else:
            messages.success(request, _("The target is set. It stands in the report Indicators from now on."))
            return redirect("indicators:targets")
    names = names_of(town.pk)
    lines = [target_line(row, names) for row in target_rows(town.pk)]
    context = {"form": form, "lines": lines, "trail": _trail(_("Targets")), "year": today.year}
    context["now"] = sum(one.year == today.year and not one.withdrawn for one in lines)
    return render(request, "reporting/targets.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def target(request: HttpRequest, reference: str) -> HttpResponse:
    """One as it stands, corrected or withdrawn; and who said what of it when."""
    town = municipality_of(request)
    history = target_history(town.pk, reference)
    if not history:
        raise Http404
    latest, sent = history[-1], request.POST if request.method == "POST" else None
    form, opened = TargetValueForm(sent, initial={"percent": latest.percent}), Opened(_version(latest))
    if sent is not None:
        done, opened = _saved(request, latest, form)
        if done:
            messages.success(request, done)
            return redirect("indicators:target", reference)
    names = names_of(town.pk)
    line = target_line(latest, names)
    context = {
        "found": latest,
        "line": line,
        "form": form,
        "opened": opened,
        "history": [target_line(one, names) for one in reversed(history)],
        "trail": _trail(_("Targets"), line.indicator),
        "way_back": reverse("indicators:targets"),
    }
    return render(request, "reporting/target.html", context, status=opened.status(form) if sent else 200)


def _saved(request: HttpRequest, latest: IndicatorTarget, form: TargetValueForm) -> tuple[str, Opened]:
    """What was done, in words; or nothing, and what the form met."""
    opened, actor = Opened(_version(latest)), actor_of(request)
    met = Opened(opened.version, Conflict(_saved_by(latest)))
    if sent_version(request.POST) != opened.version or latest.withdrawn:
        return "", met
    try:
        if "withdraw" in request.POST:
            withdraw_target(by=actor, target=latest)
            return _("The target is withdrawn. Reports as known earlier still show it."), opened
        if form.is_valid():
            correct_target(by=actor, target=latest, percent=form.cleaned_data["percent"])
            return _("The target is corrected. Reports as known earlier show it as it was."), opened
    except TargetRefused as refused:
        form.add_error(*target_fault_words(refused.code))
    except ReplacedMeanwhile:
        return "", met
    return "", opened


def _version(row: IndicatorTarget) -> str:
    return version_of_values("target", {"row": row.pk})


def _saved_by(row: IndicatorTarget) -> Saved:
    return Saved(row.recording.actor_name, row.recording.at, withdrawn=row.withdrawn)


def _trail(*labels: str) -> list[dict[str, Any]]:
    """Below the administration's first page, the list and what stands in it."""
    above = {"label": _("Administration"), "url": reverse("administration:index")}
    first, *rest = labels
    step = {"label": first, "url": reverse("indicators:targets")} if rest else {"label": first}
    return [above, step, *({"label": label} for label in rest)]
