"""Which tables are published together: those that matter most first, others where they tell enough by themselves."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from opstap.analytics.disclosure.attack import SECONDS, Known, Link
from opstap.analytics.disclosure.joint import TooManyCells
from opstap.analytics.disclosure.protecting import NotSafe, Published, TooLittle, known_together, publish
from opstap.analytics.disclosure.solving import MOST_PERSONS
from opstap.analytics.disclosure.tables import PublishedTable, Rules, Table

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
    later = {key for lot in last for key in lot.keys}
    first = [table for table in tables if table.shape.key not in later]
    try:
        made = publish(first, rules, before=before, links=_among(links, before, first), known=known, seconds=seconds)
    except NotSafe:
        first = [table for table in first if table.shape.key not in spare]
        made = publish(first, rules, before=before, links=_among(links, before, first), known=known, seconds=seconds)
    everybody = known_together(first, known or {})
    for lot in last:
        more = [table for table in tables if table.shape.key in lot.keys]
        out = [*before, *made.tables]
        try:
            beside = publish(
                more,
                rules,
                before=out,
                links=_among(links, out, more),
                known=everybody,
                seconds=seconds,
                most_hidden=_most_hidden(more) if lot.least else MOST_PERSONS,
            )
        except (NotSafe, TooLittle, TooManyCells):
            continue
        made = made.with_more(beside)
        everybody = known_together(more, everybody)
    return made


def _among(links: Iterable[Link], *tables: Sequence[PublishedTable] | Sequence[Table]) -> list[Link]:
    """The links of which both tables are among these."""
    keys = {table.shape.key for some in tables for table in some}
    return [link for link in links if link.earlier in keys and link.later in keys]


def _most_hidden(tables: Sequence[Table]) -> int:
    """Of how many cells at most the count may be hidden."""
    cells = sum(len(list(table.shape.cells())) for table in tables)
    return cells - -(-cells // ONE_IN)
