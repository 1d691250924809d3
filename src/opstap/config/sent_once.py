"""A form that comes twice is saved once: the second time leads to where the first one led."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from opstap.accounts.permissions import actor_of, chosen_of
from opstap.audit.logic.seen import note_asked
from opstap.audit.operations import SavedBefore, Sending, form_on_its_way, saved_before
from opstap.facts.selectors.cache import forget_all
from opstap.foundation.once import digest_of, take_key

# What comes of these is not in the database alone, or is meant to be done each time.
EACH_TIME = {
    "accounts:sign-in": "whoever signs in twice has to be signed in by the second answer too",
    "accounts:second-step": "signs in, and uses its code up: a second time it is refused",
    "accounts:passkey-sign-in": "signs in, with an answer that is taken once",
    "accounts:passkey-options": "asks the browser something else each time",
    "accounts:choose-municipality": "what the session works in is not in the form's transaction",
    "accounts:forgotten": "whoever asks again is mailed again; how often is limited",
    "accounts:choose-password": "uses its link up, and ends the session that it comes with",
    "accounts:sign-out": "ends the session that it comes with",
    "administration:set-up": "signs in whoever sets up; the second time it is set up already",
    "set_language": "keeps a cookie",
    "contacts:draft": "the last thing that was typed is what is kept, also when it was typed before",
    "dossier:bsn": "each showing of a whole number is one of which is noted who saw it",
    "ladder:draft": "the last thing that was typed is what is kept, also when it was typed before",
}
LEADS_ON = {301, 302, 303, 307}


class SentOnce:
    """Stands right around the view, so that what is saved is committed before the access log is written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, kept with what was saved. Its key is taken out before anything looks at the form."""
        request.once = take_key(request)  # type: ignore[attr-defined]  # for process_view, which alone knows the view
        try:
            response = self.get_response(request)
            form = form_on_its_way.get()
            return response if form is None else self._closed(request, form, response)
        except BaseException as fault:
            _take_back(fault)
            raise
        finally:
            form_on_its_way.set(None)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponseBase | None:
        """What the same form led to before; else it is on its way."""
        key = str(getattr(request, "once", ""))
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not key or name in EACH_TIME:
            return None
        form = Sending(digest_of(key, request, _whose(request)))
        form_on_its_way.set(form)
        return self._as_before(request, form) if _may(request, view) else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Nothing is saved of a form whose view fails, unless it failed because it was saved."""
        form = form_on_its_way.get()
        if form is None:
            return None
        _take_back(exception)
        return self._as_before(request, form) if isinstance(exception, SavedBefore) else None

    def _closed(self, request: HttpRequest, form: Sending, response: HttpResponse) -> HttpResponse:
        if response.status_code >= 500:
            _take_back(RuntimeError(response.reason_phrase))
        elif form.has_saved:
            request.was_saved = True  # type: ignore[attr-defined]  # for `SentAfterAll`
            form.keep(_outcome(request, response))
        elif response.status_code != 403:
            return self._as_before(request, form) or response  # saved while this one was being looked at
        return response

    def _as_before(self, request: HttpRequest, form: Sending) -> HttpResponse | None:
        """The answer that was given when this form was saved; None when it was not."""
        found = saved_before(form.digest)
        if found is None:
            return None
        form_on_its_way.set(None)
        request.was_saved = True  # type: ignore[attr-defined]  # for `SentAfterAll`
        if request.resolver_match:
            note_asked(request.resolver_match.kwargs.get("reference", ""))
        at, said = found
        outcome = json.loads(said)
        if outcome["to"] is None:
            return render(request, "sent_before.html", {"at": at})
        _say(request, outcome["messages"])
        return HttpResponseRedirect(outcome["to"])


def _whose(request: HttpRequest) -> str:
    """Who sends it, and in which municipality they work: the same form of another is another form."""
    if not request.user.is_authenticated:
        return ""
    return f"{request.user.reference} {chosen_of(request)}"


def _may(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Whether the view would let this person in: who may no longer do it is told so, not what came of it."""
    asked = getattr(view, "required_permission", "")
    return not asked or (request.user.is_authenticated and actor_of(request).may(asked))


def _take_back(fault: BaseException) -> None:
    """What this process remembered of it meanwhile is forgotten before its number can be another's."""
    form = form_on_its_way.get()
    if form is None:
        return
    if form.has_written:
        forget_all()
    form.abandon(fault)


def _say(request: HttpRequest, said: list[list[Any]]) -> None:
    """What was said when it was saved, unless that still waits to be read."""
    waiting = [[one.level, str(one.message), one.extra_tags or ""] for one in messages.get_messages(request)]
    for level, words, tags in waiting + [one for one in said if one not in waiting]:
        messages.add_message(request, level, words, extra_tags=tags)


def _outcome(request: HttpRequest, response: HttpResponse) -> str | None:
    """Where it led to, with the messages; None for an answer that refuses, after which it may be sent again."""
    if response.status_code >= 400:
        return None
    said = getattr(messages.get_messages(request), "_queued_messages", [])
    told = [(one.level, str(one.message), one.extra_tags or "") for one in said]
    to = response.headers.get("Location") if response.status_code in LEADS_ON else None
    return json.dumps({"to": to, "messages": told})
