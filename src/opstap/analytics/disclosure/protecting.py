"""Making a set of tables safe: what is small is hidden, and what the attack recovers of it is hidden away too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass
from typing import Final

from opstap.analytics.disclosure.attack import SECONDS, Attack, Finding, Known, Link, Target
from opstap.analytics.disclosure.tables import Cell, PublishedTable, Rules, Shape, Table

_OURS: Final = object()
Hidden = dict[str, set[Cell]]
Place = tuple[str, Cell]
"""A cell of a table, by the key of the table."""


class NotSafe(Exception):
    """The tables can't be published: some of their cells are recovered, and nothing is left to hide them with."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"{len(findings)} cells are recovered, the first in table {findings[0].table}")
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Published:
    """Tables of which the attack recovered nothing. Made by `publish` alone; raises `TypeError` when made otherwise."""

    tables: tuple[PublishedTable, ...]
    rules: Rules
    made_by: InitVar[object] = None

    def __post_init__(self, made_by: object) -> None:
        if made_by is not _OURS:
            message = "what is published comes out of publish(), which attacks it first"
            raise TypeError(message)

    def table(self, key: str) -> PublishedTable:
        """The table of this key. Raises `KeyError`."""
        return {table.shape.key: table for table in self.tables}[key]


def publish(
    tables: Sequence[Table],
    rules: Rules,
    *,
    before: Sequence[PublishedTable] = (),
    links: Sequence[Link] = (),
    known: Known | None = None,
    complementary: bool = True,
    seconds: float = SECONDS,
) -> Published:
    """The tables with their small counts hidden and the others rounded, once nothing of them can be recovered.

    Shapes: exact counts of persons per cell in; multiples of the base and hidden cells out. A count below the threshold
    is hidden, nobody included (that all of a group are alike would show otherwise), and so is one of which somebody
    knows all but fewer. `before` are tables published earlier, which `links` tie to these, and `known` what viewers
    know in those; what was hidden there stays hidden where fewer changed than the threshold. Beside cells that the
    attack recovers, and a line whose hidden cells hold fewer than the threshold together, the smallest that is still
    shown is hidden too (not with `complementary` off). Errors: `NotSafe` with what is still recovered when nothing is
    left to hide; `TooManyCells`. Source: FIELD section 5; the issue on steering information.
    """
    hidden: Hidden = {table.shape.key: _small(table, rules) for table in tables}
    for key, cells in _hidden_before(tables, before, links, rules):
        hidden[key] |= cells
    pinned = _pinned(tables, before, links, rules)
    everybody = _known(tables, known or {})
    safe: set[Target] = set()  # what can't be recovered can't be once more is hidden
    while True:
        shown = [_shown(table, hidden[table.shape.key], rules) for table in tables]
        one = Attack([*before, *shown], rules, links=links, known=everybody, seconds=seconds)
        targets = {*one.hidden_cells(), *_small_lines(tables, hidden, rules)} - safe
        findings = one.findings(sorted(targets))
        safe |= targets - {(finding.table, finding.cells) for finding in findings}
        if not findings:
            return Published(tuple(shown), rules, made_by=_OURS)
        if not complementary:
            raise NotSafe(findings)
        taken = {key: cells | pinned[key] for key, cells in hidden.items()}
        chosen = _hide_beside(findings, tables, taken, _out_already(before, links))
        if not chosen:
            raise NotSafe(findings)
        for key, cell in chosen:
            hidden[key].add(cell)


def _small(table: Table, rules: Rules) -> set[Cell]:
    return {cell for cell in table.shape.cells() if not rules.shows(table.count(cell), table.least_unknown(cell))}


def _hidden_before(
    tables: Sequence[Table], before: Sequence[PublishedTable], links: Sequence[Link], rules: Rules
) -> Iterable[tuple[str, set[Cell]]]:
    """Of tables that are hardly other than ones that are out the cells that are hidden there."""
    own = {table.shape.key: set(table.shape.cells()) for table in tables}
    out = {table.shape.key: table.hidden for table in before}
    for link in links:
        if link.entered + link.left < rules.threshold:
            for key, other in ((link.earlier, link.later), (link.later, link.earlier)):
                if key in own and other in out:
                    yield key, own[key] & out[other]


def _pinned(tables: Sequence[Table], before: Sequence[PublishedTable], links: Sequence[Link], rules: Rules) -> Hidden:
    """By table the cells that hiding hides from nobody: one that is out shows them, and too few came or went since."""
    out = {table.shape.key: table for table in before}
    found: Hidden = {table.shape.key: set() for table in tables}
    for link in links:
        for key, other in ((link.earlier, link.later), (link.later, link.earlier)):
            if key not in found or other not in out:
                continue
            for cell, count in out[other].shown.items():
                if count is not None:
                    low, high = (out[other].rules or rules).behind(count)
                    if high - low + link.entered + link.left < rules.threshold:
                        found[key].add(cell)
    return found


def _known(tables: Sequence[Table], before: Known) -> Known:
    """By viewer what they know in these tables, and in those that are out already."""
    found: dict[str, dict[str, Mapping[Cell, int]]] = {viewer: dict(own) for viewer, own in before.items()}
    for table in tables:
        for viewer, own in table.known.items():
            found.setdefault(viewer, {})[table.shape.key] = own
    return found


def _shown(table: Table, hidden: set[Cell], rules: Rules) -> PublishedTable:
    cells = table.shape.cells()
    shown = {cell: None if cell in hidden else rules.rounded(table.count(cell)) for cell in cells}
    return PublishedTable(table.shape, shown)


def _small_lines(tables: Sequence[Table], hidden: Hidden, rules: Rules) -> Iterable[Target]:
    """The hidden cells of each line that hold fewer than the threshold together: the rest of the line tells them."""
    for table in tables:
        for line in table.shape.lines():
            cells = tuple(cell for cell in line if cell in hidden[table.shape.key])
            if len(cells) > 1 and sum(map(table.count, cells)) < rules.threshold:
                yield table.shape.key, cells


Out = Mapping[str, tuple[Shape, str]]
"""Of each table that is out already its shape, and the key of the one of these that a link ties it to, if any."""


def _out_already(before: Sequence[PublishedTable], links: Sequence[Link]) -> Out:
    tied = {one: other for link in links for one, other in ((link.earlier, link.later), (link.later, link.earlier))}
    return {table.shape.key: (table.shape, tied.get(table.shape.key, "")) for table in before}


def _hide_beside(findings: Sequence[Finding], tables: Sequence[Table], taken: Hidden, out: Out) -> set[Place]:
    """A cell more to hide for each finding that none of the others hides one for; not one of those taken."""
    own = {table.shape.key: table for table in tables}
    now: set[Place] = set()
    for finding in findings:
        places = _places(finding, own, taken, out)
        if places and now.isdisjoint(places):
            now.add(min(places, key=lambda place: (own[place[0]].count(place[1]), place)))
    return now


def _places(finding: Finding, own: Mapping[str, Table], hidden: Hidden, out: Out) -> set[Place]:
    """What could be hidden for a finding: beside it, or of the same people elsewhere. Of a cell that is out already
    beside the same cell of the table that is tied to it.
    """
    shape, tied = out.get(finding.table, (None, finding.table))
    if tied in own:
        found = _beside(own[tied], finding.cells, hidden)
        shape = own[tied].shape
    else:
        found = set()
    return found or (_elsewhere(shape, finding.cells, own.values(), hidden) if shape else set())


def _beside(table: Table, cells: Sequence[Cell], hidden: Hidden) -> set[Place]:
    """The cells that are still shown in a line of the table with these."""
    key = table.shape.key
    lines = [line for line in table.shape.lines() if set(cells) <= set(line)]
    return {(key, cell) for line in lines for cell in line if cell not in hidden[key]}


def _elsewhere(shape: Shape, cells: Sequence[Cell], tables: Iterable[Table], hidden: Hidden) -> set[Place]:
    """The cells that are still shown in another table and have some of the same people."""
    found: set[Place] = set()
    for other in tables:
        key = other.shape.key
        shared = [name for name in other.shape.dimensions if name in shape.dimensions]
        if key == shape.key or not shared:
            continue
        wanted = {name: _leaves(shape, cells, name) for name in shared}
        alike = (cell for cell in other.shape.cells() if _overlaps(other.shape, cell, wanted))
        found |= {(key, cell) for cell in alike if cell not in hidden[key]}
    return found


def _overlaps(shape: Shape, cell: Cell, wanted: Mapping[str, frozenset[str]]) -> bool:
    return all(_leaves(shape, [cell], name) & leaves for name, leaves in wanted.items())


def _leaves(shape: Shape, cells: Sequence[Cell], dimension: str) -> frozenset[str]:
    """The finest classes of a dimension that some cells stand for."""
    at = shape.dimensions.index(dimension)
    held = shape.axes[at].classes
    return frozenset(leaf for cell in cells for leaf in held[cell[at]])
