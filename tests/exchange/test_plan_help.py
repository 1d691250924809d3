"""Trajectories and activities of a file: begun, going on, another goal, put back in time, and of earlier imports."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opstap.audit.models import Recording
from opstap.audit.operations import Superseding, superseding
from opstap.audit.selectors import latest_recording
from opstap.clients.logic import KeptValueRow
from opstap.clients.models import Client, KeptValue
from opstap.clients.operations import keep_values
from opstap.exchange.models import ImportBatch
from opstap.exchange.operations import home_kept_values, undo_import, undoing
from opstap.municipality.models import Municipality
from opstap.plans.models import Activity, Trajectory
from opstap.plans.operations import end_trajectory
from tests.exchange.faults import SNEEK
from tests.exchange.imports import (
    BY,
    Opstap,
    checked,
    counts,
    errors,
    facts_by_number,
    held,
    imported,
    lines,
    town,
    warnings,
)

pytestmark = pytest.mark.django_db
HEADINGS = "Klantnummer;Achternaam;Begin uitkering;Datum meting;Trede;Traject;Activiteit"
FIRST, SECOND = date(2010, 5, 24), date(2011, 5, 24)
Row = tuple[object, ...]


@pytest.fixture
def opstap(capsys: pytest.CaptureFixture[str]) -> Opstap:
    return Opstap(capsys)


def file(*rows: str, headings: str = HEADINGS) -> bytes:
    return lines(headings, *rows)


def trajectories() -> list[Row]:
    return held(Trajectory, "kind", "goal_level__code", "maintains_level", "starts_on", "ends_on")


def activities() -> list[Row]:
    return held(Activity, "description", "kind", "starts_on", "ends_on")


FILE = file("K1;van der Meer;21-06-2006;24-05-2010;4-;naar trede 5;Participatiebaan")


def test_a_trajectory_begins_on_the_measuring_day(opstap: Opstap) -> None:
    municipality = town()
    assert counts(imported(municipality, FILE)) == (1, 0, 0, 0)
    assert trajectories() == [("unspecified", "5", False, FIRST, None)]
    assert activities() == [("Participatiebaan", "work", FIRST, None)]
    assert Activity.objects.get().trajectory == Trajectory.objects.get().reference
    assert not KeptValue.objects.exists()
    assert counts(imported(municipality, FILE)) == (0, 0, 1, 0)
    assert Trajectory.objects.count() == Activity.objects.count() == 1


def test_without_a_measuring_day_the_day_of_the_file_counts() -> None:
    municipality = town()
    row = file("K1;Meer;21-06-2006;;;Oriëntatietraject;")
    imported(municipality, row, reference_date=SECOND)
    assert trajectories() == [("orientation", None, False, SECOND, None)]
    assert counts(imported(municipality, row, reference_date=date(2012, 1, 1))) == (0, 0, 1, 0)


def test_an_activity_hangs_under_what_runs_else_under_a_trajectory_without_goal() -> None:
    municipality = town()
    imported(municipality, FILE)
    imported(municipality, file("K1;van der Meer;21-06-2006;24-05-2011;4-;;Koor", "K2;Bakker;;24-05-2010;2;;Koor"))
    assert trajectories() == [
        ("unspecified", "5", False, FIRST, None),
        ("unspecified", None, False, FIRST, None),
    ]
    assert sorted(activities()) == [
        ("Koor", "", FIRST, None), ("Koor", "", SECOND, None), ("Participatiebaan", "work", FIRST, None),
    ]  # fmt: skip


def test_another_goal_ends_a_trajectory_with_what_is_done_in_it() -> None:
    municipality = town()
    imported(municipality, FILE)
    imported(municipality, file("K1;van der Meer;21-06-2006;24-05-2011;5;behoud van participatieniveau;Taalles"))
    assert trajectories() == [
        ("unspecified", "5", False, FIRST, SECOND),
        ("unspecified", None, True, SECOND, None),
    ]
    assert activities() == [("Participatiebaan", "work", FIRST, SECOND), ("Taalles", "education", SECOND, None)]
    assert Trajectory.objects.current().get(ends_on=SECOND).end_reason == "other_trajectory"


def test_another_kind_runs_beside_it_and_what_was_ended_by_hand_stays_ended() -> None:
    municipality = town()
    imported(municipality, FILE)
    imported(municipality, file("K1;van der Meer;21-06-2006;24-05-2011;5;Inburgering;"))
    assert len(trajectories()) == 2
    assert all(row[4] is None for row in trajectories())
    work = Trajectory.objects.current().get(kind="unspecified")
    end_trajectory(by=BY, trajectory=work, ends_on=date(2012, 1, 1), reason="goal_reached")
    assert counts(imported(municipality, FILE)) == (0, 0, 1, 0)
    assert Trajectory.objects.current().get(kind="unspecified").ends_on == date(2012, 1, 1)


def test_a_file_of_an_earlier_day_puts_the_same_trajectory_back_in_time() -> None:
    municipality = town()
    imported(municipality, file("K1;Meer;21-06-2006;24-05-2011;4-;naar trede 5;Koor"))
    imported(municipality, file("K1;Meer;21-06-2006;24-05-2010;4-;naar trede 5;Koor"))
    assert trajectories() == [("unspecified", "5", False, FIRST, None)]
    assert activities() == [("Koor", "", FIRST, None)]


def test_the_file_can_give_begin_end_and_goal() -> None:
    municipality = town()
    headings = "Klantnummer;Achternaam;Begin uitkering;Traject;Trajectdoel;Begin traject;Einde traject"
    imported(municipality, file("K1;Meer;01-01-2010;naar werk;trede 6;01-02-2010;31-03-2011", headings=headings))
    assert trajectories() == [("work", "6", False, date(2010, 2, 1), date(2011, 4, 1))]
    wrong = checked(municipality, file("K2;Bos;01-01-2010;naar werk;;01-02-2010;31-01-2010", headings=headings))
    assert errors(wrong) == [(2, "Einde traject", "trajectory_end_before_begin")]
    far = checked(municipality, file("K2;Bos;01-01-2010;naar werk;;01-02-2035;", headings=headings))
    assert [code for _row, _column, code in errors(far)] == ["trajectory_far_ahead"]
    alone = checked(municipality, file("K2;Bos;01-01-2010;;;01-02-2010;", headings=headings))
    assert "trajectory_date_alone" in warnings(alone)


def test_an_import_is_undone_with_its_trajectories() -> None:
    municipality = town()
    first = imported(municipality, FILE)
    stood = (trajectories(), activities())
    second = imported(municipality, file("K1;van der Meer;21-06-2006;24-05-2011;5;naar trede 6;Koor"))
    undo_import(by=BY, batch=ImportBatch.objects.get(pk=second.batch.pk))
    assert (trajectories(), activities()) == stood
    undo_import(by=BY, batch=ImportBatch.objects.get(pk=first.batch.pk))
    assert (trajectories(), activities()) == ([], [])
    assert counts(imported(municipality, FILE))[3] == 0
    assert (trajectories(), activities()) == stood


def test_sneek_has_its_trajectories_by_goal(opstap: Opstap) -> None:
    opstap(SNEEK, "--format", "json")
    goals: dict[object, int] = {}
    for goal, keeps in held(Trajectory, "goal_level__code", "maintains_level"):
        goals["behoud" if keeps else goal] = goals.get("behoud" if keeps else goal, 0) + 1
    # counted in the file; 34 rows have an activity without a trajectory
    assert goals == {"behoud": 463, "2": 59, "3": 101, "4": 68, "5": 142, "6": 289, None: 34}
    assert Activity.objects.current().count() == 1166 - 245
    assert set(held(KeptValue, "heading")) <= {"remarks"}


def as_imported_before(municipality: Municipality, content: bytes, texts: dict[str, dict[str, str]]) -> ImportBatch:
    """An import of before trajectories had a home: its recording kept the texts aside."""
    batch = imported(municipality, content).batch
    rows = [
        KeptValueRow(Client.objects.get(municipality=municipality, number=number).pk, "bron", heading, text)
        for number, kept in texts.items()
        for heading, text in kept.items()
    ]
    keep_values(by=BY, rows=rows)
    batch.recording = Recording.objects.get(number=latest_recording())
    batch.save()
    return batch


WITHOUT = "Klantnummer;Achternaam;Begin uitkering;Datum meting;Trede"


def test_what_earlier_imports_kept_aside_gets_its_home_once() -> None:
    municipality = town()
    content = lines(WITHOUT, "K1;Meer;21-06-2006;24-05-2010;4-", "K2;Bos;21-06-2006;24-05-2010;2")
    texts = {
        "K1": {"trajectory": "naar trede 5", "activity": "Koor", "remarks": "belt liever"},
        "K2": {"activity": "geen"},
    }
    batch = as_imported_before(municipality, content, texts)
    batch.reference_date = FIRST
    batch.save()
    assert home_kept_values(by=BY) == 3
    assert trajectories() == [("unspecified", "5", False, FIRST, None)]
    assert activities() == [("Koor", "", FIRST, None)]
    assert held(KeptValue, "heading", "value") == [("remarks", "belt liever")]
    before = latest_recording()
    assert home_kept_values(by=BY) == 0
    assert latest_recording() == before
    facts = facts_by_number(municipality)
    assert len(facts["trajectories"]) == 1


def test_undoing_an_earlier_import_undoes_the_home_as_well() -> None:
    municipality = town()
    content = lines(WITHOUT, "K1;Meer;21-06-2006;24-05-2010;4-")
    batch = as_imported_before(municipality, content, {"K1": {"trajectory": "behoud"}})
    home_kept_values(by=BY)
    assert len(trajectories()) == 1
    result = undo_import(by=BY, batch=ImportBatch.objects.get(pk=batch.pk))
    assert trajectories() == []
    assert not KeptValue.objects.current().exists()
    assert result.left == 0


def test_the_home_is_read_before_others_have_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    municipality = town()
    content = lines(WITHOUT, "K1;Meer;21-06-2006;24-05-2010;4-")
    batch = as_imported_before(municipality, content, {"K1": {"trajectory": "behoud"}})
    home_kept_values(by=BY)
    before, seen = latest_recording(), []

    def watched(*undone: Recording, **given: Any) -> Superseding:
        seen.append((latest_recording(), len(undone)))
        return superseding(*undone, **given)

    monkeypatch.setattr(undoing, "superseding", watched)
    undo_import(by=BY, batch=ImportBatch.objects.get(pk=batch.pk))
    assert seen == [(before, 2)]
    assert trajectories() == []
