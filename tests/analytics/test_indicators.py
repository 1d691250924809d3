"""The registry is whole, and an indicator counts people once, in each group and in all."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.distribution import Split
from opstap.analytics.indicators import (
    REGISTRY,
    Indicator,
    Together,
    indicator_count,
    indicator_counts,
    registry_with,
)
from opstap.analytics.uncertainty import estimated
from opstap.reporting.tables.indicators.words import WORDS
from tests.analytics.frames import Engine, lazy
from tests.analytics.specs.indicator_specs import INDICATOR_SPECS
from tests.analytics.specs.spec import Spec

ANSWERS = {"yes": 1, "no": 0, "unknown": -1}
COMPOSED = Indicator(key="own-single-parents-who-rose", about="two_days", better=1, codes=())
TYPES = {"client_id": "bigint", "has": "tinyint", "group": "varchar"}


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(st.integers(1, 15), st.sampled_from([1, 0, -1])),
    st.lists(st.tuples(st.integers(1, 15), st.sampled_from(["a", "b", "c"])), max_size=25),
)
@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
def test_it_equals_counting_one_by_one(engine: Engine, said: dict[int, int], groups: list[tuple[int, str]]) -> None:
    rows = [{"client_id": client, "has": said[client], "group": group} for client, group in groups if client in said]
    found = indicator_count("growth", lazy(engine, rows, TYPES), "group")
    check_closes(found.sums())
    for name in (None, "a", "b", "c"):
        mine = {row["client_id"] for row in rows if name in {None, row["group"]}}
        counts = Counter(said[int(str(client))] for client in mine)
        expected = Split(counts[1], counts[0], counts[-1])
        assert found.groups.get(name, Split(0, 0, 0)) == expected
    assert set(found.groups) == {None, *(str(row["group"]) for row in rows)}


KEYS = ("placed", "growth", "risen")
ANSWER = st.sampled_from([1, 0, -1, None])


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(st.integers(1, 15), st.tuples(ANSWER, ANSWER, ANSWER)),
    st.lists(st.tuples(st.integers(1, 15), st.sampled_from(["a", "b"])), max_size=20),
)
@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
@pytest.mark.parametrize("group", [None, "group"])
def test_several_of_the_same_people_are_counted_as_each_of_them(
    engine: Engine, group: str | None, said: dict[int, tuple[int | None, ...]], groups: list[tuple[int, str]]
) -> None:
    """Whether everybody has one row or some have several, and null is of whom it is not about."""
    told = [(client, "a") for client in said] if group is None else [one for one in groups if one[0] in said]
    rows = [{"client_id": client, "group": name, **dict(zip(KEYS, said[client], strict=True))} for client, name in told]
    kinds = {"client_id": "bigint", "group": "varchar", **dict.fromkeys(KEYS, "bigint")}
    found = indicator_counts({}, group, together=[Together(lazy(engine, rows, kinds), KEYS)])
    each = {
        key: lazy(engine, [{**row, "has": row[key]} for row in rows if row[key] is not None], TYPES) for key in KEYS
    }
    assert found == indicator_counts(each, group)
    assert {one.key for one in found} == set(KEYS)


def test_several_that_are_none_of_the_registry_are_refused() -> None:
    people = lazy("polars", [{"client_id": 1, "no_such": 1}], {"client_id": "bigint", "no_such": "bigint"})
    with pytest.raises(KeyError, match="no_such"):
        indicator_counts({}, together=[Together(people, ["no_such"])])


@pytest.mark.parametrize("spec", INDICATOR_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    ((name, table),) = spec.given.items()
    clients = {row["client"]: number for number, row in enumerate(table, 1)}
    rows = [
        {"client_id": clients[row["client"]], "has": ANSWERS[str(row["has"])], "group": row.get(spec.by or "")}
        for row in table
    ]
    group = "group" if spec.by else None
    registry = registry_with([COMPOSED])
    key = name.removeprefix("indicator ")
    found = indicator_count(key, lazy("polars", rows, TYPES), group, registry=registry)
    shown = []
    for name_of_group, split in found.groups.items():
        (estimate,) = estimated([(split.yes, split.known, sum(split))])
        bounds = estimate.bounds()
        between = "{} and {} %".format(*bounds) if bounds else None
        counts = {"group": name_of_group, "whole": estimate.whole, "known": estimate.known, "has": estimate.part}
        shown.append({**counts, "share": estimate.share(), "between": between})
    wanted = [dict(row) for row in spec.expected]
    assert [{key: row[key] for key in keys} for row, keys in zip(shown, wanted, strict=True)] == wanted


def test_who_has_two_answers_is_refused() -> None:
    rows = [{"client_id": 1, "has": 1, "group": "a"}, {"client_id": 1, "has": 0, "group": "b"}]
    with pytest.raises(ValueError, match="two answers on growth"):
        indicator_count("growth", lazy("polars", rows, TYPES), "group")


def test_what_is_not_in_the_registry_is_no_indicator() -> None:
    with pytest.raises(KeyError):
        indicator_count("origin", lazy("polars", [], TYPES))


def test_what_a_municipality_composes_joins_the_registry_under_a_key_of_its_own() -> None:
    registry = registry_with([COMPOSED])
    assert registry[COMPOSED.key].is_composed
    assert [one for one in registry.values() if one.is_composed] == [COMPOSED]
    assert COMPOSED.key not in REGISTRY
    with pytest.raises(ValueError, match="risen"):
        registry_with([Indicator(key="risen", about="day", better=1, codes=())])


def test_each_has_its_words_and_its_source() -> None:
    assert list(WORDS) == list(REGISTRY)
    assert all(one.codes and one.unit == "persons" for one in REGISTRY.values())
    assert all(words.name and words.counted and words.among for words in WORDS.values())
