"""Making a crosswalk between two scales and changing it from a day on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.selectors import last_done
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import NONE as NOTHING
from opstap.foundation.ui.conflicts import Line, Opened, begun_on, met_in_place, saved_by, sent_version
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.foundation.versions import version_of_values
from opstap.ladder.forms.crosswalks import LEVEL, BetweenForm, CrosswalkForm
from opstap.ladder.logic.crosswalks import CrosswalkRefused
from opstap.ladder.models import Crosswalk, Scale
from opstap.ladder.operations import CrosswalkWords, create_crosswalk, end_crosswalk, save_crosswalk
from opstap.ladder.selectors.crosswalks import latest_of, said_by
from opstap.ladder.selectors.scales import ScaleOnDay, scale_on, scales_on
from opstap.ladder.tables.crosswalks import crosswalk_fault_words

KIND = "crosswalk"


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
    form = _form(request.POST if request.method == "POST" else None, source, target, start, is_new=True)
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
    if source is None or target is None or latest_of(held) is None:
        raise Http404

    def made(values: Mapping[str, Any], sent: QueryDict | None) -> CrosswalkForm:
        start = {**values, "key": key, "since": dates.today()}
        return _form(sent, source, target, start, is_new=False)

    said, sent = said_by(held), request.POST if request.method == "POST" else None
    form, opened = made(said, sent), begun_on(sent, version_of_values(KIND, said))
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, held, form)
        except CrosswalkRefused as refused:
            _tell(form, refused)
        except ReplacedMeanwhile:
            form, opened = _met(request.POST, held, made, form)
        if not form.errors and (opened.conflict is None or opened.is_settled):
            messages.success(request, _("The crosswalk is changed. Reports of earlier days keep what held then."))
            return redirect("ladder:crosswalks")
    return _shown(request, form, held.name(get_language() or "nl"), is_new=False, opened=opened)


def _save(request: HttpRequest, held: Crosswalk, form: CrosswalkForm) -> None:
    actor, since, opened_on = actor_of(request), form.cleaned_data["since"], sent_version(request.POST)
    if "end" in request.POST:
        end_crosswalk(by=actor, crosswalk=held, on=since, opened_on=opened_on)
        return
    save_crosswalk(
        by=actor,
        crosswalk=held,
        counterparts=form.counterparts(),
        since=since,
        words=_words(form),
        opened_on=opened_on,
    )


def _met(
    sent: QueryDict,
    held: Crosswalk,
    made: Callable[[Mapping[str, Any], QueryDict | None], CrosswalkForm],
    form: CrosswalkForm,
) -> tuple[CrosswalkForm, Opened]:
    """Somebody else changed or ended it while the form was open."""
    newest = said_by(held)
    given = {**newest, **form.cleaned_data, **vars(_words(form))}
    wrote = [last_done(verb, held.key) for verb in ("save_crosswalk", "end_crosswalk")]
    last = max((one for one in wrote if one is not None), key=lambda one: one.number, default=None)
    saved = saved_by(last)
    form, opened = met_in_place(made, sent, kind=KIND, newest=newest, given=given, saved=saved)
    if opened.conflict is not None and newest["ends_on"] is not None:
        line = Line(_("Ended"), NOTHING, day(newest["ends_on"]), NOTHING, touched=False)
        opened = Opened(opened.version, replace(opened.conflict, lines=(*opened.conflict.lines, line)))
    return form, opened


def _form(
    given: QueryDict | None, source: ScaleOnDay, target: ScaleOnDay, start: dict[str, Any], *, is_new: bool
) -> CrosswalkForm:
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


def _shown(
    request: HttpRequest, form: CrosswalkForm, title: str, *, is_new: bool, opened: Opened | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "is_new": is_new, "opened": opened, "trail": _trail(title)}
    status = (opened or Opened("")).status(form)
    return render(request, "ladder/crosswalk_form.html", context, status=status)


def _trail(here: str = "") -> list[dict[str, str]]:
    top = {"label": _("Administration"), "url": reverse("administration:index")}
    above = {"label": _("Crosswalks"), "url": reverse("ladder:crosswalks") if here else ""}
    return [top, above, {"label": here, "url": ""}] if here else [top, above]
