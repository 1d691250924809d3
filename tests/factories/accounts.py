"""Teams and workers, made by the operations; and the actor that a worker is today."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from opstap.accounts.models import RoleHolding, Team, TeamMembership, User
from opstap.accounts.operations import NewUser, create_team, create_user
from opstap.accounts.permissions import actor_for
from opstap.accounts.selectors.people import END, words_of_end
from opstap.audit.permissions import Actor, command_line
from opstap.foundation import dates
from opstap.foundation.versions import version_of_values
from opstap.municipality.models import Municipality
from tests.factories.municipality import LONG_AGO

_numbers = count(1)


def a_team(municipality: Municipality, name: str = "") -> Team:
    """A team."""
    return create_team(by=command_line(), municipality=municipality, name=name or f"Team {next(_numbers)}")


def a_worker(
    municipality: Municipality,
    role: str,
    *,
    team: Team | None = None,
    name: str = "",
    since: date = LONG_AGO,
    until: date | None = None,
    supervisor: User | None = None,
) -> User:
    """Someone who can sign in, in a role."""
    number = next(_numbers)
    new = NewUser(
        name=name or f"Medewerker {number}",
        sign_in_name=f"medewerker{number}",
        role=role,
        team=team,
        supervisor=supervisor,
        until=until,
    )
    return create_user(by=command_line(), municipality=municipality, new=new, since=since)


def a_case_manager(team: Team, *, name: str = "") -> User:
    """A case manager in a team."""
    return a_worker(team.municipality, "case_manager", team=team, name=name)


def a_team_leader(team: Team) -> User:
    """The leader of a team."""
    return a_worker(team.municipality, "team_leader", team=team)


def an_intern(supervisor: User, *, name: str = "", until: date | None = None) -> User:
    """Somebody who goes along with a case manager, until a day that is still to come."""
    last = until or dates.today() + timedelta(days=60)
    return a_worker(supervisor.municipality, "intern", name=name, supervisor=supervisor, until=last)


def a_coordinator(municipality: Municipality, *, name: str = "") -> User:
    """Someone who sees the whole municipality."""
    return a_worker(municipality, "coordinator", name=name)


def a_functional_administrator(municipality: Municipality) -> User:
    """Someone who sets up Opstap."""
    return a_worker(municipality, "functional_administrator")


def ending(held: RoleHolding | TeamMembership, day: date) -> dict[str, str]:
    """What the form that ends a role or a team sends, opened on what stands now."""
    version = version_of_values(END, words_of_end(held))
    action = "end-role" if isinstance(held, RoleHolding) else "end-team"
    return {"action": action, "held": str(held.pk), "version": version, "ends_on": day.isoformat()}


def acting(user: User) -> Actor:
    """Who the worker is today, read anew."""
    return actor_for(User.objects.get(pk=user.pk))
