"""Every spec comes out as it says, and can be rendered."""

from collections.abc import Mapping
from typing import Any

import pytest

from opstap.analytics.counted import check_closes
from opstap.analytics.crosswalks import NO_COUNTERPART_ID, translated
from opstap.analytics.distribution import GoalRow, PlacementRow, goals, placement
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.periods import FAR, on
from opstap.analytics.shares import share
from opstap.ladder.enums import NO_COUNTERPART
from opstap.ladder.logic.crosswalks import with_halves
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


def with_shares(row: PlacementRow | GoalRow, persons: int, decimals: int) -> dict[str, Value]:
    shown: dict[str, Value] = {name: getattr(row, name) for name in row.__slots__}
    shown["share"] = share(row.clients, persons, decimals)
    for name in ("without_growth", "with_growth", "unknown_growth"):
        part = shown.get(name)
        shown[f"{name}_share"] = share(part, row.clients, decimals) if isinstance(part, int) else None
    return shown


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    names = dict.fromkeys(row["client"] for table in ("follow-up", "placements") for row in spec.given[table])
    clients = {name: number for number, name in enumerate(names, 1)}
    known = as_known(lazy("polars", moments_of(spec, clients), MOMENT_TYPES), spec.known_at)
    state = on(moments_to_intervals(known), spec.on)
    if "crosswalk" in spec.given:
        state = translated(state, counterparts_of(spec))
    population = on(lazy("polars", periods_of(spec, clients), PERIOD_TYPES), spec.on, "starts_on", "ends_on")
    count = placement if spec.report == "placement" else goals
    figures = count(population, state, levels_of(spec), group="group" if spec.by else None)
    check_closes(figures.sums())
    parts = figures.groups or (figures.overall,)
    rows = [with_shares(row, part.totals.clients, spec.decimals) for part in parts for row in part.rows]
    assert [{key: row[key] for key in wanted} for row, wanted in zip(rows, spec.expected, strict=True)] == [
        dict(wanted) for wanted in spec.expected
    ]
    for name, value in (spec.totals or {}).items():
        assert getattr(figures.overall.totals, name) == value


def test_names_are_unique() -> None:
    assert len({spec.name for spec in SPECS}) == len(SPECS)


def test_spec_is_rendered_with_its_tables() -> None:
    spec = next(spec for spec in SPECS if spec.name == "As known at an earlier moment")
    text = render_spec(spec)
    assert text.startswith("### As known at an earlier moment\n\nA report as known at")
    assert "| 2 | Anna | 01-01-2024 | 2 | yes | 2 | 1 |" in text
    assert "On 01-03-2024, as known at recording 1, `placement` gives:" in text
    assert text.endswith("| 3 | 0 |\n|  | 1 |\n")
