"""A municipality of invented people whose figures are set down, and what is set down of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from opstap.accounts.models import Team, User
from opstap.analytics.disclosure import Rules
from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor, command_line
from opstap.clients.logic import AssignmentRow, FollowUpRow, PersonRow
from opstap.clients.models import Client
from opstap.clients.operations import record_assignments, record_follow_ups, record_persons, register_clients
from opstap.foundation import dates
from opstap.ladder.operations import record_measurements
from opstap.municipality.models import Municipality
from opstap.reporting.logic.released import Released, ReleasedTable, month_ends_until
from opstap.reporting.models import Publication
from opstap.reporting.operations import PublicationTerms, TableTerms, ask_publication, ask_table, make_asked
from opstap.reporting.operations.earlier import EarlierTerms, enter_earlier
from opstap.reporting.operations.publications.rows import row_of
from opstap.reporting.selectors.released.classes import axes_of, basis_of
from opstap.reporting.selectors.released.exact import closed_list, exact_tables
from opstap.reporting.selectors.released.people import people_of
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import FOLLOWED_SINCE
from tests.factories.ladder import a_placement
from tests.factories.municipality import a_municipality

BY = command_line()
STANDING = {"1": 42, "2": 63, "3": 24, "4": 4}
"""How many stand on each level of the town; twelve more were never placed."""
UNPLACED = 12
BORN = (date(2003, 3, 3), date(1985, 5, 5), date(1968, 8, 8))


@dataclass
class SetDown:
    """A town, its teams, workers and people; `on` is the last month end, `before` the day of all placements."""

    town: Municipality = field(default_factory=a_municipality)
    teams: list[Team] = field(default_factory=list)
    workers: list[User] = field(default_factory=list)
    people: list[Client] = field(default_factory=list)
    on: date = field(default_factory=dates.today)

    @property
    def before(self) -> date:
        """Three months before the reference date."""
        return dates.months_before(self.on, 3)


def last_month_end() -> date:
    """The last day of the last month that is over."""
    return month_ends_until(dates.today(), 1)[0]


def a_town_to_publish(*names: str) -> SetDown:
    """145 people. Of whom the place divides by seven growth potential is unknown, by three they have none, and the
    others have it; twelve workers hold them in turns, in two teams or in those named.
    """
    made = SetDown(on=last_month_end())
    made.teams = [a_team(made.town, name) for name in names or ("Noord", "Zuid")]
    teams = len(made.teams)
    made.workers = [a_case_manager(made.teams[number % teams]) for number in range(12)]
    count = sum(STANDING.values()) + UNPLACED
    ids = register_clients(by=BY, municipality=made.town, numbers=[f"P{number}" for number in range(count)])
    found = {client.pk: client for client in Client.objects.filter(pk__in=ids)}
    made.people = [found[pk] for pk in ids]
    record_persons(
        by=BY,
        municipality=made.town,
        rows=[PersonRow(pk, f"Voorbeeld-{n}", birth_date=BORN[n % 3], sex="female") for n, pk in enumerate(ids)],
    )
    record_follow_ups(by=BY, rows=[FollowUpRow(pk, FOLLOWED_SINCE, None) for pk in ids])
    record_assignments(
        by=BY,
        rows=[
            AssignmentRow(pk, FOLLOWED_SINCE, None, team_id=made.teams[n % teams].pk, worker_id=made.workers[n % 12].pk)
            for n, pk in enumerate(ids)
        ],
    )
    record_measurements(by=BY, rows=[
        a_placement(client, code, made.before, growth=growth_of(number), expected="4")
        for number, (client, code) in enumerate(zip(made.people, levels(), strict=False))
    ])  # fmt: skip
    return made


def levels() -> list[str]:
    """The level of each person in turn; those beyond have none."""
    return [code for code, count in STANDING.items() for _ in range(count)]


def growth_of(number: int) -> str:
    """The growth potential of a person by their place."""
    if number % 7 == 0:
        return "unknown"
    return "no" if number % 3 == 0 else "yes"


def a_publication(
    town: Municipality, on: date | None = None, *, by: Actor = BY, title: str = "De ladder", promise: str = "Motie 41"
) -> Publication:
    """One that is made."""
    reference = ask_publication(
        by=by, municipality=town, terms=PublicationTerms(title, on or last_month_end(), promise)
    )
    return made(reference)


def a_drawn_publication(town: Municipality) -> Publication:
    """One that shows something whoever lives there, so that there is a chart of it: set down without the attack."""
    one = a_publication(town)
    kept = one.figures["tables"][0]
    first = [*kept[:2], [[*cell, 20 if not place else count] for place, (*cell, count) in enumerate(kept[2])]]
    figures = {**one.figures, "tables": [first, *one.figures["tables"][1:]]}
    with writing(by=BY, verb="make_publication", about=one.reference) as recording:
        append_facts(Publication, [replace(row_of(one), figures=figures)], recording=recording)
    return Publication.objects.get(reference=one.reference, replaced_by__isnull=True)


def only_small_hidden(one: Publication, wanted: Sequence[Sequence[str]] = ()) -> Released:
    """Its figures as they would be without what is hidden beside the small counts, with every table of the list, or
    those that are wanted.
    """
    basis, rules = basis_of(one), Rules(one.threshold)
    axes = axes_of(basis)
    people = people_of(basis, axes)
    keys = [tuple(one) for one in wanted] or closed_list(axes, people.height)
    tables = tuple(
        ReleasedTable(
            exact.shape.key,
            key,
            {
                cell: rules.rounded(exact.count(cell)) if exact.least_unknown(cell) >= rules.threshold else None
                for cell in exact.shape.cells()
            },
        )
        for key, exact in zip(keys, exact_tables(basis, people, axes, keys), strict=True)
    )
    return Released(axes, tables, {"ladder": basis.scale.is_ladder})


def an_unattacked_table(publication: Publication, *dimensions: str) -> None:
    """A table for a question beside it, without the attack."""
    terms = TableTerms("Hoeveel zijn het er?", "de raad", dimensions)
    asked = Publication.objects.get(reference=ask_table(by=BY, publication=publication, terms=terms))
    figures = only_small_hidden(publication, [dimensions])
    taken = {key: axis for key, axis in figures.axes.items() if key in dimensions}
    done = replace(row_of(asked), counted=publication.counted, figures=replace(figures, axes=taken).stored())
    with writing(by=BY, verb="make_publication", about=asked.reference) as recording:
        append_facts(Publication, [done], recording=recording)


def an_unattacked_publication(town: Municipality, on: date | None = None) -> Publication:
    """One in which the table by team stands whoever is in which: for pages, set down without the attack."""
    terms = PublicationTerms("De ladder", on or last_month_end(), "Motie 41")
    asked = Publication.objects.get(reference=ask_publication(by=BY, municipality=town, terms=terms))
    done = replace(row_of(asked), counted=basis_of(asked).recording, figures=only_small_hidden(asked).stored())
    with writing(by=BY, verb="make_publication", about=asked.reference) as recording:
        append_facts(Publication, [done], recording=recording)
    return Publication.objects.get(reference=asked.reference, replaced_by__isnull=True)


def a_table(publication: Publication, *dimensions: str, by: Actor = BY) -> Publication:
    """A table beside it, made."""
    return made(ask_table(by=by, publication=publication, terms=TableTerms("Hoe oud?", "de raad", dimensions)))


def an_earlier_table(town: Municipality, on: date = date(2019, 1, 1), *, by: Actor = BY) -> str:
    """A table that was printed before Opstap; returns its reference."""
    return enter_earlier(
        by=by, municipality=town, terms=EarlierTerms(on, "Raadsbrief 2019-14, tabel 2", {"1": 120, "2": 81, "4": 7})
    )


def made(reference: str) -> Publication:
    """What was asked for, made at once."""
    make_asked(by=BY, reference=reference)
    return Publication.objects.get(reference=reference, replaced_by__isnull=True)
