"""The monitor of Groningen: coaches estimate the steps, and who steers receives people per step, with history."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from opstap.audit.models import RecordingCounter
from opstap.foundation import dates
from opstap.foundation.dates import clock_at
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
Report = Callable[..., dict[str, Any]]
AUTUMN, SPRING = date(2020, 10, 1), date(2021, 3, 24)


def steps(found: dict[str, Any]) -> dict[str | None, int]:
    return {row["level"]: row["clients"] for row in found["rows"] if row["clients"]}


@pytest.mark.covers("A-03", page="report placement")
def test_since_september_2020_it_gives_people_per_step_on_any_day(report: Report) -> None:
    RecordingCounter.objects.update(last_at=None)  # the shipped lists were recorded this minute
    with clock_at(datetime(2020, 9, 1, 9, tzinfo=UTC)):
        town = a_municipality(default_scale="groningen")
        first, second, third = (a_client(town, number=f"K{n}", followed_since=date(2020, 9, 1)) for n in (1, 2, 3))
        held = placed(first, "2", on=date(2020, 9, 1), scale="groningen")
        placed(second, "2", on=date(2020, 9, 1), scale="groningen")
    with clock_at(datetime(2021, 2, 1, 9, tzinfo=UTC)):
        placed(second, "3", on=date(2021, 2, 1), scale="groningen")
        placed(third, "6", on=date(2021, 2, 1), scale="groningen")
    asked = ("placement", "--municipality", town.name)
    assert steps(report(*asked, "--on", str(AUTUMN))) == {"2": 2, None: 1}
    assert steps(report(*asked, "--on", str(SPRING))) == {"2": 1, "3": 1, "6": 1}
    with clock_at(datetime(2021, 4, 1, 9, tzinfo=UTC)):
        placed(first, "1", on=date(2020, 9, 1), scale="groningen", replaces=held)
    assert steps(report(*asked, "--on", str(AUTUMN))) == {"1": 1, "2": 1, None: 1}
    as_sent = report(*asked, "--on", str(AUTUMN), "--known-at", str(SPRING))
    assert steps(as_sent) == {"2": 2, None: 1}
    assert as_sent["scale"] == "groningen"
    moved = report("movement", "--municipality", town.name, "--on", str(SPRING), "--compared-with", str(AUTUMN))
    assert (moved["totals"]["risen"], moved["totals"]["entered"]) == (1, 1)


@pytest.mark.covers("A-02", page="/rapporten/nu-en-verwacht/")
def test_a_coach_estimates_the_steps_and_the_council_receives_figures_without_people(signed_in: SignedIn) -> None:
    town = a_municipality(default_scale="groningen")
    team = a_team(town)
    coach = a_case_manager(team)
    people = [a_client(town, number=f"NR{n}", surname=f"Achternaam{n}") for n in (1, 2)]
    for person in people:
        in_caseload(person, coach, team=team)
    at_work = signed_in(town, "case_manager", worker=coach)
    estimate = {"measured_on": str(dates.today()), "reason": "at_contact", "save": "1"}
    estimates = ({"level": "2", "expected": "4", "growth": "yes"}, {"level": "2", "expected": "", "growth": "unknown"})
    for person, said in zip(people, estimates, strict=True):
        answer = at_work.post(f"/plaatsen/{person.reference}/", {**estimate, **said})
        assert answer.status_code == 302, answer.content.decode()
    steering = signed_in(town, "coordinator")
    page = steering.get("/rapporten/nu-en-verwacht/").content.decode()
    assert "2 mensen in begeleiding. Van 1 wordt een hogere trede verwacht (50,0" in page
    content = steering.get("/rapporten/nu-en-verwacht/bestand/csv/").content.decode("utf-8-sig")
    rows = {row[0]: row for row in csv.reader(io.StringIO(content), delimiter=";")}
    assert (rows["2"][2], rows["4"][4], rows["–"][4]) == ("2", "1", "1")
    for word in ("NR1", "Achternaam", coach.name):
        assert word not in content
