"""Random work at a municipality, over HTTP, step by step beside a plain model of what must be true (`plain.py`).

A failing run prints its shortest form as the steps that were done, by name. `./test` does 40 runs of 30 steps,
`./test --full` 300 of 50, others for each commit; the seed is printed when a run fails.
"""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
from django.test import Client as Browser
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from opstap.accounts.models import RoleHolding
from opstap.clients.models import Handover
from opstap.contacts.models import Contact
from opstap.contacts.selectors.contacts import reference_of as contact_reference
from opstap.foundation import dates
from opstap.foundation.once import FIELD, new_key
from opstap.foundation.references import PATTERN
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import reference_of as placement_reference
from tests.drawing import seed as commit_or_given
from tests.factories.accounts import ending
from tests.factories.desk import Office, days_ago
from tests.factories.pages import signed_in
from tests.factories.windows import fields_of
from tests.machine.plain import Asked, Plain

FULL = os.environ.get("OPSTAP_TEST_FULL") == "1"
RUNS, STEPS = (300, 50) if FULL else (40, 30)
LEADS_TO = re.compile(rf"/clienten/({PATTERN})/")
TEAMS = {"jo": "Meedoen", "kim": "Meedoen", "lee": "Werk", "leader": "Meedoen", "coordinator": ""}
workers = st.sampled_from(sorted(TEAMS))
managers = st.sampled_from(["jo", "kim", "lee"])
clients = st.sampled_from(["Ada", "Bob", "Cas", "Dirk"])
levels = st.sampled_from(["1", "2", "4"])
days = st.sampled_from([0, 10, 40, 400])


class Municipality(RuleBasedStateMachine):
    """Two teams with their staff and four clients, at work."""

    def __init__(self) -> None:
        super().__init__()
        self.office = office = Office(Browser())
        self.users = {name: getattr(office, name) for name in TEAMS}
        self.browsers = {name: signed_in(user) for name, user in self.users.items()}
        self.admin = signed_in(office.administrator)
        held = {"Ada": "jo", "Bob": "jo", "Cas": "kim", "Dirk": "lee"}
        self.people = {
            name: office.of(self.users[worker], name, team=office.team if worker != "lee" else office.other_team)
            for name, worker in held.items()
        }
        self.names = {client.reference: name for name, client in self.people.items()}
        roles = {"leader": {"team_leader"}, "coordinator": {"coordinator"}}
        self.plain = Plain(
            dict(TEAMS),
            {name: roles.get(name, {"case_manager"}) for name in TEAMS},
            dict(held),
            {name: TEAMS[worker] for name, worker in held.items()},
        )
        self.notes = 0

    def send(self, who: str, address: str, **fields: Any) -> int:
        """Send a form, once."""
        return int(self.browsers[who].post(address, {**fields, FIELD: new_key()}).status_code)

    def of(self, client: str, start: str, rest: str = "") -> str:
        """The address of something of a client."""
        return f"/{start}/{self.people[client].reference}/{rest}"

    def placement(self, client: str, day: int) -> str:
        """The reference of the placement of that day."""
        rows = Measurement.objects.current().filter(client=self.people[client], measured_on=days_ago(day))
        return placement_reference(rows.get())

    # ---------------------------------------------------------------- placements

    @rule(who=workers, client=clients, level=levels, day=days)
    def place(self, who: str, client: str, level: str, day: int) -> None:
        """Of a day that is taken it is asked what is meant, and nothing is saved."""
        given = {"level": level, "measured_on": days_ago(day), "growth": "unknown", "reason": "at_contact", "save": "1"}
        status = self.send(who, self.of(client, "plaatsen"), **given)
        held = self.plain.levels.setdefault(client, {})
        if not self.plain.sees(who, client):
            assert status == 404
        elif day in held:
            assert status in {200, 400, 409}
        else:
            assert status == 302
            held[day] = level

    @precondition(lambda self: any(self.plain.levels.values()))
    @rule(who=workers, pick=st.integers(0, 20), level=levels, withdraws=st.booleans())
    def correct_placement(self, who: str, pick: int, level: str, withdraws: bool) -> None:
        """Another level on the same day, or none."""
        held = [(client, day) for client, told in sorted(self.plain.levels.items()) for day in sorted(told)]
        client, day = held[pick % len(held)]
        at = self.placement(client, day)
        sees = self.plain.sees(who, client)
        if withdraws:
            status = self.send(who, self.of(client, "plaatsen", f"{at}/intrekken/"), why="typefout")
            if sees:
                del self.plain.levels[client][day]
        else:
            given = {"level": level, "measured_on": days_ago(day), "growth": "unknown", "reason": "intake"}
            given |= {"why": "typefout", "save": "1"}
            status = self.send(who, self.of(client, "plaatsen", f"{at}/verbeteren/"), **given)
            if sees:
                self.plain.levels[client][day] = level
        assert status == (302 if sees else 404)

    @rule(day=days, level=levels)
    def count(self, day: int, level: str) -> None:
        """The coordinator finds on each level, as of a day, whom the model has there, but for whom they know."""
        page = self.page("coordinator", f"/rapporten/plaatsing/mensen/?level={level}&on={days_ago(day)}")
        wanted = {one for one in self.plain.on_level(level, day) if self.plain.sees("coordinator", one)}
        assert self.shown(page) == wanted

    # ---------------------------------------------------------------- contacts

    @rule(who=workers, client=clients)
    def note(self, who: str, client: str) -> None:
        """A conversation."""
        self.notes += 1
        words = f"notitie nummer {self.notes} einde"
        given = {"held_on": days_ago(0), "kind": "phone", "outcome": "held", "looked": "not_discussed", "note": words}
        status = self.send(who, self.of(client, "contact"), **given)
        assert status == (302 if self.plain.sees(who, client) else 404)
        if status == 302:
            self.plain.contacts.setdefault(client, []).append(words)

    @precondition(lambda self: any(self.plain.contacts.values()))
    @rule(who=workers, pick=st.integers(0, 20), withdraws=st.booleans())
    def correct_note(self, who: str, pick: int, withdraws: bool) -> None:
        """What was noted last of somebody reads otherwise, or is gone."""
        held = [client for client, told in sorted(self.plain.contacts.items()) if told]
        client = held[pick % len(held)]
        row = Contact.objects.current().filter(client=self.people[client]).latest("pk")
        at, sees = contact_reference(row.pk), self.plain.sees(who, client)
        self.notes += 1
        words = f"verbeterd nummer {self.notes} einde"
        if withdraws:
            status = self.send(who, self.of(client, "contact", f"{at}/intrekken/"), why="verkeerd")
        else:
            given = {"held_on": days_ago(0), "kind": "phone", "outcome": "held", "note": words, "why": "verkeerd"}
            status = self.send(who, self.of(client, "contact", f"{at}/verbeteren/"), **given)
        assert status == (302 if sees else 404)
        if sees:
            self.plain.contacts[client].pop()
            self.plain.contacts[client] += [] if withdraws else [words]

    @rule(who=workers, client=clients)
    def read_notes(self, who: str, client: str) -> None:
        """All that was noted stands there as it reads now, and nothing of before."""
        if self.plain.sees(who, client):
            page = self.page(who, self.of(client, "contact"))
            found = set(re.findall(r"(?:notitie|verbeterd) nummer \d+ einde", page))
            assert found == set(self.plain.contacts.get(client, []))
        else:
            assert self.browsers[who].get(self.of(client, "contact")).status_code == 404

    # ---------------------------------------------------------------- hand-overs, roles

    @rule(who=managers, to=managers, client=clients)
    def ask(self, who: str, to: str, client: str) -> None:
        """A colleague is asked to take over one client of the own caseload."""
        waiting = Handover.objects.waiting().filter(client=self.people[client])
        fits = self.plain.holder[client] == who != to and self.plain.sees(who, client)
        fits = fits and not self.plain.is_asked(client)
        before = waiting.count()
        given = {"receivers": self.users[to].reference, "from_on": days_ago(0), "note": "x"}
        self.send(who, f"/overdracht/nieuw/?client={self.people[client].reference}", **given)
        assert waiting.count() - before == fits
        if fits:
            self.plain.asked[waiting.latest("pk").batch] = Asked(who, to, client)

    @precondition(lambda self: self.plain.asked)
    @rule(who=managers, pick=st.integers(0, 20), action=st.sampled_from(["accept", "refuse", "revoke"]))
    def answer(self, who: str, pick: int, action: str) -> None:
        """One of them answers; whoever it is no business of finds nothing."""
        batches = list(self.plain.asked)
        batch = batches[pick % len(batches)]
        status = self.send(who, f"/overdracht/{batch}/", action=action, why="vol")
        assert status == self.plain.answer(batch, who, action)

    @rule(who=st.sampled_from(["leader", "coordinator", "jo"]), to=managers, client=clients)
    def assign(self, who: str, to: str, client: str) -> None:
        """Who leads gives a client to another at once."""
        given = {"workers": self.users[to].reference, "from_on": days_ago(0), "reason": "caseload_divided"}
        address = f"/team/toewijzen/?client={self.people[client].reference}"
        page = self.browsers[who].get(address)
        opened = fields_of(page.content.decode()) if page.status_code == 200 else {}
        status = self.send(who, address, **given, version=opened.get("version", ""))
        if not set(self.plain.roles[who]) & {"team_leader", "coordinator"}:
            assert status == 403
        elif self.plain.sees(who, client):
            assert status == (302 if self.plain.leads(who, to) else 400)
            if status == 302:
                self.plain.give(client, to)
        else:
            assert status == 302  # there is nobody to assign

    @rule(who=managers, leads=st.booleans())
    def change_role(self, who: str, leads: bool) -> None:
        """A case manager becomes coordinator as well, or is so no more; from the next request on."""
        address, roles = f"/beheer/gebruikers/{self.users[who].reference}/", self.plain.roles[who]
        if leads and "coordinator" not in roles:
            given = {"action": "role", "role-role": "coordinator", "role-since": days_ago(0)}
            assert self.admin.post(address, {**given, FIELD: new_key()}).status_code == 302
            roles.add("coordinator")
        elif not leads and "coordinator" in roles:
            held = RoleHolding.objects.active_on(days_ago(0)).get(user=self.users[who], role="coordinator")
            assert self.admin.post(address, {**ending(held, dates.today()), FIELD: new_key()}).status_code == 302
            roles.remove("coordinator")

    @rule(who=managers, client=clients)
    def say_known(self, who: str, client: str) -> None:
        """Whoever knows a client says so, and sees nothing of them any more."""
        status = self.send(who, self.of(client, "clienten", "bekende/"), why="buren")
        assert status == (302 if self.plain.sees(who, client) else 404)
        if status == 302:
            self.plain.known.add((who, client))

    # ---------------------------------------------------------------- looking

    @rule(who=workers, client=clients)
    def open(self, who: str, client: str) -> None:
        """The dossier is open to whom the model says, with the level of today."""
        answer = self.browsers[who].get(self.of(client, "clienten"))
        assert answer.status_code == (200 if self.plain.sees(who, client) else 404)

    @rule(who=workers)
    def list(self, who: str) -> None:
        """The caseload holds everybody whom somebody sees, and nobody else."""
        assert self.shown(self.page(who, "/clienten/")) == self.plain.clients_of(who)

    def page(self, who: str, address: str) -> str:
        """A page that is there."""
        answer = self.browsers[who].get(address)
        assert answer.status_code == 200, (who, address, answer.status_code)
        return answer.content.decode()

    def shown(self, page: str) -> set[str]:
        """Which clients a page leads to."""
        return {self.names[one] for one in LEADS_TO.findall(page) if one in self.names}


@pytest.mark.django_db
@pytest.mark.slow
def test_pages_and_model_never_differ() -> None:
    drawn_by = commit_or_given()
    try:
        run_state_machine_as_test(
            seed(int.from_bytes(drawn_by.encode()))(Municipality),
            settings=settings(
                max_examples=RUNS,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=False,
                database=None,
                suppress_health_check=list(HealthCheck),
                phases=(Phase.generate, Phase.shrink),
            ),
        )
    except Exception as fault:
        fault.add_note(f"The same runs again: OPSTAP_TEST_SEED={drawn_by}")
        raise
