"""Working in several municipalities: choosing one, and letting in somebody whose account another one keeps."""

from __future__ import annotations

from dataclasses import replace

from opstap.accounts.models import User
from opstap.accounts.operations.holding import HoldingRefused, RoleGiven, hold
from opstap.accounts.operations.mailing import tell_let_in
from opstap.accounts.permissions import require_here
from opstap.accounts.selectors.towns import user_of_mail, workers_of
from opstap.audit.logic.entries import DONE
from opstap.audit.logic.seen import Seen
from opstap.audit.operations import log_access, writing
from opstap.audit.permissions import Actor
from opstap.municipality.models import Municipality

LET_IN, WHY = "accounts:let-in", "let_in"  # the address, and the reason, as the access log has them


def choose_municipality(*, by: Actor, user: User, municipality: Municipality) -> None:
    """Remember where somebody works from now on; their next session begins there. It gives no right by itself."""
    if by.user_id != user.pk:
        by.require("prove_who_somebody_else_is")
    with writing(by=by, verb="choose_municipality", about=municipality.reference):
        user.works_in = municipality
        user.save(update_fields=["works_in"])


def let_in(*, by: Actor, municipality: Municipality, address: str, first: RoleGiven) -> User:
    """Give a role here to somebody whose account another municipality keeps, known by exactly their mail address.

    It stands in the access log of both, and whoever it is about is told by mail. HoldingRefused for an address that
    nobody has, and for who is known here.
    """
    by.require("manage_accounts")
    require_here(by, municipality.pk)
    user = user_of_mail(address)
    if user is None:
        raise HoldingRefused("nobody_of_mail")
    if workers_of(municipality.pk).filter(pk=user.pk).exists():
        raise HoldingRefused("known_here")
    with writing(by=by, verb="let_in", about=user.reference):
        hold(by, user, municipality.pk, first)
        tell_let_in(user)
    there = replace(by, municipality_id=user.municipality_id, on_behalf_of=municipality.name)
    log_access(by=there, action=LET_IN, method="POST", result=DONE, seen=Seen(why=WHY))
    return user
