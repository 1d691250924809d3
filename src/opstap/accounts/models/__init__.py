"""Models of the accounts room."""

from opstap.accounts.models.teams import RoleHolding, Team, TeamMembership
from opstap.accounts.models.users import User

__all__ = ["RoleHolding", "Team", "TeamMembership", "User"]
