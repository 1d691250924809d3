"""Making and changing scales: their levels and their questions, on one page that also works without a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import Opened, sent_version
from opstap.ladder.enums import ScaleKind
from opstap.ladder.forms import LevelForm, QuestionForm, ScaleForm
from opstap.ladder.forms.designs import Drawing, drawing_from, drawing_of
from opstap.ladder.logic import DesignFault, DesignRefused, InUse
from opstap.ladder.operations import change_scale, create_scale
from opstap.ladder.selectors.designs import design_of, in_use, is_own_scale
from opstap.ladder.selectors.scales import scales_on
from opstap.ladder.tables import ScaleView
from opstap.ladder.views.design_faults import say_faults
from opstap.ladder.views.design_met import design_met, version_of_design

FIRST_LEVELS = 3


@require_safe
@requires("configure_municipality")
def designs(request: HttpRequest) -> HttpResponse:
    """All scales, to change one or to make a new one."""
    language = get_language() or "nl"
    shown = [
        {"scale": ScaleView.of(scale, language), "version": scale.version, "is_own": is_own_scale(scale.key)}
        for scale in scales_on(dates.today())
    ]
    return render(request, "ladder/designs.html", {"scales": shown, "trail": _trail()})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def new_design(request: HttpRequest) -> HttpResponse:
    """A scale of one's own: from nothing, or from what another one is."""
    if request.method == "POST":
        return _posted(request, "", InUse())
    example = design_of(request.GET.get("naar", ""))
    drawing = drawing_of(example) if example else Drawing(_empty_scale(), [], [])
    if example:
        drawing.scale |= {"key": "", "name_nl": "", "name_en": "", "starts_on": dates.today()}
    for _number in range(0 if example else FIRST_LEVELS):
        drawing.turned("add-level")
    return render(request, "ladder/design.html", _page(drawing, "", InUse(), ScaleForm(initial=drawing.scale)))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def design(request: HttpRequest, key: str) -> HttpResponse:
    """A scale as it is, to be changed."""
    held = design_of(key)
    if held is None:
        raise Http404
    known = in_use(key)
    if request.method == "POST":
        return _posted(request, key, known)
    drawing, opened = drawing_of(held), Opened(version_of_design(held))
    if known.used:
        drawing.scale["starts_on"] = max(dates.today(), held.starts_on)
    context = _page(drawing, key, known, ScaleForm(initial=drawing.scale)) | {"opened": opened}
    return render(request, "ladder/design.html", context)


def _posted(request: HttpRequest, key: str, known: InUse) -> HttpResponse:
    form = ScaleForm(request.POST)
    command = request.POST.get("do", "save")
    opened = Opened(sent_version(request.POST)) if key else None
    if command != "save":
        given = {name: request.POST.get(name, "") for name in ScaleForm.base_fields}
        drawing = drawing_from(request.POST, given).turned(command)
        context = _page(drawing, key, known, ScaleForm(initial=given), landed=_landed(command, drawing))
        return render(request, "ladder/design.html", context | {"opened": opened})
    valid, faults = form.is_valid(), list[DesignFault]()
    drawing = drawing_from(request.POST, form.cleaned_data)
    if valid:
        try:
            return _saved(request, drawing, key)
        except DesignRefused as refused:
            faults = refused.faults
        except ReplacedMeanwhile:
            held = design_of(key)
            opened = design_met(held, drawing) if held is not None else opened
            if opened is not None and opened.is_settled:
                return redirect("ladder:scale", key)
    context = _page(drawing, key, known, form, faults=faults) | {"opened": opened}
    return render(request, "ladder/design.html", context, status=409 if opened and opened.conflict else 400)


def _saved(request: HttpRequest, drawing: Drawing, key: str) -> HttpResponse:
    actor = actor_of(request)
    if key:
        change_scale(by=actor, design=drawing.design(key), opened_on=sent_version(request.POST))
        messages.success(request, _("The scale is changed."))
        return redirect("ladder:scale", key)
    made = create_scale(by=actor, design=drawing.design(drawing.scale["key"]))
    messages.success(request, _("The scale is made. People can be placed on it from now on."))
    return redirect("ladder:scale", made.key)


def _page(
    drawing: Drawing, key: str, known: InUse, form: ScaleForm, *, landed: str = "", faults: Sequence[DesignFault] = ()
) -> dict[str, Any]:
    """A level or question is open where there is something to do, and folded where there is only something to read."""
    opened = {landed, *(f"{fault.where}-{fault.place}" for fault in faults)}
    levels: list[dict[str, Any]] = [
        {
            "form": LevelForm(initial=row, prefix=f"level-{place}"),
            "row": row,
            "errors": [],
            "is_used": row["code"] in known.used,
            "is_open": f"level-{place}" in opened or not row["name_nl"],
        }
        for place, row in enumerate(drawing.levels)
    ]
    questions: list[dict[str, Any]] = [
        {
            "form": QuestionForm(initial=row, prefix=f"question-{place}", ways=drawing.ways(row)),
            "row": row,
            "errors": [],
            "is_open": f"question-{place}" in opened or not row["text_nl"],
        }
        for place, row in enumerate(drawing.questions)
    ]
    here = {"label": form["name_nl"].value() or _("New scale"), "url": ""}
    return {
        "form": form,
        "key": key,
        "is_used": bool(known.used),
        "is_shipped": bool(key) and not is_own_scale(key),
        "levels": levels,
        "questions": questions,
        "section_errors": say_faults(form, {"levels": levels, "questions": questions}, faults),
        "landed": landed,
        "trail": [*_trail(reverse("ladder:designs")), here],
    }


def _landed(command: str, drawing: Drawing) -> str:
    """Which row a pressed button leads to, so that the page comes back there."""
    verb, kind, *place = command.split("-")
    if verb == "add":
        return f"{kind}-{len(drawing.levels if kind == 'level' else drawing.questions) - 1}"
    step = {"up": -1, "down": 1}.get(verb, 0)
    return f"{kind}-{int(place[0]) + step}" if place and place[0].isdecimal() else ""


def _empty_scale() -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(ScaleForm.base_fields, "")
    start = {"kind": ScaleKind.ORDINAL.value, "horizon_months": 12, "growth_on_halves": False}
    return empty | start | {"starts_on": dates.today()}


def _trail(own: str = "") -> list[dict[str, str]]:
    above = {"label": _("Administration"), "url": reverse("administration:index")}
    return [above, {"label": _("Set up scales"), "url": own}]
