"""Everybody once, whatever rows they came in."""

from __future__ import annotations

import pytest

from opstap.analytics.people import each_once, everybody_in, members_of, persons_and_rows
from opstap.analytics.small_results import rows_of
from tests.analytics.frames import Engine, lazy

TYPES = {"client_id": "bigint", "group": "varchar"}
ONCE: list[dict[str, object]] = [{"client_id": n, "group": group} for n, group in ((3, "west"), (1, None), (2, "west"))]
TWICE: list[dict[str, object]] = [*ONCE, ONCE[0], {"client_id": 3, "group": "oost"}]
engines = pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])


@engines
def test_persons_and_their_rows_are_counted(engine: Engine) -> None:
    found = [persons_and_rows(lazy(engine, rows, TYPES)) for rows in ([], ONCE, TWICE)]
    assert found == [(0, 0), (3, 3), (3, 5)]


@engines
def test_who_stands_in_it_more_than_once_is_one_person_and_one_member_of_each_group(engine: Engine) -> None:
    for rows, members in ((ONCE, [(1, ""), (2, "west"), (3, "west")]), (TWICE, [(3, "oost")])):
        everybody, persons = everybody_in(lazy(engine, rows, TYPES))
        assert (sorted(rows_of(everybody)), persons) == ([(1,), (2,), (3,)], 3)
        found = rows_of(members_of(lazy(engine, rows, TYPES), "group"))
        assert len(found) == len(set(found))
        assert set(found) >= set(members)
    assert len(rows_of(each_once(lazy(engine, TWICE, TYPES)))) == 4


def test_where_nobody_has_two_rows_they_stay_as_they_are() -> None:
    people = lazy("polars", ONCE, TYPES)
    assert each_once(people) is people
    assert "UNIQUE" not in everybody_in(people)[0].to_native().explain()
    assert "UNIQUE" in everybody_in(lazy("polars", TWICE, TYPES))[0].to_native().explain()
