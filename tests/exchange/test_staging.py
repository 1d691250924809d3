"""Staging: rows wait encrypted, are corrected cell by cell, confirmed as looked at, and emptied in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opstap.audit.permissions import Actor
from opstap.exchange.enums import BatchState, Halt
from opstap.exchange.logic import ColumnsRefused
from opstap.exchange.models import ImportBatch, RememberedMapping, StagedRow
from opstap.exchange.operations import (
    ImportHalted,
    change_cell,
    change_mapping,
    check_batch,
    confirm_batch,
    empty_old_staging,
    stage_file,
    undo_import,
)
from opstap.exchange.selectors.staging import staged_line, staged_lines
from opstap.foundation import dates
from opstap.foundation.spreadsheets.tables import SpreadsheetRefused
from opstap.ladder.models import Measurement
from opstap.municipality.models import Municipality
from opstap.municipality.operations import change_setting
from tests.exchange.imports import BY, coordinator, held, imported, lines, people_by_number, town

pytestmark = pytest.mark.django_db
CONTENT = lines(
    "Klantnummer;BSN;Achternaam;Begin uitkering;Uitkering;Datum meting;Trede",
    "K1;999986764;Bakker;01-01-2019;pw;01-06-2020;2",
    "K2;12345672;Smit;01-01-2019;pw;01-06-2020;9",
)


@pytest.fixture
def municipality() -> Municipality:
    return town()


@pytest.fixture
def by(municipality: Municipality) -> Actor:
    return coordinator(municipality)


@pytest.fixture
def batch(municipality: Municipality, by: Actor) -> ImportBatch:
    return stage_file(by=by, municipality=municipality, content=CONTENT, file_name="lijst.csv")


def test_a_file_is_checked_and_its_rows_stand_encrypted(batch: ImportBatch) -> None:
    assert [batch.result[key] for key in ("rows", "new", "refused")] == [2, 1, 1]
    assert not any(
        b"999986764" in bytes(row.content) or b"Bakker" in bytes(row.content) for row in StagedRow.objects.all()
    )
    refused = staged_lines(batch, row_class="refused")
    assert [(line.number, [problem.code for problem in line.problems]) for line in refused] == [
        (3, ["bsn_lost_zero", "level_unknown"])
    ]
    assert refused[0].cells[1] == "12345672"
    assert not held(Measurement, "pk")


def test_who_brought_it_and_of_which_day_it_is_stand_with_it(municipality: Municipality, by: Actor) -> None:
    day = dates.today() - timedelta(days=40)
    staged = stage_file(by=by, municipality=municipality, content=CONTENT, file_name="lijst.csv", reference_date=day)
    kept = ImportBatch.objects.get(pk=staged.pk)
    assert (kept.made_by, kept.made_by_name) == (by.reference, by.name)
    assert (kept.reference_date, kept.scale_key, kept.file_name) == (day, "vng", "lijst.csv")


def test_a_cell_is_corrected_and_everything_checked_again(batch: ImportBatch, by: Actor) -> None:
    batch = change_cell(by=by, batch=batch, row_number=3, heading="BSN", value="012345672")
    batch = change_cell(by=by, batch=batch, row_number=3, heading="Trede", value=" 3+ ")
    assert [batch.result[key] for key in ("new", "refused")] == [2, 0]
    line = staged_line(batch, 3)
    assert line is not None
    assert (line.row_class, line.cells[1], line.problems) == ("new", "012345672", ())
    with pytest.raises(KeyError):
        change_cell(by=by, batch=batch, row_number=9, heading="BSN", value="x")
    with pytest.raises(KeyError):
        change_cell(by=by, batch=batch, row_number=3, heading="Naam", value="x")


def test_a_mapping_is_changed_and_remembered(municipality: Municipality, by: Actor, batch: ImportBatch) -> None:
    batch = change_mapping(by=by, batch=batch, overrides={"BSN": "", "Trede": "expected_level"})
    assert batch.result["refused"] == 1
    assert RememberedMapping.objects.get().overrides == {"BSN": "", "Trede": "expected_level"}
    again = stage_file(by=by, municipality=municipality, content=CONTENT, file_name="lijst.csv")
    assert again.overrides == {"BSN": "", "Trede": "expected_level"}
    with pytest.raises(ColumnsRefused):
        change_mapping(by=by, batch=batch, overrides={"BSN": "bns"})


def test_the_good_rows_are_confirmed_and_the_refused_ones_stay_to_be_downloaded(
    batch: ImportBatch, by: Actor, municipality: Municipality
) -> None:
    with pytest.raises(ImportHalted) as halted:
        confirm_batch(by=by, batch=batch, file_digest=batch.file_digest)
    assert halted.value.code == Halt.ROWS_REFUSED
    outcome = confirm_batch(by=by, batch=batch, file_digest=batch.file_digest, skip_refused=True)
    assert outcome.batch.state == BatchState.CONFIRMED
    assert set(people_by_number(municipality)) == {"K1"}
    assert [line.number for line in staged_lines(outcome.batch)] == [3]
    with pytest.raises(ImportHalted):
        confirm_batch(by=by, batch=batch, file_digest=batch.file_digest, skip_refused=True)
    undo_import(by=by, batch=outcome.batch)
    assert people_by_number(municipality) == {}
    assert not StagedRow.objects.exists()


def test_confirming_is_bound_to_the_file_that_was_looked_at(batch: ImportBatch, by: Actor) -> None:
    with pytest.raises(ImportHalted) as other:
        confirm_batch(by=by, batch=batch, file_digest="0" * 64, skip_refused=True)
    assert other.value.code == Halt.OTHER_FILE
    colleague = ImportBatch.objects.get(pk=batch.pk)
    change_cell(by=by, batch=colleague, row_number=3, heading="Trede", value="3")
    with pytest.raises(ImportHalted) as corrected:
        confirm_batch(by=by, batch=batch, file_digest=batch.file_digest, skip_refused=True)
    assert corrected.value.code == Halt.OTHER_FILE
    with pytest.raises(ImportHalted):
        change_cell(by=by, batch=batch, row_number=3, heading="Trede", value="4")
    assert not held(Measurement, "pk")


def test_what_was_recorded_since_the_check_is_taken_into_account(
    batch: ImportBatch, by: Actor, municipality: Municipality
) -> None:
    imported(municipality, lines(*CONTENT.decode().splitlines()[:2]))
    outcome = confirm_batch(by=by, batch=batch, file_digest=batch.file_digest, skip_refused=True)
    assert outcome.batch.result["unchanged"] == 1
    assert check_batch_again(by, municipality)["unchanged"] == 1


def check_batch_again(by: Actor, municipality: Municipality) -> dict[str, int]:
    staged = stage_file(by=by, municipality=municipality, content=CONTENT, file_name="lijst.csv")
    found: dict[str, int] = check_batch(by=by, batch=staged).result
    return found


def test_staged_rows_are_emptied_when_the_municipality_says(
    batch: ImportBatch, by: Actor, municipality: Municipality
) -> None:
    assert empty_old_staging(by=BY, now=dates.now() + timedelta(days=29)) == 0
    change_setting(by=BY, municipality=municipality, key="staging_days", value=40, since=dates.today())
    assert empty_old_staging(by=BY, now=dates.now() + timedelta(days=31)) == 0
    assert empty_old_staging(by=BY, now=dates.now() + timedelta(days=41)) == 2
    with pytest.raises(ImportHalted) as halted:
        confirm_batch(by=by, batch=batch, file_digest=batch.file_digest)
    assert halted.value.code == Halt.NOTHING_STAGED


def test_only_importers_of_the_municipality_stage(municipality: Municipality, batch: ImportBatch) -> None:
    administrator = Actor("beheer000000", "Beheer", "screen", frozenset({"configure_municipality"}))
    for actor in (administrator, coordinator(town("Elders"))):
        with pytest.raises(PermissionDenied):
            stage_file(by=actor, municipality=municipality, content=CONTENT, file_name="lijst.csv")
        with pytest.raises(PermissionDenied):
            change_cell(by=actor, batch=batch, row_number=2, heading="BSN", value="")
        with pytest.raises(PermissionDenied):
            confirm_batch(by=actor, batch=batch, file_digest=batch.file_digest)


def test_a_file_that_cant_be_read_leaves_nothing(municipality: Municipality, by: Actor) -> None:
    with pytest.raises(SpreadsheetRefused):
        stage_file(by=by, municipality=municipality, content=b"", file_name="leeg.csv")
    assert not ImportBatch.objects.exists()


def test_columns_that_cant_be_used_are_kept_to_be_mapped(municipality: Municipality, by: Actor) -> None:
    content = lines("Kenmerk;Achternaam;Begin uitkering", "K1;Bakker;01-01-2019")
    staged = stage_file(by=by, municipality=municipality, content=content, file_name="lijst.csv")
    assert (staged.result["refused"], staged.result["column_problems"][0]["code"]) == (1, "key_column_missing")
    mapped = change_mapping(by=by, batch=staged, overrides={"Kenmerk": "client_number"})
    assert mapped.result["new"] == 1
