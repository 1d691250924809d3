"""What can be hidden for a cell that is recovered: which cells lie beside it, and which of them hide anything."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from opstap.analytics.disclosure.attack import Finding, Known, Link, Own
from opstap.analytics.disclosure.tables import Cell, PublishedTable, Rules, Shape, Table, Whole

Hidden = dict[str, set[Cell]]
Place = tuple[str, Cell]
"""A cell of a table, by the key of the table."""


def pinned(
    tables: Sequence[Table], before: Sequence[PublishedTable], links: Sequence[Link], rules: Rules
) -> dict[str, set[Cell]]:
    """By table the cells that hiding hides from nobody: one that is out shows them, or shows them of another day since
    which too few came or went.
    """
    out = {table.shape.key: table for table in before}
    found = {table.shape.key: _shown_as_they_are(table.shape, before) for table in tables}
    for link in links:
        for key, other, at in ((link.earlier, link.later, 0), (link.later, link.earlier, 1)):
            if key not in found or other not in out:
                continue
            table = out[other]
            for cell, there in _cells_alike(link, table, at):
                count = table.shown.get(there)
                if count is not None:
                    low, high = (table.rules or rules).behind(count)
                    if high - low + link.entered + link.left < rules.threshold:
                        found[key].add(cell)
    return found


def _shown_as_they_are(shape: Shape, before: Sequence[PublishedTable]) -> set[Cell]:
    """The cells that one of the same people shows, in classes that are coarser elsewhere but not here."""
    found: set[Cell] = set()
    for other in before:
        if other.shape.population == shape.population and {*other.shape.dimensions} == {*shape.dimensions}:
            out = {_people_of(other.shape, cell) for cell, count in other.shown.items() if count is not None}
            found |= {cell for cell in shape.cells() if _people_of(shape, cell) in out}
    return found


def _people_of(shape: Shape, cell: Cell) -> frozenset[tuple[str, frozenset[str]]]:
    """Of whom a cell is: by dimension its finest classes."""
    return frozenset((name, shape.leaves_of([cell], name)) for name in shape.dimensions)


def _cells_alike(link: Link, other: PublishedTable, at: int) -> Iterable[tuple[Cell, Cell]]:
    """The cells that stand for one of the other table, with that one."""
    if not link.alike:
        return ((cell, cell) for cell in other.shown)
    return ((one[at][0], one[1 - at][0]) for one in link.alike if len(one[at]) == len(one[1 - at]) == 1)


class _Out(NamedTuple):
    """A table that is out already: its shape, the key of the one of these that a link ties it to, if any, and which
    cells of that one stand for one of its own, where these are others.
    """

    shape: Shape
    tied: str
    alike: Mapping[Cell, set[Cell]]


Out = Mapping[str, _Out]


def out_already(before: Sequence[PublishedTable], links: Sequence[Link]) -> Out:
    tied: dict[str, str] = {}
    alike: dict[str, dict[Cell, set[Cell]]] = {}
    for link in links:
        for one, other, at in ((link.earlier, link.later, 0), (link.later, link.earlier, 1)):
            tied[one] = other
            for pair in link.alike:
                for cell in pair[at]:
                    alike.setdefault(one, {}).setdefault(cell, set()).update(pair[1 - at])
    keys = {table.shape.key: table.shape for table in before}
    return {key: _Out(shape, tied.get(key, ""), alike.get(key, {})) for key, shape in keys.items()}


def hide_beside(
    findings: Sequence[Finding], tables: Sequence[Table], taken: Hidden, out: Out, known: Known | None = None
) -> set[Place]:
    """A cell more to hide for each finding that none of the others hides one for; not one of those taken."""
    own = {table.shape.key: table for table in tables}
    now: set[Place] = set()
    for finding in findings:
        places = places_for(finding, own, taken, out, (known or {}).get(finding.viewer, {}))
        if places and now.isdisjoint(places):
            now.add(min(places, key=lambda place: (own[place[0]].count(place[1]), place)))
    return now


def places_for(
    finding: Finding, own: Mapping[str, Table], hidden: Hidden, out: Out, viewer: Own | None = None
) -> set[Place]:
    """What could be hidden for a finding: beside it, or of the same people elsewhere. Of a cell that is out already
    beside the same cell of the table that is tied to it.
    """
    shape, tied, alike = out.get(finding.table, (None, finding.table, {}))
    cells = finding.cells
    found: set[Place] = set()
    if tied in own:
        shape = own[tied].shape
        there = set(shape.cells())
        if there.issuperset(cells):
            found = _beside(own[tied], cells, hidden)
        else:
            cells = tuple(sorted(there & {other for cell in cells for other in alike.get(cell, ())}))
            found = {place for cell in cells for place in _beside(own[tied], [cell], hidden)}
        whole = {cell for cell, count in (viewer or {}).get(tied, {}).items() if isinstance(count, Whole)}
        found = (_of_others(own[tied], cells, whole, own.values(), hidden) if whole else set()) or found
    return found or (_elsewhere(shape, cells, own.values(), hidden) if shape else set())


def _beside(table: Table, cells: Sequence[Cell], hidden: Hidden) -> set[Place]:
    """The cells that are still shown in a line of the table with these."""
    key = table.shape.key
    lines = [line for line in table.shape.lines() if set(cells) <= set(line)]
    return {(key, cell) for line in lines for cell in line if cell not in hidden[key]}


def _of_others(
    table: Table, cells: Sequence[Cell], whole: Collection[Cell], tables: Iterable[Table], hidden: Hidden
) -> set[Place]:
    """What helps against somebody who knows whole cells of the table: others of the same people that are not theirs.
    When there are none: of the same people in another table, where nothing is hidden of them, the one of the fewest
    cells first, as that says best how many there are together.
    """
    key, shape = table.shape.key, table.shape
    others = [one for one in tables if one.shape.key != key]
    shared = {name for one in others for name in one.shape.dimensions} & {*shape.dimensions}
    wanted = {name: shape.leaves_of(cells, name) for name in shared}
    found = {(key, cell) for cell in shape.cells() if shape.meets(cell, wanted)}
    found = {place for place in found if place[1] not in hidden[key] and place[1] not in whole}
    if found or not shared:
        return found
    lines = []
    for one in others:
        common = {name: leaves for name, leaves in wanted.items() if name in one.shape.dimensions}
        line = {(one.shape.key, cell) for cell in one.shape.cells() if common and one.shape.meets(cell, common)}
        if line and not any(cell in hidden[name] for name, cell in line):
            lines.append(line)
    return min(lines, key=len, default=set())


def _elsewhere(shape: Shape, cells: Sequence[Cell], tables: Iterable[Table], hidden: Hidden) -> set[Place]:
    """The cells that are still shown in another table and have some of the same people."""
    found: set[Place] = set()
    for other in tables:
        key = other.shape.key
        shared = [name for name in other.shape.dimensions if name in shape.dimensions]
        if key == shape.key or not shared:
            continue
        wanted = {name: shape.leaves_of(cells, name) for name in shared}
        alike = (cell for cell in other.shape.cells() if other.shape.meets(cell, wanted))
        found |= {(key, cell) for cell in alike if cell not in hidden[key]}
    return found
