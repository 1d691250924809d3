"""Figures that are set down: asked for, attacked, shown to who may not see the people, made again and withdrawn."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser
from python_calamine import load_workbook

from opstap.analytics.disclosure import NotSafe, Rules
from opstap.audit.operations import writing
from opstap.config.command import Refusal, WrongUse
from opstap.config.commands import publications_command
from opstap.foundation import dates
from opstap.municipality.models import Setting
from opstap.reporting.logic.released import LEVEL, PART, Released
from opstap.reporting.models import Publication
from opstap.reporting.operations import PublicationRefused, PublicationTerms, ask_publication, withdraw_publication
from opstap.reporting.selectors.publications import latest_publication, tables_within
from opstap.reporting.selectors.released.again import made_again
from opstap.reporting.tables.released.page import page_table
from opstap.reporting.tables.released.sheets import sheets_of
from tests.factories.accounts import a_case_manager, a_coordinator, a_worker, acting
from tests.factories.jobs import do_all
from tests.factories.ladder import placed
from tests.factories.municipality import LONG_AGO, a_municipality
from tests.factories.pages import signed_in
from tests.factories.publications import (
    BY,
    STANDING,
    UNPLACED,
    SetDown,
    a_publication,
    a_table,
    a_town_to_publish,
    growth_of,
    last_month_end,
    levels,
)
from tests.reporting.attacker import month_of, told_by

pytestmark = pytest.mark.django_db
LIST = "/publicaties/"
RULES = Rules(10)


@pytest.fixture
def made() -> SetDown:
    return a_town_to_publish()


@pytest.fixture
def coordinator(made: SetDown) -> Browser:
    return signed_in(a_coordinator(made.town))


@pytest.fixture
def policy(made: SetDown) -> Browser:
    return signed_in(a_worker(made.town, "policy"))


@pytest.mark.covers("A-20", page="publications:publication")
def test_figures_are_asked_for_attacked_and_shown_with_the_promise(
    made: SetDown, coordinator: Browser, policy: Browser
) -> None:
    sent = {"on": made.on.isoformat(), "title": "De ladder in het kwartaal", "promise": "motie 2026-41"}
    asked = coordinator.post(f"{LIST}vaststellen/", sent)
    assert asked.status_code == 302
    page = asked["Location"]
    waiting = policy.get(page).content.decode()
    assert "wordt gemaakt" in waiting
    assert "<table" not in waiting
    assert "HX-Refresh" not in policy.get(page, headers={"HX-Request": "true"})
    do_all()
    assert policy.get(page, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    shown = policy.get(page).content.decode()
    assert "Hiermee afgedaan: motie 2026-41." in shown
    # By hand: 42, 63 and 24 rounded; 4 hidden, and of 12 without a level either team has half.
    together = 40 + 65 + 25
    assert f"{together}\xa0+\xa0<span" in shown
    assert "2 Sociale contacten buitenshuis, 65 mensen. Een deel van de treden is verborgen." in shown  # 4 to 6
    left_out = "Team naar deel van de ladder, Team naar trede"
    assert f"Niet opgenomen: {left_out}. Daarin was te weinig te tonen" in shown
    assert "De ladder in het kwartaal" in policy.get(LIST).content.decode()


def test_every_number_shown_is_the_rounded_count_of_ten_or_more_and_every_smaller_one_is_hidden(made: SetDown) -> None:
    released = Released.of(a_publication(made.town, made.on).figures)
    by_level = {code: count for (code,), count in released.tables[0].shown.items()}
    assert by_level == {
        **{code: RULES.rounded(count) if count > 4 else None for code, count in STANDING.items()},
        "5": None,
        "6": None,
        "none": None,  # six in either team: who leads the one would find the other
        next(code for code in by_level if code.startswith("left-")): None,
    }
    exact = Counter((code, growth_of(number)) for number, code in enumerate(levels()))
    growth = released.table("level-by-growth")
    assert growth is not None
    for (code, answer), count in growth.shown.items():
        true = exact[code, answer] if answer != "none" else UNPLACED * (code == "none")
        assert count in {None, RULES.rounded(true)}
        assert count is None or true >= 10, (code, answer)
    assert any(growth.shown.values())


def test_a_table_has_a_column_of_shares_only_where_nothing_in_it_is_hidden(made: SetDown) -> None:
    sheets = [one for one in sheets_of(Released.of(a_publication(made.town, made.on).figures)) if one.across is None]
    levels = next(one for one in sheets if one.hides)
    whole = replace(levels, table=replace(levels.table, shown={key: n or 10 for key, n in levels.table.shown.items()}))
    for sheet, has_shares in ((levels, False), (whole, True)):
        table = page_table(sheet)
        assert ("%" in [one.label for one in table.headings]) == has_shares
        assert {len(row.cells) for row in table.rows} == {len(table.headings)}


def test_the_attack_recovers_nothing_of_a_publication_with_a_table_for_a_question(made: SetDown) -> None:
    whole = a_publication(made.town, made.on)
    beside = a_table(whole, "age", "team", LEVEL)
    assert (beside.within, beside.counted) == (whole.reference, whole.counted)
    months = [month_of(whole, "", "then"), month_of(beside, "beside ", "then", whole)]
    assert told_by(months, RULES) == []
    shown = [count for month in months for table in month.tables for count in table.shown.values() if count]
    assert len(shown) >= 8, "nothing is recovered of what shows nothing"
    assert all(month.known() for month in months)
    assert tables_within(made.town.pk, whole.reference) == [beside]
    with pytest.raises(PublicationRefused, match="is_there"):
        a_table(whole, LEVEL, "age", "team")  # whatever the order


def test_of_a_table_for_a_question_stands_who_asked_and_it_is_made_through_its_page(
    made: SetDown, policy: Browser
) -> None:
    whole = a_publication(made.town, made.on)
    form = f"{LIST}{whole.reference}/tabel/"
    assert policy.get(form).status_code == 200
    four = {"question": "Hoe oud?", "asker": "fractie X", "dimensions": [LEVEL, "age", "team", "growth"]}
    assert "Kies er een tot drie." in policy.post(form, four).content.decode()
    twice = {**four, "dimensions": [PART, "age"]}
    assert "al vastgesteld" in policy.post(form, twice).content.decode()
    sent = policy.post(form, {**four, "dimensions": ["age"]})
    do_all()
    shown = policy.get(sent["Location"]).content.decode()
    assert "Gevraagd door fractie X." in shown
    assert "jonger dan 27" in shown
    assert "fractie X" in policy.get(f"{LIST}{whole.reference}/").content.decode()


def test_who_sees_publications_makes_none_and_no_page_leads_policy_to_people(made: SetDown, policy: Browser) -> None:
    whole = a_publication(made.town, made.on)
    for path in ("vaststellen/", f"{whole.reference}/intrekken/", f"{whole.reference}/opnieuw/"):
        assert policy.get(f"{LIST}{path}").status_code == 403
    page = policy.get(f"{LIST}{whole.reference}/").content.decode()
    assert "/clienten/" not in page
    assert "/mensen/" not in page
    worker = acting(a_case_manager(made.teams[0]))
    with pytest.raises(PermissionDenied):
        ask_publication(by=worker, municipality=made.town, terms=PublicationTerms("x", made.on))
    elsewhere = acting(a_coordinator(a_municipality()))
    with pytest.raises(PermissionDenied):
        ask_publication(by=elsewhere, municipality=made.town, terms=PublicationTerms("x", made.on))
    with pytest.raises(PermissionDenied):
        withdraw_publication(by=elsewhere, publication=whole, why="x")


def test_files_and_charts_hold_the_same_figures(made: SetDown, policy: Browser) -> None:
    whole = a_publication(made.town, made.on)
    page = f"{LIST}{whole.reference}/"
    rows = policy.get(f"{page}bestand/csv/").content.decode("utf-8-sig").splitlines()
    assert [row for row in rows if row.startswith("2 Sociale")] == ["2 Sociale contacten buitenshuis;65"]
    assert [row for row in rows if row.startswith("4 ")] == ["4 Onbetaald werk;verborgen"]
    by_age = policy.get(f"{page}bestand/csv/?table=part-of-ladder-by-age").content.decode("utf-8-sig")
    assert "jonger dan 27" in by_age
    for format_of in ("xlsx", "ods"):
        book = load_workbook(BytesIO(policy.get(f"{page}bestand/{format_of}/").content))
        listed = [str(row[0]) for row in book.get_sheet_by_index(0).to_python()[1:]]
        assert [name.split(" ")[0] for name in book.sheet_names[1:-1]] == [str(n) for n in range(1, len(listed) + 1)]
        assert "2 Trede" in listed, "behind the percentages"
        assert all(
            title.replace(":", "").startswith(name) for name, title in zip(book.sheet_names[1:-1], listed, strict=True)
        )
    assert policy.get(f"{page}grafiek/1/png/").content[1:4] == b"PNG"
    drawn = policy.get(f"{page}grafiek/1/svg/").content.decode()
    assert "65" in drawn
    for wrong in ("bestand/pdf/", "bestand/csv/?table=niets", "grafiek/99/svg/", "?table=niets"):
        assert policy.get(f"{page}{wrong}").status_code == 404


def test_what_is_corrected_since_changes_nothing_and_it_is_made_again_to_the_digit(
    made: SetDown, coordinator: Browser
) -> None:
    whole = a_publication(made.town, made.on)
    for client in made.people[:30]:
        placed(client, "5", on=made.on)
    found = made_again(whole)
    assert (found.differing, found.erased) == (0, 0)
    assert found.released.tables == Released.of(whole.figures).tables
    page = coordinator.get(f"{LIST}{whole.reference}/opnieuw/").content.decode()
    assert "tot op het cijfer gelijk" in page


def test_one_is_withdrawn_with_what_was_wrong_and_the_month_can_be_set_down_anew(
    made: SetDown, coordinator: Browser, policy: Browser
) -> None:
    whole = a_publication(made.town, made.on)
    a_table(whole, "age")
    page = f"{LIST}{whole.reference}/"
    with pytest.raises(PublicationRefused, match="is_there"):
        a_publication(made.town, made.on)
    assert "Vul in wat er niet klopt." in coordinator.post(f"{page}intrekken/", {"why": " "}).content.decode()
    assert coordinator.post(f"{page}intrekken/", {"why": "Team Zuid ontbrak."}).status_code == 302
    shown = policy.get(page).content.decode()
    assert "Team Zuid ontbrak." in shown
    assert "<table" not in shown
    assert policy.get(f"{page}bestand/csv/").status_code == 404
    assert latest_publication(made.town.pk) is None
    assert [one.withdrawn for one in tables_within(made.town.pk, whole.reference)] == [True], "its tables go with it"
    again = coordinator.post(f"{page}intrekken/", {"why": "Nog eens."}, follow=True).content.decode()
    assert "al ingetrokken" in again


def test_a_day_that_is_no_month_end_or_yet_to_come_is_refused(made: SetDown) -> None:
    for day in (dates.today(), dates.months_before(made.on, 40)):
        with pytest.raises(PublicationRefused, match="no_month_end"):
            a_publication(made.town, day)


def test_one_at_a_time_and_what_failed_can_be_asked_for_anew(
    made: SetDown, coordinator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        message = "the disk is full"
        raise OSError(message)

    sent = {"on": made.on.isoformat(), "title": "De ladder"}
    first = coordinator.post(f"{LIST}vaststellen/", sent)["Location"]
    assert "Er wordt al iets gemaakt." in coordinator.post(f"{LIST}vaststellen/", sent).content.decode()
    with monkeypatch.context() as patched:
        patched.setattr("opstap.reporting.operations.publications.making.publish_by_worth", broken)
        do_all()
    assert "Het is niet afgemaakt" in coordinator.get(first).content.decode()
    assert coordinator.post(f"{LIST}vaststellen/", sent).status_code == 302


def test_what_cannot_be_hidden_is_not_set_down_and_says_so(
    made: SetDown, coordinator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recovered(*_given: object, **_named: object) -> None:
        raise NotSafe(attack_found)

    attack_found = [type("Found", (), {"table": "level"})()]
    monkeypatch.setattr("opstap.reporting.operations.publications.making.publish_by_worth", recovered)
    asked = coordinator.post(f"{LIST}vaststellen/", {"on": made.on.isoformat(), "title": "De ladder"})["Location"]
    do_all()
    shown = coordinator.get(asked).content.decode()
    assert "kan niet worden vastgesteld" in shown
    assert "te herleiden" in shown
    assert Publication.objects.filter(figures={}, why="not_safe").count() == 1


def test_a_table_for_a_question_that_cannot_be_made_safe_says_what_to_choose_instead(
    made: SetDown, policy: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recovered(*_given: object, **_named: object) -> None:
        raise NotSafe([type("Found", (), {"table": "age"})()])

    whole = a_publication(made.town, made.on)
    monkeypatch.setattr("opstap.reporting.operations.publications.making.publish_by_worth", recovered)
    refused = a_table(whole, "age", "team")
    shown = policy.get(f"{LIST}{refused.reference}/").content.decode()
    assert "Kies minder dimensies" in shown
    assert "andere maand" not in shown


def test_nobody_is_published_where_there_is_nobody() -> None:
    town = a_municipality()
    released = Released.of(a_publication(town, last_month_end()).figures)
    assert {count for table in released.tables for count in table.shown.values()} == {None}


def test_a_threshold_from_before_that_rounding_does_not_give_shows_nothing_below_it(made: SetDown) -> None:
    with writing(by=BY, verb="change_setting", about="disclosure_threshold") as recording:
        Setting(
            recording=recording, municipality=made.town, key="disclosure_threshold", value=12, starts_on=LONG_AGO
        ).save()
    whole = a_publication(made.town, made.on)
    assert whole.threshold == 12
    released = Released.of(whole.figures)
    shown = [count for table in released.tables for count in table.shown.values() if count is not None]
    assert min(shown) >= 12
    levels_shown = released.tables[0].shown
    assert levels_shown["none",] is None, "twelve people would be shown as ten"
    assert levels_shown["2",] == 65
    assert made_again(whole).differing == 0


@pytest.mark.covers("A-20", page="opstap publications")
def test_the_command_lists_shows_and_makes_again(
    made: SetDown, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    whole = a_publication(made.town, made.on)
    beside = a_table(whole, "age")

    def said(*arguments: str, code: int = 0) -> str:
        capsysbinary.readouterr()
        assert publications_command.run([*arguments]) == code
        return capsysbinary.readouterr().out.decode()

    listed = said().splitlines()
    assert [line.split()[0] for line in listed] == [whole.reference, beside.reference]
    assert "vastgesteld" in listed[0]
    shown = said(whole.reference)
    assert "Hiermee afgedaan: Motie 41" in shown
    assert re.search(r"^2 Sociale contacten buitenshuis +65$", shown, re.MULTILINE)
    kept = json.loads(said(whole.reference, "--format", "json"))
    levels_kept = {cell["level"]: cell["clients"] for cell in kept["tables"][0]["cells"]}
    assert (levels_kept["2"], levels_kept["4"]) == (65, None)
    assert "tot op het cijfer gelijk" in said(whole.reference, "--again")
    out = tmp_path / "leeftijd.csv"
    assert said(whole.reference, "--format", "csv", "--table", "part-of-ladder-by-age", "--out", str(out)) == ""
    assert "jonger dan 27" in out.read_text(encoding="utf-8-sig")
    for wrong in (("bcdfghjkmnpq",), (whole.reference, "--table", "niets")):
        with pytest.raises(WrongUse):
            publications_command.run([*wrong])
    withdraw_publication(by=BY, publication=whole, why="Team Zuid ontbrak.")
    with pytest.raises(Refusal, match=r"ingetrokken\. Team Zuid ontbrak\."):
        publications_command.run([whole.reference])
