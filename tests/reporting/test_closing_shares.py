"""Shares that add up to exactly 100 %, where somebody asks for them; without asking they are rounded each by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from opstap.config.commands import report_command
from opstap.municipality.models import Municipality
from tests.reporting.conftest import Load, Report

pytestmark = pytest.mark.django_db

PEOPLE = [
    f"K{n:03};Naam{n};01-02-1980;01-01-2010;;Participatiewet;15-06-2024;{level};" for n, level in enumerate("123", 1)
]
ON = ("--on", "2024-06-15")
NOTE = "Percentages zijn zo afgerond dat ze samen precies 100 % zijn."


def _sum(shares: list[float]) -> Decimal:
    return sum((Decimal(str(share)) for share in shares), Decimal(0))


@pytest.mark.covers("G-14")
def test_three_thirds_add_up_to_a_hundred_when_asked(load: Load, report: Report) -> None:
    load("2024-06-15", *PEOPLE)
    plain = report("placement", *ON)
    assert [row["share"] for row in plain["rows"] if row["clients"]] == [33.3, 33.3, 33.3]
    assert NOTE not in plain["notes"]
    closing = report("placement", *ON, "--shares", "closing")
    assert [row["share"] for row in closing["rows"] if row["clients"]] == [33.4, 33.3, 33.3]
    assert NOTE in closing["notes"]
    assert [row["clients"] for row in closing["rows"]] == [row["clients"] for row in plain["rows"]]
    assert closing["totals"] == plain["totals"]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("placement", ["share"]),
        ("goals", ["share"]),
        ("current-expected", ["current_share", "expected_share"]),
        ("movement", ["share"]),
    ],
)
def test_every_distribution_closes_in_each_group(
    sneek: Municipality, report: Report, name: str, keys: list[str]
) -> None:
    earlier = ("--compared-with", "2010-08-01") if name == "movement" else ()
    found = report(name, "--on", "2010-09-15", *earlier, "--by", "team", "--shares", "closing")
    for key in keys:
        groups = defaultdict(list)
        for row in found["rows"]:
            if row[key] is not None:
                groups[row["group"], row.get("from")].append(row[key])
        assert groups
        assert {_sum(shares) for shares in groups.values()} == {Decimal(100)}


@pytest.mark.covers("G-14", page="/rapporten/plaatsing/")
def test_the_page_and_its_files_show_them_too(load: Load, signed_in: Callable[..., Client]) -> None:
    load("2024-06-15", *PEOPLE)
    client = signed_in(Municipality.objects.get(), "coordinator")
    plain = client.get("/rapporten/plaatsing/", {"on": "2024-06-15"}).content.decode()
    assert "33,4" not in plain
    assert '<option value="closing">' in plain
    page = client.get("/rapporten/plaatsing/", {"on": "2024-06-15", "shares": "closing"}).content.decode()
    assert "33,4" in page
    assert '<option value="closing" selected>' in page
    assert "Percentages zijn zo afgerond" in page
    assert "shares=closing" in page
    file = client.get("/rapporten/plaatsing/bestand/csv/", {"on": "2024-06-15", "shares": "closing"})
    assert "33,4" in file.content.decode("utf-8-sig")


def test_another_word_or_report_is_refused(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    load("2024-06-15", *PEOPLE)
    assert report_command.run(["placement", *ON, "--shares", "anders"]) == 2
    assert "“anders” is geen manier van afronden. Kies uit: rounded, closing." in capsys.readouterr().err
    assert report_command.run(["trajectories", *ON, "--shares", "closing"]) == 2
    assert "Dit rapport kent 'shares' niet." in capsys.readouterr().err
