"""Groups by their mix of people: every spec comes out as it says, and the counting equals plain Python."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.distribution import HAS, HAS_NOT, UNKNOWN, Feature, case_mix, case_mixes, case_mixes_of
from opstap.analytics.shares import share
from opstap.analytics.uncertainty import standardised
from tests.analytics.frames import Engine, lazy
from tests.analytics.specs.difference_specs import DIFFERENCE_SPECS
from tests.analytics.specs.spec import Spec, Value
from tests.reference.naive_case_mix import mixed

MIX_TYPES = {"client_id": "bigint", "group": "varchar", "stratum": "varchar"}
HAS_TYPES = {"client_id": "bigint", "has": "bigint"}


@pytest.mark.parametrize("spec", DIFFERENCE_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    rows = [row for row in spec.given["people"] for _ in range(int(str(row["people"])))]
    has: list[dict[str, Value]] = []
    for row in spec.given["people"]:
        known, first = int(str(row["people"])) - int(str(row.get("not known", 0))), len(has) + 1
        having = int(str(row["have it"]))
        has += [
            {"client_id": first + n, "has": HAS if n < having else HAS_NOT if n < known else UNKNOWN}
            for n in range(int(str(row["people"])))
        ]
    people = [
        {"client_id": n, "group": row["worker"], "stratum": f"{row['level']}|{row['on benefit']}"}
        for n, row in enumerate(rows, 1)
    ]
    mix = case_mix(lazy("polars", people, MIX_TYPES), Feature(who=lazy("polars", has, HAS_TYPES)))
    check_closes(mix.sums())
    groups = {
        group: {stratum: (split.known, split.yes) for stratum, split in strata.items()}
        for group, strata in mix.cells.items()
    }
    found: list[dict[str, Value]] = [
        {
            "worker": worker,
            "people": sum(mix.split_of(worker)),
            "have it": one.having,
            "share": share(one.having, one.known),
            "expected": f"{one.expected:g}",
            "comparable": f"{(one.share_of(one.having) or 0) * 100:.1f}",
            "by chance": f"{one.near.low} to {one.near.high}",
            "verdict": one.verdict.replace("_", " "),
        }
        for worker, one in standardised(groups).items()
    ]
    shown = [{key: row[key] for key in wanted} for row, wanted in zip(found, spec.expected, strict=True)]
    assert shown == [dict(wanted) for wanted in spec.expected]


names = st.sampled_from(["anna", "bram", None])
people = st.lists(
    st.tuples(st.integers(1, 15), names, st.sampled_from(["1|<1", "2|2-5", None])), unique_by=lambda x: x[0]
)
answers = st.dictionaries(st.integers(1, 18), st.booleans())


@settings(deadline=None, max_examples=40)
@given(people, answers, st.sampled_from([None, False]))
@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
def test_counting_equals_plain_python_on_each_engine(
    engine: Engine, people: list[tuple[int, str | None, str | None]], said: dict[int, bool], absent: bool | None
) -> None:
    rows = [dict(zip(MIX_TYPES, one, strict=True)) for one in people]
    has = [{"client_id": client, "has": int(one)} for client, one in said.items()]
    feature = Feature(who=lazy(engine, has, HAS_TYPES), absent=UNKNOWN if absent is None else HAS_NOT)
    found = case_mix(lazy(engine, rows, MIX_TYPES), feature)
    check_closes(found.sums())
    wanted = mixed(people, said, absent=absent)
    assert {group: {s: list(split) for s, split in strata.items()} for group, strata in found.cells.items()} == wanted
    assert found.base == len(people)
    assert list(found.split_of()) == [
        sum(line[place] for strata in wanted.values() for line in strata.values()) for place in range(3)
    ]


def test_who_stands_in_two_groups_is_refused() -> None:
    twice = [{"client_id": 1, "group": group, "stratum": ""} for group in ("anna", "bram")]
    with pytest.raises(ValueError, match="give one row a client"):
        case_mix(lazy("polars", twice, MIX_TYPES), Feature(who=lazy("polars", [], HAS_TYPES)))


def test_several_features_of_the_same_people_are_counted_as_each_of_them() -> None:
    people = [{"client_id": n, "group": "ab"[n % 2], "stratum": f"{n % 3}|{n % 5}"} for n in range(1, 40)]
    features = {
        key: Feature(
            who=lazy("polars", [{"client_id": n, "has": n % 2 - (n % 7 == 0)} for n in range(1, 40, step)], HAS_TYPES),
            absent=absent,
        )
        for key, step, absent in (("one", 1, UNKNOWN), ("two", 2, HAS_NOT), ("three", 3, UNKNOWN))
    }
    mixes = case_mixes(lazy("polars", people, MIX_TYPES), features)
    assert mixes == {key: case_mix(lazy("polars", people, MIX_TYPES), one) for key, one in features.items()}


@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
def test_who_a_feature_says_nothing_of_is_not_counted_for_it(engine: Engine) -> None:
    """Answers that stand beside the people: each feature is counted of those alone whom it is about."""
    answers = [HAS, HAS_NOT, UNKNOWN, None]
    people = [
        {"client_id": n, "group": "ab"[n % 2], "stratum": f"{n % 3}", "one": answers[n % 4], "two": HAS}
        for n in range(1, 40)
    ]
    types = MIX_TYPES | {"one": "bigint", "two": "bigint"}
    found = case_mixes_of(lazy(engine, people, types), {"first": "one", "second": "two"})
    about = [row for row in people if row["one"] is not None]
    has = [{"client_id": row["client_id"], "has": row["one"]} for row in about]
    assert found["first"] == case_mix(lazy("polars", about, MIX_TYPES), Feature(who=lazy("polars", has, HAS_TYPES)))
    assert (found["first"].base, found["second"].base) == (len(about), len(people))
