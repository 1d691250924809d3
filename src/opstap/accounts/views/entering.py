"""Into Opstap: from a right password to a session, with the second step between when there is one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, login
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CSRF_SESSION_KEY
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from opstap.accounts.logic.browsers import browser_and_system
from opstap.accounts.models import User
from opstap.accounts.operations.session_store import STAMP
from opstap.accounts.permissions import WORKS_IN
from opstap.accounts.selectors import sent_late_by, standing_of
from opstap.accounts.selectors.factors import has_factor
from opstap.accounts.selectors.towns import begins_in
from opstap.foundation import dates
from opstap.foundation.ui.addresses import own_path
from opstap.foundation.ui.browsers import remember

HALF_WAY, MUST_ADD, PROVED = "half_way", "must_add_factor", "proved"
ORGANISATION = "by_organisation"  # in a session: whose it is, and the token by which they sign out there
ANEW = "proved_anew"  # in a session: when the password was typed again
BACKEND = "django.contrib.auth.backends.ModelBackend"
# What a session holds of who somebody is. The rest is of pages of one municipality.
OF_THE_PERSON = {
    SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY, CSRF_SESSION_KEY, STAMP, ORGANISATION, PROVED, MUST_ADD, ANEW,
    "browser", "app_secret", "recovery_codes",
}  # fmt: skip
HALF_WAY_FOR = timedelta(minutes=10)


def after_organisation(request: HttpRequest, user: User, following: str, *, proved: bool) -> HttpResponse:
    """In, when the provider asked for more than a password and is believed in that; else as after a password."""
    if proved:
        return enter(request, user, following, proved=True)
    return _second_step_or_in(request, user, following)


def after_password(request: HttpRequest, user: User, following: str) -> HttpResponse:
    """On to the second step, or in when this person has none."""
    request.session.pop(ORGANISATION, None)
    return _second_step_or_in(request, user, following)


def _second_step_or_in(request: HttpRequest, user: User, following: str) -> HttpResponse:
    if not has_factor(user):
        return enter(request, user, following)
    return on_to_second_step(request, user, following)


def on_to_second_step(request: HttpRequest, user: User, following: str, presented: str = "") -> HttpResponse:
    """Half way in; `presented` is who the provider says it is, sealed, when that is believed after this step only."""
    request.session.cycle_key()
    request.session[HALF_WAY] = {
        "user": user.reference,
        "of": user.get_session_auth_hash(),
        "at": dates.now().isoformat(),
        "next": own_path(following),
        "presented": presented,
    }
    return redirect("accounts:second-step")


def half_way(request: HttpRequest) -> tuple[User, str] | None:
    """Who typed the right password here just now, and where they were going; not once it is another password."""
    kept = request.session.get(HALF_WAY)
    if not kept or dates.now() - datetime.fromisoformat(kept["at"]) > HALF_WAY_FOR:
        return None
    user = User.objects.filter(reference=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept.get("of", ""), user.get_session_auth_hash()):
        return None
    return user, kept["next"]


def presented_before(request: HttpRequest) -> str:
    """Who the provider says that whoever is half way here is, sealed; empty when nothing waits for this step."""
    return str((request.session.get(HALF_WAY) or {}).get("presented", ""))


def came_by_organisation(request: HttpRequest) -> bool:
    """Whether whoever is signed in here came by the provider of their organisation."""
    kept = request.session.get(ORGANISATION)
    return kept is not None and kept[0] == getattr(request.user, "reference", None)


def work_in(request: HttpRequest, municipality_id: int) -> None:
    """Work in this municipality from now on. What the session holds of pages of another is forgotten, said or unsaid:
    what was searched there, what was done, and the words that wait to be shown.
    """
    for key in [key for key in request.session.keys() if key not in OF_THE_PERSON]:  # noqa: SIM118 - no mapping
        del request.session[key]
    list(messages.get_messages(request))
    request.session[WORKS_IN] = municipality_id


def enter(request: HttpRequest, user: User, following: str, *, proved: bool = False) -> HttpResponse:
    """Sign somebody in here: a session that knows its browser, and whether more than a password was proved in it.

    Where it was not, every page asks whether it must be (`config.middleware.EveryPage`). What they sent after an
    earlier session was over is shown first.
    """
    request.session.pop(HALF_WAY, None)
    login(request, user, backend=BACKEND)
    request.session["browser"] = browser_and_system(request.headers.get("User-Agent", ""))
    request.session[PROVED] = proved
    request.session.pop(MUST_ADD, None)
    everywhere = standing_of(user, dates.today(), user.municipality_id).everywhere
    request.session[WORKS_IN] = where = begins_in(user, everywhere)
    late = reverse("accounts:filled-in") if sent_late_by(user.pk, where) else ""
    response = redirect(late or own_path(following) or reverse("home"))
    remember(request, response, user.sign_in_name or "")
    return response
