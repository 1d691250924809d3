"""What is sent in after its session is over is kept for who sent it, and sent after all once they are in again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve, reverse

from opstap.accounts.operations import drop_sent_late, keep_sent_late
from opstap.accounts.permissions import WORKS_IN, actor_of, chosen_of, works_in
from opstap.accounts.selectors.towns import mark_of
from opstap.config.one_town import HEADER
from opstap.config.sent_once import EACH_TIME
from opstap.foundation.once import TOKEN, take_field
from opstap.foundation.ui.addresses import own_path

FIELD = "filled_in"  # the name of the hidden field that says what was sent after all
# The address that keeps what was being filled in on a page, for whoever sends it in after their session is over. What a
# script keeps meanwhile is kept as it is.
DRAFTS = {
    "ladder:place": "ladder:draft",
    "ladder:draft": "ladder:draft",
    "contacts:note": "contacts:draft",
    "contacts:draft": "contacts:draft",
}
# What is never kept, beside what is done each time.
NEVER = {
    "accounts:own-password": "passwords are kept nowhere",
    "accounts:own-account": "asks a password, and ends sessions",
    "accounts:own-factors": "asks a password",
    "accounts:add-app": "holds a code, which is over by then",
    "accounts:add-passkey": "belongs to a question that was asked in the session",
    "accounts:recovery-codes": "shows what is kept nowhere else",
    "accounts:filled-in": "throws away what is kept",
    "ladder:drop-draft": "throws a draft away",
    "contacts:drop-draft": "throws a draft away",
}
SECRET = ("password", "token", "secret")  # in the name of a field
ANSWERED = {400, 409}  # the page shows what was filled in, and asks for something


def draft_kept(request: HttpRequest) -> bool:
    """Whether what was sent in was kept as a draft of the page that it was filled in on."""
    found = request.resolver_match
    name = DRAFTS.get(found.view_name) if found and request.method == "POST" else None
    if found is None or name is None:
        return False
    _is_of_the_page(request)
    view = resolve(reverse(name, kwargs=found.kwargs)).func
    try:
        return bool(view(request, **found.kwargs).status_code == 200)
    except (Http404, PermissionDenied):
        return False


def kept_to_send(request: HttpRequest, page: str) -> bool:
    """Whether any other form was kept, to be sent after all. No file, nothing of how one signs in."""
    found, to = request.resolver_match, own_path(request.get_full_path())
    if found is None or request.method != "POST" or request.FILES or not to:
        return False
    fields: dict[str, Any] = {name: given for name, given in request.POST.lists() if name != TOKEN}
    if not _is_to_keep(found.view_name, fields) or not _is_of_the_page(request) or not actor_of(request).permissions:
        return False
    about = str(found.kwargs.get("reference", ""))
    keep_sent_late(by=actor_of(request), to=to, page=page, about=about, fields=fields)
    return True


def _is_to_keep(name: str, fields: dict[str, Any]) -> bool:
    """Something that was filled in, on a form of which nothing has to stay unkept."""
    if name in DRAFTS or name in NEVER or name in EACH_TIME:
        return False
    if any(part in named for named in fields for part in SECRET):
        return False
    return any(words.strip() for given in fields.values() for words in given)


def _is_of_the_page(request: HttpRequest) -> bool:
    """Be who one is in the municipality of the page that was sent in, for who holds a role there: another tab may have
    chosen another since. The session is over, so nothing else is done in it. False where that is not known.
    """
    shown_in = getattr(request, "shown_in", "") or request.headers.get(HEADER, "")
    where = next((one for one in works_in(request) if mark_of(one) == shown_in), None)
    if where is None:
        return not shown_in and len(works_in(request)) < 2
    if where != chosen_of(request):
        request.session[WORKS_IN] = where
        for found_before in ("actor", "municipality", "parts", "works_in"):
            request.__dict__.pop(found_before, None)
    return True


class SentAfterAll:
    """Stands around what is done with a form: once that is answered, nothing waits to be sent any more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer. What was refused without a word of the page, or led away and saved nothing, stays."""
        reference = take_field(request, FIELD)
        response = self.get_response(request)
        if reference and _is_answered(request, response):
            drop_sent_late(by=actor_of(request), reference=reference)
        return response


def _is_answered(request: HttpRequest, response: HttpResponse) -> bool:
    if not request.user.is_authenticated or getattr(request, "turned_away", False):
        return False
    was_saved = response.status_code < 400 and getattr(request, "was_saved", False)
    return was_saved or response.status_code in {200, *ANSWERED}
