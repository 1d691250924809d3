"""Checks of what is recorded: every spec comes out as it says, and the counting equals plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.quality import CONCERNED, IN_ORDER, Found, Inquiry, quality
from opstap.analytics.shares import share
from tests.analytics.frames import Engine, lazy
from tests.analytics.specs.quality_specs import QUALITY_SPECS
from tests.analytics.specs.spec import Spec, Value
from tests.reference.naive_quality import checked

PEOPLE_TYPES = {"client_id": "bigint", "group": "varchar"}
ANSWERS = {"yes": CONCERNED, "no": IN_ORDER, None: None}


def judged_types(*checks: str) -> dict[str, str]:
    return {"client_id": "bigint", **dict.fromkeys(checks, "tinyint")}


@pytest.mark.parametrize("spec", QUALITY_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    clients = {row["client"]: number for number, row in enumerate(spec.given["follow-up"], 1)}
    people = [{"client_id": clients[row["client"]], "group": row["team"]} for row in spec.given["follow-up"]]
    keys = list(dict.fromkeys(str(row["check"]) for row in spec.expected))
    judged: list[Mapping[str, Any]] = [
        {"client_id": clients[row["client"]], **{key: ANSWERS[row.get(key)] for key in keys}}  # type: ignore[index]
        for row in spec.given["judged"]
    ]
    inquiry = Inquiry(
        people=lazy("polars", people, PEOPLE_TYPES),
        judged=lazy("polars", judged, judged_types(*keys)),
        checks=tuple(keys),
    )
    figures = quality([inquiry], group="group" if spec.by else None)
    check_closes(figures.sums())
    rows: list[dict[str, Value]] = [
        {
            "team": part.group,
            "check": key,
            "concerned": found.concerned,
            "judged": found.judged,
            "share": share(found.concerned, found.judged),
        }
        for part in (figures.groups if spec.by else (figures.overall,))
        for key, found in part.checks.items()
    ]
    assert [{key: row[key] for key in wanted} for row, wanted in zip(rows, spec.expected, strict=True)] == [
        dict(wanted) for wanted in spec.expected
    ]
    assert {"clients": figures.base} == spec.totals


Said = dict[int, bool | None]
people = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["north", "south"])), max_size=16)
answers = st.dictionaries(st.integers(1, 14), st.sampled_from([True, False, None]))


@settings(deadline=None, max_examples=40)
@given(people, people, st.tuples(answers, answers, answers))
@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
def test_counting_equals_plain_python_on_each_engine(
    engine: Engine,
    followed: list[tuple[int, str]],
    left: list[tuple[int, str]],
    said: tuple[Said, Said, Said],
) -> None:
    def inquiry(who: list[tuple[int, str]], told: Mapping[str, Said]) -> Inquiry:
        clients = sorted({client for answers in told.values() for client in answers})
        rows = [
            {"client_id": client, **{key: _number(answers.get(client)) for key, answers in told.items()}}
            for client in clients
        ]
        return Inquiry(
            people=lazy(engine, [{"client_id": client, "group": group} for client, group in who], PEOPLE_TYPES),
            judged=lazy(engine, rows, judged_types(*told)),
            checks=tuple(told),
        )

    asked = [(followed, {"first": said[0], "second": said[1]}), (left, {"third": said[2]})]
    figures = quality([inquiry(who, told) for who, told in asked], group="group")
    check_closes(figures.sums())
    assert figures.base == len({client for client, _group in followed})
    assert {part.group for part in figures.groups} == {group for _client, group in (*followed, *left)}
    for part in (figures.overall, *figures.groups):
        for who, told in asked:
            mine = {client for client, group in who if part.group in {None, group}}
            for key, answers in told.items():
                assert _line(part.checks[key]) == checked(mine, answers)


def _number(answer: bool | None) -> int | None:
    return None if answer is None else int(answer)


def _line(found: Found) -> list[int]:
    return [found.concerned, found.in_order, found.not_judged, found.asked]


def test_a_client_who_is_judged_twice_is_refused() -> None:
    rows = [{"client_id": 1, "old": CONCERNED}, {"client_id": 1, "old": IN_ORDER}]
    who = lazy("polars", [{"client_id": 1, "group": ""}], PEOPLE_TYPES)
    inquiry = Inquiry(people=who, judged=lazy("polars", rows, judged_types("old")), checks=("old",))
    with pytest.raises(ValueError, match="give one row a client"):
        quality([inquiry])


def test_a_check_that_is_asked_twice_is_refused() -> None:
    who = lazy("polars", [{"client_id": 1, "group": ""}], PEOPLE_TYPES)
    inquiry = Inquiry(people=who, judged=lazy("polars", [], judged_types("old")), checks=("old",))
    with pytest.raises(ValueError, match="asked twice"):
        quality([inquiry, inquiry])
