"""Making the municipality with its teams, workers, programmes and districts. Not here: their passwords."""

from __future__ import annotations

from dataclasses import dataclass

from opstap.accounts.operations import NewUser, create_team, create_workers
from opstap.audit.permissions import Actor
from opstap.clients.operations import create_programme
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.districts import DISTRICTS
from opstap.demo.logic.people import TOWN
from opstap.demo.logic.staff import OFFICES, PROGRAMMES, TEAMS, WORKERS
from opstap.municipality.enums import Environment
from opstap.municipality.logic import DistrictRow
from opstap.municipality.models import Municipality
from opstap.municipality.operations import create_municipality, replace_districts

DOMAIN = "voorbeeldstad.example"


@dataclass(frozen=True)
class Setup:
    """What the rows of the lives point to, each in the order of the plain lists."""

    municipality: Municipality
    team_ids: list[int]
    worker_ids: list[int]
    programme_ids: list[int]


def set_up(by: Actor, span: Span) -> Setup:
    """The municipality, its teams, staff, programmes and districts, from the first day on."""
    municipality = create_municipality(by=by, name=TOWN, environment=Environment.DEMO, since=span.start)
    teams = [create_team(by=by, municipality=municipality, name=name) for name in TEAMS]
    workers = [
        NewUser(
            name=f"{worker.name} (extern)" if worker.external else worker.name,
            sign_in_name=worker.sign_in_name(DOMAIN),
            staff_code=f"{'EX' if worker.external else 'VB'}{number:02d}",
            role=worker.role,
            team=teams[worker.team],
        )
        for number, worker in enumerate(WORKERS, start=1)
    ]
    offices = [
        NewUser(
            name=office.name,
            sign_in_name=f"{office.sign_in}@{DOMAIN}",
            role=office.role,
            team=None if office.team is None else teams[office.team],
        )
        for office in OFFICES
    ]
    users = create_workers(by=by, municipality=municipality, rows=[*workers, *offices], since=span.start)
    programmes = [create_programme(by=by, municipality=municipality, name=name) for name in PROGRAMMES]
    districts = [
        DistrictRow(
            municipality.pk,
            postcode,
            name,
            starts_on=span.start,
            district_code=code,
            neighbourhood_code=finer_code,
            neighbourhood_name=finer_name,
        )
        for postcode, code, name, finer_code, finer_name in DISTRICTS
    ]
    replace_districts(by=by, municipality=municipality, rows=districts, since=span.start)
    return Setup(
        municipality,
        [team.pk for team in teams],
        [user.pk for user in users[: len(workers)]],
        [programme.pk for programme in programmes],
    )
