"""The actor of a request, and the guard that every view stands behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from opstap.accounts.enums import Scope
from opstap.accounts.models import User
from opstap.accounts.selectors import Standing, standing_of
from opstap.accounts.selectors.factors import asks_factor, needs_factor
from opstap.accounts.selectors.inbox import waiting_count
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.prepared.slots import Slots, Statement, filled
from opstap.foundation.ui.browsers import browser_of
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import municipality_with_parts, work_statement

MOST = 256  # statements that are kept in each process
WORKS_IN = "works_in"  # in a session: the municipality that was chosen
P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)

SCOPE_PERMISSION = {
    Scope.MUNICIPALITY: "reach_municipality",
    Scope.TEAM: "reach_team",
    Scope.OWN_CASELOAD: "reach_own_caseload",
    Scope.BATCH: "reach_batch",
    Scope.SUPERVISED: "reach_supervised",
}


class SignedInRequest(Protocol):
    """A request whose actor and municipality have been found."""

    actor: Actor
    municipality: Municipality
    parts: frozenset[str]
    works_in: Mapping[int, frozenset[str]]


IN = "\n"  # between a name and the browser in which it is counted apart; nobody types it


def counted_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """The name by which mistakes at signing in are counted: capitals and spaces around it make no other. In a browser
    in which it signed in before, they are counted apart.
    """
    name = str((credentials or request.POST).get("username") or "").strip().casefold()
    browser = browser_of(request, name)
    return f"{name}{IN}{browser}" if browser else name


def second_step_name(user: User) -> str:
    """The name by which mistakes in the second step of somebody are counted together, from wherever."""
    return f"second step of {user.reference}"


def actor_for(user: User, municipality_id: int | None = None) -> Actor:
    """Who this user is today in a municipality, the one that keeps the account unless another is named: roles,
    permissions and reach.
    """
    where = user.municipality_id if municipality_id is None else municipality_id
    return _actor(user, where, standing_of(user, dates.today(), where))


def _actor(user: User, municipality_id: int, standing: Standing) -> Actor:
    reach = {SCOPE_PERMISSION[scope] for scope in standing.scopes}
    return Actor(
        reference=user.reference,
        name=user.name + standing.mark,
        source="screen",
        permissions=standing.permissions | reach,
        user_id=user.pk,
        municipality_id=municipality_id,
        team_ids=standing.team_ids,
        supervisor_ids=frozenset(standing.supervisors),
        roles=tuple(dict.fromkeys(role.key for role in standing.roles)),
        on_behalf_of=", ".join(standing.supervisors.values()),
        sees_people_elsewhere=standing.sees_people_elsewhere,
    )


def require_here(by: Actor, municipality_id: int) -> None:
    """Only in the municipality that the actor works in; the command line and what runs by itself name theirs."""
    if not by.may_all and by.municipality_id != municipality_id:
        message = "of another municipality"
        raise PermissionDenied(message)


def require_keeping(by: Actor, user: User) -> None:
    """Only the municipality that keeps an account changes it: by the account one comes wherever its roles are held."""
    require_here(by, user.municipality_id)


def require_other(by: Actor, user: User) -> None:
    """What an administrator does for somebody else, and not with their own account: that is done at Mijn account, where
    the password is asked again.
    """
    if by.user_id is not None and by.user_id == user.pk:
        message = "of one's own account"
        raise PermissionDenied(message)


def requires(
    permission: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]
]:
    """Let a view be reached only by those who hold the permission; others sign in first or are refused."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            actor = actor_of(request)
            if not actor.may(permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded.required_permission = permission  # type: ignore[attr-defined]  # read by the guard over all URLs
        return guarded

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in first, then on to the page."""
    return whole_page(request, redirect_to_login(request.get_full_path()))


def whole_page(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """To where the answer leads; a fragment takes the whole page along."""
    if request.headers.get("HX-Request") != "true":
        return answer
    fragment = HttpResponse(status=204)
    fragment["HX-Redirect"] = answer.headers["Location"]
    return fragment


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request, found once."""
    found = getattr(request, "actor", None)
    if not isinstance(found, Actor):
        user, where, signed_in = cast("User", request.user), chosen_of(request), cast("SignedInRequest", request)
        standing = standing_of(user, dates.today(), where)
        found = signed_in.actor = _actor(user, where, standing)
        signed_in.works_in = standing.everywhere
    return found


def chosen_of(request: HttpRequest) -> int:
    """The municipality that this session works in; it gives nothing by itself, the roles that are held there do."""
    chosen = request.session.get(WORKS_IN)
    return chosen if isinstance(chosen, int) else cast("User", request.user).municipality_id


def works_in(request: HttpRequest) -> Mapping[int, frozenset[str]]:
    """Every municipality in which whoever asks holds a role today, with the roles: by these one chooses."""
    actor_of(request)
    return cast("SignedInRequest", request).works_in


def municipality_of(request: HttpRequest) -> Municipality:
    """The municipality that someone works in now, read once a request."""
    return _work_of(request)[0]


def parts_of(request: HttpRequest) -> frozenset[str]:
    """The parts that this municipality works with today, read with it."""
    return _work_of(request)[1]


def waiting_of(request: HttpRequest) -> int:
    """How much waits for a decision of whoever asks, read with it."""
    return int(getattr(municipality_of(request), "waiting", 0))


def must_prove_more(request: HttpRequest) -> bool:
    """Whether whoever asks may not go on with a password alone; read with it as well.

    Of several municipalities the strictest counts, whichever is worked in now: one session opens them all.
    """
    municipality = municipality_of(request)
    if asks_factor(municipality, getattr(municipality, "second_factor", None) or "", actor_of(request).roles):
        return True
    user, elsewhere = cast("User", request.user), works_in(request).keys() - {municipality.pk}
    return bool(elsewhere or user.municipality_id != municipality.pk) and needs_factor(user)


def _work_of(request: HttpRequest) -> tuple[Municipality, frozenset[str]]:
    signed_in = cast("SignedInRequest", request)
    if not isinstance(getattr(request, "municipality", None), Municipality):
        statement = work_asked_by(actor_of(request), chosen_of(request), dates.today())
        signed_in.municipality, signed_in.parts = municipality_with_parts(statement)
    return signed_in.municipality, signed_in.parts


def work_asked_by(actor: Actor, municipality_id: int, day: date) -> Statement:
    """The one question that every page asks first, with what waits for whoever asks. It is kept, never its answer:
    making it took a third of an empty page. Who holds the same roles asks the same, of other numbers.
    """
    slots = Slots()
    alike = actor.in_slots(slots)
    where = slots.one(municipality_id)
    return filled(_work_statement(alike, where or 0, day), slots.stands_for)


@lru_cache(maxsize=MOST)
def _work_statement(actor: Actor, municipality_id: int, day: date) -> Statement:
    return work_statement(municipality_id, day, waiting=waiting_count(actor))
