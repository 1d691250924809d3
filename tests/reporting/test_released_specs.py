"""The specs of publications and of the series: small tables counted by hand come out as they say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opstap.analytics.disclosure import Axis, Cell, Rules, Shape, Table, publish
from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.ladder.selectors.scales import scale_on
from opstap.reporting.logic.released import BECAME, GROWN, LEFT
from opstap.reporting.operations.earlier import EarlierTerms, enter_earlier
from opstap.reporting.selectors.released.classes import Basis, axes_of
from opstap.reporting.selectors.released.people import people_of
from opstap.reporting.selectors.series import series_of
from tests.analytics.specs.released_specs import HIDDEN, PUBLISHED_SPECS, SERIES_SPECS
from tests.analytics.specs.spec import Spec
from tests.factories.clients import a_client
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality

NUMBERS, WAYS = PUBLISHED_SPECS
LONG_BEFORE, BETWEEN = date(2024, 6, 1), date(2025, 6, 1)


def test_numbers_are_rounded_and_small_ones_hidden() -> None:
    counts: dict[Cell, int] = {(str(row["level"]),): int(str(row["clients"])) for row in NUMBERS.given["people"]}
    shape = Shape("level", "people", (Axis.of("level", tuple(code for (code,) in counts)),))
    (made,) = publish([Table(shape, counts)], Rules(10)).tables
    found = [{"level": code, "shown": HIDDEN if count is None else count} for (code,), count in made.shown.items()]
    assert found == [dict(row) for row in NUMBERS.expected]
    assert {"shown": made.total()} == NUMBERS.totals


@pytest.mark.django_db
def test_each_person_stands_in_one_class() -> None:
    town, ids = a_municipality(), {}
    for row in WAYS.given["people"]:
        is_new, left = row["then"] == "not there", row["now"] == "left"
        client = a_client(
            town, followed_since=BETWEEN if is_new else LONG_BEFORE, until=date(2025, 9, 1) if left else None
        )
        ids[client.pk] = row["client"]
        growth, expected = row["growth"] or "unknown", str(row["expected"]) if row["expected"] else None
        if row["then"] and not is_new:
            placed(client, str(row["then"]), on=LONG_BEFORE, growth=str(growth), expected=expected)
        if row["now"] and not left:
            placed(client, str(row["now"]), on=BETWEEN)
    assert people_by_name(WAYS, town.pk, ids) == [dict(row) for row in WAYS.expected]


def people_by_name(spec: Spec, municipality_id: int, ids: dict[int, Any]) -> list[dict[str, Any]]:
    scale = scale_on("vng", spec.on)
    assert scale is not None
    assert spec.compared_with is not None
    basis = Basis(municipality_id, spec.on, spec.compared_with, latest_recording(), scale)
    people = people_of(basis, axes_of(basis)).sort("client_id")
    return [
        {"client": ids[pk], "movement": _class(became), "growth": _class(grown)}
        for pk, became, grown in people.select("client_id", BECAME, GROWN).rows()
    ]


def _class(code: str) -> str:
    return "left" if code.startswith(LEFT) else code


@pytest.mark.django_db
@pytest.mark.parametrize("spec", SERIES_SPECS, ids=lambda spec: spec.name)
def test_printed_numbers_stand_as_they_were_printed(spec: Spec) -> None:
    town, levels = a_municipality(), ("1", "2", "3", "4")
    for row in spec.given["printed"]:
        counts = {code: int(str(row[code])) for code in levels if row[code] is not None}
        assert isinstance(row["on"], date)
        terms = EarlierTerms(row["on"], "Raadsbrief 2019-14", counts)
        enter_earlier(by=command_line(), municipality=town, terms=terms)
    found = [
        {
            "on": one.on,
            **{code: _shown(one.counts, code) for code in levels},
            "together": one.whole,
        }
        for one in series_of(town.pk, in_full=False)
    ]
    assert found == [dict(row) for row in spec.expected]
    in_full = series_of(town.pk, in_full=True)
    assert [one.counts["4"] for one in in_full] == [0, 7]


def _shown(counts: Any, code: str) -> int | str | None:
    if code not in counts:
        return None
    return HIDDEN if counts[code] is None else counts[code]
