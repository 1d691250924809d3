"""Undoing several imports that correct each other: newest first all comes back, oldest first is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from opstap.config.command import Refusal
from opstap.config.commands import import_command
from opstap.exchange.models import ImportBatch
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.export import export_tables
from opstap.municipality.models import Municipality

pytestmark = pytest.mark.django_db
HEAD = "Klantnummer;Achternaam;Begin uitkering;Einde begeleiding;Uitkering;Casemanager;Team;Datum meting;Trede"
FILES = (
    "K1;Bakker;01-01-2010;;WWB;CM1;A;01-02-2010;2",
    "K1;Bakker;01-01-2010;;WWB;CM1;B;01-02-2010;4\r\nK2;Visser;01-03-2010;;WWB;CM1;B;01-04-2010;3",
    "K1;Bakkers;01-01-2010;31-12-2010;WWB;CM2;C;01-02-2010;2\r\nK1;Bakkers;01-01-2010;;WWB;CM2;C;01-05-2010;5",
)
OTHERS = "K9;Smit;01-01-2010;;WWB;CM9;Z;01-02-2010;1"


def load(folder: Path, body: str, day: str) -> ImportBatch:
    file = folder / f"{day}.csv"
    file.write_text(f"{HEAD}\r\n{body}\r\n", encoding="utf-8")
    assert import_command.run([str(file), "--reference-date", day, "--accept-large-change"]) == 0
    batch = ImportBatch.objects.order_by("pk").last()
    assert batch is not None
    return batch


def undo(batch: ImportBatch) -> int:
    return import_command.run(["--undo", batch.reference])


def facts() -> dict[str, list[tuple[object, ...]]]:
    """Everything known now, by client number; the empty tables left out."""
    tables = export_tables(facts_of(Municipality.objects.get().pk))
    return {name: frame.rows() for name, frame in tables.items() if frame.height}


def test_newest_first_each_undoing_gives_what_was_known_before(tmp_path: Path) -> None:
    states: list[dict[str, list[tuple[object, ...]]]] = [{}]
    batches = []
    for number, body in enumerate(FILES, start=1):
        batches.append(load(tmp_path, body, f"2010-0{number + 1}-01"))
        states.append(facts())
    for batch, before in zip(reversed(batches), reversed(states[:-1]), strict=True):
        assert undo(batch) == 0
        assert facts() == before
    again = load(tmp_path, FILES[0], "2010-02-01")
    assert facts() == states[1]
    assert undo(again) == 0
    assert facts() == {}


def test_an_import_that_a_later_one_builds_on_waits_for_it(tmp_path: Path) -> None:
    first, second = load(tmp_path, FILES[0], "2010-02-01"), load(tmp_path, FILES[1], "2010-03-01")
    known = facts()
    with pytest.raises(Refusal, match=r"2010-03-01\.csv"):
        undo(first)
    assert facts() == known
    assert undo(second) == 0
    assert undo(first) == 0
    assert facts() == {}


def test_an_import_about_other_people_does_not_stand_in_the_way(tmp_path: Path) -> None:
    first = load(tmp_path, FILES[0], "2010-02-01")
    load(tmp_path, OTHERS, "2010-03-01")
    assert undo(first) == 0
    assert {row[0] for row in facts()["follow_ups"]} == {"K9"}


def test_undone_and_done_again_and_undone_again(tmp_path: Path) -> None:
    first = load(tmp_path, FILES[0], "2010-02-01")
    known = facts()
    for _ in range(2):
        second = load(tmp_path, FILES[1], "2010-03-01")
        assert undo(second) == 0
        assert facts() == known
    assert undo(first) == 0
    assert facts() == {}
