"""The pages of the help of a client: begun, added to, ended, corrected, withdrawn, and what was recorded of it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.audit.permissions import command_line
from opstap.clients.operations import merge_clients
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from opstap.plans.models import Activity, Instrument, Trajectory
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team
from tests.factories.clients import a_client
from tests.factories.ladder import level, placed
from tests.factories.plans import SINCE, a_trajectory, an_activity, an_instrument
from tests.factories.windows import Window, version_at
from tests.plans.desks import Desk, Fields

pytestmark = pytest.mark.django_db


@pytest.mark.covers("B-63", page="/hulp/")
@pytest.mark.covers("B-67", page="/hulp/")
@pytest.mark.covers("B-93", page="/hulp/")
def test_a_trajectory_begins_with_its_instrument_in_one_form(desk: Desk) -> None:
    fields: Fields = {
        "kind": "care", "goal": level("3").pk, "starts_on": "2026-03-02", "instrument": "care",
        "supplier": "Limor", "activity": "Vrijwilligerswerk bij Noorderhoek",
    }  # fmt: skip
    assert desk.post("traject/", fields) == f"/clienten/{desk.client.reference}/"
    page = desk.read()
    assert "Zorg en hulpverlening, naar trede 3" in page
    assert "Zorg en hulpverlening, Limor" in page
    assert "Vrijwilligerswerk bij Noorderhoek" in page
    assert "Vanaf 2 mrt 2026" in page
    instrument, activity = Instrument.objects.get(), Activity.objects.get()
    assert instrument.trajectory == activity.trajectory == Trajectory.objects.get().reference


@pytest.mark.covers("B-67", page="/hulp/")
def test_a_goal_can_be_to_keep_the_level(desk: Desk) -> None:
    desk.post("traject/", {"kind": "orientation", "goal": "keep", "starts_on": "2026-03-02"})
    assert Trajectory.objects.get().maintains_level
    assert "Oriëntatie, behoud van niveau" in desk.read()


def test_two_trajectories_of_one_name_are_no_two_landmarks_of_one_name(desk: Desk) -> None:
    for day in ("2026-03-02", "2026-03-09"):
        desk.post("traject/", {"kind": "orientation", "goal": "keep", "starts_on": day})
    page = desk.browser.get(desk.url).content.decode()
    assert page.count('id="traject-') == 2
    assert not re.search(r'<section[^>]+aria-labelledby="traject-', page)


def test_an_empty_page_says_why_and_what_to_do(desk: Desk) -> None:
    page = desk.read()
    assert "Nog geen traject" in page
    assert f"{desk.url}traject/?next=" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"starts_on": ""}, "Vul de eerste dag in."),
        ({"last_day": "2026-03-01"}, "Deze dag ligt vóór de eerste dag."),
        ({"starts_on": "2031-01-01"}, "meer dan een jaar vooruit"),
        ({"supplier": "Limor"}, "Kies wat deze leverancier uitvoert."),
        ({"instrument": "wiw_id_job"}, "kon op de eerste dag nog niet of niet meer worden gekozen"),
    ],
)
def test_what_cant_be_is_said_at_the_field(desk: Desk, fields: Fields, words: str) -> None:
    given: Fields = {"kind": "work", "starts_on": "2026-03-02"}
    assert words in desk.post("traject/", given | fields)
    assert not Trajectory.objects.exists()


def test_an_instrument_outside_its_trajectory_is_saved_with_a_warning(desk: Desk) -> None:
    trajectory = a_trajectory(desk.client)
    fields: Fields = {"kind": "coaching", "starts_on": "2024-02-01", "next": desk.url}
    assert desk.post(f"{trajectory.reference}/instrument/", fields) == desk.url
    assert "Dit valt deels buiten het traject." in desk.read()
    assert Instrument.objects.get().starts_on == date(2024, 2, 1)


@pytest.mark.covers("B-12", page="/hulp/")
def test_the_end_of_an_instrument_asks_where_someone_stands_now(desk: Desk) -> None:
    placed(desk.client, "2", on=date(2024, 1, 1))
    instrument = an_instrument(a_trajectory(desk.client))
    today = dates.today()
    fields: Fields = {"last_day": today.isoformat(), "result": "completed", "next": desk.url}
    led = desk.post(f"{instrument.reference}/beeindigen/", fields)
    assert led.startswith(f"/plaatsen/{desk.client.reference}/?ladder=vng&reason=after_instrument&next=")
    held = Instrument.objects.current().get()
    assert (held.ends_on, held.result) == (today + timedelta(days=1), "completed")
    own = Window(desk.browser, led)
    assert re.search(r'<option value="after_instrument" selected>', own.page)
    own.url = f"/plaatsen/{desk.client.reference}/bevestigen/"
    assert own.send() == 302
    assert Measurement.objects.latest("pk").reason == "after_instrument"
    assert "afgerond" in desk.read()


def test_an_activity_ends_without_a_placement_and_a_planned_end_too(desk: Desk) -> None:
    trajectory = a_trajectory(desk.client)
    activity, instrument = an_activity(trajectory), an_instrument(trajectory)
    today = {"last_day": dates.today().isoformat()}
    assert desk.post(f"{activity.reference}/beeindigen/", {**today}) == f"/clienten/{desk.client.reference}/"
    later = {"last_day": (dates.today() + timedelta(days=30)).isoformat(), "result": "unknown"}
    assert desk.post(f"{instrument.reference}/beeindigen/", {**later}) == f"/clienten/{desk.client.reference}/"
    assert "Deze dag ligt vóór de eerste dag." in desk.post(
        f"{instrument.reference}/beeindigen/", {"last_day": "2020-01-01", "result": "unknown"}
    )


def test_a_trajectory_ends_with_what_runs_under_it(desk: Desk) -> None:
    trajectory = a_trajectory(desk.client)
    an_instrument(trajectory, "job_coach", supplier="VNN")
    form = desk.read(f"{trajectory.reference}/beeindigen/")
    assert "Wat er nog onder loopt, eindigt mee: jobcoach of begeleiding op de werkplek, VNN." in form
    fields: Fields = {"last_day": "2026-02-28", "end_reason": "goal_reached", "result": "completed_to_work"}
    assert "reason=after_instrument" in desk.post(f"{trajectory.reference}/beeindigen/", fields)
    page = desk.read()
    assert "Er loopt nu geen traject." in page
    assert "Beëindigd: doel bereikt." in page
    assert "afgerond, aan het werk" in page


def test_a_correction_takes_a_reason_and_the_history_shows_both(desk: Desk) -> None:
    trajectory = a_trajectory(desk.client, goal="2")
    fields: Fields = {"kind": "work", "goal": level("4").pk, "starts_on": "2024-03-01"}
    assert "Zeg in een paar woorden waarom." in desk.post(f"{trajectory.reference}/verbeteren/", fields)
    desk.post(f"{trajectory.reference}/verbeteren/", fields | {"why": "verkeerde trede"})
    page = desk.read(f"{trajectory.reference}/verloop/")
    assert "naar werk, naar trede 4" in page
    assert "naar werk, naar trede 2" in page
    assert "verkeerde trede" in page
    assert page.count("vervangen") == 1


def test_parts_are_corrected_and_withdrawn_with_the_reason(desk: Desk) -> None:
    trajectory = a_trajectory(desk.client)
    instrument, activity = an_instrument(trajectory, supplier="Limor"), an_activity(trajectory)
    form = desk.read(f"{instrument.reference}/verbeteren/")
    assert 'value="Limor"' in form
    fields: Fields = {"kind": "course", "starts_on": "2024-04-01", "supplier": "VNN", "why": "vergist"}
    desk.post(f"{instrument.reference}/verbeteren/", fields)
    assert Instrument.objects.current().get().supplier == "VNN"
    desk.post(f"{activity.reference}/verbeteren/", {"description": "Koor", "starts_on": "2024-04-01", "why": "x"})
    assert Activity.objects.current().get().description == "Koor"
    desk.post(f"{activity.reference}/intrekken/", {"why": "nooit geweest"})
    assert not Activity.objects.current().exists()
    assert "nooit geweest" in desk.read(f"{activity.reference}/verloop/")
    assert "1 activiteit of instrument" in desk.read(f"{trajectory.reference}/intrekken/")
    desk.post(f"{trajectory.reference}/intrekken/", {"why": "verkeerde cliënt"})
    assert "Nog geen traject" in desk.read()


def test_somebody_else_was_first(desk: Desk) -> None:
    instrument = an_instrument(a_trajectory(desk.client))
    address = f"{instrument.reference}/verbeteren/"
    fields: Fields = {"kind": "course", "starts_on": "2024-04-01", "why": "vergist"}
    opened = version_at(desk.browser, f"{desk.url}{address}")
    desk.post(address, fields)
    page = desk.post(address, fields | opened | {"supplier": "Mijn aanbieder", "why": "mijn reden"})
    assert f"{desk.worker.name} heeft dit intussen gewijzigd" in page
    assert 'value="Mijn aanbieder"' in page
    assert 'value="mijn reden"' in page
    assert [(held.supplier, held.why) for held in Instrument.objects.current()] == [("", "vergist")]


def test_another_worker_finds_nobody_and_an_administrator_no_page(desk: Desk) -> None:
    trajectory = a_trajectory(desk.client)
    pages = ["", "traject/", *(f"{trajectory.reference}/{word}/" for word in ("beeindigen", "verbeteren", "intrekken"))]
    desk.sign_in(a_case_manager(a_team(desk.town)))
    assert [desk.browser.get(f"{desk.url}{page}").status_code for page in pages] == [404] * 5
    assert desk.browser.get(f"{desk.url}{trajectory.reference}/verloop/").status_code == 404
    desk.sign_in(a_functional_administrator(desk.town))
    assert [desk.browser.get(f"{desk.url}{page}").status_code for page in pages] == [403] * 5


def test_what_stands_with_somebody_else_does_not_exist_here(desk: Desk) -> None:
    other = a_trajectory(desk.in_my_caseload("K2"))
    for word in ("beeindigen", "verbeteren", "intrekken", "verloop", "instrument", "activiteit"):
        assert desk.browser.get(f"{desk.url}{other.reference}/{word}/").status_code == 404


def test_only_a_page_of_our_own_is_led_to(desk: Desk) -> None:
    fields: Fields = {"kind": "work", "starts_on": "2026-03-02", "next": "https://elders.example/"}
    assert desk.post("traject/", fields) == f"/clienten/{desk.client.reference}/"


def test_the_queries_do_not_grow_with_the_help(desk: Desk) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.read()
        return len(queries)

    an_instrument(a_trajectory(desk.client))
    asked()
    few = asked()
    for months in range(1, 6):
        trajectory = a_trajectory(desk.client, since=SINCE + timedelta(days=30 * months), goal="3")
        an_instrument(trajectory)
        an_activity(trajectory)
    asked()
    assert asked() == few <= 15


@pytest.mark.covers("B-63", page="/clienten/")
def test_the_dossier_tells_of_the_help_and_leads_to_it(desk: Desk) -> None:
    trajectory = a_trajectory(desk.client, goal="3")
    an_instrument(trajectory, "job_coach", supplier="VNN", until=SINCE + timedelta(days=60), result="completed")
    an_instrument(trajectory, "course")
    an_activity(trajectory, "Taalcafé")
    page = desk.browser.get(f"/clienten/{desk.client.reference}/?soort=hulp").content.decode()
    for words in (
        "Traject: naar werk",
        "Instrument: jobcoach of begeleiding op de werkplek, VNN",
        "Einde: Instrument: jobcoach of begeleiding op de werkplek, VNN",
        "Activiteit: Taalcafé",
    ):
        assert words in page, words
    assert "naar werk, naar trede 3" in page
    assert f'href="{desk.url}"' in page


def test_an_instrument_of_earlier_days_can_be_chosen_for_them_only(desk: Desk) -> None:
    """The WIW ended on 1 January 2015; its job can still be told of."""
    field: Any = desk.browser.get(f"{desk.url}traject/").context["form"].fields["instrument"]
    group = next(words for _, words in field.choices if isinstance(words, list))
    assert ("wiw_id_job", "WIW- of ID-baan (tot 1 jan 2015)") in group
    fields: Fields = {"kind": "work", "instrument": "wiw_id_job", "starts_on": "2016-01-04"}
    refused = desk.post("traject/", fields)
    assert "kon op de eerste dag nog niet" in refused
    assert 'id="id_instrument_error"' in refused
    assert not Trajectory.objects.exists()
    desk.post("traject/", fields | {"starts_on": "2012-01-02", "last_day": "2013-12-31"})
    assert Instrument.objects.get().kind == "wiw_id_job"


def test_help_of_a_merged_dossier_is_read_and_put_right_with_that_of_the_other(desk: Desk) -> None:
    other = desk.in_my_caseload("K2")
    held = a_trajectory(other, "work", SINCE, goal="4")
    merge_clients(by=command_line(), client=other, kept=desk.client, why="twee keer ingevoerd")
    assert f"/hulp/{desk.client.reference}/{held.reference}/verbeteren/" in desk.read()
    assert "naar trede 4" in desk.read(f"{held.reference}/verloop/")
    fields: Fields = {"kind": "work", "goal": level("5").pk, "starts_on": "2024-02-01", "why": "begon eerder"}
    assert desk.post(f"{held.reference}/verbeteren/", fields).startswith("/")
    desk.post(f"{held.reference}/activiteit/", {"description": "Koor", "starts_on": "2024-04-01"})
    assert Trajectory.objects.current().get(client=other).starts_on == date(2024, 2, 1)
    assert [row.client_id for row in Activity.objects.current()] == [other.pk]
    assert "Koor" in desk.read()


def test_suppliers_are_offered_of_whom_one_sees_and_of_nobody_else(desk: Desk) -> None:
    own, colleagues = desk.in_my_caseload("Eigen"), a_client(desk.town, number="Ander")
    an_instrument(a_trajectory(own), supplier="Limor")
    an_instrument(a_trajectory(colleagues), supplier="De zaak van de buurman")
    page = desk.read("traject/")
    assert '<option value="Limor">' in page
    assert "buurman" not in page
