"""Confirming: all or nothing, on what is known at that moment, by who may; and undoing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from opstap.audit.models import Event
from opstap.audit.operations import Superseding, writing
from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording
from opstap.clients.logic import FollowUpRow, TraitRow
from opstap.clients.models import BsnHolder, Client, FollowUp, Person, Trait
from opstap.clients.operations import record_follow_ups, record_traits, register_clients
from opstap.exchange.enums import Halt
from opstap.exchange.models import ImportBatch
from opstap.exchange.operations import ImportHalted, import_checked, undo_import
from opstap.exchange.operations import confirming as confirming_module
from opstap.exchange.operations import undoing as undoing_module
from opstap.exchange.selectors.checking import Checked, planned_again
from opstap.ladder.models import Measurement
from opstap.municipality.models import Municipality
from opstap.municipality.operations import change_setting
from tests.exchange.imports import (
    BY,
    checked,
    coordinator,
    counts,
    facts_by_number,
    held,
    imported,
    lines,
    people_by_number,
    town,
)

pytestmark = pytest.mark.django_db
HEAD = "Klantnummer;BSN;Achternaam;Begin uitkering;Einde uitkering;Uitkering;Datum meting;Trede;Laaggeletterd;Team"
ONE = "K1;999986764;Bakker;01-01-2019;;pw;01-06-2020;2;ja;Team Werk"


@pytest.fixture
def municipality() -> Municipality:
    return town()


def many(count: int, *, until: str = "", level: str = "2", team: str = "Team Werk") -> bytes:
    rows = (f"M{at:03};;Bakker;01-01-2019;{until};pw;01-06-2020;{level};;{team}" for at in range(count))
    return lines(HEAD, *rows)


def test_only_who_may_import_in_the_own_municipality(municipality: Municipality) -> None:
    file = checked(municipality, lines(HEAD, ONE))
    outsider = coordinator(town("Elders"))
    for actor in (outsider, Actor("beheer000000", "Beheer", "screen", frozenset({"configure_municipality"}))):
        with pytest.raises(PermissionDenied):
            import_checked(by=actor, checked=file)
    outcome = import_checked(by=coordinator(municipality), checked=file)
    with pytest.raises(PermissionDenied):
        undo_import(by=outsider, batch=outcome.batch)
    assert Event.objects.filter(recording=outcome.batch.recording).values_list("verb", flat=True)[0] == "import_file"


def test_a_plan_that_was_overtaken_is_made_again(municipality: Municipality) -> None:
    first = checked(municipality, lines(HEAD, ONE))
    imported(municipality, lines(HEAD, ONE))
    outcome = import_checked(by=BY, checked=first)
    assert (counts(first), counts(outcome)) == ((1, 0, 0, 0), (0, 0, 1, 0))
    assert Client.objects.count() == 1


def test_who_is_overtaken_again_and_again_writes_nothing(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(file: Checked) -> Checked:
        again = planned_again(file)
        with writing(by=BY, verb="meanwhile"):
            return again

    monkeypatch.setattr(confirming_module, "planned_again", overtaken)
    first = checked(municipality, lines(HEAD, ONE))
    with writing(by=BY, verb="meanwhile"):
        pass
    with pytest.raises(ImportHalted) as halted:
        import_checked(by=BY, checked=first)
    assert halted.value.code == Halt.CHANGED_MEANWHILE
    assert not Client.objects.exists()


def test_ids_that_come_out_otherwise_are_settled(municipality: Municipality) -> None:
    file = checked(municipality, lines(HEAD, ONE, ONE.replace("K1", "K2").replace("999986764", "999924436")))
    plan = file.plan
    assert plan.additions.first_id > 0
    elsewhere = town("Elders")
    register_clients(by=BY, municipality=elsewhere, numbers=["X1", "X2", "X3"])
    object.__setattr__(plan, "recording", latest_recording())  # as if a sequence had skipped numbers
    outcome = import_checked(by=BY, checked=file)
    assert counts(outcome) == (2, 0, 0, 0)
    assert set(people_by_number(municipality)) == {"K1", "K2"}
    assert len(facts_by_number(municipality)["measurements"]) == 2


def test_a_failure_half_way_leaves_nothing(municipality: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError

    from opstap.exchange.operations import applying  # noqa: PLC0415 - the module is patched here only

    monkeypatch.setattr(applying, "record_measurements", fails)
    before = latest_recording()
    with pytest.raises(RuntimeError):
        imported(municipality, lines(HEAD, ONE))
    assert latest_recording() == before
    assert not Client.objects.exists()


@pytest.mark.parametrize("change", [{"until": "31-12-2020"}, {"level": "1"}, {"team": "Team Zorg"}])
def test_an_implausibly_large_change_halts(municipality: Municipality, change: dict[str, str]) -> None:
    imported(municipality, many(60))
    content = many(60, **change).replace(b"01-06-2020;1", b"01-06-2021;1")
    with pytest.raises(ImportHalted) as halted:
        imported(municipality, content)
    assert (halted.value.code, halted.value.params["clients"]) == (Halt.LARGE_CHANGE, 60)
    assert counts(imported(municipality, content, accept_large_change=True))[1] == 60


def test_a_change_is_large_by_share_and_by_number(municipality: Municipality) -> None:
    imported(municipality, many(60))
    assert counts(imported(municipality, many(24, until="31-12-2020"))) == (0, 24, 0, 0)
    since = date(2000, 1, 1)
    change_setting(by=BY, municipality=municipality, key="large_change_share", value=80, since=since)
    assert counts(imported(municipality, many(60, until="31-12-2021"))) == (0, 60, 0, 0)


def test_undo_leaves_what_somebody_corrected_since(municipality: Municipality) -> None:
    outcome = imported(municipality, lines(HEAD, ONE))
    known = Trait.objects.current().get()
    row = TraitRow(known.client_id, "low_literate", "no", known.starts_on, replaces_id=known.pk)
    record_traits(by=BY, rows=[row])
    undone = undo_import(by=BY, batch=outcome.batch)
    assert undone.left == 1
    assert held(Trait, "value") == ["no"]
    assert [held(model, "pk") for model in (Person, FollowUp, Measurement)] == [[], [], []]
    assert not BsnHolder.objects.exists()


def test_undo_reads_again_what_somebody_corrected_just_before_the_lock(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = imported(municipality, lines(HEAD, ONE))
    known = Trait.objects.current().get()
    read = undoing_module._read

    def overtaken(batch: ImportBatch) -> Superseding | None:
        found = read(batch)
        if Trait.objects.current().get().value == "yes":
            row = TraitRow(known.client_id, "low_literate", "no", known.starts_on, replaces_id=known.pk)
            record_traits(by=BY, rows=[row])
        return found

    monkeypatch.setattr(undoing_module, "_read", overtaken)
    assert undo_import(by=BY, batch=outcome.batch).left == 1
    assert held(Trait, "value") == ["no"]


def test_undo_reads_before_others_have_to_wait(municipality: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = imported(municipality, lines(HEAD, ONE))
    locked: list[bool] = []
    read = undoing_module._read

    def watched(batch: ImportBatch) -> Superseding | None:
        before = latest_recording()
        found = read(batch)
        locked.append(latest_recording() != before or Event.objects.filter(verb="undo_import").exists())
        return found

    monkeypatch.setattr(undoing_module, "_read", watched)
    undo_import(by=BY, batch=outcome.batch)
    assert locked == [False]


def test_undo_gives_back_what_the_import_corrected(municipality: Municipality) -> None:
    imported(municipality, lines(HEAD, ONE))
    before = facts_by_number(municipality), people_by_number(municipality)
    changed = ONE.replace("Bakker", "Smit").replace(";2;ja", ";3;nee").replace("2019;;pw", "2019;31-12-2020;pw")
    outcome = imported(municipality, lines(HEAD, changed))
    assert (facts_by_number(municipality), people_by_number(municipality)) != before
    undo_import(by=BY, batch=outcome.batch)
    assert (facts_by_number(municipality), people_by_number(municipality)) == before
    with pytest.raises(ImportHalted) as halted:
        undo_import(by=BY, batch=outcome.batch)
    assert halted.value.code == Halt.NOT_CONFIRMED


def test_after_an_undo_the_file_comes_in_anew_and_the_bsn_may_be_anothers(municipality: Municipality) -> None:
    first = imported(municipality, lines(HEAD, ONE))
    facts = facts_by_number(municipality)
    undo_import(by=BY, batch=first.batch)
    again = imported(municipality, lines(HEAD, ONE))
    assert counts(again) == (1, 0, 0, 0)
    assert (facts_by_number(municipality), Client.objects.count()) == (facts, 1)
    undo_import(by=BY, batch=again.batch)
    assert counts(imported(municipality, lines(HEAD, ONE.replace("K1", "K9")))) == (1, 0, 0, 0)
    assert set(people_by_number(municipality)) == {"K9"}


def test_follow_up_recorded_by_hand_is_known(municipality: Municipality) -> None:
    outcome = imported(municipality, lines(HEAD, ONE))
    client = Client.objects.get()
    held_now = FollowUp.objects.current().get()
    closed = FollowUpRow(client.pk, held_now.starts_on, date(2021, 1, 1), replaces_id=held_now.pk)
    record_follow_ups(by=BY, rows=[closed])
    assert counts(imported(municipality, lines(HEAD, ONE))) == (0, 0, 1, 0)
    assert outcome.batch.recording is not None
