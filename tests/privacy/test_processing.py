"""The processing log: a line for each person in what was done, in the shape of the standard, without a user."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from opstap.audit.logic.seen import Seen, watching
from opstap.audit.logic.traces import caller_of
from opstap.audit.models import Access
from opstap.audit.operations import accesses, log_access
from opstap.audit.permissions import command_line
from opstap.audit.selectors.verifying import verify_log
from opstap.clients.operations import merge_clients
from opstap.config.command import main
from opstap.foundation import dates
from opstap.foundation.dates import clock_at
from opstap.privacy.logic.actions import actions
from opstap.privacy.logic.processing import WORDS, activities, activity_of, is_placed
from opstap.privacy.selectors.processing import Line, counts_by_month, lines_between, lines_of, processings_of
from opstap.privacy.tables.processing import as_logged
from tests.factories.clients import BY, a_client
from tests.factories.municipality import a_municipality
from tests.privacy.test_pages import Reviewed

pytestmark = pytest.mark.django_db

VERSIONS = Path(__file__).parent / "processing_versions.toml"
TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


@pytest.fixture
def office(client: Browser) -> Reviewed:
    return Reviewed(client)


def latest() -> Access:
    return Access.objects.order_by("-pk")[0]


def attributes(line: Line) -> dict[str, str]:
    return {pair["key"]: pair["value"] for pair in as_logged(line)["attributes"]}


def test_every_action_is_part_of_an_activity_or_stands_outside() -> None:
    assert [name for name in actions() if not is_placed(name)] == [], "say in privacy/processing.toml what it is"
    assert not is_placed("nowhere:page")
    assert activity_of("privacy:accesses") is None


def test_an_activity_whose_words_change_gets_a_next_version() -> None:
    """A line of the log goes on pointing at the words that held when it was written."""
    known = tomllib.loads(VERSIONS.read_text(encoding="utf-8"))
    assert {one.identifier: one.digest for one in activities().values()} == known, (
        "raise the version of the activity whose words changed, and write its new line here"
    )


def test_each_activity_says_all_in_two_languages() -> None:
    for one in activities().values():
        for name in WORDS:
            assert one.words(name, "nl"), (one.key, name)
            assert one.words(name, "en"), (one.key, name)


def test_a_dossier_that_is_looked_at_is_one_line_with_the_fields_of_the_standard(office: Reviewed) -> None:
    anna = office.of(office.jo, surname="Kanarie")
    office.looked(office.jo, anna)
    (line,) = lines_of(latest())
    told = as_logged(line)
    assert set(told) == {
        "trace_id", "span_id", "status_code", "name", "start_time", "end_time", "resource", "attributes",
    }  # fmt: skip
    assert (len(told["trace_id"]), len(told["span_id"]), told["status_code"]) == (32, 16, 1)
    assert told["name"] == "dossier"
    assert 0 <= told["end_time"] - told["start_time"] < 60_000
    assert told["resource"]["attributes"][0] == {"key": "service.name", "value": "opstap"}
    said = attributes(line)
    assert said["dpl.core.processing_activity_id"] == "urn:x-opstap:verwerkingsactiviteit:begeleiden-3"
    assert len(said["dpl.core.data_subject_id"]) == 32
    assert said["dpl.core.data_subject_id_type"]


def test_no_line_holds_a_user_a_name_a_number_or_the_pseudonym_of_the_access_log(office: Reviewed) -> None:
    anna = office.of(office.jo, surname="Kanarie")
    office.looked(office.jo, anna)
    office.sign_in(office.jo).browser.get(reverse("dossier:caseload"))
    whole = " ".join(json.dumps(as_logged(line)) for line in lines_between(office.town.pk, *_today()))
    assert whole
    pseudonym = bytes(Access.objects.exclude(subject=b"")[0].subject).hex()
    for known in (
        office.jo.reference,
        office.jo.name,
        "Kanarie",
        anna.number,
        anna.reference,
        pseudonym,
        "case_manager",
    ):
        assert known not in whole


def test_a_list_is_one_line_above_and_one_for_each_person(office: Reviewed) -> None:
    three = [office.of(office.jo) for _ in range(3)]
    office.sign_in(office.jo).browser.get(reverse("dossier:caseload"))
    above, *each = lines_of(latest())
    assert (above.subject, above.parent, len(each)) == (b"", b"", len(three))
    assert {line.trace for line in each} == {above.trace}
    assert {line.parent for line in each} == {above.span}
    assert len({line.span for line in [above, *each]}) == 4
    assert len({line.subject for line in each}) == 3
    assert [line.span for line in lines_of(latest())] == [line.span for line in [above, *each]]


def test_somebody_has_the_same_pseudonym_in_every_line(office: Reviewed) -> None:
    anna = office.of(office.jo)
    office.looked(office.jo, anna)
    (looked,) = lines_of(latest())
    office.browser.get(reverse("dossier:caseload"))
    assert looked.subject in {line.subject for line in lines_of(latest())}


def test_who_got_nothing_to_see_is_no_processing(office: Reviewed) -> None:
    of_lee = office.of(office.lee, team=office.other_team)
    office.sign_in(office.jo)
    assert office.browser.get(reverse("dossier:client", args=[of_lee.reference])).status_code == 404
    assert lines_of(latest()) == []
    office.sign_in(office.officer).browser.get("/inzage/")
    assert lines_of(latest()) == [], "the log itself is not logged"


def test_the_trace_of_who_asks_is_taken_over_and_ours_is_given_back(office: Reviewed) -> None:
    anna = office.of(office.jo)
    office.sign_in(office.jo)
    address = reverse("dossier:client", args=[anna.reference])
    answer = office.browser.get(address, headers={"traceparent": f"00-{TRACE}-{SPAN}-01"})
    (line,) = lines_of(latest())
    told = as_logged(line)
    assert told["foreign_operation"] == {
        "trace_id": TRACE, "span_id": SPAN, "entity": "urn:x-opstap:aanroepende-organisatie",
    }  # fmt: skip
    assert told["trace_id"] != TRACE
    assert answer["traceresponse"] == f"00-{told['trace_id']}-{told['span_id']}-01"
    assert "traceresponse" not in office.browser.get(address)


@pytest.mark.parametrize(
    "header",
    ["", "nonsense", f"00-{'0' * 32}-{SPAN}-01", f"00-{TRACE}-{'0' * 16}-01", f"ff-{TRACE}-{SPAN}-01",
     f"00-{TRACE.upper()}-{SPAN}-01", f"00-{TRACE}-{SPAN}-01-more", f"00-{TRACE[1:]}-{SPAN}-01"],
)  # fmt: skip
def test_what_is_no_trace_is_none(header: str) -> None:
    assert caller_of(header) == b""
    assert caller_of(f"00-{TRACE}-{SPAN}-01") == bytes.fromhex(TRACE + SPAN)


def test_an_import_names_everybody_however_many_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accesses, "people_of", lambda dossiers: [f"reference{one}" for one in dossiers])
    seen = Seen(written=set(range(10_001)))
    log_access(by=command_line(), action="command:import", method="", result="done", seen=seen)
    assert (latest().listed_count, len(lines_of(latest()))) == (10_001, 10_002)


def test_figures_about_a_group_are_one_line_without_a_person() -> None:
    log_access(by=command_line(), action="command:facts", method="", result="done", seen=Seen(more=1200))
    (line,) = lines_of(latest())
    assert (line.subject, line.activity.key) == (b"", "verantwoorden")
    assert "dpl.core.data_subject_id" not in attributes(line)


def test_a_failure_is_an_error(office: Reviewed) -> None:
    with watching() as seen:
        seen.subject = "reference"
        log_access(by=command_line(), action="dossier:client", method="GET", result="failed", seen=seen)
    (line,) = lines_of(latest())
    assert as_logged(line)["status_code"] == 2
    assert verify_log().wrong == []


def test_all_that_was_done_with_somebody_in_either_of_their_dossiers(office: Reviewed) -> None:
    anna, other = office.of(office.jo), office.of(office.kim)
    office.looked(office.jo, anna)
    office.looked(office.kim, other)
    office.sign_in(office.jo).browser.get(reverse("dossier:caseload"))
    merge_clients(by=BY, client=other, kept=anna, why="dezelfde")
    found = processings_of(anna)
    assert [(one.action, one.on_a_list) for one in found] == [
        ("dossier:caseload", True), ("dossier:client", False), ("dossier:client", False),
    ]  # fmt: skip
    assert {one.activity.key for one in found} == {"begeleiden"}
    assert processings_of(office.of(office.jo)) == []


def _today() -> tuple[date, date]:
    return dates.today(), dates.today()


def test_the_command_gives_a_line_of_json_for_each(office: Reviewed, capsys: pytest.CaptureFixture[str]) -> None:
    anna = office.of(office.jo)
    with clock_at(NOON):
        office.looked(office.jo, anna)
    with clock_at(NOON + timedelta(days=40)):
        office.looked(office.jo, anna)
    assert main(["processing", "export", "--from", "2031-05-01", "--until", "02-05-2031"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["end_time"] == int(NOON.timestamp() * 1000)
    assert latest().action == "command:processing"
    assert main(["processing", "export", "--from", "2031-05-01", "--until", "2031-04-01"]) == 2
    assert main(["processing", "export", "--from", "gisteren"]) == 2


def test_what_a_command_did_in_every_municipality_is_told_in_each_of_its_own_people(office: Reviewed) -> None:
    anna, elsewhere = office.of(office.jo), a_client(a_municipality("Elders"))
    with clock_at(NOON):
        seen = Seen(written={anna.pk, elsewhere.pk})
        log_access(by=command_line(), action="command:privacy", method="", result="done", seen=seen)
        log_access(
            by=replace(command_line(), municipality_id=elsewhere.municipality_id),
            action="command:privacy",
            method="",
            result="done",
            seen=Seen(subject=elsewhere.reference),
        )
    month = date(2031, 5, 1)
    for town, people in ((office.town.pk, [1]), (elsewhere.municipality_id, [2])):
        lines = list(lines_between(town, NOON.date(), NOON.date()))
        assert sum(1 for line in lines if line.subject) == people[0]
        assert [one.people for one in counts_by_month(town, [month])] == [tuple(people)]


def test_the_page_tells_the_activities_with_their_months(office: Reviewed) -> None:
    anna = office.of(office.jo)
    office.of(office.jo)
    with clock_at(NOON - timedelta(days=31)):
        office.looked(office.jo, anna)
    with clock_at(NOON):
        office.looked(office.jo, anna)
        office.sign_in(office.jo).browser.get(reverse("dossier:caseload"))
        page = office.page("/inzage/verwerkingen/")
    row = page.partition("Begeleiden naar meedoen en werk")[2].partition("</tr>")[0]
    assert [part.partition("<")[0] for part in row.split(">") if part.partition("<")[0].strip().isdecimal()] == [
        "3", "1", "0", "0",
    ]  # fmt: skip
    assert "mei 2031" in page
    assert "Participatiewet artikel 7, 9 en 10" in page
    assert office.jo.name not in page


def test_only_the_privacy_officer_sees_the_page(office: Reviewed) -> None:
    for user in (office.jo, office.leader, office.coordinator, office.administrator):
        assert office.sign_in(user).browser.get("/inzage/verwerkingen/").status_code == 403
