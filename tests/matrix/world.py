"""Two municipalities with somebody in every role, and one client of each kind with something of everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from opstap.accounts.enums import Scope
from opstap.accounts.logic import Role, roles
from opstap.accounts.models import OwnRole, Team, User
from opstap.accounts.operations import Composition, NewUser, compose_role, create_user
from opstap.accounts.selectors.towns import mark_of
from opstap.audit.models import Access
from opstap.audit.operations import writing
from opstap.audit.permissions import command_line
from opstap.clients.logic import ApplicationRow
from opstap.clients.operations import create_programme, merge_clients, record_applications
from opstap.clients.selectors.held import told_of
from opstap.contacts.selectors.contacts import reference_of as contact_reference
from opstap.dossier.tables.parts import reference_of
from opstap.exchange.operations import stage_file
from opstap.foundation import dates
from opstap.ladder.selectors.measurements import reference_of as placement_reference
from opstap.municipality.logic import NUMBER, TraitDesign
from opstap.municipality.models import Municipality
from opstap.municipality.operations import define_trait
from opstap.privacy.enums import RequestKind
from opstap.privacy.models import Destruction
from opstap.privacy.operations.requests import note_request
from tests.factories.accounts import a_case_manager, a_team, a_worker, an_intern
from tests.factories.clients import a_bsn, a_client, in_caseload, on_benefit, with_trait
from tests.factories.contacts import agreed, spoken
from tests.factories.indicators import a_target, an_indicator
from tests.factories.ladder import placed
from tests.factories.municipality import LONG_AGO, a_municipality
from tests.factories.pages import signed_in
from tests.factories.plans import a_trajectory
from tests.factories.publications import a_drawn_publication, an_earlier_table
from tests.factories.region import also_in
from tests.factories.research import a_permit
from tests.matrix.expected import Asked, Whose
from tests.matrix.private import Names, private_things


@dataclass
class Town:
    """A municipality with two teams, and the things of it that have an address."""

    municipality: Municipality
    team: Team
    other_team: Team
    things: dict[str, Names] = field(default_factory=dict)
    private: dict[str, Names] = field(default_factory=dict)  # of two colleagues in the other team


@dataclass
class World:
    """Everything that can be asked for, by whom."""

    town: Town
    elsewhere: Town
    users: dict[str, User] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)
    clients: dict[tuple[str, Whose], Names] = field(default_factory=dict)  # the role "" stands for every role
    record: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def names_of(self, asked: Asked) -> Names:
        """What stands in the address that is asked for."""
        about, whose = asked.route.about, asked.whose
        if about == "client":
            return self.clients.get((asked.role.key, whose)) or self.clients["", whose]
        if whose == Whose.NOBODY:
            return NOWHERE
        if about == "private":
            return (self.elsewhere if whose == Whose.OTHER_MUNICIPALITY else self.town).private[asked.route.name]
        if about == "municipality":
            return (self.elsewhere if whose == Whose.OTHER_MUNICIPALITY else self.town).things[asked.route.name]
        return {**INSTALLATION.get(asked.route.name, {}), "record": self.record}


NOWHERE = {
    "reference": "bcdfghjkmnpq", "placement": "bcdfghjkmnpq", "contact": "bcdfghjkmnpq", "item": "bcdfghjkmnpq",
    "other": "bcdfghjkmnpq", "fact": "bcdfghjkmnpq", "slug": "bestaat-niet", "key": "bestaat-niet",
    "code": "bestaat-niet", "file_format": "exe", "place": "9", "record": "bcdfghjkmnpq-1", "batch": "bcdfghjkmnpq",
    "kind": "bestaat-niet", "outcome": "bestaat-niet", "token": "bcdfghjkmnpq", "asked": "bcdfghjkmnpq",
}  # fmt: skip
INSTALLATION: dict[str, Names] = {
    "administration:setting": {"key": "staging_days"},
    "administration:code-list": {"key": "contact_kind"},
    "administration:code": {"key": "contact_kind", "code": "office"},
    "reporting:report": {"slug": "plaatsing"},
    "reporting:export": {"slug": "plaatsing", "file_format": "csv"},
    "reporting:chart": {"slug": "plaatsing", "place": "1", "file_format": "svg"},
    "reporting:people": {"slug": "plaatsing"},
    "publications:series-chart": {"file_format": "svg"},
    "publications:series-file": {"file_format": "csv"},
    "accounts:authorisations-file": {"file_format": "csv"},
    "privacy:accesses-file": {"file_format": "csv"},
    "retention:due-file": {"file_format": "csv"},
    "retention:term": {"outcome": "guided"},
    "ladder:scale": {"key": "vng"},
    "ladder:paper-of-scale": {"key": "vng"},
    "ladder:design": {"key": "vng"},
    "ladder:crosswalk": {"key": "groningen-vng"},
    "indicators:new": {"kind": "cohort"},
    "dossier:caseload-file": {"file_format": "csv"},
    "dossier:list-remove": {"reference": "bcdfghjkmnpq"},
}
DAY = date(2026, 1, 5)
FACTS = {"begeleiding": "follow_up", "uitkering": "benefit", "kenmerk": "trait", "aanvraag": "application"}
HEAD = "Klantnummer;Achternaam;Begin uitkering\r\nZ-1;Bakker;31-02-2020\r\n"


# A role that a municipality composed is asked everything too: reading along, without reports, BSN and confirming.
COMPOSED = replace(
    roles()["case_manager"],
    key="composed",
    permissions=frozenset({"see_clients", "hold_caseload", "record_contacts", "see_scales", "see_inbox", "hand_over"}),
)


def every_role() -> dict[str, Role]:
    """Those that Opstap brings, and one that was composed."""
    return {**roles(), COMPOSED.key: COMPOSED}


def a_composed_role(municipality: Municipality) -> OwnRole:
    """That one."""
    new = Composition("gesprekspartner", "Spreekt met mensen.", COMPOSED.permissions)
    return compose_role(by=command_line(), municipality=municipality, base="case_manager", new=new)


def a_town() -> Town:
    """A municipality with one of each thing."""
    municipality = a_municipality()
    town = Town(municipality, a_team(municipality), a_team(municipality))
    town.things["accounts:user"] = {"reference": a_case_manager(town.team).reference}
    town.things["accounts:own-role"] = {"reference": a_composed_role(municipality).reference}
    town.things["accounts:team"] = {"reference": town.other_team.reference}
    programme = create_programme(by=command_line(), municipality=municipality, name="Statushouders")
    town.things["clients:programme"] = {"reference": programme.reference}
    batch = stage_file(by=command_line(), municipality=municipality, content=HEAD.encode(), file_name="a.csv")
    for name in ("columns", "check", "cell", "rows", "confirm", "done", "discard", "undo"):
        town.things[f"exchange:{name}"] = {"reference": batch.reference}
    town.things["exchange:refused-rows"] = {"reference": batch.reference, "file_format": "csv"}
    design = TraitDesign("km", NUMBER, "Kilometers", LONG_AGO)
    trait = define_trait(by=command_line(), municipality=municipality, design=design)
    town.things["administration:trait"] = {"reference": trait.reference}
    town.things["indicators:indicator"] = {"reference": an_indicator(municipality).reference}
    town.things["indicators:target"] = {"reference": a_target(municipality).reference}
    publication = {"reference": a_drawn_publication(municipality).reference}
    for name in ("publication", "new-table", "withdraw", "again"):
        town.things[f"publications:{name}"] = publication
    town.things["publications:file"] = {**publication, "file_format": "csv"}
    town.things["publications:chart"] = {**publication, "place": "1", "file_format": "svg"}
    town.things["publications:earlier"] = {"reference": an_earlier_table(municipality)}
    permit = a_permit(municipality)
    town.things["research:permit"] = town.things["research:extract"] = {"reference": permit}
    town.things["research:extract-file"] = {"reference": permit, "file_format": "csv"}
    asked = note_request(
        by=command_line(),
        client=a_client(municipality),
        kind=RequestKind.ACCESS,
        received_on=dates.today(),
        words="Wat staat er over mij?",
    )
    town.things["rights:request"] = {"reference": asked}
    with writing(by=command_line(), verb="finish_destruction") as done:
        erased = Destruction.objects.create(
            municipality=municipality, proposed=done, confirmed=done, finished=done, people=1, erased=1
        )
    town.things["retention:list"] = town.things["retention:certificate"] = {"reference": erased.reference}
    town.private = private_things(town.other_team)
    return town


def a_person(town: Town, number: int, team: Team, worker: User | None = None) -> Names:
    """A client with something of everything; what stands in the addresses about them."""
    client = a_client(town.municipality, bsn=a_bsn(number))
    in_caseload(client, worker, team=team)
    on_benefit(client, DAY)
    with_trait(client, "low_literacy", "yes", DAY)
    record_applications(by=command_line(), rows=[ApplicationRow(client.pk, DAY, "participatiewet")])
    agreed(client, dates.today() + timedelta(days=7))
    merged = a_client(town.municipality)
    in_caseload(merged, worker, team=team)
    merge_clients(by=command_line(), client=merged, kept=client, why="dubbel")
    slug, what = list(FACTS.items())[number % len(FACTS)]
    asked = note_request(
        by=command_line(),
        client=client,
        kind=RequestKind.CORRECTION,
        received_on=DAY,
        words="Dat klopt niet.",
        about="trait",
        about_row=told_of("trait", [client.pk])[0].pk,
        record="Kenmerk",
    )
    return {
        "reference": client.reference,
        "placement": placement_reference(placed(client, "2", on=DAY)),
        "contact": contact_reference(spoken(client, DAY).pk),
        "item": a_trajectory(client).reference,
        "other": merged.reference,
        "slug": slug,
        "asked": asked,
        "fact": reference_of(told_of(what, [client.pk])[0]),
    }


def a_world() -> World:
    """Somebody in every role, each with a client of their own; and three clients of others."""
    world = World(a_town(), a_town())
    town, others = world.town, world.elsewhere
    for number, (key, role) in enumerate(every_role().items()):
        user = _somebody(town, key, role)
        # Everybody sees all of the other when they work there, but who studies: that would take the extract away.
        also_in(user, others.municipality, "policy" if "take_research_extract" in role.permissions else "coordinator")
        world.users[key], world.browsers[key] = user, signed_in(user)
        world.browsers[key].defaults["HTTP_X_SHOWN_IN"] = mark_of(town.municipality.pk)
        world.cookies[key] = world.browsers[key].cookies[settings.SESSION_COOKIE_NAME].value
        world.clients[key, Whose.OWN] = OWN[role.scope](town, number, user)
    colleague, further = a_case_manager(town.team), a_case_manager(town.other_team)
    world.clients["", Whose.COLLEAGUE] = a_person(town, 101, town.team, colleague)
    world.clients["", Whose.OTHER_TEAM] = a_person(town, 102, town.other_team, further)
    world.clients["", Whose.OTHER_MUNICIPALITY] = a_person(others, 103, others.team, a_case_manager(others.team))
    world.clients["", Whose.NOBODY] = NOWHERE
    world.browsers["privacy_officer"].get("/inzage/")
    access = Access.objects.latest("pk")
    world.record = f"{access.chain}-{access.position}"
    return world


def _somebody(town: Town, key: str, role: Role) -> User:
    if role.scope == Scope.SUPERVISED:
        return an_intern(a_case_manager(town.team))
    if key == COMPOSED.key:
        own = OwnRole.objects.get(municipality=town.municipality)
        new = NewUser("Eigen rol", "eigen-rol", role=own.base, team=town.team, own_role=own)
        return create_user(by=command_line(), municipality=town.municipality, new=new, since=LONG_AGO)
    return a_worker(town.municipality, key, team=town.team)


def _in_own_caseload(town: Town, number: int, user: User) -> Names:
    return a_person(town, number, town.team, user)


def _in_caseload_of_supervisor(town: Town, number: int, user: User) -> Names:
    return a_person(town, number, town.team, user.role_holdings.get(municipality=town.municipality).supervisor)


# How a client is one's own, by the reach of the role. A new scope says it here.
OWN: dict[Scope, Callable[[Town, int, User], Names]] = {
    Scope.NONE: _in_own_caseload,  # even who has a client in their name sees nobody
    Scope.OWN_CASELOAD: _in_own_caseload,
    Scope.BATCH: _in_own_caseload,
    Scope.SUPERVISED: _in_caseload_of_supervisor,
    Scope.TEAM: _in_own_caseload,
    Scope.MUNICIPALITY: _in_own_caseload,
}


def address_of(world: World, asked: Asked, parameters: frozenset[str]) -> str:
    """The address that is asked for."""
    names = world.names_of(asked)
    return reverse(asked.route.name, kwargs={name: names[name] for name in parameters})
