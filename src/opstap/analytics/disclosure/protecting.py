"""Making a set of tables safe: what is small is hidden, and what the attack recovers of it is hidden away too."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass
from typing import Final

from opstap.analytics.disclosure.attack import SECONDS, Attack, Finding, Known, Link, Target
from opstap.analytics.disclosure.hiding import Hidden, hide_beside, out_already, pinned
from opstap.analytics.disclosure.solving import MOST_PERSONS
from opstap.analytics.disclosure.tables import Cell, PublishedTable, Rules, Table

_OURS: Final = object()


class NotSafe(Exception):
    """The tables can't be published: some of their cells are recovered, and nothing is left to hide them with."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"{len(findings)} cells are recovered, the first in table {findings[0].table}")
        self.findings = tuple(findings)


class TooLittle(Exception):
    """More cells would be hidden than the tables are worth."""


def _only_ours(made_by: object) -> None:
    if made_by is not _OURS:
        message = "what is published comes out of what attacks it first"
        raise TypeError(message)


@dataclass(frozen=True, slots=True)
class Published:
    """Tables of which the attack recovered nothing. Made by `publish` and `confirmed` alone; raises `TypeError` when
    made otherwise.
    """

    tables: tuple[PublishedTable, ...]
    rules: Rules
    made_by: InitVar[object] = None

    def __post_init__(self, made_by: object) -> None:
        _only_ours(made_by)

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
    shown = protected(
        tables,
        rules,
        beside=nearest_first(tables, before),
        before=before,
        links=links,
        known=known,
        complementary=complementary,
        seconds=seconds,
        most_hidden=most_hidden,
    )
    return Published(shown, rules, made_by=_OURS)


@dataclass(frozen=True, slots=True)
class Draft:
    """Tables that are attacked beside those of the same people alone: not published before `confirmed`. Made by `draft`
    alone, as `Published` is by what attacks.
    """

    tables: tuple[PublishedTable, ...]
    made_by: InitVar[object] = None

    def __post_init__(self, made_by: object) -> None:
        _only_ours(made_by)

    def with_more(self, other: "Draft") -> "Draft":
        """These and those that were made beside them."""
        return Draft((*self.tables, *other.tables), made_by=_OURS)

    def only(self, keys: Collection[str]) -> "Draft":
        """Those with these keys."""
        return Draft(tuple(table for table in self.tables if table.shape.key in keys), made_by=_OURS)


def draft(
    tables: Sequence[Table],
    rules: Rules,
    *,
    before: Sequence[PublishedTable],
    links: Sequence[Link],
    known: Known | None,
    seconds: float,
    most_hidden: int = MOST_PERSONS,
) -> Draft:
    """As `publish`, up to where tables of other days are laid beside them: that takes most of the time."""
    shown = protected(
        tables,
        rules,
        beside=nearest_first(tables, before)[:1],
        before=before,
        links=links,
        known=known,
        seconds=seconds,
        most_hidden=most_hidden,
    )
    return Draft(shown, made_by=_OURS)


def confirmed(
    tables: Sequence[Table],
    shown: Draft,
    rules: Rules,
    *,
    before: Sequence[PublishedTable],
    links: Sequence[Link],
    known: Known,
    seconds: float,
) -> Published | None:
    """These tables as they are shown, once the attack recovers nothing of them beside all that is out; else nothing."""
    hidden: Hidden = {table.shape.key: set(table.hidden) for table in shown.tables}
    one = Attack([*before, *shown.tables], rules, links=links, known=known_together(tables, known), seconds=seconds)
    targets = {*one.hidden_cells(), *_small_lines(tables, hidden, rules)}
    found = _OutAlone(before, rules, known, seconds).new_ones(one, sorted(targets))
    return None if next(found, None) else Published(shown.tables, rules, made_by=_OURS)


def protected(
    tables: Sequence[Table],
    rules: Rules,
    *,
    beside: Sequence[Sequence[PublishedTable]],
    before: Sequence[PublishedTable],
    links: Sequence[Link],
    known: Known | None,
    complementary: bool = True,
    seconds: float = SECONDS,
    most_hidden: int = MOST_PERSONS,
) -> tuple[PublishedTable, ...]:
    """What `publish` shows of the tables, attacked with each of `beside` in turn. Safe only when the last is all."""
    hidden: Hidden = {table.shape.key: _small(table, rules) for table in tables}
    for key, cells in _hidden_before(tables, before, links, rules):
        hidden[key] |= cells
    fixed = pinned(tables, before, links, rules)
    everybody = known_together(tables, known or {})
    shown: list[PublishedTable] = []
    for near in beside:
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
            taken = {key: cells | fixed.get(key, set()) for key, cells in hidden.items()}
            chosen = hide_beside(findings, tables, taken, out_already(near, ties), everybody)
            if not (chosen and complementary):
                raise NotSafe(findings)
            for key, cell in chosen:
                hidden[key].add(cell)
    return tuple(shown)


def nearest_first(tables: Sequence[Table], before: Sequence[PublishedTable]) -> list[Sequence[PublishedTable]]:
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
            findings = list(out.new_ones(one, sorted(part)))
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

    def new_ones(self, one: Attack, targets: Sequence[Target]) -> Iterator[Finding]:
        """What the attack finds of these that is not told already, to this viewer."""
        left: Sequence[Target] = targets
        while left:
            told: list[Finding] = []
            for each in one.found(left, set(self._told)):
                if self._tells(each):
                    told.append(each)
                else:
                    yield each
            left = [(each.table, each.cells) for each in told]
            self._told |= {(each.viewer, (each.table, each.cells)) for each in told}

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
