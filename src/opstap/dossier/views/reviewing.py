"""Looking at a protection again, ending it, and letting a worker see a dossier again; on the version that was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.models import User
from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.logic import RowsRefused
from opstap.clients.models import Acquaintance, Protection
from opstap.clients.operations import end_known, end_protection, review_protection
from opstap.dossier.forms.protecting import EndForm, ReviewForm
from opstap.dossier.selectors.protected import (
    Versions,
    admitted_before,
    admitted_to,
    possible_readers,
    reference_of,
    versions_at,
)
from opstap.dossier.views.opened import say_refusal
from opstap.dossier.views.protecting import HALF_A_YEAR, ids_of
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import (
    NONE,
    Conflict,
    Line,
    Opened,
    Saved,
    gone,
    met,
    opened_of,
    settled_words,
)
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.foundation.versions import version_of

R = TypeVar("R", Protection, Acquaintance)


@dataclass(frozen=True)
class Page(Generic[R]):
    """A form about one row: what it does, and what it shows when somebody else was first (None: that it is gone)."""

    found: Versions[R]
    held: R
    form: forms.Form
    act: Callable[[], None]
    meets: Callable[[], tuple[forms.Form, Opened]] | None
    title: str
    save: str
    danger: bool = True


@require_http_methods(["GET", "HEAD", "POST"])
@requires("protect_dossiers")
def review(request: HttpRequest, fact: str) -> HttpResponse:
    """Keep a protection: to be looked at again on another day, with who is let in."""
    found, held = _found(request, Protection.objects.all(), fact)
    users = _users(found.newest)
    form = _review_form(dates.today() + HALF_A_YEAR, found.newest, request.POST or None)

    def save() -> None:
        given = form.cleaned_data
        review_protection(
            by=actor_of(request), protection=held, review_on=given["review_on"], why=given["why"],
            readers=ids_of(users, given),
        )  # fmt: skip

    title, button = _("Look at the protection again"), _("Keep the protection")
    meets = partial(_both, found, request.POST)
    return _answered(request, Page(found, held, form, save, meets, title, button, danger=False))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("protect_dossiers")
def unprotect(request: HttpRequest, fact: str) -> HttpResponse:
    """End a protection."""
    found, held = _found(request, Protection.objects.all(), fact)
    form = EndForm(request.POST or None)

    def save() -> None:
        end_protection(by=actor_of(request), protection=held, why=form.cleaned_data["why"])

    title = _("End the protection")
    return _answered(request, Page(found, held, form, save, lambda: (form, _changed(found, held)), title, title))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("protect_dossiers")
def unknown(request: HttpRequest, fact: str) -> HttpResponse:
    """A worker may see a dossier again."""
    rows = Acquaintance.objects.exclude(user=actor_of(request).user_id).select_related("user")
    found, held = _found(request, rows, fact)
    form = EndForm(request.POST or None)

    def save() -> None:
        end_known(by=actor_of(request), acquaintance=held, why=form.cleaned_data["why"])

    title = _("Let %(name)s see the dossier again") % {"name": held.user.name}
    return _answered(request, Page(found, held, form, save, None, title, _("Let them see it again")))


def _found(request: HttpRequest, rows: QuerySet[R], fact: str) -> tuple[Versions[R], R]:
    """What stands at the address with the version that the form was opened on; 404 where there is nothing to look at.
    What is sent in about something that stands no more is answered.
    """
    found = versions_at(actor_of(request), rows, fact, dates.today())
    if found is None:
        raise Http404
    here = next(row for row in found.rows if reference_of(row) == fact)
    if request.method != "POST" and (here.pk != found.newest.pk or not found.stands(dates.today())):
        raise Http404
    return found, opened_of(found.rows, request.POST, _version) or here


def _answered(request: HttpRequest, page: Page[R]) -> HttpResponse:
    """Saved; or the page, with what somebody else did meanwhile."""
    form, state = page.form, Opened(_version(page.held))
    was_first = page.held.pk == page.found.newest.pk and page.found.stands(dates.today())
    if request.method == "POST" and not was_first:
        form, state = _met(page)
        if _is_sent_twice(page, state, request.POST):
            messages.success(request, settled_words())
            return redirect("desk:protected")
    elif request.method == "POST" and form.is_valid() and _is_saved(form, page.act):
        messages.success(request, _("It is saved."))
        return redirect("desk:protected")
    above = {"label": _("Protected dossiers"), "url": reverse("desk:protected")}
    context: dict[str, Any] = {
        "form": form,
        "opened": state,
        "title": page.title,
        "save": page.save,
        "danger": page.danger,
        "cancel": above["url"],
        "name": page.found.whom.name,
        "trail": [{"label": _("Team"), "url": reverse("desk:team")}, above, {"label": page.title}],
    }
    return render(request, "dossier/protection.html", context, status=state.status(form))


def _is_saved(form: forms.Form, act: Callable[[], None]) -> bool:
    try:
        act()
    except RowsRefused as refused:
        say_refusal(form, "protection", refused)
        return False
    except ReplacedMeanwhile:  # this very instant: sent once more, it is found
        form.add_error(None, _("Somebody else changed this just now. Nothing was saved yet; send it once more."))
        return False
    return True


def _met(page: Page[R]) -> tuple[forms.Form, Opened]:
    if page.meets is None or not page.found.stands(dates.today()):
        return page.form, gone(_version(page.found.newest), _saved(page.found))
    return page.meets()


def _is_sent_twice(page: Page[R], state: Opened, sent: QueryDict) -> bool:
    """The same with the same reason: what somebody else gave as theirs is told."""
    same = page.found.newest.why == sent.get("why", "").strip()
    ended = not page.found.stands(dates.today()) and isinstance(page.form, EndForm)
    return same and (ended or state.is_settled)


def _version(row: Protection | Acquaintance) -> str:
    return version_of(row._meta.label_lower, row.pk)


def _saved(found: Versions[R]) -> Saved:
    row = found.newest
    return Saved(row.recording.actor_name, row.recording.at, row.why, withdrawn=not found.stands(dates.today()))


def _users(row: Protection) -> list[User]:
    """Who is let in, and who else could be."""
    today = dates.today()
    admitted = admitted_to(row.client_id, today)
    return [*admitted, *possible_readers(row.client, today, [one.pk for one in admitted])]


def _review_form(review_on: date, row: Protection, sent: QueryDict | None) -> ReviewForm:
    return ReviewForm(
        sent,
        readers=[(one.reference, one.name) for one in _users(row)],
        initial={
            "review_on": review_on,
            "readers": [one.reference for one in admitted_to(row.client_id, dates.today())],
        },
    )


def _both(found: Versions[Protection], sent: QueryDict) -> tuple[forms.Form, Opened]:
    """What was filled in beside what a colleague saved: on which day it is looked at again, and who is let in."""
    chosen = sent.getlist("readers")
    theirs = _names([one.name for one in admitted_to(found.newest.client_id, dates.today())])
    mine = _names([one.name for one in _users(found.newest) if one.reference in chosen])
    line = Line(_("Who else sees it"), "", theirs, mine, touched=True)
    return met(
        lambda row, given: _review_form(row.review_on, row, given),
        sent,
        opened=None,
        newest=found.newest,
        version=_version(found.newest),
        saved=_saved(found),
        but=("readers",),
        more=[line] if theirs != mine else [],
    )


def _changed(found: Versions[Protection], held: Protection) -> Opened:
    """What a colleague changed of what is ended here."""
    now = found.newest
    days = Line(_("To be looked at again on"), day(held.review_on), day(now.review_on), "", touched=False)
    names = _names(admitted_before(held)), _names(admitted_before(now))
    readers = Line(_("Who else sees it"), *names, "", touched=False)
    lines = tuple(line for line in (days, readers) if line.before != line.theirs)
    return Opened(_version(now), Conflict(_saved(found), lines, corrects=False))


def _names(names: list[str]) -> str:
    return ", ".join(sorted(names)) or NONE
