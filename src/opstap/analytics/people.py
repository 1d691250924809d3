"""The people of a population, each once, and how many they are. Not here: what is counted of them.

Whoever asks whether somebody has two rows has the query carried out for its ids, and again for what is counted.
"""

from typing import Any

import narwhals as nw

from opstap.analytics.small_results import collected


def persons_and_rows(people: nw.LazyFrame[Any]) -> tuple[int, int]:
    """How many persons (`client_id`) there are, and how many rows they have.

    One column is fetched and looked at: an engine that counts what is different while it plans takes longer over it.
    """
    ids = collected(people.select("client_id"))["client_id"]
    return int(ids.n_unique()), len(ids)


def each_once(people: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The same rows, each once; as they are where nobody has two, as is usual without groups."""
    persons, rows = persons_and_rows(people)
    return people if persons == rows else people.unique()


def everybody_in(population: nw.LazyFrame[Any]) -> tuple[nw.LazyFrame[Any], int]:
    """The `client_id` of everybody, each once, and how many they are."""
    ids = population.select("client_id")
    persons, rows = persons_and_rows(ids)
    return (ids if persons == rows else ids.unique()), persons


def members_of(population: nw.LazyFrame[Any], group: str) -> nw.LazyFrame[Any]:
    """Everybody, once in each group: `client_id` and `group_name`, which is empty of who is in none."""
    return each_once(population.select("client_id", group_name=nw.col(group).fill_null("")))
