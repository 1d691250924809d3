"""Every spec comes out as it says, and can be rendered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import narwhals as nw
import pytest

from opstap.analytics.crosswalks import NO_COUNTERPART_ID, translated
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.periods import FAR, on
from opstap.ladder.enums import NO_COUNTERPART
from opstap.ladder.logic.crosswalks import with_halves
from tests.analytics.answers import answer
from tests.analytics.frames import MOMENT_TYPES, PERIOD_TYPES, lazy
from tests.analytics.specs.catalogue import SPECS
from tests.analytics.specs.render import render_spec
from tests.analytics.specs.spec import Spec, Table, Value

GROWTH = {"yes": 1, "no": 0, "unknown": -1, None: -1}


def levels_of(spec: Spec) -> tuple[ScaleLevel, ...]:
    own = scale_of(spec.given["levels"])
    return (*own, nowhere(len(own) + 1)) if "crosswalk" in spec.given else own


def recorded_on(spec: Spec) -> tuple[ScaleLevel, ...]:
    """The levels that the placements are on: those of the other scale where the report reads through a crosswalk."""
    return scale_of(spec.given["levels of the other scale"], 100) if "crosswalk" in spec.given else levels_of(spec)


def counterparts_of(spec: Spec) -> dict[int, int | None]:
    said = {str(row["level"]): row.get("counterpart") for row in spec.given["crosswalk"]}
    source = {level.code: level for level in recorded_on(spec)}
    complete = with_halves({code: level.parent_code for code, level in source.items()}, said)  # type: ignore[arg-type] # texts
    targets = {level.code: level.id for level in levels_of(spec)}
    return {source[code].id: targets.get(str(counterpart)) for code, counterpart in complete.items()}


def nowhere(order: int) -> ScaleLevel:
    return ScaleLevel(id=NO_COUNTERPART_ID, code=NO_COUNTERPART, name="no counterpart", order=order, has_growth=False)


def scale_of(table: Table, first: int = 0) -> tuple[ScaleLevel, ...]:
    return tuple(
        ScaleLevel(
            id=first + order,
            code=str(row["level"]),
            name=str(row["name"]),
            order=order,
            parent_code=None if row.get("half of") is None else str(row["half of"]),
            has_growth=row["growth"] == "yes",
            undetermined=row["level"] == "0",
        )
        for order, row in enumerate(table, 1)
    )


def moments_of(spec: Spec, clients: Mapping[Value, int]) -> list[dict[str, Any]]:
    ids = {level.code: level.id for level in recorded_on(spec)}
    return [
        {
            "client_id": clients[row["client"]],
            "scale_id": 1,
            "id": row["nr"],
            "recording": row.get("recording", 1),
            "replaces": row.get("replaces"),
            "withdrawn": row.get("withdrawn") == "yes",
            "measured_on": row["on"],
            "level_id": ids[str(row["level"])],
            "growth": GROWTH[row.get("growth")],  # type: ignore[index] # a spec that says otherwise must fail
            "expected_level_id": ids.get(str(row.get("expected"))),
        }
        for row in spec.given["placements"]
    ]


def periods_of(spec: Spec, clients: Mapping[Value, int]) -> list[dict[str, Any]]:
    return [
        {
            "client_id": clients[row["client"]],
            "id": number,
            "recording": 1,
            "replaces": None,
            "withdrawn": False,
            "starts_on": row["from"],
            "ends_on": row.get("until", FAR),
            "group": row.get(spec.by or ""),
        }
        for number, row in enumerate(spec.given["follow-up"], 1)
    ]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.report}: {spec.name}")
def test_spec(spec: Spec) -> None:
    names = dict.fromkeys(row["client"] for table in ("follow-up", "placements") for row in spec.given[table])
    clients = {name: number for number, name in enumerate(names, 1)}
    known = as_known(lazy("polars", moments_of(spec, clients), MOMENT_TYPES), spec.known_at)
    intervals, periods = moments_to_intervals(known), lazy("polars", periods_of(spec, clients), PERIOD_TYPES)

    def on_day(day: date) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any]]:
        state = on(intervals, day)
        if "crosswalk" in spec.given:
            state = translated(state, counterparts_of(spec))
        return on(periods, day, "starts_on", "ends_on").select("client_id", "group"), state

    found = answer(spec, levels_of(spec), on_day)
    assert chosen(found.rows, spec.expected) == [dict(wanted) for wanted in spec.expected]
    assert chosen([found.totals], [spec.totals or {}]) == [dict(spec.totals or {})]
    if spec.shifts is not None:
        assert chosen(found.shifts, spec.shifts) == [dict(wanted) for wanted in spec.shifts]


def chosen(rows: list[dict[str, Any]], wanted: Table) -> list[dict[str, Value]]:
    """The columns that the spec is about."""
    return [{key: row[key] for key in keys} for row, keys in zip(rows, wanted, strict=True)]


def test_names_are_unique() -> None:
    assert len({(spec.report, spec.name) for spec in SPECS}) == len(SPECS)


def test_spec_is_rendered_with_its_tables() -> None:
    spec = next(spec for spec in SPECS if spec.name == "As known at an earlier moment")
    text = render_spec(spec)
    assert text.startswith("### As known at an earlier moment\n\nA report as known at")
    assert "| 2 | Anna | 01-01-2024 | 2 | yes | 2 | 1 |" in text
    assert "On 01-03-2024, as known at recording 1, `placement` gives:" in text
    assert text.endswith("| 3 | 0 |\n|  | 1 |\n")
