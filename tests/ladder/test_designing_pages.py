"""Making and changing scales on screen, and what follows for placements and reports."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.ladder.models import Level, Scale, ScaleVersion
from opstap.ladder.operations import install_scales
from opstap.ladder.selectors.scales import questions_on, scale_on
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team
from tests.factories.clients import a_client, followed, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.plans import a_trajectory
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
FIVE = ("Thuis", "Buiten", "Mee", "Werkt mee", "Werkt")


def five_levels(**more: str) -> dict[str, str]:
    """What the page sends for a ladder of five levels with two questions."""
    sent = {
        "name_nl": "Dorpsladder", "key": "dorp", "kind": "ordinal", "horizon_months": "12",
        "starts_on": dates.today().isoformat(), "levels": "5", "questions": "2",
    }  # fmt: skip
    for place, name in enumerate(FIVE):
        sent |= {f"level-{place}-code": str(place + 1), f"level-{place}-name_nl": name, f"level-{place}-growth": "on"}
    sent |= {"level-4-works_without_help": "on", "level-1-halves": "on"}
    for place, (text, yes, no) in enumerate((("Werkt iemand?", "5", "vraag-2"), ("Komt iemand buiten?", "2", "1"))):
        sent |= {
            f"question-{place}-key": f"vraag-{place + 1}", f"question-{place}-part": "current",
            f"question-{place}-text_nl": text, f"question-{place}-yes": yes, f"question-{place}-no": no,
        }  # fmt: skip
    return sent | more


@pytest.fixture
def town() -> Any:
    return a_municipality()


@pytest.fixture
def desk(client: Client, town: Any) -> Client:
    client.force_login(a_functional_administrator(town), backend=BACKEND)
    return client


def test_a_ladder_of_ones_own_is_made_and_can_be_placed_on(desk: Client, town: Any) -> None:
    response = desk.post("/beheer/ladders/nieuw/", five_levels())
    assert response.status_code == 302, response.content.decode()
    assert response["Location"] == "/ladders/dorp/"
    made = scale_on("dorp", dates.today())
    assert made is not None
    assert [level.code for level in made.levels] == ["0", "1", "2-", "2", "2+", "3", "4", "5"]
    assert [question.yes for question in questions_on(made)] == ["5", "2"]
    page = desk.get("/ladders/dorp/").content.decode()
    assert "Dorpsladder" in page
    assert "Werkt mee" in page
    worker = a_case_manager(a_team(town))
    person = a_client(town, number="K1")
    in_caseload(person, worker)
    desk.force_login(worker, backend=BACKEND)
    shown = desk.get(f"/plaatsen/{person.reference}/", {"ladder": "dorp", "wijze": "vragen"}).content.decode()
    assert "Werkt iemand?" in shown
    fields = {
        "ladder": "dorp", "level": "2+", "growth": "yes", "expected": "3", "expected_by": "",
        "measured_on": dates.today().isoformat(), "reason": "at_contact", "save": "1",
    }  # fmt: skip
    assert desk.post(f"/plaatsen/{person.reference}/", fields).status_code == 302
    assert counted(desk, "plaatsing", scale="dorp")["2"] == {"name": "Buiten", "clients": 1, "with_growth": 1}
    assert counted(desk, "plaatsing", scale="dorp")["1"]["clients"] == 0


def counted(desk: Client, slug: str, **asked: str) -> dict[str, dict[str, Any]]:
    """The rows of a report as its page shows them, by level."""
    rows = desk.get(f"/rapporten/{slug}/", asked).context["result"].rows
    names = ("name", "clients", "with_growth", "current", "expected")
    return {row.values["level"]: {name: row.values[name] for name in names if name in row.values} for row in rows}


def own_ladder_through_a_crosswalk(desk: Client, town: Any) -> None:
    """A ladder of one's own, its crosswalk to VNG (2 is 3, 3 has none), and two people: one rose from 2 to 3."""
    assert desk.post("/beheer/ladders/nieuw/", five_levels()).status_code == 302
    sent = {"name_nl": "Dorp op VNG", "key": "dorp-vng", "since": (dates.today() - timedelta(days=400)).isoformat()}
    sent |= {f"level-{code}": to for code, to in zip("12345", ("1", "3", "none", "4", "6"), strict=True)}
    made = desk.post("/beheer/omzettingen/nieuw/?source=dorp&target=vng", sent)
    assert made.status_code == 302, made.content.decode()
    people = [a_client(town, number=number) for number in ("K1", "K2")]
    for person in people:
        followed(person, date(2024, 1, 1))
        placed(person, "2+", on=dates.today() - timedelta(days=200), scale="dorp", growth="yes", expected="4")
    placed(people[0], "3", on=dates.today() - timedelta(days=10), scale="dorp", growth="yes", expected="4")
    desk.force_login(a_coordinator(town), backend=BACKEND)


@pytest.mark.covers("B-58", page="/rapporten/beweging/")
def test_every_report_counts_on_a_ladder_of_ones_own_and_through_its_crosswalk(desk: Client, town: Any) -> None:
    own_ladder_through_a_crosswalk(desk, town)
    before = (dates.today() - timedelta(days=100)).isoformat()
    through = {"scale": "vng", "crosswalk": "dorp-vng"}
    own = counted(desk, "plaatsing", scale="dorp")
    assert {level: row["clients"] for level, row in own.items() if row["clients"]} == {"2": 1, "3": 1}
    other = counted(desk, "plaatsing", **through)
    assert {level: row["clients"] for level, row in other.items() if row["clients"]} == {"3": 1, "no_counterpart": 1}
    both = counted(desk, "nu-en-verwacht", scale="dorp")
    assert [(both[level]["current"], both[level]["expected"]) for level in ("2", "3", "4")] == [(1, 0), (1, 0), (0, 2)]
    for asked, ways in (
        ({"scale": "dorp"}, {("2", "3"): 1, ("2", "not_measured_again"): 1}),
        (through, {("3", "no_counterpart"): 1, ("3", "not_measured_again"): 1}),
    ):
        rows = desk.get("/rapporten/beweging/", asked | {"compared_with": before}).context["result"].rows
        found = {(row.values["from"], row.values["to"]): row.values["clients"] for row in rows if row.values["clients"]}
        assert found == ways
    coverage = desk.get("/rapporten/dekking/", {"scale": "dorp"}).context["result"].rows[0].values
    assert (coverage["base"], coverage["placed"], coverage["placed_twice"]) == (2, 2, 1)


def test_rows_are_added_moved_and_taken_away_without_losing_what_was_typed(desk: Client) -> None:
    page = desk.post("/beheer/ladders/nieuw/", five_levels(do="add-level"))
    assert page.status_code == 200
    levels = [entry["row"] for entry in page.context["levels"]]
    assert [row["code"] for row in levels] == ["1", "2", "3", "4", "5", "6"]
    assert levels[0]["name_nl"] == "Thuis"
    page = desk.post("/beheer/ladders/nieuw/", five_levels(do="up-level-1"))
    assert [entry["row"]["code"] for entry in page.context["levels"]] == ["2", "1", "3", "4", "5"]
    page = desk.post("/beheer/ladders/nieuw/", five_levels(do="drop-question-0"))
    assert [question["row"]["text_nl"] for question in page.context["questions"]] == ["Komt iemand buiten?"]
    assert not Scale.objects.filter(key="dorp").exists()


def test_what_is_wrong_stands_on_the_page_and_nothing_is_saved(desk: Client) -> None:
    sent = five_levels(**{"level-1-code": "1", "question-1-yes": ""})
    page = desk.post("/beheer/ladders/nieuw/", sent)
    assert page.status_code == 400
    text = page.content.decode()
    for link, words in (
        ("id_level-1-code", "Trede 2, Code</a>: deze code staat ook bij een andere trede"),
        ("id_question-1-yes", "Vraag 2</a>: kies voor beide antwoorden"),
    ):
        assert f'<a href="#{link}">{words}' in text
        assert f'id="{link}_error"' in text
        assert re.search(rf'aria-invalid="true"[^>]*id="{link}"|id="{link}"[^>]*aria-invalid="true"', text)
    assert "2 punten vragen uw aandacht" in text
    assert 'id="id_question-1-no_error"' not in text
    assert not Scale.objects.filter(key="dorp").exists()
    taken = desk.post("/beheer/ladders/nieuw/", five_levels(key="vng")).content.decode()
    assert '<a href="#id_key">Korte naam</a>: ' in taken
    assert 'id="id_key_error"' in taken


def test_what_is_wrong_with_all_levels_stands_above_them(desk: Client) -> None:
    page = desk.post("/beheer/ladders/nieuw/", five_levels(levels="1", questions="0")).content.decode()
    assert '<a href="#levels">Treden</a>: Een ladder heeft minstens twee treden' in page
    assert page.count("Een ladder heeft minstens twee treden") == 2


def changed(desk: Client, key: str, **more: str) -> Any:
    """Save the page of a scale as it stands, with something changed."""
    page = desk.get(f"/beheer/ladders/{key}/")
    sent: dict[str, str] = {"levels": str(len(page.context["levels"])), "questions": "0", "key": key}
    sent["version"] = page.context["opened"].version
    forms = [page.context["form"], *(entry["form"] for entry in page.context["levels"])]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value not in (None, False, ""):
                sent[bound.html_name] = "on" if value is True else str(value)
    return desk.post(f"/beheer/ladders/{key}/", sent | more)


def test_a_used_ladder_gets_a_new_version_and_the_past_keeps_its_words(desk: Client, town: Any) -> None:
    person = a_client(town, number="K1")
    placed(person, "2", on=date(2025, 3, 1), scale="rijswijk")
    from_day = dates.today() + timedelta(days=10)
    response = changed(desk, "rijswijk", **{"level-1-name_nl": "Meedoen", "starts_on": from_day.isoformat()})
    assert response.status_code == 302, response.content.decode()
    names = [
        next(level.name_nl for level in found.levels if level.code == "2")
        for found in (scale_on("rijswijk", dates.today()), scale_on("rijswijk", from_day))
        if found is not None
    ]
    assert names == ["Sociale activering", "Meedoen"]
    assert [version.ends_on for version in ScaleVersion.objects.filter(scale__key="rijswijk")] == [from_day, None]
    assert Level.objects.filter(scale__key="rijswijk", code="2").count() == 1


def test_a_used_level_can_t_go_and_an_earlier_day_is_refused(desk: Client, town: Any) -> None:
    placed(a_client(town, number="K1"), "2", on=date(2025, 3, 1), scale="rijswijk")
    page = changed(desk, "rijswijk", **{"level-1-code": "9", "starts_on": "2026-01-01"})
    assert page.status_code == 400
    assert "Er ontbreekt een trede waarop mensen zijn geplaatst, of waar hulp" in page.content.decode()
    assert "rapporten van eerder blijven zoals ze waren" in page.content.decode()


def test_a_level_that_help_leads_to_can_t_go(desk: Client, town: Any) -> None:
    person = a_client(town, number="K1")
    a_trajectory(person, goal="2", scale="rijswijk")
    page = changed(desk, "rijswijk", **{"level-1-code": "9"})
    assert page.status_code == 400
    assert "of waar hulp naartoe leidt" in page.content.decode()


def test_an_unused_scale_changes_in_place_and_is_left_alone_by_what_opstap_ships(desk: Client) -> None:
    assert changed(desk, "groningen", **{"level-0-name_nl": "In rust"}).status_code == 302
    install_scales(by=command_line())
    found = scale_on("groningen", dates.today())
    assert found is not None
    assert (found.version, next(level.name_nl for level in found.levels if level.code == "1")) == (1, "In rust")


def test_a_copy_begins_with_the_levels_of_another(desk: Client) -> None:
    page = desk.get("/beheer/ladders/nieuw/", {"naar": "groningen"})
    assert [entry["row"]["code"] for entry in page.context["levels"]] == list("1234567")
    assert page.context["form"]["key"].value() == ""


def test_only_the_functional_administrator_sets_up_scales(desk: Client, town: Any) -> None:
    assert desk.get("/beheer/ladders/").status_code == 200
    assert desk.get("/beheer/ladders/geen/").status_code == 404
    desk.force_login(a_case_manager(a_team(town)), backend=BACKEND)
    for address in ("/beheer/ladders/", "/beheer/ladders/nieuw/", "/beheer/ladders/vng/"):
        assert desk.get(address).status_code == 403
        assert desk.post(address, five_levels()).status_code in {403, 405}


def test_who_saves_a_scale_second_sees_both_and_keeps_what_was_drawn(desk: Client, town: Any) -> None:
    assert desk.post("/beheer/ladders/nieuw/", five_levels()).status_code == 302
    colleague, url = a_functional_administrator(town), "/beheer/ladders/dorp/"
    first, second = Window(signed_in(colleague), url), Window(desk, url)
    assert second.send(**{"do": "add-level", "level-0-definition_nl": "Mijn uitleg"}) == 200
    assert first.send(**{"do": "save", "level-1-name_nl": "Onder de mensen"}) == 302
    mine = {"do": "save", "level-5-code": "6", "level-5-name_nl": "Vrij", "name_nl": "Ladder van ons dorp"}
    assert second.send(**mine) == 409
    assert f"{colleague.name} heeft dit intussen gewijzigd" in second.words
    for line in (
        "Naam Dorpsladder Ladder van ons dorp",
        "Trede 2: Naam Onder de mensen Buiten",
        "Trede 1: Wanneer staat iemand hier? – Mijn uitleg",
        "Trede 6 – Vrij",
    ):
        assert line in second.words
    assert (second.fields["level-5-name_nl"], second.fields["level-0-definition_nl"]) == ("Vrij", "Mijn uitleg")
    held = scale_on("dorp", dates.today())
    assert held is not None
    assert (held.name_nl, held.levels[-1].code) == ("Dorpsladder", "5")
    assert second.send(do="save") == 302
    held = scale_on("dorp", dates.today())
    assert held is not None
    assert (held.name_nl, held.levels[-1].code) == ("Ladder van ons dorp", "6")


def test_a_scale_that_comes_back_with_a_fault_is_of_when_it_was_opened(desk: Client, town: Any) -> None:
    assert desk.post("/beheer/ladders/nieuw/", five_levels()).status_code == 302
    url = "/beheer/ladders/dorp/"
    first, second = Window(signed_in(a_functional_administrator(town)), url), Window(desk, url)
    assert first.send(**{"do": "save", "level-1-name_nl": "Onder de mensen"}) == 302
    assert second.send(do="save", name_nl="") == 400
    assert second.send(do="save", name_nl="Anders") == 409
    held = scale_on("dorp", dates.today())
    assert held is not None
    assert held.name_nl == "Dorpsladder"
    assert "Onder de mensen" in {one.name_nl for one in held.levels}


@pytest.mark.parametrize("version", ["", "oud"])
def test_a_scale_of_which_the_form_lost_its_version_is_not_saved(desk: Client, version: str) -> None:
    window = Window(desk, "/beheer/ladders/groningen/")
    assert window.send(do="save", name_nl="Anders", version=version) == 409
    held = scale_on("groningen", dates.today())
    assert held is not None
    assert held.name_nl != "Anders"
    assert window.send(do="save") == 302
    held = scale_on("groningen", dates.today())
    assert held is not None
    assert held.name_nl == "Anders"


def test_a_scale_that_is_sent_twice_is_saved_once(desk: Client, town: Any) -> None:
    assert desk.post("/beheer/ladders/nieuw/", five_levels()).status_code == 302
    url = "/beheer/ladders/dorp/"
    first, second = Window(signed_in(a_functional_administrator(town)), url), Window(desk, url)
    sent = {"do": "save", "level-1-name_nl": "Onder de mensen"}
    assert (first.send(**sent), second.send(**sent)) == (302, 302)
    assert Event.objects.filter(verb="change_scale", about="dorp").count() == 1
