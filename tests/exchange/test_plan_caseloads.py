"""Teams and workers of a file: known by code or name, made, refused by strictness, and who has whom."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.accounts.models import RoleHolding, Team, TeamMembership, User
from opstap.accounts.operations import NewUser, create_team, create_user, end_role, end_team, join_team, leave_team
from opstap.clients.models import Assignment
from opstap.exchange.operations import undo_import
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from opstap.municipality.models import Municipality
from tests.exchange.imports import BY, checked, counts, errors, held, imported, lines, town

pytestmark = pytest.mark.django_db
HEAD = "Klantnummer;Achternaam;Begin uitkering;Uitkering;Casemanager;Team"
SINCE = date(2018, 1, 1)


@pytest.fixture
def municipality() -> Municipality:
    return town()


def row(worker: str, team: str, key: str = "K1") -> str:
    return f"{key};Bakker;01-01-2019;pw;{worker};{team}"


def test_unknown_names_are_listed_and_made(municipality: Municipality) -> None:
    content = lines(HEAD, row("CM01", "Team Werk"), row("Lia de Boer", "team werk", "K2"))
    plan = checked(municipality, content).plan
    assert (plan.new_teams, [worker.name for worker in plan.new_workers]) == (["Team Werk"], ["CM01", "Lia de Boer"])
    imported(municipality, content)
    assert Team.objects.get().name == "Team Werk"
    assert sorted(User.objects.values_list("name", "staff_code", "sign_in_name")) == [
        ("CM01", "CM01", None),
        ("Lia de Boer", "", None),
    ]
    assert set(RoleHolding.objects.values_list("role", flat=True)) == {"case_manager"}
    assert counts(imported(municipality, content)) == (0, 0, 2, 0)


def test_strictness_refuses_them(municipality: Municipality) -> None:
    content = lines(HEAD, row("CM01", "Team Werk"))
    assert errors(checked(municipality, content, strict=True)) == [
        (2, "Casemanager", "worker_unknown"),
        (2, "Team", "team_unknown"),
    ]


def test_workers_are_known_by_code_name_and_sign_in_name(municipality: Municipality) -> None:
    team = create_team(by=BY, municipality=municipality, name="Team Werk")
    new = NewUser("Lia de Boer", sign_in_name="lboer", staff_code="CM01", team=team)
    user = create_user(by=BY, municipality=municipality, new=new, since=SINCE)
    keys = ["cm-01", "Lia de Boer", "LBOER"]
    imported(
        municipality, lines(HEAD, *(row(name, "TEAM WERK", f"K{at}") for at, name in enumerate(keys))), strict=True
    )
    assert held(Assignment, "worker_id", "team_id") == [(user.pk, team.pk)] * 3


def test_a_name_of_two_workers_is_not_guessed(municipality: Municipality) -> None:
    for code in ("A1", "B2"):
        create_user(by=BY, municipality=municipality, new=NewUser("Jan Smit", staff_code=code), since=SINCE)
    assert errors(checked(municipality, lines(HEAD, row("Jan Smit", "")))) == [(2, "Casemanager", "worker_ambiguous")]
    assert errors(checked(municipality, lines(HEAD, row("B2", "")))) == []


def test_the_first_assignment_holds_with_follow_up_and_another_from_the_day_of_the_file(
    municipality: Municipality,
) -> None:
    imported(municipality, lines(HEAD, row("CM01", "Team Werk")))
    content = lines(HEAD, row("CM02", "Team Werk"))
    outcome = imported(municipality, content, reference_date=date(2020, 5, 1))
    assert not outcome.checked.plan.large_change.changed_team
    moved = imported(municipality, lines(HEAD, row("", "Team Zorg")), reference_date=date(2020, 9, 1))
    assert moved.checked.plan.large_change.changed_team
    assert held(Assignment, "starts_on", "ends_on", "worker__name", "team__name", "end_reason") == [
        (date(2019, 1, 1), date(2020, 5, 1), "CM01", "Team Werk", "transferred"),
        (date(2020, 5, 1), date(2020, 9, 1), "CM02", "Team Werk", "team_changed"),
        (date(2020, 9, 1), None, "CM02", "Team Zorg", ""),
    ]
    again = imported(municipality, lines(HEAD, row("CM02", "Team Zorg")), reference_date=date(2020, 9, 1))
    assert counts(again) == (0, 0, 1, 0)


def test_who_gets_another_worker_goes_along_to_the_team_in_which_that_worker_is_now(municipality: Municipality) -> None:
    imported(municipality, lines(HEAD, row("CM01", "Team Werk"), row("CM02", "Team Zorg", "K2")))
    first, other = User.objects.get(staff_code="CM01"), User.objects.get(staff_code="CM02")
    zorg = Team.objects.get(name="Team Zorg")
    leave_team(by=BY, membership=TeamMembership.objects.get(user=first), ends_on=dates.today())
    join_team(by=BY, user=first, team=zorg, since=dates.today())
    without_team = lines(HEAD, row("CM01", ""), row("CM01", "", "K2"), row("CM02", "", "K3"))
    imported(municipality, without_team, reference_date=date(2020, 5, 1))
    rows = Assignment.objects.current().filter(ends_on__isnull=True).order_by("client__number")
    found = [(one.worker, one.team and one.team.name) for one in rows]
    assert found == [(first, "Team Werk"), (first, "Team Zorg"), (other, "Team Zorg")]  # the first keeps what stands
    again = imported(municipality, lines(HEAD, row("CM02", "")), reference_date=date(2020, 9, 1))
    assert again.checked.plan.large_change.changed_team
    assert Assignment.objects.current().get(client__number="K1", ends_on__isnull=True).team == zorg


def test_the_worker_of_the_row_placed_the_client(municipality: Municipality) -> None:
    content = lines(f"{HEAD};Datum meting;Trede", f"{row('CM01', 'Team Werk')};01-06-2020;2")
    imported(municipality, content)
    assert held(Measurement, "worker__name") == ["CM01"]


def test_a_team_that_ended_is_named_with_the_way_out(municipality: Municipality) -> None:
    end_team(by=BY, team=create_team(by=BY, municipality=municipality, name="Team Oost"))
    content = lines("Klantnummer;Achternaam;Begin uitkering;Team", "K1;Bakker;01-01-2020;team oost")
    assert errors(checked(municipality, content)) == [(2, "Team", "team_ended")]
    before = date(2020, 6, 1)
    assert errors(checked(municipality, content, reference_date=before)) == [(2, "Team", "team_ended")]


def test_who_had_left_before_the_team_ended_can_have_had_it(municipality: Municipality) -> None:
    end_team(by=BY, team=create_team(by=BY, municipality=municipality, name="Team Oost"))
    content = lines(
        "Klantnummer;Achternaam;Begin begeleiding;Einde begeleiding;Team;Casemanager",
        "K1;Bakker;01-01-2020;31-12-2021;Team Oost;CM07",
    )
    imported(municipality, content)
    assert held(Assignment, "team__name") == ["Team Oost"]
    assert not TeamMembership.objects.exists()  # the colleague that the file names is not put in it


def test_undoing_an_import_puts_nobody_back_into_a_team_that_ended_since(municipality: Municipality) -> None:
    head = "Klantnummer;Achternaam;Begin uitkering;Team;Casemanager"
    imported(municipality, lines(head, "K1;Bakker;01-01-2020;Team Oost;CM07", "K2;Smit;01-01-2020;Team Oost;"))
    moved = imported(municipality, lines(head, "K1;Bakker;01-01-2020;Team West;", "K2;Smit;01-01-2020;Team West;"))
    for joined in TeamMembership.objects.all():
        leave_team(by=BY, membership=joined, ends_on=dates.today())
    for role in RoleHolding.objects.filter(team__isnull=False):
        end_role(by=BY, holding=role, ends_on=dates.today())
    end_team(by=BY, team=Team.objects.get(name="Team Oost"))
    undo_import(by=BY, batch=moved.batch)
    standing = Assignment.objects.active_on(dates.today())
    assert [(str(row.worker), row.team) for row in standing.select_related("worker", "team")] == [("CM07", None)]
