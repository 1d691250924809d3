"""The papers of a municipality: what is generated is that of the code, and the check notices when it is not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from opstap.accounts.operations import change_user
from opstap.audit.models import Recording
from opstap.privacy.logic.processing import activities
from opstap.privacy.logic.retention import outcome_words, shipped_terms
from opstap.privacy.operations import erase_client, hold_dossier, let_go
from opstap.selections.logic import SHIPPED, Criteria, Shipped
from scripts import paper_kept, paper_parts, papers
from scripts.paper_kept import KINDS
from scripts.paper_parts import PARTS
from tests.architecture.house import ROOT
from tests.factories.accounts import a_coordinator, acting
from tests.factories.clients import BY, a_client
from tests.factories.municipality import a_municipality

FOLDER = ROOT / "docs" / "privacy"


def test_a_part_that_was_changed_by_hand_is_noticed_and_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_text("Mensenwerk\n<!-- begin part -->\nverzonnen\n<!-- end part -->\nook\n", encoding="utf-8")
    assert papers.keep_up(tmp_path, {"part": lambda: "uit de code"}, check=True) == 1
    assert "verzonnen" in path.read_text(encoding="utf-8")
    assert papers.keep_up(tmp_path, {"part": lambda: "uit de code"}, check=False) == 0
    assert path.read_text(encoding="utf-8") == (
        "Mensenwerk\n<!-- begin part -->\n\nuit de code\n\n<!-- end part -->\nook\n"
    )
    assert papers.keep_up(tmp_path, {"part": lambda: "uit de code"}, check=True) == 0


def test_a_part_that_nobody_makes_is_refused() -> None:
    with pytest.raises(KeyError):
        papers.filled("<!-- begin unknown -->\n<!-- end unknown -->", PARTS)


def test_the_register_holds_every_activity_with_all_that_article_30_asks() -> None:
    text = PARTS["register"]()
    for one in activities().values():
        assert f"`{one.identifier}`" in text
        assert one.words("ground", "nl") in text
    assert text.count("| Ontvangers |") == text.count("| Betrokkenen |") == len(activities())


def test_what_is_kept_names_every_kind_with_its_term() -> None:
    rows = PARTS["kept"]().splitlines()[2:]
    assert len(rows) == len(KINDS)


def test_the_paper_has_the_term_of_every_outcome_as_the_program_keeps_it() -> None:
    rows = [[cell.strip() for cell in line.split("|")[1:3]] for line in PARTS["terms"]().splitlines()[2:]]
    assert rows == [[outcome_words()[key].nl, str(term.years)] for key, term in shipped_terms().items()]
    assert "<!-- begin terms -->" in (FOLDER / "verwerkingsregister.md").read_text(encoding="utf-8")


def test_the_text_for_clients_has_the_same_terms() -> None:
    text = (FOLDER / "wat-wij-van-u-bewaren.md").read_text(encoding="utf-8")
    terms = shipped_terms()
    for years in (terms["granted"].years, terms["wage_cost_subsidy"].years, terms["objection"].years):
        assert f"[{years}] jaar" in text
    assert f"[{terms['withdrawn'].years} of {terms['refused'].years}] jaar" in text
    assert f"[{paper_kept.FINER.default}] maanden" in text


def test_what_is_kept_about_workers_has_its_term_and_a_new_table_must_say_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = PARTS["workers"]().splitlines()[2:]
    assert len(rows) == len(paper_kept.WORKERS)
    assert "gebruiker" in rows[0]
    assert "geen termijn" in rows[0]
    assert "30 minuten" in rows[1]
    monkeypatch.setattr(paper_kept, "WORKERS", {"Sessies": ("even", ("session",))})
    with pytest.raises(SystemExit, match="role_holding"):
        PARTS["workers"]()


def test_who_did_something_stands_among_what_is_kept_of_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of then stays with what was written: a new name of the account, and erasing a dossier, leave it."""
    part = PARTS["workers"]()
    for word in ("vastlegging", "gebeurtenis", "aangeboden bestand", "werklijst", "verzonden formulier"):
        assert word in part, word
    assert "3 dagen" in part
    row = next(line for line in part.splitlines() if "vastlegging" in line)
    assert "geen termijn: zolang de installatie bestaat" in row
    text = (FOLDER / "verwerkingsregister.md").read_text(encoding="utf-8")
    assert part.strip() in text
    assert "Bij elke vastlegging staat ook de naam van toen" in text
    assert "| recordings |" in (ROOT / "docs" / "security" / "inrichten.md").read_text(encoding="utf-8")
    without = {what: row for what, row in paper_kept.WORKERS.items() if "recording" not in row[1]}
    monkeypatch.setattr(paper_kept, "WORKERS", without)
    with pytest.raises(SystemExit, match="'recording'"):
        PARTS["workers"]()


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
def test_a_new_name_of_an_account_and_erasing_leave_the_name_of_then_as_the_register_says() -> None:
    town = a_municipality()
    worker, client = a_coordinator(town, name="Wie Vertrok"), a_client(town)
    hold_dossier(by=acting(worker), client=client, why="klacht", until=None)
    let_go(by=BY, client=client)
    change_user(by=BY, user=worker, name="Oud-medewerker", staff_code=worker.staff_code)
    written = Recording.objects.get(events__about=client.reference, events__verb="hold_dossier")
    assert (written.actor_name, worker.name) == ("Wie Vertrok", "Oud-medewerker")
    erase_client(by=BY, client=client)
    assert Recording.objects.get(pk=written.pk).actor_name == "Wie Vertrok"
    assert client.reference not in {event.about for event in written.events.all()}


def test_every_working_list_that_ships_stands_in_the_register_of_algorithms(monkeypatch: pytest.MonkeyPatch) -> None:
    part = PARTS["work_lists"]()
    assert len(part.splitlines()) == 2 + len(SHIPPED)
    for read in ("27", "gezondheid", "medisch", "arbeidsongeschikt", "alleenstaande ouder", "VNG Participatieladder"):
        assert read in part.splitlines()[2]
    assert part in (FOLDER / "algoritmeregister.md").read_text(encoding="utf-8")
    monkeypatch.setattr(paper_parts, "SHIPPED", (*SHIPPED, Shipped("new", Criteria(group="new"))))
    with pytest.raises(SystemExit, match="new"):
        PARTS["work_lists"]()


def test_the_ladders_are_told_in_dutch() -> None:
    assert [word for word in (" the ", " and ", "Opstap's", "Names", "Half-levels") if word in PARTS["ladders"]()] == []


def test_who_receives_imported_data_is_who_may_import() -> None:
    roles = tomllib.loads((ROOT / "src" / "opstap" / "accounts" / "roles.toml").read_text(encoding="utf-8"))
    importing = {one["name"]["nl"] for one in roles.values() if "import_clients" in one["permissions"]}
    told = activities()["inlezen"].words("recipients", "nl")
    assert importing == {"coördinator"}
    assert "coördinator" in told
    assert "beheer" not in told
