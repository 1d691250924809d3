"""Working in several municipalities: choosing one, and letting in somebody whose account another one keeps."""

from __future__ import annotations

from opstap.accounts.logic.told import LET_IN, LET_IN_HERE, why_of
from opstap.accounts.models import User
from opstap.accounts.operations.holding import HoldingRefused, RoleGiven, hold
from opstap.accounts.operations.mailing import tell_let_in
from opstap.accounts.operations.telling import tell_log
from opstap.accounts.permissions import require_here
from opstap.accounts.selectors.towns import is_of, user_of_mail
from opstap.audit.logic.seen import note_reason
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.municipality.models import Municipality

ACTION = "accounts:let-in"  # the address, as the access log has it


def choose_municipality(*, by: Actor, user: User, municipality: Municipality) -> None:
    """Remember where somebody works from now on; their next session begins there. It gives no right by itself."""
    if by.user_id != user.pk:
        by.require("prove_who_somebody_else_is")
    with writing(by=by, verb="choose_municipality", about=municipality.reference):
        user.works_in = municipality
        user.save(update_fields=["works_in"])


def let_in(*, by: Actor, municipality: Municipality, address: str, first: RoleGiven) -> User:
    """Give a role here to somebody whose account another municipality keeps, known by exactly their mail address.

    HoldingRefused for an address that nobody has; else as `let_in_user`.
    """
    by.require("manage_accounts")
    require_here(by, municipality.pk)
    user = user_of_mail(address)
    if user is None:
        raise HoldingRefused("nobody_of_mail")
    return let_in_user(by=by, municipality=municipality, user=user, first=first)


def let_in_user(*, by: Actor, municipality: Municipality, user: User, first: RoleGiven) -> User:
    """The same for who is known already, as the command line knows them.

    It stands in the access log of both municipalities, and whoever it is about is told by mail. HoldingRefused for who
    has the account or a role here; whoever lost the last one here is let in anew.
    """
    by.require("manage_accounts")
    require_here(by, municipality.pk)
    if is_of(user, municipality.pk, dates.today()):
        raise HoldingRefused("known_here")
    with writing(by=by, verb="let_in", about=user.reference):
        hold(by, user, municipality.pk, first)
        tell_let_in(user, municipality)
    note_reason(why_of(LET_IN_HERE, user.reference))
    tell_log(by, user.municipality_id, user, LET_IN, done_for=municipality.name, action=ACTION)
    return user
