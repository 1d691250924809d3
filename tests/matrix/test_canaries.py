"""Whatever a role opens, follows, searches or exports: nothing of whom it does not reach; and nothing in the logs.

Each canary has a mark of its own in every field (`canaries.py`). Excepted are, each by its name below, what gives a
person the own dossier and what guards a protected one; who reviews the log or destroys what is kept too long goes
by the number of a client (of a protected one too). `./test` draws where each role begins by the seed of the matrix;
`./test --full` begins everywhere, and follows more links.
"""

from __future__ import annotations

import io
import logging
import random
from collections import Counter, deque
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.core import mail
from django.urls import Resolver404, resolve, reverse
from django_tasks_db.models import DBTaskResult

from opstap.accounts.logic import Role
from opstap.audit.models import Access
from opstap.clients.selectors.held import told_of
from opstap.config.error_log import WithoutPersons
from opstap.contacts.models import Contact
from opstap.contacts.selectors.contacts import reference_of as contact_reference
from opstap.dossier.tables.parts import SLUGS, reference_of
from opstap.exchange.operations import stage_file
from opstap.foundation import dates
from opstap.foundation.once import FIELD, new_key
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import reference_of as placement_reference
from opstap.plans.models import Trajectory
from opstap.privacy.models import RightsRequest
from opstap.reporting.logic.released import Released, month_ends_until
from opstap.reporting.tables.chart_files import CHART_TYPES
from opstap.reporting.tables.reports import REPORTS
from tests.answers import content_of, words_in
from tests.drawing import seed
from tests.factories.clients import BY
from tests.factories.jobs import do_all
from tests.factories.publications import a_publication
from tests.journeys.reading import Read
from tests.matrix.canaries import NOT_THEIRS, Canary, a_canary
from tests.matrix.expected import REACH, Asked, Whose, table
from tests.matrix.test_matrix import FULL, parameters
from tests.matrix.world import a_world, address_of, every_role

PARTS, MOST = 2, 3 if FULL else 1  # pages of a kind that are followed to, beside those of the table
DRAWN, SOUGHT = 12, 4  # where a role begins, and what it searches for

# Where somebody is given all there is about one person: by the law, to hand it out.
WHOLE = frozenset({"rights:data", "rights:document", "rights:request"})
# Who guards a protected dossier sees whose it is, and why.
GUARDED = frozenset({"desk:protected", "desk:review-protection", "desk:end-protection", "desk:unknown"})


def names_of(canary: Canary) -> dict[str, str]:
    """What stands in the addresses about a canary."""
    client = canary.client
    placement = Measurement.objects.current().filter(client=client, second_assessment=False).latest("pk")
    return {
        "reference": client.reference,
        "placement": placement_reference(placement),
        "contact": contact_reference(Contact.objects.current().filter(client=client).latest("pk").pk),
        "item": Trajectory.objects.current().filter(client=client).latest("pk").reference,
        "other": canary.kept.reference,
        "slug": "uitkering",
        "asked": RightsRequest.objects.current().filter(client=client).latest("pk").reference,
        "fact": reference_of(told_of("benefit", [client.pk])[0]),
    }


class Aviary:
    """The world of the matrix with canaries in it, and what must not be heard of them."""

    def __init__(self) -> None:
        self.world = world = a_world()
        town, elsewhere = world.town, world.elsewhere
        self.birds = {
            Whose.COLLEAGUE: a_canary(town.municipality, town.team, "a"),
            Whose.OTHER_TEAM: a_canary(town.municipality, town.other_team, "b"),
            Whose.OTHER_MUNICIPALITY: a_canary(elsewhere.municipality, elsewhere.team, "c"),
        }
        self.protected = a_canary(town.municipality, town.team, "d", protected=True)
        for whose, bird in self.birds.items():
            world.clients["", whose] = names_of(bird)
        day = month_ends_until(dates.today(), 2)[1]
        self.set_down = a_publication(town.municipality, day)
        head = b"Klantnummer;Achternaam;Begin uitkering\r\nZ-1;Kanariee;31-02-2020\r\n"
        stage_file(by=BY, municipality=town.municipality, content=head, file_name="wachtend.csv")

    @property
    def all(self) -> list[Canary]:
        """Each of them."""
        return [*self.birds.values(), self.protected]

    def secret(self, role: Role, kind: str) -> list[str]:
        """The marks that a role may meet on no page of this kind: of what was set down nobody meets any."""
        if kind.startswith("publications:"):
            return [mark for bird in self.all for mark in bird.marks]
        reached = REACH[role.scope.value]
        reviews = "review_access_log" in role.permissions and (kind.startswith("privacy:") or kind == "desk:glass")
        found = [] if "import_clients" in role.permissions else ["kanariee"]
        for whose, bird in self.birds.items():
            if whose not in reached:
                found += bird.beside_the_number if reviews else bird.marks
            elif kind not in WHOLE:
                found += bird.private
        destroys = "destroy_dossiers" in role.permissions and kind.startswith("retention:")
        protected = self.protected.beside_the_number if reviews or destroys else self.protected.marks
        guards = "protect_dossiers" in role.permissions and kind in GUARDED
        return found if guards else [*found, *protected]

    def publication_pages(self, role: Role) -> Iterator[str]:
        """Everything that is shown of figures that were set down."""
        if "see_publications" not in role.permissions:
            return
        reference = self.set_down.reference
        page = reverse("publications:publication", args=[reference])
        yield from (reverse("publications:publications"), page)
        for one in Released.of(self.set_down.figures).tables:
            yield from (f"{page}?table={one.key}", f"{page}bestand/csv/?table={one.key}")
        yield from (reverse("publications:file", args=[reference, kind]) for kind in CONTENT_TYPES)
        yield from (reverse("publications:chart", args=[reference, "1", kind]) for kind in CHART_TYPES)
        if "make_publications" in role.permissions:
            yield reverse("publications:again", args=[reference])
        if "ask_for_tables" in role.permissions:
            yield reverse("publications:new-table", args=[reference])


class Walk:
    """One role, from page to page."""

    def __init__(self, aviary: Aviary, role: Role) -> None:
        self.aviary, self.role, self.browser = aviary, role, aviary.world.browsers[role.key]
        self.waiting, self.seen, self.kinds = deque[str](), set[str](), Counter[str]()
        self.draw = random.Random(f"{seed()} canaries {role.key}")  # noqa: S311 - a draw, not a secret
        self.leaks: list[str] = []
        self.heard: set[str] = set()  # whom the role did meet

    def starts(self) -> Iterator[str]:
        """Each page of the table that the role may open: of one's own, and of others."""
        for route in table().values():
            if not route.get or (route.get != "open" and route.get not in self.role.permissions):
                continue
            others = [one for one in route.objects if one not in {Whose.OWN, Whose.NOBODY}]
            for whose in [Whose.OWN] * (Whose.OWN in route.objects) + (others if FULL else others[:1] + others[-1:]):
                yield address_of(self.aviary.world, Asked(route, self.role, "GET", whose), parameters()[route.name])
        yield from self.kinds_of_one_address()

    def kinds_of_one_address(self) -> Iterator[str]:
        """Each report, its people and its files, and each part of a dossier: of these the table names one."""
        if "see_reports" in self.role.permissions:
            for report in REPORTS.values():
                slug = report.definition.slug
                yield reverse("reporting:report", args=[slug])
                yield reverse("reporting:people", args=[slug])
                yield from (reverse("reporting:export", args=[slug, kind]) for kind in CONTENT_TYPES)
                yield reverse("reporting:chart", args=[slug, "1", "svg"])
        if "see_clients" in self.role.permissions:
            yield from (reverse("dossier:caseload-file", args=[kind]) for kind in CONTENT_TYPES)
            yield from (
                reverse("dossier:part", args=[bird.client.reference, slug])
                for bird in self.aviary.all
                for slug in SLUGS
            )

    def go(self) -> None:
        """All of them, the pages they lead to, and the searches."""
        starts = list(self.starts())
        for address in starts if FULL else self.draw.sample(starts, min(DRAWN, len(starts))):
            self.look(address)
        for address in self.aviary.publication_pages(self.role):
            self.look(address)
        while self.waiting:
            self.look(self.waiting.popleft())
        if "see_clients" in self.role.permissions:
            self.ask("desk:search", "q")
        if "find_outside_scope" in self.role.permissions:
            self.ask("desk:outside", "number")

    def ask(self, name: str, field: str) -> None:
        """Each canary, by name, number and BSN."""
        sought = [typed for bird in self.aviary.all for typed in (bird.mark, bird.number, bird.bsn)]
        for typed in sought if FULL else self.draw.sample(sought, SOUGHT):
            answer: Any = self.browser.post(reverse(name), {field: typed, FIELD: new_key()}, follow=True)
            self.listen(f"{name} {typed}", name, answer, without=[typed])

    def look(self, address: str) -> None:
        """One page."""
        try:
            kind = resolve(urlsplit(address).path).view_name
        except Resolver404:
            return
        if address in self.seen or kind == "accounts:sign-out":
            return
        self.seen.add(address)
        answer: Any = self.browser.get(address)
        self.kinds[kind] += 1
        self.listen(address, kind, answer, without=[address])
        if answer.status_code == 302:
            self.wait_for([answer.headers["Location"]])
        elif answer.status_code == 200 and "text/html" in answer.headers.get("Content-Type", ""):
            self.wait_for(Read(address, answer.content.decode()).links)

    def wait_for(self, links: list[str]) -> None:
        """Follow these, a few of each kind."""
        for link in links:
            try:
                kind = resolve(urlsplit(link).path).view_name
            except Resolver404:
                continue
            if link not in self.seen and self.kinds[f"to {kind}"] < MOST:
                self.kinds[f"to {kind}"] += 1
                self.waiting.append(link)

    def listen(self, where: str, kind: str, answer: Any, *, without: list[str]) -> None:
        """Whether there is anything in an answer that this role must not meet."""
        said = words_of(answer)
        for name in [f"{start}{bird.number}" for start in NOT_THEIRS for bird in self.aviary.all]:
            said = said.replace(name.casefold(), "")
        for typed in [escape(quote(one)) for one in without] + without:  # what was asked may come back
            said = said.replace(typed.casefold(), "")
        self.heard |= {bird.mark for bird in self.aviary.all if bird.mark.casefold() in said}
        for mark in self.aviary.secret(self.role, kind):
            if mark in said:
                at = said.index(mark)
                self.leaks.append(f"{self.role.key} {where}: {mark} in {said[max(0, at - 60) : at + 60]!r}")


def words_of(answer: Any) -> str:
    """What an answer says: its headers too."""
    return f"{dict(answer.headers)}\n{words_in(content_of(answer))}".casefold()


@pytest.fixture
def errors() -> Iterator[io.StringIO]:
    """The log of errors, as the server writes it."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutPersons())
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def left_behind(errors: io.StringIO) -> str:
    """What stands in every log: errors, who looked, what was done in the background, what was mailed."""
    looks, jobs = ([str(values) for values in model._default_manager.values_list()] for model in (Access, DBTaskResult))
    mails = [str(message.message()) for message in mail.outbox]
    assert looks
    return "\n".join([errors.getvalue(), *looks, *jobs, *mails]).casefold()


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_heard_of_whom_a_role_does_not_reach(part: int, errors: io.StringIO) -> None:
    aviary, leaks, heard = Aviary(), list[str](), dict[str, set[str]]()
    for role in list(every_role().values())[part::PARTS]:
        walk = Walk(aviary, role)
        walk.go()
        leaks, heard[role.key] = leaks + walk.leaks, walk.heard
        assert len(walk.seen) >= DRAWN / 2, role.key
    do_all()
    logged = left_behind(errors)
    leaks += [f"a log: {mark}" for bird in aviary.all for mark in bird.marks if mark in logged]
    assert leaks == [], "\n".join(leaks[:30])
    for key in {"team_leader", "coordinator"} & heard.keys():
        assert "Kanariea" in heard[key]  # whom they do reach is met: the walk does come by
