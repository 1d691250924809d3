"""Making a set of tables safe: what is small is hidden, and what the attack recovers of it is hidden away too."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass
from typing import Final, NamedTuple

from opstap.analytics.disclosure.attack import SECONDS, Attack, Finding, Known, Link, Own, Target
from opstap.analytics.disclosure.solving import MOST_PERSONS
from opstap.analytics.disclosure.tables import Cell, PublishedTable, Rules, Shape, Table, Whole

_OURS: Final = object()
Hidden = dict[str, set[Cell]]
Place = tuple[str, Cell]
"""A cell of a table, by the key of the table."""


class NotSafe(Exception):
    """The tables can't be published: some of their cells are recovered, and nothing is left to hide them with."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"{len(findings)} cells are recovered, the first in table {findings[0].table}")
        self.findings = tuple(findings)


class TooLittle(Exception):
    """More cells would be hidden than the tables are worth."""


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

    def with_more(self, other: "Published") -> "Published":
        """These and those that were made beside them."""
        return Published((*self.tables, *other.tables), self.rules, made_by=_OURS)


def publish(
    tables: Sequence[Table],
    rules: Rules,
    *,
    before: Sequence[PublishedTable] = (),
    links: Sequence[Link] = (),
    known: Known | None = None,
    complementary: bool = True,
    seconds: float = SECONDS,
    most_hidden: int = MOST_PERSONS,
) -> Published:
    """The tables with their small counts hidden and the others rounded, once nothing of them can be recovered.

    Shapes: exact counts of persons per cell in; multiples of the base and hidden cells out. A count below the threshold
    is hidden, nobody included (that all of a group are alike would show otherwise), and so is one of which somebody
    knows all but fewer. `before` are tables published earlier, which `links` tie to these, and `known` what viewers
    know in those; what was hidden there stays hidden where fewer changed than the threshold, and what they tell by
    themselves is no finding of these. Beside cells that the attack recovers, and a line whose hidden cells hold fewer
    than the threshold together, the smallest that is still shown is hidden too (not with `complementary` off).
    Errors: `NotSafe` with what is still recovered when nothing is left to hide; `TooLittle` once more cells are hidden
    than `most_hidden`; `TooManyCells`. Source: FIELD section 5; the issue on steering information.
    """
    hidden: Hidden = {table.shape.key: _small(table, rules) for table in tables}
    for key, cells in _hidden_before(tables, before, links, rules):
        hidden[key] |= cells
    pinned = _pinned(tables, before, links, rules)
    everybody = known_together(tables, known or {})
    shown: list[PublishedTable] = []
    for near in _nearest_first(tables, before):
        keys = {*hidden, *(table.shape.key for table in near)}
        ties = [link for link in links if {link.earlier, link.later} <= keys]
        out = _OutAlone(near, rules, _within(known or {}, keys), seconds)
        safe: set[Target] = set()  # what can't be recovered can't be once more is hidden
        while True:
            if sum(map(len, hidden.values())) > most_hidden:
                raise TooLittle
            shown = [_shown(table, hidden[table.shape.key], rules) for table in tables]
            one = Attack([*near, *shown], rules, links=ties, known=_within(everybody, keys), seconds=seconds)
            targets = {*one.hidden_cells(), *_small_lines(tables, hidden, rules)} - safe
            findings = _own_first(one, targets, hidden, out, safe)
            if not findings:
                break
            taken = {key: cells | pinned.get(key, set()) for key, cells in hidden.items()}
            chosen = _hide_beside(findings, tables, taken, _out_already(near, ties), everybody)
            if not (chosen and complementary):
                raise NotSafe(findings)
            for key, cell in chosen:
                hidden[key].add(cell)
    return Published(tuple(shown), rules, made_by=_OURS)


def _nearest_first(tables: Sequence[Table], before: Sequence[PublishedTable]) -> list[Sequence[PublishedTable]]:
    """What is laid beside them: first only what is of the same people, and then all. Most of what has to be hidden is
    found among few tables already, which takes a fraction of the time; nothing is called safe before the last.
    """
    people = {table.shape.population for table in tables}
    same = [table for table in before if table.shape.population in people]
    return [before] if len(same) == len(before) else [same, before]


def _within(known: Known, keys: Collection[str]) -> Known:
    """What is known of these tables."""
    return {viewer: {key: own for key, own in held.items() if key in keys} for viewer, held in known.items()}


def _own_first(one: Attack, targets: set[Target], hidden: Hidden, out: "_OutAlone", safe: set[Target]) -> list[Finding]:
    """What is found of these tables, and only if that is nothing what is found of those that are out."""
    own = {target for target in targets if target[0] in hidden}
    findings: list[Finding] = []
    for part in (own, targets - own):
        if not findings:
            findings = out.new_ones(one, sorted(part))
            safe |= part - {(finding.table, finding.cells) for finding in findings}
    return findings


class _OutAlone:
    """What tables that are out tell by themselves: of that nothing can be undone by hiding something else. They were
    safe by what was reckoned with when they were made; since then it may have become more.
    """

    def __init__(self, before: Sequence[PublishedTable], rules: Rules, known: Known, seconds: float) -> None:
        self._keys = {table.shape.key for table in before}
        self._given = (before, rules, known, seconds)
        self._attack: Attack | None = None
        self._told: set[tuple[str, Target]] = set()

    def new_ones(self, one: Attack, targets: Sequence[Target]) -> list[Finding]:
        """What the attack finds of these that is not told already, to this viewer."""
        found: list[Finding] = []
        left: Sequence[Target] = targets
        while left:
            asked = one.findings(left, self._told)
            told = [each for each in asked if self._tells(each)]
            found += [each for each in asked if each not in told]
            left = [(each.table, each.cells) for each in told]
            self._told |= {(each.viewer, (each.table, each.cells)) for each in told}
        return found

    def _tells(self, found: Finding) -> bool:
        if found.table not in self._keys:
            return False
        if self._attack is None:
            before, rules, known, seconds = self._given
            self._attack = Attack(before, rules, known=known, seconds=seconds)
        return self._attack.tells((found.table, found.cells), found.viewer)


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
            alike = link.alike or [((cell,), (cell,)) for cell in own.get(link.later, own.get(link.earlier, ()))]
            for key, other, at in ((link.earlier, link.later, 0), (link.later, link.earlier, 1)):
                if key in own and other in out:
                    yield key, {one[at][0] for one in alike if len(one[at]) == 1 and out[other] >= set(one[1 - at])}


def _pinned(
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


def known_together(tables: Sequence[Table], before: Known) -> Known:
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


class _Out(NamedTuple):
    """A table that is out already: its shape, the key of the one of these that a link ties it to, if any, and which
    cells of that one stand for one of its own, where these are others.
    """

    shape: Shape
    tied: str
    alike: Mapping[Cell, set[Cell]]


Out = Mapping[str, _Out]


def _out_already(before: Sequence[PublishedTable], links: Sequence[Link]) -> Out:
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


def _hide_beside(
    findings: Sequence[Finding], tables: Sequence[Table], taken: Hidden, out: Out, known: Known | None = None
) -> set[Place]:
    """A cell more to hide for each finding that none of the others hides one for; not one of those taken."""
    own = {table.shape.key: table for table in tables}
    now: set[Place] = set()
    for finding in findings:
        places = _places(finding, own, taken, out, (known or {}).get(finding.viewer, {}))
        if places and now.isdisjoint(places):
            now.add(min(places, key=lambda place: (own[place[0]].count(place[1]), place)))
    return now


def _places(
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
