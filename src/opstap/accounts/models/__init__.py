"""Models of the accounts room."""

from opstap.accounts.models.drafts import Draft
from opstap.accounts.models.factors import SecondFactor
from opstap.accounts.models.sessions import Session
from opstap.accounts.models.teams import RoleHolding, Team, TeamMembership
from opstap.accounts.models.users import User

__all__ = ["Draft", "RoleHolding", "SecondFactor", "Session", "Team", "TeamMembership", "User"]
