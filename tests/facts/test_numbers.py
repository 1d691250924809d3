"""Under which number clients are known: whoever is registered or erased since, at once; and nobody is read twice."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.audit.operations import accesses
from opstap.audit.permissions import command_line
from opstap.dossier.selectors.attention import desk_of
from opstap.facts.selectors.cache import facts_of, forget_all
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.privacy.operations.erasing import erase_client
from tests.factories.clients import a_client
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> Iterator[None]:
    """Heads and a ledger of the test's own, as one of them erases."""
    settings.OPSTAP_LOG_HEADS, settings.OPSTAP_ERASURES = tmp_path / "heads", tmp_path / "erasures.ledger"
    settings.OPSTAP_ERASURES_HEAD = tmp_path / "erasures.head"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


def numbers(town: Municipality) -> list[tuple[int, str, str]]:
    return list(facts_of(town.pk).numbers().rows())


def test_who_is_registered_or_erased_since_is_known_so_at_once() -> None:
    forget_all()
    town = a_municipality()
    first = a_client(town)
    assert numbers(town) == [(first.pk, first.reference, first.number)]
    second = a_client(town)
    a_client(a_municipality())
    assert [number for _pk, _reference, number in numbers(town)] == [first.number, second.number]
    erase_client(by=command_line(), client=first)
    assert numbers(town) == [(second.pk, second.reference, second.number)]


def test_only_who_is_new_is_read() -> None:
    forget_all()
    town = a_municipality()
    first = a_client(town)
    facts = facts_of(town.pk)
    assert facts.numbers().height == 1
    with CaptureQueriesContext(connection) as asked:
        assert facts.numbers().height == 1
    assert not asked.captured_queries
    second, since = a_client(town), facts_of(town.pk)
    since.left()
    with CaptureQueriesContext(connection) as asked:
        assert list(since.numbers()["client_id"]) == [first.pk, second.pk]
    (query,) = asked.captured_queries
    assert "recording_id" in query["sql"]


def test_a_part_that_would_be_kept_is_refused_them() -> None:
    with pytest.raises(TypeError, match="number"):
        facts_of(a_municipality().pk).noting(set()).numbers()


def test_what_was_worked_out_for_a_desk_goes_when_somebody_is_erased() -> None:
    town = a_municipality()
    gone, _stays = a_client(town), a_client(town)
    rows = ref(desk_of(town.pk, dates.today()).rows)
    assert rows() is not None
    erase_client(by=command_line(), client=gone)
    assert desk_of(town.pk, dates.today()).rows.height == 1
    gc.collect()
    assert rows() is None
