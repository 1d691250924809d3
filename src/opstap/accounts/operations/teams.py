"""A team that ends, once it is empty, and one that is opened again."""

from __future__ import annotations

from opstap.accounts.models import Team
from opstap.accounts.operations.holding import HoldingRefused
from opstap.accounts.permissions import require_here
from opstap.accounts.selectors.people import team_in_use
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates


def end_team(*, by: Actor, team: Team) -> None:
    """Let nobody choose a team any more from today on; refused while somebody is in it or has it as their team."""
    by.require("manage_accounts")
    require_here(by, team.municipality_id)
    with writing(by=by, verb="end_team", about=team.reference):
        if team_in_use(team, dates.today()).is_used:
            raise HoldingRefused("team_in_use")
        team.ended_on = dates.today()
        team.save(update_fields=["ended_on"])


def reopen_team(*, by: Actor, team: Team) -> None:
    """Let a team that ended be chosen again."""
    by.require("manage_accounts")
    require_here(by, team.municipality_id)
    with writing(by=by, verb="reopen_team", about=team.reference):
        team.ended_on = None
        team.save(update_fields=["ended_on"])
