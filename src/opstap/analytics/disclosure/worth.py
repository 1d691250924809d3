"""Which tables are published together: those that matter most first, others where they tell enough by themselves."""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import takewhile
from typing import Final, NamedTuple, TypeVar

from opstap.analytics.disclosure.attack import SECONDS, Known, Link
from opstap.analytics.disclosure.joint import TooManyCells
from opstap.analytics.disclosure.protecting import (
    Draft,
    NotSafe,
    Published,
    TooLittle,
    confirmed,
    draft,
    known_together,
    nearest_first,
    publish,
)
from opstap.analytics.disclosure.solving import MOST_PERSONS
from opstap.analytics.disclosure.tables import PublishedTable, Rules, Table, Whole

ONE_IN: Final = 6
"""Of the cells of tables that come last at least one in so many is shown, or they are left out."""


class Lot(NamedTuple):
    """The keys of tables that are made together; with `least` they are left out where fewer cells are shown."""

    keys: Collection[str]
    least: bool = True


def publish_by_worth(
    tables: Sequence[Table],
    last: Sequence[Lot],
    rules: Rules,
    *,
    before: Sequence[PublishedTable] = (),
    links: Sequence[Link] = (),
    known: Known | None = None,
    seconds: float = SECONDS,
    spare: Collection[str] = (),
) -> Published:
    """The tables as `publish` makes them, but those in `last` after all others, lot by lot, each hiding cells of itself
    alone: so nothing of the rest depends on them. A lot that can't be made safe so, has too many cells for the attack
    beside the rest, or shows too few of its cells, is left out. Where the rest can't be made safe it is tried without
    the `spare` ones.

    Shapes, units and errors are those of `publish`, of the others. Source: FIELD section 5; the issue on steering
    information.
    """
    given = _Given(rules, before, links, known or {}, seconds)
    if len(nearest_first(tables, before)) > 1:
        made, taken = _by_worth(draft, tables, last, spare, given)
        rest = list(takewhile(lambda table: not _is_known_whole(table), taken))
        if len(rest) == len(taken) or _confirmed(rest, made, given):
            out = _confirmed(taken, made, given)
            if out is not None:
                return out
    return _by_worth(publish, tables, last, spare, given)[0]


class _Given(NamedTuple):
    rules: Rules
    before: Sequence[PublishedTable]
    links: Sequence[Link]
    known: Known
    seconds: float


Made = TypeVar("Made", Published, Draft)


def _by_worth(
    make: Callable[..., Made], tables: Sequence[Table], last: Sequence[Lot], spare: Collection[str], given: _Given
) -> tuple[Made, list[Table]]:
    """What is made of them, and of which tables."""
    rules, links, seconds = given.rules, given.links, given.seconds
    before: Sequence[PublishedTable] = given.before
    everybody: Known = given.known
    later = {key for lot in last for key in lot.keys}
    first: Sequence[Table] = [table for table in tables if table.shape.key not in later]
    taken: list[Table] = [*first]
    made: Made
    try:
        made = make(taken, rules, before=before, links=_among(links, before, taken), known=everybody, seconds=seconds)
    except NotSafe:
        taken = [table for table in first if table.shape.key not in spare]
        made = make(taken, rules, before=before, links=_among(links, before, taken), known=everybody, seconds=seconds)
    everybody = known_together(taken, everybody)
    for lot in last:
        more: list[Table] = [table for table in tables if table.shape.key in lot.keys]
        out: list[PublishedTable] = [*before, *made.tables]
        most = _most_hidden(more) if lot.least else MOST_PERSONS
        ties = _among(links, out, more)
        try:
            beside: Made = make(more, rules, before=out, links=ties, known=everybody, seconds=seconds, most_hidden=most)
        except (NotSafe, TooLittle, TooManyCells):
            continue
        made = made.with_more(beside)
        taken = [*taken, *more]
        everybody = known_together(more, everybody)
    return made, taken


def _confirmed(tables: Sequence[Table], made: Draft, given: _Given) -> Published | None:
    """These of what is made beside the tables of the same people alone, where nothing is found beside all others
    either. Of tables in which nobody knows whole cells more tables never tell less, so they would have come out the
    same laid beside all others lot after lot; whatever comes after them.
    """
    rules, before, links, known, seconds = given
    keys = {table.shape.key for table in tables}
    some = made.only(keys)
    ties = _among(links, before, tables)
    try:
        return confirmed(tables, some, rules, before=before, links=ties, known=known, seconds=seconds)
    except TooManyCells:
        return None


def _is_known_whole(table: Table) -> bool:
    """Whether somebody knows that there is nobody else in a cell: of enough others they are told nothing then."""
    return any(isinstance(count, Whole) for own in table.known.values() for count in own.values())


def _among(links: Iterable[Link], *tables: Sequence[PublishedTable] | Sequence[Table]) -> list[Link]:
    """The links of which both tables are among these."""
    keys = {table.shape.key for some in tables for table in some}
    return [link for link in links if link.earlier in keys and link.later in keys]


def _most_hidden(tables: Sequence[Table]) -> int:
    """Of how many cells at most the count may be hidden."""
    cells = sum(len(list(table.shape.cells())) for table in tables)
    return cells - -(-cells // ONE_IN)
