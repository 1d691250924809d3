"""Who was erased is written down in steps, and goes again after a backup: whose erasing failed does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from opstap.clients.models import Client, Residue
from opstap.clients.operations import merge_clients
from opstap.foundation import dates
from opstap.foundation.crypto import LedgerBroken
from opstap.privacy.operations import erase_again, erase_client, hold_dossier
from opstap.privacy.operations import erasing as erasing_one
from opstap.privacy.selectors.ledger import come_back, erasure_ledger
from tests.factories.clients import BY, a_client
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
Committing = Callable[..., AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path: Path, settings: Any) -> None:
    settings.OPSTAP_ERASURES = tmp_path / "erasures.ledger"


@pytest.fixture(name="put_back")
def _put_back(django_capture_on_commit_callbacks: Committing) -> Callable[[], AbstractContextManager[None]]:
    """What is done within is committed, and then a backup of before is put back."""

    @contextmanager
    def within() -> Iterator[None]:
        with transaction.atomic():
            point = transaction.savepoint()
            with django_capture_on_commit_callbacks(execute=True):
                yield
            transaction.savepoint_rollback(point)

    return within


def steps() -> list[str]:
    return [json.loads(text)["step"] for text in erasure_ledger().texts()]


def test_whoever_comes_back_with_a_backup_goes_again(put_back: Any) -> None:
    town = a_municipality()
    client, other = a_client(town), a_client(town)
    with put_back():
        erase_client(by=BY, client=client)
    assert steps() == ["begun", "done"]
    assert [one.pk for one in come_back().erased] == [client.pk]
    assert erase_again(by=BY) == 1
    assert not Client.objects.filter(pk=client.pk).exists()
    assert Client.objects.filter(pk=other.pk).exists()
    assert erase_again(by=BY) == 0


def test_who_goes_again_in_a_later_month_ends_in_the_month_of_erasing(
    put_back: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were followed: a report of the end of March counts them as little as it did before the restore."""
    town = a_municipality()
    client = a_client(town, followed_since=date(2024, 1, 8))
    placed(client, "2", on=date(2024, 1, 8))
    with monkeypatch.context() as march:
        march.setattr(dates, "today", lambda: date(2025, 3, 10))
        with put_back():
            erase_client(by=BY, client=client)
            left = set(Residue.objects.values_list("table", "starts_on", "ends_on"))
    assert max(ends for _table, _starts, ends in left) == date(2025, 3, 1)
    assert erase_again(by=BY) == 1
    assert set(Residue.objects.values_list("table", "starts_on", "ends_on")) == left


def test_whose_erasing_failed_stays_after_a_backup_whatever_holds_them(monkeypatch: pytest.MonkeyPatch) -> None:
    client = a_client(a_municipality())

    def breaks(*_given: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(erasing_one, "_leave", breaks)
        with pytest.raises(RuntimeError):
            erase_client(by=BY, client=client)
    assert steps() == ["begun", "taken_back"]
    hold_dossier(by=BY, client=client, why="bezwaar", until=None)
    assert erase_again(by=BY) == 0
    assert Client.objects.filter(pk=client.pk).exists()
    assert come_back().unsure == ()


def test_what_was_begun_and_never_said_to_be_done_is_left_to_a_person() -> None:
    client = a_client(a_municipality())
    with transaction.atomic():
        erase_client(by=BY, client=client)
        transaction.set_rollback(True)  # the commit does not come
    assert steps() == ["begun"]
    assert erase_again(by=BY) == 0
    assert [one.pk for one in come_back().unsure] == [client.pk]


def test_a_merged_person_comes_back_and_goes_as_one_with_all_figures(put_back: Any) -> None:
    town = a_municipality()
    merged, kept = a_client(town), a_client(town)
    placed(kept, "2", on=date(2024, 3, 4))
    merge_clients(by=BY, client=merged, kept=kept, why="dezelfde")  # the lower number is the one that goes
    with put_back():
        erase_client(by=BY, client=kept)
        left = list(Residue.objects.order_by("pk").values_list("table", "starts_on", "ends_on"))
    assert erase_again(by=BY) == 1
    assert not Client.objects.exists()
    assert list(Residue.objects.order_by("pk").values_list("table", "starts_on", "ends_on")) == left
    assert len(set(Residue.objects.values_list("person", flat=True))) == 1


def test_who_is_erased_through_a_merged_dossier_goes_whole() -> None:
    town = a_municipality()
    merged, kept = a_client(town), a_client(town)
    merge_clients(by=BY, client=merged, kept=kept, why="dezelfde")
    erase_client(by=BY, client=merged)
    assert not Client.objects.exists()


def test_the_ledger_holds_no_reference_and_a_changed_line_is_found(settings: Any) -> None:
    client = a_client(a_municipality())
    erase_client(by=BY, client=client)
    text = settings.OPSTAP_ERASURES.read_text(encoding="utf-8")
    assert client.reference not in text
    assert client.number not in text
    settings.OPSTAP_ERASURES.write_text(text.replace("marks", "merks"), encoding="utf-8")
    with pytest.raises(LedgerBroken):
        erase_again(by=BY)
