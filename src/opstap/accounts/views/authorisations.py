"""Who holds which role: looked over half-yearly, prepared by one and signed by another; also as a file."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.forms import NextReviewForm
from opstap.accounts.models import AuthorisationReview
from opstap.accounts.operations import HoldingRefused, Judged, prepare_authorisations, sign_authorisations
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors.authorisations import (
    LIST,
    Authorisation,
    authorisations_on,
    last_signed,
    open_review,
    said_of,
    state_of_list,
)
from opstap.accounts.tables import REFUSALS
from opstap.accounts.tables.authorisations import authorisation_lines, authorisations_file, lines_that_differ
from opstap.audit.operations import ReplacedMeanwhile
from opstap.foundation import dates
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES, FileFormat
from opstap.foundation.ui.conflicts import Conflict, Opened, Saved, begun_on, saved_by, sent_version
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.foundation.versions import version_of_values

HALF_A_YEAR = timedelta(days=182)
LONGEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
@requires("see_authorisations")
def authorisations(request: HttpRequest) -> HttpResponse:
    """Every role that is held today with what is said of it, and the buttons of who prepares or signs."""
    found = authorisations_on(municipality_of(request).pk, dates.today())
    form = NextReviewForm(request.POST if request.POST.get("action") == "sign" else None, initial=_initial())
    if request.method != "POST":
        return _page(request, found, _said(request), form)
    judged = _judged(request, found)
    if any(not one.stays and not one.remark for one in judged.values()):
        messages.error(request, _("Say of each role that is taken away in a few words why. Nothing is saved yet."))
        return _page(request, found, judged, form, status=400)
    try:
        done = _done(request, judged, form)
    except ReplacedMeanwhile:
        return _page(request, found, judged, form, status=409, met=True)
    except HoldingRefused as refused:
        messages.error(request, str(REFUSALS[refused.code]))
        return _page(request, found, judged, form, status=409)
    return redirect("accounts:authorisations") if done else _page(request, found, judged, form, status=400)


def _done(request: HttpRequest, judged: dict[int, Judged], form: NextReviewForm) -> bool:
    actor, municipality, opened_on = actor_of(request), municipality_of(request), sent_version(request.POST)
    if request.POST.get("action") == "prepare":
        prepare_authorisations(by=actor, municipality=municipality, judged=judged, opened_on=opened_on)
        messages.success(request, _("The list is ready to be signed."))
        return True
    if request.POST.get("action") != "sign":
        raise Http404
    if not form.is_valid():
        return False
    next_on = form.cleaned_data["next_on"]
    gone = sign_authorisations(by=actor, municipality=municipality, judged=judged, next_on=next_on, opened_on=opened_on)
    text = ngettext(
        "The list is signed. %(n)s role is taken away.", "The list is signed. %(n)s roles are taken away.", gone
    )
    messages.success(request, text % {"n": gone})
    return True


def _judged(request: HttpRequest, found: list[Authorisation]) -> dict[int, Judged]:
    """What the form says of each role that is held; a role that it does not know of is not signed unseen."""
    return {
        one.holding: Judged(
            request.POST[f"stays-{one.holding}"] != "no",
            " ".join(request.POST.get(f"remark-{one.holding}", "").split())[:LONGEST],
        )
        for one in found
        if f"stays-{one.holding}" in request.POST
    }


def _said(request: HttpRequest) -> dict[int, Judged]:
    said = said_of(open_review(municipality_of(request).pk))
    return {holding: Judged(one.stays, one.remark) for holding, one in said.items()}


def _initial() -> dict[str, date]:
    return {"next_on": dates.today() + HALF_A_YEAR}


def _page(
    request: HttpRequest,
    found: list[Authorisation],
    judged: dict[int, Judged],
    form: NextReviewForm,
    *,
    status: int = 200,
    met: bool = False,
) -> HttpResponse:
    municipality, actor = municipality_of(request), actor_of(request)
    prepared, last = open_review(municipality.pk), last_signed(municipality.pk)
    version = version_of_values(LIST, state_of_list(municipality.pk))
    state = begun_on(request.POST if request.method == "POST" else None, version)
    if met:
        lines = lines_that_differ(authorisation_lines(found, _said(request), get_language() or "nl"), judged)
        state = Opened(version, Conflict(_saved(prepared, last), tuple(lines)))
    context = {
        "lines": authorisation_lines(found, judged, get_language() or "nl"),
        "people": len({one.user for one in found}),
        "prepared": prepared,
        "last": last,
        "is_due": last is None or last.next_on is None or last.next_on <= dates.today(),
        "may_prepare": actor.may("manage_accounts"),
        "may_sign": prepared is not None
        and actor.may("sign_off_authorisations")
        and prepared.prepared_by_id != actor.user_id,
        "form": form,
        "opened": state,
        "tried": status != 200,
    }
    return render(request, "accounts/authorisations.html", context, status=status)


def _saved(prepared: AuthorisationReview | None, last: AuthorisationReview | None) -> Saved:
    """Who prepared the list anew, or signed it, while the page was open."""
    if prepared is not None:
        return Saved(prepared.prepared_by.name, prepared.prepared_at)
    if last is not None and last.signed_by is not None and last.signed_at is not None:
        return Saved(last.signed_by.name, last.signed_at)
    return saved_by(None)


@require_safe
@requires("see_authorisations")
def authorisations_as_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """The same as a file, with when it was signed last."""
    kind: FileFormat | None = next((known for known in CONTENT_TYPES if known == file_format), None)
    if kind is None:
        raise Http404
    municipality, today = municipality_of(request), dates.today()
    lines = authorisation_lines(authorisations_on(municipality.pk, today), _said(request), get_language() or "nl")
    last = last_signed(municipality.pk)
    notes = [_("Roles on {day}.").format(day=day(today))]
    if last is not None and last.signed_by is not None:
        signed = _("Signed last by {name} on {day}.")
        notes.append(signed.format(name=last.signed_by.name, day=day(last.signed_at)))
    response = HttpResponse(authorisations_file(lines, notes, kind), content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="autorisaties-{today.isoformat()}.{kind}"'
    return response
