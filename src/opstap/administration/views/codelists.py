"""The code lists: adding a code, another label from a day on, ending a code, and the order. For the installation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.administration.forms import EndCodeForm, LabelForm, NewCodeForm
from opstap.administration.tables.codelists import code_line, label_lines, list_line
from opstap.administration.views.trails import trail
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.selectors import last_done
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import Opened, Saved, begun_on, met, met_in_place, saved_by, sent_version
from opstap.foundation.versions import version_of_values
from opstap.municipality.logic import is_needed
from opstap.municipality.models import Code, CodeList
from opstap.municipality.operations import add_code, end_code, move_code, relabel_code
from opstap.municipality.selectors import code_lists as all_code_lists
from opstap.municipality.selectors import label_of, last_label_of

BENEFIT = "benefit_kind"


@require_safe
@requires("configure_municipality")
def code_lists(request: HttpRequest) -> HttpResponse:
    """Every list."""
    language = get_language() or "nl"
    lines = [list_line(found, dates.today(), language) for found in all_code_lists()]
    context = {"lines": sorted(lines, key=lambda line: line.name), "trail": trail((_("Code lists"), ""))}
    return render(request, "administration/code_lists.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def code_list(request: HttpRequest, key: str) -> HttpResponse:
    """One list with its codes; a form for a new one, and a button on each row that puts it earlier."""
    found = get_object_or_404(CodeList.objects.prefetch_related("codes__labels"), key=key)
    if "move" in request.POST:
        move_code(by=actor_of(request), code=get_object_or_404(Code, code_list=found, code=request.POST["move"]))
        return redirect(reverse("administration:code-list", args=[key]) + "#codes")
    today, language = dates.today(), get_language() or "nl"
    codes = sorted(found.codes.all(), key=lambda one: one.position if one.own_position is None else one.own_position)
    form = NewCodeForm(
        request.POST if request.method == "POST" else None,
        initial={"since": today},
        labels=[label_of(code, today).nl for code in codes],
        is_benefit=key == BENEFIT,
    )
    if request.method == "POST" and form.is_valid():
        made = add_code(by=actor_of(request), code_list=found, **form.cleaned_data)
        messages.success(request, _("%(name)s is added.") % {"name": label_of(made, today).nl})
        return redirect("administration:code-list", key)
    name = _name(found, language)
    context = {
        "key": key,
        "name": name,
        "lines": [code_line(code, today, language) for code in codes],
        "form": form,
        "trail": trail((_("Code lists"), reverse("administration:code-lists")), (name, "")),
    }
    return render(request, "administration/code_list.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def code(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """One code: what it is called and was called, and until when it can be chosen."""
    found = get_object_or_404(
        Code.objects.select_related("code_list").prefetch_related("labels"), code_list__key=key, code=code
    )
    action = request.POST.get("action", "")
    named, ended = _naming(request, found, action), _ending(request, found, action)
    if request.method == "POST" and action not in {"label", "end"}:
        raise Http404
    done = named.done or ended.done
    if done:
        messages.success(request, done)
        return redirect("administration:code", key, code)
    today, language = dates.today(), get_language() or "nl"
    line, name = code_line(found, today, language), _name(found.code_list, language)
    sent = ended if action == "end" else named
    context: dict[str, Any] = {
        "line": line,
        "key": key,
        "labels": label_lines(found, today),
        "label_form": named.form,
        "label_opened": named.opened,
        "end_form": ended.form,
        "end_opened": ended.opened,
        "refused": sent.form if sent.form.errors else None,
        "is_needed": is_needed(key, code),
        "trail": trail(
            (_("Code lists"), reverse("administration:code-lists")),
            (name, reverse("administration:code-list", args=[key])),
            (line.label, ""),
        ),
    }
    return render(request, "administration/code.html", context, status=sent.opened.status(sent.form))


@dataclass(frozen=True)
class _Sent:
    """A form of this page, what it was opened on, and what was done with it, in words."""

    form: LabelForm | EndCodeForm
    opened: Opened
    done: str = ""


def _naming(request: HttpRequest, found: Code, action: str) -> _Sent:
    """What it is called from a day on, saved or not."""
    label, today = label_of(found, dates.today()), dates.today()
    sent = request.POST if action == "label" else None
    form = _label_form({"nl": label.nl, "en": label.en, "since": today}, sent)
    opened, words = (
        begun_on(sent, _label_version(found)),
        _("The new label is saved. Earlier days go on reading the words of then."),
    )
    if sent is None or not form.is_valid():
        return _Sent(form, opened)
    try:
        relabel_code(by=actor_of(request), code=found, **form.cleaned_data, opened_on=sent_version(sent))
    except ReplacedMeanwhile:
        newest, saved = _last_named(found)
        form, opened = met(_label_form, sent, opened=None, newest=newest, version=_label_version(found), saved=saved)
        return _Sent(form, opened, words if opened.is_settled else "")
    return _Sent(form, opened, words)


def _ending(request: HttpRequest, found: Code, action: str) -> _Sent:
    """Until when it can be chosen, saved or not."""
    sent = request.POST if action == "end" else None
    held = {"ends_on": found.ended_on}
    form, opened = _end_form(held, sent), begun_on(sent, version_of_values("code-end", held))
    words = _("Until when this code can be chosen is saved.")
    if sent is not None and is_needed(found.code_list.key, found.code):
        raise Http404  # the page does not offer it
    if sent is None or not form.is_valid():
        return _Sent(form, opened)
    day = form.cleaned_data["ends_on"]
    try:
        end_code(by=actor_of(request), code=found, ends_on=day, opened_on=sent_version(sent))
    except ReplacedMeanwhile:
        saved = saved_by(last_done("end_code", f"{found.code_list.key}:{found.code}"))
        newest, given = {"ends_on": found.ended_on}, {"ends_on": day}
        form, opened = met_in_place(_end_form, sent, kind="code-end", newest=newest, given=given, saved=saved)
        return _Sent(form, opened, words if opened.is_settled else "")
    return _Sent(form, opened, words)


def _last_named(found: Code) -> tuple[dict[str, Any], Saved]:
    """What it was last called here, from when on, and by whom; where nobody did so yet, as Opstap calls it."""
    last = found.labels.filter(is_own=True).order_by("-pk").first()
    if last is None:
        label = label_of(found, dates.today())
        return {"nl": label.nl, "en": label.en, "since": dates.today()}, saved_by(None)
    saved = Saved(last.recorded_by, last.recorded_at or dates.now())
    return {"nl": last.nl, "en": last.en, "since": last.starts_on}, saved


def _label_form(values: Mapping[str, Any], sent: QueryDict | None) -> LabelForm:
    return LabelForm(sent, initial=dict(values), prefix="label")


def _end_form(values: Mapping[str, Any], sent: QueryDict | None) -> EndCodeForm:
    return EndCodeForm(sent, initial={"ends_on": values["ends_on"] or ""}, prefix="end")


def _label_version(found: Code) -> str:
    return version_of_values("code-label", {"last": last_label_of(found.pk)})


def _name(found: CodeList, language: str) -> str:
    return found.name_en if language == "en" else found.name_nl
