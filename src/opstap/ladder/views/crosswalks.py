"""Making a crosswalk between two scales and changing it from a day on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.foundation import dates
from opstap.ladder.forms.crosswalks import LEVEL, NONE, BetweenForm, CrosswalkForm
from opstap.ladder.logic.crosswalks import CrosswalkRefused
from opstap.ladder.models import Crosswalk, Scale
from opstap.ladder.operations import CrosswalkWords, create_crosswalk, end_crosswalk, save_crosswalk
from opstap.ladder.selectors.crosswalks import latest_of
from opstap.ladder.selectors.scales import ScaleOnDay, scale_on, scales_on
from opstap.ladder.tables.crosswalks import crosswalk_fault_words

WORDS = ("name_nl", "name_en", "explanation_nl", "explanation_en", "is_example")


@require_safe
@requires("configure_municipality")
def crosswalks(request: HttpRequest) -> HttpResponse:
    """Every crosswalk, also of days that are past."""
    language = get_language() or "nl"
    rows = Crosswalk.objects.select_related("source", "target").prefetch_related("versions")
    lines = [
        {
            "crosswalk": one,
            "name": one.name(language),
            "source": one.source.name(language),
            "target": one.target.name(language),
            "version": max(one.versions.all(), key=lambda version: version.number, default=None),
        }
        for one in rows
    ]
    return render(request, "ladder/crosswalk_list.html", {"lines": lines, "trail": _trail()})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def new_crosswalk(request: HttpRequest) -> HttpResponse:
    """First between which scales, then for each level its counterpart."""
    language, today = get_language() or "nl", dates.today()
    scales = {scale.key: scale for scale in scales_on(today)}
    names = [(key, scale.name(language)) for key, scale in scales.items()]
    between = BetweenForm(request.GET if "source" in request.GET else None, scales=names)
    if not between.is_valid():
        context = {"form": between, "trail": _trail(_("New crosswalk"))}
        return render(request, "ladder/crosswalk_between.html", context, status=400 if between.errors else 200)
    source, target = scales[between.cleaned_data["source"]], scales[between.cleaned_data["target"]]
    name = f"{source.name(language)} → {target.name(language)}"
    start = {"key": f"{source.key}-{target.key}", "name_nl": name, "is_example": False, "since": today}
    form = _form(request, source, target, start, is_new=True)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        ends = {side: Scale.objects.get(pk=scale.id) for side, scale in (("source", source), ("target", target))}
        try:
            create_crosswalk(
                by=actor_of(request),
                key=given["key"],
                words=_words(form),
                counterparts=form.counterparts(),
                since=given["since"],
                **ends,
            )
        except CrosswalkRefused as refused:
            _tell(form, refused)
        else:
            messages.success(request, _("The crosswalk is made. Reports can be read through it."))
            return redirect("ladder:crosswalks")
    return _shown(request, form, _("New crosswalk"), is_new=True)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def crosswalk(request: HttpRequest, key: str) -> HttpResponse:
    """A crosswalk as it stands: say something else from a day on, or end it."""
    held = get_object_or_404(Crosswalk, key=key)
    source, target = scale_on(held.source.key, dates.today()), scale_on(held.target.key, dates.today())
    said = latest_of(held)
    if source is None or target is None or said is None:
        raise Http404
    start: dict[str, Any] = {name: getattr(held, name) for name in WORDS} | {"key": key, "since": dates.today()}
    start |= {LEVEL + code: counterpart or NONE for code, counterpart in said.items()}
    form = _form(request, source, target, start, is_new=False)
    if request.method == "POST" and form.is_valid():
        try:
            if "end" in request.POST:
                end_crosswalk(by=actor_of(request), crosswalk=held, on=form.cleaned_data["since"])
            else:
                save_crosswalk(
                    by=actor_of(request),
                    crosswalk=held,
                    counterparts=form.counterparts(),
                    since=form.cleaned_data["since"],
                    words=_words(form),
                )
        except CrosswalkRefused as refused:
            _tell(form, refused)
        else:
            messages.success(request, _("The crosswalk is changed. Reports of earlier days keep what held then."))
            return redirect("ladder:crosswalks")
    return _shown(request, form, held.name(get_language() or "nl"), is_new=False)


def _form(
    request: HttpRequest, source: ScaleOnDay, target: ScaleOnDay, start: dict[str, Any], *, is_new: bool
) -> CrosswalkForm:
    given = request.POST if request.method == "POST" else None
    language = get_language() or "nl"
    return CrosswalkForm(given, initial=start, source=source, target=target, language=language, is_new=is_new)


def _words(form: CrosswalkForm) -> CrosswalkWords:
    given = form.cleaned_data
    return CrosswalkWords(
        name_nl=given["name_nl"],
        name_en=given["name_en"] or given["name_nl"],
        explanation_nl=given["explanation_nl"],
        explanation_en=given["explanation_en"] or given["explanation_nl"],
        is_example=given["is_example"],
    )


def _tell(form: CrosswalkForm, refused: CrosswalkRefused) -> None:
    for fault in refused.faults:
        field = LEVEL + fault.level if LEVEL + fault.level in form.fields else None
        form.add_error(field, crosswalk_fault_words(fault.code))


def _shown(request: HttpRequest, form: CrosswalkForm, title: str, *, is_new: bool) -> HttpResponse:
    context = {"form": form, "title": title, "is_new": is_new, "trail": _trail(title)}
    return render(request, "ladder/crosswalk_form.html", context, status=400 if form.errors else 200)


def _trail(here: str = "") -> list[dict[str, str]]:
    top = {"label": _("Administration"), "url": reverse("administration:index")}
    above = {"label": _("Crosswalks"), "url": reverse("ladder:crosswalks") if here else ""}
    return [top, above, {"label": here, "url": ""}] if here else [top, above]
