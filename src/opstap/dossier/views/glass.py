"""Emergency access: breaking the glass of one dossier, its page, ending it, and judging it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.logic.seen import note_listed
from opstap.audit.permissions import Actor
from opstap.clients.enums import GlassVerdict
from opstap.clients.logic.glass import GlassRefused
from opstap.clients.logic.handing import AnsweredMeanwhile
from opstap.clients.models import Client
from opstap.clients.operations import break_glass, end_glass, judge_glass
from opstap.clients.permissions import knows, may_see_client
from opstap.clients.selectors.glass import GlassFound, glass_shown_to, glass_to_judge, glasses
from opstap.clients.selectors.outside import found_this_hour
from opstap.dossier.forms.glass import BreakGlassForm, JudgeGlassForm
from opstap.dossier.tables.glass import REFUSALS, VERDICT_WORDS
from opstap.dossier.views.outside import asked_by_nobody, asked_too_long_ago, found_before, too_old, was_typed
from opstap.foundation import dates
from opstap.municipality.logic import GLASS_MINUTES
from opstap.municipality.selectors import labels_on, setting_on, words_on

REASONS = "glass_reason"


@require_http_methods(["GET", "HEAD", "POST"])
@requires("break_the_glass")
def break_glass_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Why it can't wait; then on to the dossier of whom one just asked for."""
    actor, today = actor_of(request), dates.today()
    client = found_before(request, reference)
    reasons = words_on([REASONS], today, get_language() or "nl")[1][REASONS]
    form = BreakGlassForm(request.POST or None, reasons=list(reasons.items()))
    if client is None and was_typed(request, form):
        form.add_error(None, asked_by_nobody())
        return _page(request, form, ask_again=True, status=409)
    is_old = client is not None and not found_this_hour(actor, client)
    leads = _leads(request, client, reference, is_old=is_old)
    if client is None or leads is not None:
        return leads or redirect("desk:outside")
    if is_old:
        form.add_error(None, asked_too_long_ago())
    elif request.method == "POST" and form.is_valid() and _broken(actor, client, form):
        return redirect("dossier:client", client.reference)
    return _page(request, form, ask_again=is_old, status=400 if form.is_bound else 200)


def _page(request: HttpRequest, form: BreakGlassForm, *, ask_again: bool, status: int) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "ask_again": ask_again,
        "lost": status == 409,
        "minutes": setting_on(municipality_of(request).pk, GLASS_MINUTES, dates.today()),
        "trail": [{"label": _("Who is calling?"), "url": reverse("desk:outside")}, {"label": _("Emergency access")}],
    }
    return render(request, "dossier/break_glass.html", context, status=status)


def _leads(request: HttpRequest, client: Client | None, reference: str, *, is_old: bool) -> HttpResponse | None:
    """Where there is nothing to break: within reach, somebody whom one knows, an answer of more than an hour ago."""
    actor = actor_of(request)
    if client is None:
        return redirect("desk:outside")
    if may_see_client(actor, client):
        return redirect("dossier:client", client.reference)
    if knows(actor, client):
        return redirect("desk:outside-answer", reference)  # which says why not
    return too_old(request) if is_old and request.method != "POST" else None


def _broken(actor: Actor, client: Client, form: BreakGlassForm) -> bool:
    """Whether the dossier is open now; else the form says why not."""
    try:
        break_glass(by=actor, client=client, reason=form.cleaned_data["reason"], why=form.cleaned_data["why"])
    except GlassRefused as refused:
        if refused.code == "open_already":
            return True
        form.add_error(None, str(REFUSALS[refused.code]))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@requires("see_inbox")
def glass(request: HttpRequest, reference: str) -> HttpResponse:
    """One time: who, whom, why and until when; to end for who did it, to judge for who leads them."""
    actor = actor_of(request)
    found = _found(actor, reference)
    form = JudgeGlassForm(request.POST if request.POST.get("action") == "judge" else None)
    status = 400 if form.is_bound else 200
    if request.method == "POST":
        try:
            if _done(request, actor, found, form):
                return redirect("desk:inbox") if request.POST["action"] == "end" else redirect("desk:glass", reference)
        except AnsweredMeanwhile:
            found, status = _found(actor, reference), 409
    note_listed([found.client.reference])
    now, language = dates.now(), get_language() or "nl"
    context: dict[str, Any] = {
        "found": found,
        "reason": labels_on([REASONS], dates.today(), language)[REASONS].get(found.reason, found.reason),
        "conflict": status == 409,
        "open": found.is_open(now),
        "own": found.user.pk == actor.user_id,
        "judges": found.judged is None and glass_to_judge(actor).filter(reference=reference).exists(),
        "verdict": str(VERDICT_WORDS[found.judged.verdict]) if found.judged else "",
        "late": found.is_late(dates.today()),
        "form": form,
        "trail": [{"label": _("My messages"), "url": reverse("desk:inbox")}, {"label": _("Emergency access")}],
    }
    return render(request, "dossier/glass.html", context, status=status)


def _done(request: HttpRequest, actor: Actor, found: GlassFound, form: JudgeGlassForm) -> bool:
    action = request.POST.get("action", "")
    if action == "end":
        if found.user.pk != actor.user_id:
            raise Http404  # who did it ends it; for all others there is nothing to end
        end_glass(by=actor, reference=found.reference)
        messages.success(request, _("Ended: the dossier is closed to you again."))
        return True
    if action == "judge" and form.is_valid():
        if not actor.may("judge_broken_glass"):
            raise PermissionDenied
        verdict = GlassVerdict(form.cleaned_data["verdict"])
        judge_glass(by=actor, reference=found.reference, verdict=verdict, remark=form.cleaned_data["remark"])
        messages.success(request, _("Your judgement is kept. The privacy officer sees it."))
        return True
    return False


def _found(actor: Actor, reference: str) -> GlassFound:
    found = glasses(glass_shown_to(actor).filter(reference=reference))
    if not found:
        raise Http404
    return found[0]
