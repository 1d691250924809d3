"""Facts are added, replaced, withdrawn and superseded; of two corrections of one row the second is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from opstap.audit.models import Fact, Recording
from opstap.audit.operations import (
    ReplacedMeanwhile,
    Undone,
    append_facts,
    fact_models,
    undo_recording,
    withdraw_facts,
    writing,
)
from opstap.audit.permissions import command_line
from opstap.clients.logic import BarrierRow, TraitRow
from opstap.clients.models import Barrier, Client, Trait
from tests.factories.clients import an_identity
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BY = command_line()
DAY = date(2020, 1, 1)


@pytest.fixture
def client_() -> Client:
    return an_identity(a_municipality())


def recorded(*rows: TraitRow) -> Recording:
    with writing(by=BY, verb="test") as recording:
        append_facts(Trait, rows, recording=recording)
    return recording


def undone(recording: Recording) -> Undone:
    with writing(by=BY, verb="undo") as undoing:
        return undo_recording(recording, recording=undoing)


def standing(client: Client) -> list[str]:
    return list(Trait.objects.current().filter(client=client).order_by("value").values_list("value", flat=True))


def newest() -> int:
    return Trait.objects.latest("pk").pk


def trait(client: Client, value: str, replaces: int | None = None) -> TraitRow:
    return TraitRow(client.pk, "integration", value, DAY, replaces_id=replaces)


def test_a_correction_takes_the_place_of_what_it_replaces(client_: Client) -> None:
    recorded(trait(client_, "need"))
    first = newest()
    recorded(trait(client_, "duty", first))
    assert standing(client_) == ["duty"]
    assert Trait.objects.get(pk=first).value == "need"


def test_a_second_correction_of_the_same_row_is_refused_and_says_so(client_: Client) -> None:
    recorded(trait(client_, "need"))
    first = newest()
    recorded(trait(client_, "duty", first))
    with pytest.raises(ReplacedMeanwhile, match=r"clients\.trait"), transaction.atomic():
        recorded(trait(client_, "none", first))
    assert issubclass(ReplacedMeanwhile, IntegrityError)
    assert standing(client_) == ["duty"]


def test_another_broken_rule_is_not_called_a_second_correction(client_: Client) -> None:
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        recorded(TraitRow(client_.pk, "integration", "need", DAY, DAY))
    assert not isinstance(raised.value, ReplacedMeanwhile)


def test_a_withdrawal_leaves_nothing_and_happens_once(client_: Client) -> None:
    recorded(trait(client_, "need"))
    with writing(by=BY, verb="withdraw") as recording:
        assert withdraw_facts(Trait, [newest()], recording=recording) == 1
    assert standing(client_) == []
    with writing(by=BY, verb="withdraw") as again:
        first, second = Trait.objects.order_by("pk").values_list("pk", flat=True)
        assert withdraw_facts(Trait, [first, second], recording=again) == 0
    assert Trait.objects.get(pk=second).value == "need"


def test_many_rows_are_withdrawn_at_once(client_: Client) -> None:
    recorded(*[trait(client_, f"v{number}") for number in range(1_200)])
    ids = list(Trait.objects.filter(client=client_).values_list("pk", flat=True))
    with writing(by=BY, verb="withdraw") as recording:
        assert withdraw_facts(Trait, [*ids, *ids, *range(10**6, 10**6 + 40_000)], recording=recording) == 1_200
    assert standing(client_) == []


def test_undoing_withdraws_what_was_new_and_brings_back_what_was_corrected(client_: Client) -> None:
    recorded(trait(client_, "need"))
    import_ = recorded(trait(client_, "duty", newest()), trait(client_, "new"))
    assert undone(import_) == Undone(2, 0)
    assert standing(client_) == ["need"]


def test_undoing_a_withdrawal_brings_the_row_back(client_: Client) -> None:
    recorded(trait(client_, "need"))
    with writing(by=BY, verb="withdraw") as recording:
        withdraw_facts(Trait, [newest()], recording=recording)
    undone(recording)
    assert standing(client_) == ["need"]


def test_undoing_leaves_what_somebody_corrected_since(client_: Client) -> None:
    import_ = recorded(trait(client_, "need"), trait(client_, "new"))
    corrected = Trait.objects.get(client=client_, value="need").pk
    recorded(trait(client_, "duty", corrected))
    assert undone(import_) == Undone(1, 1)
    assert standing(client_) == ["duty"]


def test_undoing_goes_back_past_all_that_the_recording_itself_corrected(client_: Client) -> None:
    recorded(trait(client_, "before"))
    before = newest()
    with writing(by=BY, verb="import") as import_:
        append_facts(Trait, [trait(client_, "b1", before)], recording=import_)
        append_facts(Trait, [trait(client_, "b2", newest())], recording=import_)
        append_facts(Trait, [trait(client_, "n1")], recording=import_)
        append_facts(Trait, [trait(client_, "n2", newest())], recording=import_)
    undone(import_)
    assert standing(client_) == ["before"]


def test_undoing_an_undoing_brings_the_import_back(client_: Client) -> None:
    recorded(trait(client_, "need"))
    import_ = recorded(trait(client_, "duty", newest()), trait(client_, "new"))
    with writing(by=BY, verb="undo") as undoing:
        undo_recording(import_, recording=undoing)
    undone(undoing)
    assert standing(client_) == ["duty", "new"]


def test_undoing_reaches_every_table_the_recording_wrote_in(client_: Client) -> None:
    with writing(by=BY, verb="import") as import_:
        append_facts(Trait, [trait(client_, "need")], recording=import_)
        append_facts(Barrier, [BarrierRow(client_.pk, "care", DAY)], recording=import_)
    assert undone(import_) == Undone(2, 0)
    assert not Barrier.objects.current().exists()
    assert Client.objects.filter(pk=client_.pk).exists(), "an identity is no fact: it stays"


def test_a_row_about_nobody_is_refused(client_: Client) -> None:
    row = TraitRow(client_.pk + 1000, "integration", "need", DAY)
    with pytest.raises(ValueError, match="names a client that is not there"):
        recorded(row)


def test_a_correction_of_nothing_is_refused(client_: Client) -> None:
    with pytest.raises(ValueError, match="only replace one of the same client"):
        recorded(trait(client_, "need", replaces=1_000_000))


@pytest.mark.parametrize("model", fact_models(), ids=lambda model: model._meta.label_lower)
def test_every_fact_can_be_corrected_only_once(model: type[Fact]) -> None:
    names = [constraint.name for constraint in model._meta.constraints]
    assert f"{model._meta.db_table}_replaced_once" in names
