"""What can be asked, of whom, and what is refused in words."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from opstap.accounts.models import Team, User
from opstap.accounts.operations import NewUser, create_user
from opstap.audit.permissions import command_line
from opstap.config.command import WrongUse
from opstap.config.commands import report_command
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.municipality import a_setting
from tests.reporting.conftest import SNEEK, Report

pytestmark = pytest.mark.django_db

ON = ("--on", "2010-09-15")


def test_groups_of_a_trait_add_up_to_the_whole(sneek: Municipality, report: Report) -> None:
    whole = report("placement", *ON)
    for dimension in ("sex", "age", "team", "worker", "low-literacy", "benefit-duration"):
        split = report("placement", *ON, "--by", dimension)
        assert sum(row["clients"] for row in split["rows"]) == 1166
        assert {row["group"] for row in split["rows"]} > {None} or all(row["group"] for row in split["rows"])
        assert split["totals"]["clients"] == whole["totals"]["clients"]
        assert sum(group["with_growth"] for group in split["totals"]["groups"]) == 699


def test_a_filter_counts_the_same_people_as_its_group(sneek: Municipality, report: Report) -> None:
    split = report("placement", *ON, "--by", "team")
    werk = sum(row["clients"] for row in split["rows"] if row["group"] == "Team Werk")
    assert report("placement", *ON, "--where", "team=Team Werk")["base"] == werk == 601
    assert report("placement", *ON, "--team", "Team Werk")["base"] == 601


def test_before_anyone_was_followed_nothing_is_observed(
    sneek: Municipality, report: Report, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    found = report("placement", "--on", "1999-01-01")
    assert found["base"] == 0
    assert {row["share"] for row in found["rows"]} == {None}
    report_command.run(["placement", "--on", "1999-01-01"])
    printed = capsysbinary.readouterr().out.decode()
    assert "geen waarneming" in printed
    assert "0,0" not in printed


def test_what_was_known_before_the_import_is_nothing(sneek: Municipality, report: Report) -> None:
    assert report("placement", *ON, "--known-at", "2011-01-01")["base"] == 0
    assert report("placement", *ON)["base"] == 1166


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["placement", "--by", "haarkleur"], "Kies uit: team, worker, sex"),
        (["placement", "--on", "31-02-2010"], "is geen dag"),
        (["placement", "--scale", "vgn"], "Er zijn: groningen, rijswijk, steenwijkerland, vng"),
        (["placement", "--where", "sex=groen"], "Kies uit: vrouw, man"),
        (["placement", "--where", "sex"], "dimensie=groep"),
        (["placement", "--decimals", "12"], "Kies uit: 0, 1, 2, 3, 4"),
        (["placement", "--compared-with", "2009-09-15"], "Dit rapport kent 'compared-with' niet. Het kent: on, "),
    ],
)
def test_a_wrong_word_names_the_right_ones(
    sneek: Municipality, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_command.run(arguments) == 2
    assert words in capsys.readouterr().err


def test_a_report_that_is_not_there_names_what_is() -> None:
    with pytest.raises(WrongUse, match="Bedoelt u placement"):
        report_command.run(["placemnt"])


def test_as_a_user_counts_the_own_caseload_only(sneek: Municipality, report: Report) -> None:
    whole = report("placement", *ON, "--by", "worker")
    own = sum(row["clients"] for row in whole["rows"] if row["group"] == "CM02")
    seen = report("placement", *ON, "--as", "CM02")
    assert seen["base"] == own == 109
    assert "Alleen mensen die u vandaag mag zien" in seen["notes"][0]


def test_a_team_leader_sees_the_team_and_a_worker_only_with_consent(
    sneek: Municipality, report: Report, signed_in: Callable[..., Client]
) -> None:
    team = Team.objects.get(name="Team Inburgering")
    new = NewUser("Leider", "leider", role="team_leader", team=team)
    create_user(by=command_line(), municipality=sneek, new=new, since=date(2010, 1, 1))
    assert report("placement", *ON, "--as", "leider")["base"] == 206
    client = signed_in(sneek, "", worker=User.objects.get(sign_in_name="leider"))
    refused = client.get("/rapporten/plaatsing/", {"on": "2010-09-15", "by": "worker"})
    assert refused.status_code == 400
    assert "CM02" not in refused.content.decode()
    assert 'value="worker"' not in client.get("/rapporten/dekking/").content.decode()
    a_setting(sneek, "works_council_consent", "OR 2026-14", dates.today())
    shown = client.get("/rapporten/dekking/", {"on": "2010-09-15", "by": "worker"})
    assert shown.status_code == 200
    assert 'value="worker" selected' in shown.content.decode()
    caseworker = signed_in(sneek, "", worker=User.objects.get(name="CM02"))
    assert caseworker.get("/rapporten/dekking/", {"by": "worker"}).status_code == 400
    a_setting(sneek, "works_council_consent", "", dates.today())  # withdrawn
    assert client.get("/rapporten/dekking/", {"by": "worker"}).status_code == 400


@pytest.mark.covers("C-50")
def test_every_scale_can_be_asked_and_rijswijk_has_its_distances(sneek: Municipality, report: Report) -> None:
    for scale in ("groningen", "rijswijk", "steenwijkerland"):
        found = report("placement", *ON, "--scale", scale)
        assert found["rows"][-1] | {"level": None, "clients": 1166} == found["rows"][-1]
    bands = report("placement", *ON, "--scale", "rijswijk")["totals"]["bands"]
    assert [band["band"] for band in bands] == ["groot", "middelgroot", "klein"]


@pytest.mark.covers("C-04")
def test_time_on_benefit_is_a_dimension(sneek: Municipality, report: Report) -> None:
    groups = report("placement", *ON, "--by", "benefit-duration")["totals"]["groups"]
    counted = {group["group"]: group["clients"] for group in groups}
    with SNEEK.open(encoding="utf-8-sig", newline="") as stream:
        begun = [row["Begin uitkering"] for row in csv.DictReader(stream, delimiter=";")]
    by_hand = [date(int(day[6:]), int(day[3:5]), int(day[:2])) for day in begun if day]
    assert counted["5-10"] == sum(date(2000, 9, 15) < day <= date(2005, 9, 15) for day in by_hand)
    assert counted["<1"] == sum(day > date(2009, 9, 15) for day in by_hand)
    assert counted["unknown"] == 20
    assert sum(counted.values()) == 1166
