"""Every spec of the client list comes out as it says: recorded as people do it, and asked by the command."""

from __future__ import annotations

import pytest

from opstap.clients.models import Client
from tests.analytics.specs.caseload_specs import CASELOAD_SPECS
from tests.analytics.specs.spec import Spec
from tests.factories.clients import a_client, with_barrier
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.plans import a_trajectory, an_activity
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db


def recorded(spec: Spec) -> str:
    """A municipality with the rows of the spec; its name."""
    town = a_municipality()
    people: dict[object, Client] = {
        row["client"]: a_client(town, number=str(row["client"]), followed_since=row["from"], until=row.get("until"))  # type: ignore[arg-type] # days
        for row in spec.given["follow-up"]
    }
    for row in spec.given["placements"]:
        placed(people[row["client"]], str(row["level"]), on=row["on"], expected=row.get("expected"))  # type: ignore[arg-type] # a day and a code
    for row in spec.given["trajectories"]:
        trajectory = a_trajectory(
            people[row["client"]],
            str(row["kind"]),
            row["from"],  # type: ignore[arg-type] # a day
            row.get("until"),  # type: ignore[arg-type] # a day
            goal=row.get("goal"),  # type: ignore[arg-type] # a code
            keeps=row.get("keeps") == "yes",
            reason="other" if "until" in row else "",
        )
        if "activity" in row:
            an_activity(trajectory, str(row["activity"]), until=row.get("until"))  # type: ignore[arg-type] # a day
    for row in spec.given["barriers"]:
        with_barrier(people[row["client"]], str(row["barrier"]), row["from"], row.get("until"))  # type: ignore[arg-type] # days
    return town.name


@pytest.mark.parametrize("spec", CASELOAD_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec, report: Report) -> None:
    asked = ("--by", spec.by) if spec.by else ()
    found = report("caseload", "--on", str(spec.on), "--municipality", recorded(spec), *asked)
    assert len(found["rows"]) == len(spec.expected)
    for row, wanted in zip(found["rows"], spec.expected, strict=True):
        assert {key: row[key] for key in wanted} == dict(wanted)
    assert {key: found["totals"][key] for key in spec.totals or {}} == dict(spec.totals or {})
