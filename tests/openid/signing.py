"""What came of signing in with the organisation, and what a municipality settled for it."""

from __future__ import annotations

from opstap.accounts.models import GroupRole, RoleHolding, Team, User
from opstap.accounts.operations import give_by_group
from opstap.audit.models import Access
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.municipality import a_setting
from tests.openid.provider import Visitor


def takes_new(town: Municipality) -> None:
    a_setting(town, "new_from_organisation", "make")


def gives(town: Municipality, group: str, role: str, team: Team | None = None) -> GroupRole:
    return give_by_group(by=command_line(), municipality=town, group=group, role=role, team=team)


def roles_of(user: User) -> set[str]:
    found = RoleHolding.objects.active_on(dates.today()).filter(user=user)
    return set(found.values_list("role", flat=True))


def results() -> list[tuple[str, str, str]]:
    rows = Access.objects.filter(action="accounts:organisation-return").order_by("pk")
    return list(rows.values_list("user", "method", "result"))


def is_in(visitor: Visitor) -> bool:
    return bool(visitor.browser.get("/mijn/account/").status_code == 200)
