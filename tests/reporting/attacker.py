"""Somebody who has read every publication and knows what can be known beside it: who came and went, and their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from opstap.analytics.disclosure import Cell, Finding, Link, PublishedTable, Rules, attack
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.dimensions import all_caseloads
from opstap.reporting.logic.released import BECAME, GROWN, LEVEL, Released
from opstap.reporting.models import Publication
from opstap.reporting.selectors.released.classes import basis_of
from opstap.reporting.selectors.released.people import people_of

Known = dict[str, dict[str, dict[Cell, int]]]


@dataclass
class Month:
    """A publication as an attacker holds it: its tables, in which cell everybody is, and who holds whom."""

    tables: list[PublishedTable]
    cells: dict[str, dict[int, Cell]]
    held: dict[str, set[int]]

    def known(self) -> Known:
        """By worker the own people in each table."""
        found: Known = {}
        for worker, people in self.held.items():
            for key, cells in self.cells.items():
                own: dict[Cell, int] = {}
                for person in people & cells.keys():
                    own[cells[person]] = own.get(cells[person], 0) + 1
                found.setdefault(worker, {})[key] = own
        return found

    def shown(self, key: str) -> set[Cell]:
        """The cells that a table has."""
        return set(next(table for table in self.tables if table.shape.key == key).shown)


def month_of(one: Publication, mark: str) -> Month:
    """All of a publication, its tables under keys with a mark before them."""
    released, basis = Released.of(one.figures), basis_of(one)
    people = people_of(basis, released.axes).to_dicts()
    cells = {
        f"{mark}{table.key}": {row["client_id"]: tuple(row[key] for key in table.dimensions) for row in people}
        for table in released.tables
    }
    facts = facts_of(basis.municipality_id, recording=basis.recording)
    gone = {row["client_id"] for row in people if row[LEVEL] == basis.left}
    held: dict[str, set[int]] = {}
    for day, whom in ((one.on, {row["client_id"] for row in people}), (one.earlier, gone)):
        for row in all_caseloads(facts, day).to_dicts():
            if row["client_id"] in whom and row["worker_id"]:
                held.setdefault(str(row["worker_id"]), set()).add(row["client_id"])
    return Month(list(released.published(f"{mark}{basis.population}", mark)), cells, held)


def true_links(earlier: Month, later: Month) -> Iterator[Link]:
    """Exactly how many came to a cell and went from one between two publications, by table."""
    for (was_key, was), (now_key, now) in zip(earlier.cells.items(), later.cells.items(), strict=True):
        assert was_key.partition(" ")[2] == now_key.partition(" ")[2]
        if BECAME in now_key or GROWN in now_key:
            continue
        shared = earlier.shown(was_key) & later.shown(now_key)
        moved = [one for one in was.keys() | now.keys() if was.get(one) != now.get(one)]
        entered = sum(now.get(one) in shared for one in moved)
        yield Link(was_key, now_key, entered, sum(was.get(one) in shared for one in moved))


def recovered(publications: Sequence[Publication], rules: Rules) -> list[Finding]:
    """What all of these tell together, each beside the next."""
    months = [month_of(one, f"{number} ") for number, one in enumerate(publications)]
    links = [link for pair in pairwise(months) for link in true_links(*pair)]
    known: dict[str, dict[str, Any]] = {}
    for month in months:
        for worker, own in month.known().items():
            known.setdefault(worker, {}).update(own)
    return attack([table for month in months for table in month.tables], rules, links=links, known=known)
