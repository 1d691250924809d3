"""What is true at a municipality, in plain dicts: who has whom, who may see whom, on which level somebody stood when.

Written from the words of the decisions, not from the code, and importing nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

LEADING = ("team_leader", "coordinator")


@dataclass
class Asked:
    """A hand-over that was asked."""

    giver: str
    receiver: str
    client: str
    state: str = "open"


@dataclass
class Plain:
    """Everything by name: a worker, a client, a team; a day by how many days ago it was."""

    teams: dict[str, str]  # of each worker
    roles: dict[str, set[str]]
    holder: dict[str, str]
    team_of: dict[str, str]  # of each client
    levels: dict[str, dict[int, str]] = field(default_factory=dict)
    contacts: dict[str, list[str]] = field(default_factory=dict)  # what was noted, as it reads now
    known: set[tuple[str, str]] = field(default_factory=set)
    asked: dict[str, Asked] = field(default_factory=dict)

    def sees(self, worker: str, client: str) -> bool:
        """Whoever knows somebody sees nothing of them; else by the widest of the roles."""
        if (worker, client) in self.known:
            return False
        roles = self.roles[worker]
        if "coordinator" in roles:
            return True
        if "team_leader" in roles and self.team_of[client] == self.teams[worker]:
            return True
        return "case_manager" in roles and self.holder[client] == worker

    def clients_of(self, worker: str) -> set[str]:
        """All whom a worker sees."""
        return {client for client in self.holder if self.sees(worker, client)}

    def level_on(self, client: str, days_ago: int) -> str:
        """The latest placement that is not later than the day; nothing before the first."""
        told = [day for day in self.levels.get(client, {}) if day >= days_ago]
        return self.levels[client][min(told)] if told else ""

    def on_level(self, level: str, days_ago: int) -> set[str]:
        """Who stood there."""
        return {client for client in self.holder if self.level_on(client, days_ago) == level}

    def leads(self, worker: str, target: str) -> bool:
        """Whether a worker may give clients to the other."""
        if "coordinator" in self.roles[worker]:
            return True
        return "team_leader" in self.roles[worker] and self.teams[worker] == self.teams[target]

    def give(self, client: str, worker: str) -> None:
        """Into the caseload of a worker, in the worker's team."""
        self.holder[client], self.team_of[client] = worker, self.teams[worker]

    def is_asked(self, client: str) -> bool:
        """Whether somebody was asked to take over this client by who has them, and has not said yet."""
        waiting = (one for one in self.asked.values() if one.client == client and one.state == "open")
        return any(self.holder[client] == one.giver for one in waiting)

    def answer(self, batch: str, worker: str, action: str) -> int:
        """What becomes of an answer: 404 to who has no part, 403 to the wrong side, 409 when done before."""
        one = self.asked[batch]
        if worker not in {one.giver, one.receiver}:
            return 404
        right = one.giver if action == "revoke" else one.receiver
        if one.state != "open":
            return 409
        if worker != right:
            return 403
        one.state = action
        if action == "accept" and self.holder[one.client] == one.giver and (worker, one.client) not in self.known:
            self.give(one.client, worker)
        return 302
