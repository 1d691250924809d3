"""Traits on two days: every spec comes out as it says, and the counting equals plain Python."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.periods import FAR
from opstap.analytics.transitions import Stayed, TraitWays, TwoDays, traits_changed
from opstap.analytics.uncertainty import Answers, change
from tests.analytics.frames import Engine, lazy
from tests.analytics.specs.spec import Spec
from tests.analytics.specs.traits_changed_specs import TRAITS_CHANGED_SPECS
from tests.reference.naive_traits import changed

HAS_TYPES = {"client_id": "bigint", "has": "bigint"}
PEOPLE_TYPES = {"client_id": "bigint", "group": "varchar"}
ANSWERS = {"yes": 1, "no": 0}


def in_words(ways: TraitWays) -> str:
    found = change(Answers(ways.kept, ways.gone, ways.new, ways.neither), sum(ways))
    if not found.sign or found.found is None:
        return "no clear change"
    return f"{abs(found.found) * 100:.0f} points {'more' if found.sign > 0 else 'fewer'}"


@pytest.mark.parametrize("spec", TRAITS_CHANGED_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    clients = {row["client"]: number for number, row in enumerate(spec.given["follow-up"], 1)}
    sides = [
        lazy(
            "polars",
            [
                {"client_id": clients[row["client"]], "has": ANSWERS[str(row[day])]}
                for row in spec.given["low literacy"]
                if row[day]
            ],
            HAS_TYPES,
        )
        for day in ("then", "now")
    ]
    went = {row["client"] for row in spec.given["follow-up"] if row.get("until", FAR) <= spec.on}  # type: ignore[operator]
    figures = traits_changed(
        stayed("polars", [(number, "") for number in clients.values()], {clients[name] for name in went}),
        {"it": TwoDays(*sides)},
    )
    check_closes(figures.sums())
    ways = figures.overall.traits["it"]
    assert [ways._asdict()] == [dict(row) for row in spec.expected]
    overall = figures.overall
    found = {"earlier": overall.earlier, "left": overall.left, "clients": figures.base, "change": in_words(ways)}
    assert {key: found[key] for key in spec.totals or {}} == dict(spec.totals or {})


def stayed(engine: Engine, people: Sequence[tuple[int, str]], went: set[int]) -> Stayed:
    rows = [{"client_id": client, "group": group} for client, group in people]
    both, left = ([row for row in rows if (row["client_id"] in went) is gone] for gone in (False, True))
    return Stayed(*(lazy(engine, one, PEOPLE_TYPES) for one in (rows, both, left)))


people = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["north", "south"])), max_size=16)
answers = st.dictionaries(st.integers(1, 14), st.sampled_from([1, 0, -1]))


@settings(deadline=None, max_examples=40)
@given(people, st.tuples(answers, answers), st.sets(st.integers(1, 12)))
@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
def test_counting_equals_plain_python_on_each_engine(
    engine: Engine, people: list[tuple[int, str]], said: tuple[dict[int, int], dict[int, int]], went: set[int]
) -> None:
    sides = [
        lazy(engine, [{"client_id": client, "has": has} for client, has in side.items()], HAS_TYPES) for side in said
    ]
    figures = traits_changed(stayed(engine, people, went), {"it": TwoDays(*sides)}, group="group")
    check_closes(figures.sums())
    for part in (figures.overall, *figures.groups):
        mine = {client for client, group in people if part.group in {None, group}}
        assert (part.earlier, part.left, part.clients) == (len(mine), len(mine & went), len(mine - went))
        assert list(part.traits["it"]) == changed(mine - went, *said)
    assert {part.group for part in figures.groups} == {group for _client, group in people}


def test_two_rows_of_a_client_on_a_day_are_refused() -> None:
    twice = lazy("polars", [{"client_id": 1, "has": 1}, {"client_id": 1, "has": 0}], HAS_TYPES)
    once = lazy("polars", [], HAS_TYPES)
    with pytest.raises(ValueError, match="give one row a client and day"):
        traits_changed(stayed("polars", [(1, "")], set()), {"it": TwoDays(twice, once)})
