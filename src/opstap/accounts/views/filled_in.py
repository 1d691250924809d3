"""What somebody sent after their session was over: shown once they are in, to be sent after all or thrown away."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.messages.storage import default_storage
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.logic.filled_in import PageRead, lines_of
from opstap.accounts.operations import drop_sent_late
from opstap.accounts.permissions import actor_of, parts_of
from opstap.accounts.selectors import SentLate, sent_late_by
from opstap.foundation.ui.addresses import own_path, without_nul
from opstap.municipality.logic import part_of

HERE = "accounts:filled-in"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def filled_in(request: HttpRequest) -> HttpResponse:
    """The page, and throwing it away; sending it after all goes to the address that it was for."""
    actor = actor_of(request)
    late = sent_late_by(actor.user_id, actor.municipality_id)
    if request.method == "POST":
        return _thrown_away(request, late)
    context: dict[str, object] = {"late": late}
    if late is not None:
        read = _page_of_form(request, late)
        context |= {
            "to": own_path(late.to),
            "page": own_path(late.page) if read is not None else "",
            "title": read.title if read is not None else "",
            "lead": read.lead if read is not None else "",
            "lines": lines_of(read, late.to, late.fields),
            "fields": [(name, value) for name, values in late.fields.items() for value in values],
        }
    return render(request, "accounts/filled_in.html", context)


def _thrown_away(request: HttpRequest, late: SentLate | None) -> HttpResponse:
    if late is None:
        return redirect(HERE)
    drop_sent_late(by=actor_of(request), reference=late.reference)
    messages.success(request, _("What you had filled in is thrown away."))
    return redirect(own_path(late.page) or reverse("home"))


def _page_of_form(request: HttpRequest, late: SentLate) -> PageRead | None:
    """The page that the form stood on as it is now, for its words; None where there is none, or not for this person."""
    for address in (late.page, late.to):
        page = _as_it_is(request, own_path(address)) if address else ""
        if page:
            return PageRead(page)
    return None


def _as_it_is(request: HttpRequest, address: str) -> str:
    """A page of our own as it is shown to who asks: through its own gate, and in the access log with this one."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return ""
    part = part_of(found.view_name)
    if found.view_name == HERE or (part is not None and part not in parts_of(request)):
        return ""
    asked = HttpRequest()
    asked.__dict__ |= request.__dict__ | {"_messages": default_storage(request)}  # what waits to be said waits on
    asked.path = asked.path_info = parts.path
    asked.method, asked.resolver_match = "GET", found
    asked.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": parts.path, "QUERY_STRING": parts.query}
    try:
        asked.GET = without_nul(QueryDict(parts.query))
        answer = cast("HttpResponseBase", found.func(asked, *found.args, **found.kwargs))
    except (BadRequest, Http404, PermissionDenied):
        return ""
    is_page = isinstance(answer, HttpResponse) and answer.status_code == 200
    return answer.content.decode() if is_page and isinstance(answer, HttpResponse) else ""
