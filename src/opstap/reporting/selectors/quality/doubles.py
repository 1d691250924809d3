"""Who may have been entered twice: born on the same day, with a name alike, as intake looks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

import polars as pl

from opstap.clients.selectors.merged import names_alike
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.parts import kept_while_unchanged
from opstap.reporting.selectors.questions import Question

MOST_NAMES = 200


def doubles_among(facts: Facts, question: Question) -> pl.DataFrame:
    """Columns client_id and is_double: who has a namesake, followed or not, among those whom the viewer may see.

    Nothing is told of people out of reach. A pair whose names begin with another letter is not looked at: of all who
    share a birthday that leaves one in fifteen to compare. On a day that very many names share, such as one that stands
    for a day that is not known, only the same name counts.
    """
    if question.choice.within is not None:
        return _found(_sharing(_named(facts).filter(question.choice.sees())))
    kept = question.choice.without
    return _of_town(facts, frozenset(() if kept is None else kept))


@kept_while_unchanged(lasting=True)
def _of_town(facts: Facts, withheld: frozenset[int]) -> pl.DataFrame:
    """Of everybody but those; kept, as it takes long where there are very many people."""
    return _found(_sharing(_named(facts).filter(~pl.col("client_id").is_in(sorted(withheld)))))


def _named(facts: Facts) -> pl.DataFrame:
    told = facts.table("persons").select("client_id", "birth_date", "folded_name")
    return told.filter(pl.col("birth_date").is_not_null() & (pl.col("folded_name") != ""))


def _sharing(named: pl.DataFrame) -> pl.DataFrame:
    """Who shares the birth date and the first letter of the name with another."""
    return named.filter(pl.len().over("birth_date", pl.col("folded_name").str.slice(1, 1)) > 1)


def _found(sharing: pl.DataFrame) -> pl.DataFrame:
    together: dict[tuple[object, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for client, born, name in sharing.select("client_id", "birth_date", "folded_name").rows():
        together[born, name[1:2]][name].append(client)  # a space stands before each word of a folded name
    found = sorted({client for named in together.values() for client in _alike(named)})
    return pl.DataFrame(
        {"client_id": found, "is_double": [True] * len(found)},
        schema={"client_id": pl.Int64, "is_double": pl.Boolean},
    )


def _alike(named: Mapping[str, Sequence[int]]) -> set[int]:
    """Of those born on one day: who has the name of another, or one that is much like it."""
    found = {client for clients in named.values() if len(clients) > 1 for client in clients}
    if len(named) <= MOST_NAMES:
        for name, other in combinations(named, 2):
            if names_alike(name, other):
                found |= {*named[name], *named[other]}
    return found
