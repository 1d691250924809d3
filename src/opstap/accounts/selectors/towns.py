"""Reads: who belongs to a municipality, in two senses that are not the same.

`accounts_of` are those whose account it keeps: name, password, second step, closing. `workers_of` are also those who
hold, held or will hold a role there while another municipality keeps their account.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.conf import settings
from django.db.models import F, Q, QuerySet

from opstap.accounts.models import RoleHolding, User
from opstap.foundation.references import keyed_reference
from opstap.municipality.models import Municipality


def accounts_of(municipality_id: int) -> QuerySet[User]:
    """Whose account this municipality keeps."""
    return User.objects.filter(municipality=municipality_id)


def workers_of(municipality_id: int) -> QuerySet[User]:
    """Who is known here as a worker, now or at any time; to tell what somebody is called, and who did what."""
    held = RoleHolding.objects.filter(municipality=municipality_id)
    return User.objects.filter(Q(municipality=municipality_id) | Q(pk__in=held.values("user")))


def is_of(user: User, municipality_id: int, day: date) -> bool:
    """Whether somebody has the account here, or a role that is held on a day or begins after it.

    Whoever only held one once is known here by name, and given nothing here but by letting them in.
    """
    if user.municipality_id == municipality_id:
        return True
    held = RoleHolding.objects.filter(user=user, municipality=municipality_id)
    return held.filter(Q(ends_on__isnull=True) | (Q(ends_on__gt=day) & Q(ends_on__gt=F("starts_on")))).exists()


def colleagues_of(municipality_id: int, day: date) -> QuerySet[User]:
    """Who can be given work here on a day: who has the account here, and of the others who hold a role here then."""
    held = RoleHolding.objects.active_on(day).filter(municipality=municipality_id)
    active = User.objects.filter(is_active=True)
    return active.filter(Q(municipality=municipality_id) | Q(pk__in=held.values("user")))


def towns_of(user: User, day: date) -> list[Municipality]:
    """The municipalities in which somebody holds a role on a day, by name."""
    held = RoleHolding.objects.active_on(day).filter(user=user)
    return list(Municipality.objects.filter(pk__in=held.values("municipality")).order_by("name", "pk"))


def towns_named(ids: Collection[int]) -> list[Municipality]:
    """These municipalities, by name."""
    return list(Municipality.objects.filter(pk__in=ids).order_by("name", "pk"))


def several_towns() -> bool:
    """Whether this installation serves more than one municipality."""
    return Municipality.objects.count() > 1


def begins_in(user: User, everywhere: Mapping[int, frozenset[str]]) -> int:
    """Where a session begins: where somebody worked last, else where the account is kept, else where they can work."""
    for where in (user.works_in_id, user.municipality_id):
        if where is not None and where in everywhere:
            return where
    return min(everywhere, default=user.municipality_id)


def user_of_mail(address: str) -> User | None:
    """Whoever has exactly this mail address and can sign in, in whichever municipality; for a deliberate act only."""
    return User.objects.filter(email=address.strip().casefold(), is_active=True, sign_in_name__isnull=False).first()


def mark_of(municipality_id: int) -> str:
    """How a page says of which municipality it is: the same each time, and of no use to who guesses."""
    return keyed_reference(settings.OPSTAP_KEYS.key("links"), "shown-in", municipality_id)
