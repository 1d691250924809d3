"""Reads: who holds which role, since when, with the last sign-in and second step; and the last look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet, Value

from opstap.accounts.enums import FactorKind
from opstap.accounts.models import AuthorisationReview, ReviewedRole, RoleHolding, SecondFactor, TeamMembership
from opstap.audit.permissions import Actor

LIST = "authorisations"  # the kind of version that the page carries


@dataclass(frozen=True)
class Authorisation:
    """One role of one person on a day."""

    holding: int
    user: str
    name: str
    role: RoleHolding
    team: str
    starts_on: date
    ends_on: date | None
    teams: tuple[str, ...]
    last_sign_in: datetime | None
    has_factor: bool
    kept_by: str = ""  # the municipality that keeps the account, when it is another


def authorisations_on(municipality_id: int, day: date) -> list[Authorisation]:
    """Of everybody who can sign in, by name; three queries."""
    held = RoleHolding.objects.active_on(day).filter(
        municipality=municipality_id, user__is_active=True, user__sign_in_name__isnull=False
    )
    rows = list(
        held.select_related("user__municipality", "team", "own_role").order_by("user__name", "user_id", "role", "pk")
    )
    users = {row.user_id for row in rows}
    teams: dict[int, list[str]] = {}
    joined = TeamMembership.objects.active_on(day).filter(user__in=users, team__municipality=municipality_id)
    for user_id, name in joined.order_by("team__name").values_list("user", "team__name"):
        teams.setdefault(user_id, []).append(name)
    factors = SecondFactor.objects.filter(user__in=users).exclude(kind=FactorKind.RECOVERY)
    with_factor = set(factors.values_list("user", flat=True))
    return [
        Authorisation(
            row.pk,
            row.user.reference,
            row.user.name,
            row,
            row.team.name if row.team else "",
            row.starts_on,
            row.ends_on,
            tuple(teams.get(row.user_id, ())),
            row.user.last_login,
            row.user_id in with_factor,
            "" if row.user.municipality_id == municipality_id else row.user.municipality.name,
        )
        for row in rows
    ]


def open_review(municipality_id: int) -> AuthorisationReview | None:
    """The look that was prepared and not signed yet."""
    found = AuthorisationReview.objects.filter(municipality=municipality_id, signed_at__isnull=True)
    return found.select_related("prepared_by").first()


def state_of_list(municipality_id: int) -> dict[str, str]:
    """What the version of the page is made of: how often it was signed, and when it was last prepared."""
    signed = AuthorisationReview.objects.filter(municipality=municipality_id, signed_at__isnull=False).count()
    prepared = open_review(municipality_id)
    return {"signed": str(signed), "prepared": prepared.prepared_at.isoformat() if prepared else ""}


def reviews_to_sign(actor: Actor) -> QuerySet[AuthorisationReview]:
    """What waits for this person's signature: not what they prepared themselves."""
    waiting = AuthorisationReview.objects.filter(municipality=actor.municipality_id, signed_at__isnull=True)
    return waiting.exclude(prepared_by=actor.user_id)


def reviews_waiting(actor: Actor) -> QuerySet[AuthorisationReview, int] | None:
    """How many, as a subquery of one number; None for who signs none."""
    if not actor.may("sign_off_authorisations"):
        return None
    counted = reviews_to_sign(actor).order_by().annotate(all=Value(1)).values("all").annotate(waiting=Count("pk"))
    return counted.values_list("waiting", flat=True)


def last_signed(municipality_id: int) -> AuthorisationReview | None:
    """The look that was signed last."""
    found = AuthorisationReview.objects.filter(municipality=municipality_id, signed_at__isnull=False)
    return found.select_related("prepared_by", "signed_by").order_by("-signed_at", "-pk").first()


def said_of(review: AuthorisationReview | None) -> dict[int, ReviewedRole]:
    """What a look says of each role, by the holding of it."""
    return {one.holding_id: one for one in ReviewedRole.objects.filter(review=review)} if review else {}
