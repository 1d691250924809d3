"""Somebody who has read every publication and knows what can be known beside it: who came and went, and their own; and
who leads a team, and knows all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product, zip_longest
from typing import Any

from opstap.accounts.models import Team
from opstap.analytics.disclosure import Cell, Finding, Link, PublishedTable, Rules, Whole, attack
from opstap.audit.selectors import latest_recording
from opstap.facts.selectors.cache import facts_of
from opstap.foundation import dates
from opstap.reporting.logic.released import BECAME, GROWN, LEVEL, PART, Released, ReleasedClass
from opstap.reporting.models import Publication
from opstap.reporting.selectors.released.classes import basis_of
from opstap.reporting.selectors.released.people import people_of

Known = dict[str, dict[str, dict[Cell, int]]]


@dataclass
class Month:
    """A publication as an attacker holds it: its tables, in which cell everybody is, who holds and who leads whom, its
    scale, and in which part of the ladder each level is. Where one team has everybody who has any, there is nobody whom
    its leader could look for.
    """

    tables: list[PublishedTable]
    cells: dict[str, dict[int, Cell]]
    held: dict[str, set[int]]
    led: dict[str, set[int]]
    scale: str
    parts: dict[str, str]

    def known(self) -> Known:
        """By worker the own people in each table, and by who leads a team all of it."""
        found: Known = {}
        for viewer, people in {**self.held, **self.led}.items():
            for key, cells in self.cells.items():
                own: dict[Cell, int] = {}
                for person in people & cells.keys():
                    own[cells[person]] = own.get(cells[person], 0) + 1
                found.setdefault(viewer, {})[key] = own
        for table in self.tables:
            names = [axis.dimension for axis in table.shape.axes]
            if "team" in names:
                for leader, whole in self._whole(table, names.index("team")):
                    found[leader][table.shape.key] |= whole
        return found

    def _whole(self, table: PublishedTable, at: int) -> Iterator[tuple[str, dict[Cell, int]]]:
        """By who leads a team all cells of it, to the last person."""
        there = list(self.cells[table.shape.key].values())
        for leader in self.led:
            own = {cell: Whole(there.count(cell)) for cell in table.shown if f"leader of {cell[at]}" == leader}
            yield leader, dict(own)

    def shown(self, key: str) -> set[Cell]:
        """The cells that a table has."""
        return set(next(table for table in self.tables if table.shape.key == key).shown)


def month_of(
    one: Publication, mark: str, population: str = "", whole: Publication | None = None, until: date | None = None
) -> Month:
    """All of a publication, its tables under keys with a mark before them; of a `population` that others are of too. Of
    a table that was asked for that is the `whole`. Who had somebody in its month, or took them over `until` a day
    (today), knows them.
    """
    released, basis = Released.of(one.figures), basis_of(one)
    people = people_of(basis, Released.of(whole.figures).axes if whole else released.axes).to_dicts()
    cells = {
        f"{mark}{table.key}": {row["client_id"]: tuple(row[key] for key in table.dimensions) for row in people}
        for table in released.tables
    }
    gone = {row["client_id"] for row in people if row[LEVEL] == basis.left}
    everybody = {row["client_id"] for row in people}
    teams = dict(Team.objects.filter(municipality=basis.municipality_id).values_list("pk", "reference"))
    held: dict[str, set[int]] = {}
    led: dict[str, set[int]] = {}
    last = until or dates.today()
    days: dict[date, set[int]] = {day: set() for day in (one.on.replace(day=1), one.on, last)}
    for row in facts_of(basis.municipality_id, recording=latest_recording()).table("assignments").to_dicts():
        person = row["client_id"]
        since = one.earlier if person in gone else min(days)
        if person not in everybody or row["starts_on"] > last or row["ends_on"] <= since:
            continue
        if row["worker_id"]:
            held.setdefault(str(row["worker_id"]), set()).add(person)
        if row["team_id"]:
            led.setdefault(f"leader of {teams[row['team_id']]}", set()).add(person)
            for day in days:
                days[day] |= {person} if row["starts_on"] <= day < row["ends_on"] else set()
    led = {leader: own for leader, own in led.items() if not any(there <= own for there in days.values())}
    parts = {leaf: part.code for part in _classes(released, PART) for leaf in part.leaves}
    of_whom = population or f"{mark}{basis.population}"
    return Month(list(released.published(of_whom, mark)), cells, held, led, one.scale, parts)


def _classes(released: Released, dimension: str) -> tuple[ReleasedClass, ...]:
    return released.axes[dimension].classes if dimension in released.axes else ()


def true_links(earlier: Month, later: Month) -> Iterator[Link]:
    """Exactly how many came to a cell and went from one between two publications, by table that both have; and by table
    of two levels at a time and one by level.
    """
    for was_key, now_key in product(earlier.cells, later.cells):
        names = [key.partition(" ")[2] for key in (was_key, now_key)]
        if len({name.replace(PART, LEVEL) for name in names}) > 1 or BECAME in now_key or GROWN in now_key:
            continue
        yield from sums_of(earlier, later, was_key, now_key)
        if earlier.scale != later.scale or len({*names}) > 1:
            continue
        was, now = earlier.cells[was_key], later.cells[now_key]
        shared = earlier.shown(was_key) & later.shown(now_key)
        moved = [one for one in was.keys() | now.keys() if was.get(one) != now.get(one)]
        entered = sum(now.get(one) in shared for one in moved)
        yield Link(was_key, now_key, entered, sum(was.get(one) in shared for one in moved))


def sums_of(earlier: Month, later: Month, was_key: str, now_key: str) -> Iterator[Link]:
    """Time on benefit in the longest classes that both have in parts; and, on two scales, all levels together."""

    def cuts(key: str, month: Month) -> set[int]:
        return {_least(cell[-1]) for cell in month.shown(key)} - {-1}

    lows = sorted(cuts(was_key, earlier) & cuts(now_key, later))

    by_both = {PART in was_key, PART in now_key} == {True, False}
    part_of = {**earlier.parts, **later.parts} if by_both else {}

    def place(cell: Cell) -> Cell:
        if any(code.startswith("left-") for code in cell):
            return ("gone",)
        level = "any" if earlier.scale != later.scale else part_of.get(cell[0], cell[0])
        if "duration" not in now_key or _least(cell[-1]) < 0:
            return (level, *cell[1:])
        return (level, str(max(low for low in lows if low <= _least(cell[-1]))))

    sides = [(earlier, was_key), (later, now_key)]
    people = [{one: place(cell) for one, cell in month.cells[key].items()} for month, key in sides]
    parts = [{place(cell) for cell in month.shown(key)} for month, key in sides]
    both = sorted(parts[0] & parts[1] - {("gone",)})
    moved = [one for one in people[0].keys() | people[1].keys() if people[0].get(one) != people[1].get(one)]
    came, gone = (sum(places.get(one) in both for one in moved) for places in (people[1], people[0]))
    cells = [sorted(month.shown(key)) for month, key in sides]
    alike = [tuple(tuple(cell for cell in side if place(cell) == one) for side in cells) for one in both]
    yield Link(was_key, now_key, came, gone, tuple((one, two) for one, two in alike))


def _least(code: str) -> int:
    """The years from which a class of time on benefit begins; -1 for one that is no such class."""
    if code.startswith("<"):
        return 0
    found = code.removeprefix(">=").partition("-")[0]
    return int(found) if found.isdecimal() else -1


def recovered(publications: Sequence[Publication], rules: Rules, until: Sequence[date] = ()) -> list[Finding]:
    """What all of these tell together, each beside the next. Of whom is known who took them over until these days, or
    today.
    """
    months = [
        month_of(one, f"{number} ", until=day) for number, (one, day) in enumerate(zip_longest(publications, until))
    ]
    links = [link for pair in pairwise(months) for link in true_links(*pair)]
    return told_by(months, rules, links)


def told_by(months: Sequence[Month], rules: Rules, links: Sequence[Link] = ()) -> list[Finding]:
    """What all their tables tell together, to who knows their own in each."""
    known: dict[str, dict[str, Any]] = {}
    for month in months:
        for worker, own in month.known().items():
            known.setdefault(worker, {}).update(own)
    return attack([table for month in months for table in month.tables], rules, links=links, known=known)
