"""The code lists: adding a code, another label from a day on, ending a code, and the order. For the installation."""

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
from opstap.administration.forms import EndCodeForm, LabelForm, NewCodeForm
from opstap.administration.tables.codelists import code_line, label_lines, list_line
from opstap.administration.views.trails import trail
from opstap.foundation import dates
from opstap.municipality.logic import is_needed
from opstap.municipality.models import Code, CodeList
from opstap.municipality.operations import add_code, end_code, move_code, relabel_code
from opstap.municipality.selectors import code_lists as all_code_lists
from opstap.municipality.selectors import label_of

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
    label_form, end_form = _forms(request, found, action)
    if request.method == "POST":
        done = _changed(request, found, action, label_form, end_form)
        if done:
            messages.success(request, done)
            return redirect("administration:code", key, code)
    today, language = dates.today(), get_language() or "nl"
    line, name = code_line(found, today, language), _name(found.code_list, language)
    refused = next((form for form in (label_form, end_form) if form.errors), None)
    context: dict[str, Any] = {
        "line": line,
        "labels": label_lines(found, today),
        "label_form": label_form,
        "end_form": end_form,
        "refused": refused,
        "is_needed": is_needed(key, code),
        "trail": trail(
            (_("Code lists"), reverse("administration:code-lists")),
            (name, reverse("administration:code-list", args=[key])),
            (line.label, ""),
        ),
    }
    return render(request, "administration/code.html", context, status=400 if refused else 200)


def _forms(request: HttpRequest, found: Code, action: str) -> tuple[LabelForm, EndCodeForm]:
    today = dates.today()
    label = label_of(found, today)
    start = {"nl": label.nl, "en": label.en, "since": today}
    label_form = LabelForm(request.POST if action == "label" else None, initial=start, prefix="label")
    end_form = EndCodeForm(
        request.POST if action == "end" else None, initial={"ends_on": found.ended_on or ""}, prefix="end"
    )
    return label_form, end_form


def _changed(request: HttpRequest, found: Code, action: str, label_form: LabelForm, end_form: EndCodeForm) -> str:
    """What was done, in words; empty when what was filled in is not right."""
    actor = actor_of(request)
    if action == "label" and label_form.is_valid():
        relabel_code(by=actor, code=found, **label_form.cleaned_data)
        return _("The new label is saved. Earlier days go on reading the words of then.")
    if action == "end" and is_needed(found.code_list.key, found.code):
        raise Http404  # the page does not offer it
    if action == "end" and end_form.is_valid():
        end_code(by=actor, code=found, ends_on=end_form.cleaned_data["ends_on"])
        return _("Until when this code can be chosen is saved.")
    if action not in {"label", "end"}:
        raise Http404
    return ""


def _name(found: CodeList, language: str) -> str:
    return found.name_en if language == "en" else found.name_nl
