"""Reports read through a crosswalk: counted on the other scale, closing, never implicit, down to the people."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.clients.models import Client
from opstap.config.commands import report_command
from opstap.facts.selectors.cache import forget_all
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_coordinator
from tests.factories.clients import a_client
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
ON = ("--on", "2024-06-15")
THROUGH = (*ON, "--crosswalk", "groningen-vng")
PLACED = (
    ("1", "yes", "2"), ("1", "no", None), ("3", "yes", "5"), ("5", "yes", "7"), ("6", "no", "6"), ("7", "no", None),
    ("0", "unknown", None),
)  # fmt: skip
NAMES = ["Groningse ontwikkelladder als VNG Participatieladder", "Groningse ontwikkelladder"]


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    for code, growth, expected in PLACED:
        placed(a_client(municipality), code, on=date(2024, 1, 1), scale="groningen", growth=growth, expected=expected)
    placed(a_client(municipality), "4", on=date(2024, 1, 1))
    return municipality


def counts(rows: list[dict[str, object]]) -> dict[object, object]:
    return {row["level"]: row["clients"] for row in rows if row["clients"]}


@pytest.mark.covers("B-88", page="/rapporten/plaatsing/")
def test_placements_on_one_scale_are_counted_on_the_other(town: Municipality, report: Report) -> None:
    found = report("placement", *THROUGH)
    assert (found["scale"], found["crosswalk"], found["base"]) == ("vng", "groningen-vng", 8)
    assert counts(found["rows"]) == {"0": 1, "1": 2, "3": 1, "5": 1, "6": 1, "no_counterpart": 1, None: 1}
    last, none = found["rows"][-2:]
    assert (last["level"], last["name"], last["clients"], last["with_growth"]) == (
        "no_counterpart", "geen tegenhanger", 1, None,
    )  # fmt: skip
    assert none["level"] is None
    assert sum(row["clients"] for row in found["rows"]) == found["base"]
    assert found["totals"]["placed"] == 6


@pytest.mark.covers("B-90", page="/rapporten/doelen/")
def test_expected_levels_are_read_through_it_too(town: Municipality, report: Report) -> None:
    assert counts(report("goals", *THROUGH)["rows"]) == {"2": 1, "5": 1, "6": 1, "no_counterpart": 1, None: 4}


def test_it_is_said_and_never_implicit(town: Municipality, report: Report) -> None:
    notes = report("placement", *THROUGH)["notes"]
    assert f"Gelezen via de omzetting “{NAMES[0]}”: geteld zijn de plaatsingen op “{NAMES[1]}”." in notes
    assert "Deze omzetting is een voorbeeld; niemand heeft haar vastgesteld." in notes
    plain = report("placement", *ON)
    assert (plain["crosswalk"], counts(plain["rows"])) == (None, {"4": 1, None: 7})
    assert not any("omzetting" in note for note in plain["notes"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*ON, "--crosswalk", "nergens"), "Er is op deze dag geen omzetting “nergens”. Er zijn: groningen-vng."),
        ((*THROUGH, "--scale", "rijswijk"), "leidt naar een andere ladder, en naar deze leidt er geen."),
        (("--on", "2019-01-01", "--crosswalk", "groningen-vng"), "geen omzetting “groningen-vng”, en ook geen andere."),
    ],
)
def test_what_cannot_be_read_through_is_refused_with_the_way_out(
    town: Municipality, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert report_command.run(["placement", *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.covers("B-01", page="/rapporten/plaatsing/")
def test_the_page_offers_it_and_leads_to_the_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    plain = client.get("/rapporten/plaatsing/?on=2024-06-15").content.decode()
    assert '<option value="groningen-vng">voorbeeld: Groningse ontwikkelladder</option>' in plain
    page = client.get("/rapporten/plaatsing/?on=2024-06-15&scale=vng&crosswalk=groningen-vng").content.decode()
    assert "Geen tegenhanger" in page
    assert "Deze omzetting is een voorbeeld" in page
    link = re.search(r'href="(/rapporten/plaatsing/mensen/[^"]*level=no_counterpart)"', page)
    assert link is not None
    people = client.get(link[1].replace("&amp;", "&"))
    assert [(row.recorded, row.level, row.level_name) for row in people.context["people"]] == [
        ("5", "–", "geen tegenhanger")
    ]
    assert "Zoals geplaatst" in people.content.decode()


def test_every_figure_leads_to_as_many_people_as_it_says(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    for slug in ("plaatsing", "doelen"):
        page = client.get(f"/rapporten/{slug}/?on=2024-06-15&crosswalk=groningen-vng")
        urls = [
            (cell.url, cell.text) for row in page.context["sections"][0][1].rows for cell in row.cells[1:] if cell.url
        ]
        assert len(urls) > 4
        for url, text in urls:
            assert client.get(url).context["page_obj"].paginator.count == int(text)


def test_a_crosswalk_costs_few_queries(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    forget_all()
    with CaptureQueriesContext(connection) as plain:
        client.get("/rapporten/plaatsing/?on=2024-06-15")
    assert len(plain) <= 16
    address = "/rapporten/plaatsing/?on=2024-06-15&crosswalk=groningen-vng"
    client.get(address)
    with CaptureQueriesContext(connection) as through:
        client.get(address)
    assert len(through) <= 16


def test_files_say_it_too(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    file = client.get("/rapporten/plaatsing/bestand/csv/?on=2024-06-15&crosswalk=groningen-vng").content.decode(
        "utf-8-sig"
    )
    assert "–;geen tegenhanger;1" in file


def test_movement_says_what_no_counterpart_is_and_closes_with_it(town: Municipality, report: Report) -> None:
    """Who stood on 3 stands on 5 now, a level that has none on the other ladder."""
    client = Client.objects.get(measurements__scale__key="groningen", measurements__level__code="3")
    placed(client, "5", on=date(2024, 5, 1), scale="groningen")
    found = report("movement", *THROUGH, "--compared-with", "2024-02-01")
    totals = found["totals"]
    outcomes = ("risen", "level", "fallen", "no_counterpart", "left", "not_measured_again")
    assert {key: totals[key] for key in outcomes if totals[key]} == {"no_counterpart": 1, "not_measured_again": 5}
    assert sum(totals[key] for key in outcomes) == found["base"]
    rows = {(row["from"], row["to"]): row["clients"] for row in found["rows"] if row["clients"]}
    assert rows[("3", "no_counterpart")] == 1


def test_the_page_of_movement_says_what_no_counterpart_is(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    asked = {"on": "2024-06-15", "compared_with": "2024-02-01", "crosswalk": "groningen-vng"}
    page = client.get("/rapporten/beweging/", asked).content.decode()
    assert "op een van de twee dagen staan zij op een trede zonder tegenhanger" in page
