"""Who acts: a person with the permissions of their roles, the command line, or the demo. Deny by default."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied

from opstap.foundation.prepared.slots import Slots


@dataclass(frozen=True)
class Actor:
    """Who does something, built anew for each request so that a change of rights takes effect at once."""

    reference: str
    name: str
    source: str
    permissions: frozenset[str] = frozenset()
    may_all: bool = False
    user_id: int | None = None
    municipality_id: int | None = None
    team_ids: frozenset[int] = field(default_factory=frozenset)
    supervisor_ids: frozenset[int] = field(default_factory=frozenset)
    roles: tuple[str, ...] = ()
    on_behalf_of: str = ""
    sees_people_elsewhere: bool = False  # by a role in another municipality

    def may(self, permission: str) -> bool:
        """Whether this actor holds a permission."""
        return self.may_all or permission in self.permissions

    def require(self, permission: str) -> None:
        """Refuse an actor without the permission."""
        if not self.may(permission):
            raise PermissionDenied(permission)

    def in_slots(self, slots: Slots) -> Actor:
        """One who may the same and reaches as many: a question that is composed for them can be asked for this one."""
        return replace(
            self.nameless(),
            reference=slots.word(self.reference),
            user_id=slots.one(self.user_id),
            municipality_id=slots.one(self.municipality_id),
            team_ids=slots.some(self.team_ids),
            supervisor_ids=slots.some(self.supervisor_ids),
        )

    def nameless(self) -> Actor:
        """The same, without by which name: what reach depends on, for a question that is kept."""
        return replace(self, reference="", name="", source="", on_behalf_of="")


def command_line() -> Actor:
    """The administrator of the machine: sees all, and what it does is recorded as done by the command."""
    return Actor(reference="command", name="opstap", source="command", may_all=True)


def background_jobs() -> Actor:
    """What is done in the background, by the schedule and not because somebody asked for it."""
    return Actor(reference="background", name="opstap", source="background", may_all=True)


def demo_builder() -> Actor:
    """The maker of the demo municipality."""
    return Actor(reference="demo", name="Voorbeeldstad", source="demo", may_all=True)


def whoever_sets_up() -> Actor:
    """Somebody who holds the one-time code of an empty installation: nobody has an account yet."""
    return Actor(reference="setup", name="opstap", source="set-up page", may_all=True)


def the_organisation() -> Actor:
    """The provider at which colleagues sign in, on behalf of whoever does."""
    return Actor("organisation", "", "sign-in page", permissions=frozenset({"admit_from_organisation"}))
