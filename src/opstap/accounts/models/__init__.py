"""Models of the accounts room."""

from opstap.accounts.models.drafts import Draft
from opstap.accounts.models.factors import SecondFactor
from opstap.accounts.models.organisation import GroupRole, Identity
from opstap.accounts.models.own_roles import OwnRole, OwnRoleVersion
from opstap.accounts.models.reviews import AuthorisationReview, ReviewedRole
from opstap.accounts.models.sessions import Session
from opstap.accounts.models.teams import RoleHolding, Team, TeamMembership
from opstap.accounts.models.users import User

__all__ = [
    "AuthorisationReview",
    "Draft",
    "GroupRole",
    "Identity",
    "OwnRole",
    "OwnRoleVersion",
    "ReviewedRole",
    "RoleHolding",
    "SecondFactor",
    "Session",
    "Team",
    "TeamMembership",
    "User",
]
