"""No log, no access: every answer to somebody who is signed in is written to the access log before it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opstap.accounts.models import User
from opstap.accounts.permissions import chosen_of
from opstap.audit.logic.entries import DONE, REFUSED, result_of
from opstap.audit.logic.seen import Seen, watching
from opstap.audit.logic.traces import as_header, caller_of, new_trace
from opstap.audit.operations import LogUnavailable, ensure_log, log_access
from opstap.audit.permissions import Actor
from opstap.foundation import dates

SIGN_IN, RETURN = "accounts:sign-in", "accounts:organisation-return"
# What somebody tries who is not in yet: a form that is sent in, and coming back from the provider.
INTO = {(SIGN_IN, "POST"), ("accounts:second-step", "POST"), ("accounts:passkey-sign-in", "POST"), (RETURN, "GET")}


class AccessLog:
    """Stands around every view. Its page when the log can't be written says so, and shows nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, once it is in the log."""
        before = request.user
        try:
            if before.is_authenticated:
                ensure_log()
            with watching() as seen:
                seen.began_at, seen.trace = dates.now(), new_trace()
                seen.caller = caller_of(request.headers.get("traceparent", ""))
                response = self.get_response(request)
            self._log(request, response, seen, _user_of(before) or _user_of(request.user))
            if seen.caller:
                response["traceresponse"] = as_header(seen.trace)
        except LogUnavailable:
            return render(request, "no_log.html", status=503)
        return response

    def _log(self, request: HttpRequest, response: HttpResponse, seen: Seen, user: User | None) -> None:
        action = request.resolver_match.view_name if request.resolver_match else ""
        result = result_of(response.status_code, out_of_reach=seen.out_of_reach)
        if result == REFUSED and request.resolver_match and not seen.subject:
            seen.subject = request.resolver_match.kwargs.get("reference", "")  # refused before the gate was asked
        if getattr(request, "turned_away", False):
            result = REFUSED
        if user is None:
            if (action, request.method) not in INTO:
                return
            result = REFUSED if result == DONE else result
        log_access(by=_who(request, user), action=action, method=request.method or "", result=result, seen=seen)


def _user_of(found: object) -> User | None:
    """Somebody who is signed in."""
    user = cast("User | AnonymousUser", found)
    return user if user.is_authenticated else None


def _who(request: HttpRequest, user: User | None) -> Actor:
    """The actor of the request where a view asked for one; a page that asks none needs no more than the user."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor):
        return actor
    if user is None:
        return Actor(reference="", name="", source="screen")
    return Actor(user.reference, user.name, "screen", user_id=user.pk, municipality_id=_where(request, user))


def _where(request: HttpRequest, user: User) -> int:
    """The municipality that the session works in; of a session that has just ended, the one that keeps the account."""
    return chosen_of(request) if request.user.is_authenticated else user.municipality_id
