"""A log that can't be written for a while is right again afterwards, and leaves nothing open behind."""

from __future__ import annotations

import errno
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as used
from django.db import DatabaseError, transaction

from opstap.audit.models import Access
from opstap.audit.operations import LogUnavailable, accesses, cut_log, ensure_log, record_access
from opstap.audit.permissions import background_jobs
from opstap.audit.selectors.verifying import Wrong, verify_log
from opstap.foundation.chained import heads as head_files
from tests.audit.test_access_chain import NOON, _without_triggers, entry

pytestmark = pytest.mark.django_db
TIMES = 5


@pytest.fixture(autouse=True)
def heads(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A log of its own: no chain yet, and the heads in a folder of the test."""
    settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
    monkeypatch.setattr(head_files, "SYNC_SECONDS", 0.01)
    accesses._chains.clear()
    yield tmp_path / "heads"
    accesses._chains.clear()


@pytest.fixture
def chain(heads: Path) -> str:
    """One of a process that has ended."""
    return a_chain()


def a_chain() -> str:
    """With its opening and two records."""
    accesses._chains.clear()
    record_access(entry(1))
    record_access(entry(2))
    return accesses._chains.pop().name


def vouched_by(name: str) -> dict[str, list[Any]]:
    return dict(json.loads(Access.objects.get(chain=name, position=1).why))


def tried(refuse: Callable[[pytest.MonkeyPatch], None]) -> None:
    """Several requests while the log can't be written."""
    for _request in range(TIMES):
        with pytest.MonkeyPatch.context() as patched:
            refuse(patched)
            with pytest.raises(LogUnavailable):
                ensure_log()


def full(patched: pytest.MonkeyPatch) -> None:
    def pwrite(*_given: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    patched.setattr(os, "pwrite", pwrite)


def nearly_full(patched: pytest.MonkeyPatch) -> None:
    whole = os.pwrite
    patched.setattr(os, "pwrite", lambda file, content, at: whole(file, content[:40], at))


def away(patched: pytest.MonkeyPatch) -> None:
    def refuses(**_values: Any) -> None:
        raise DatabaseError

    patched.setattr(Access.objects, "create", refuses)


def opened(folder: Path) -> list[str]:
    """The heads that this process holds open."""
    found: list[Path] = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            found.append(descriptor.readlink())
    return [path.name for path in found if path.parent == folder]


def syncing() -> int:
    return sum(thread.name == "heads" for thread in threading.enumerate())


@pytest.mark.parametrize("refuse", [full, nearly_full, away])
def test_what_could_not_be_begun_leaves_nothing_behind(
    heads: Path, chain: str, refuse: Callable[[pytest.MonkeyPatch], None]
) -> None:
    files, threads = opened(heads), syncing()
    tried(refuse)
    assert [path.name for path in heads.iterdir()] == [chain]
    record_access(entry(3))
    assert verify_log().wrong == []
    assert vouched_by(accesses._chains[0].name).keys() == {chain}
    accesses._chains.pop().close()
    until = time.monotonic() + 30
    while (len(opened(heads)), syncing()) > (len(files), threads) and time.monotonic() < until:
        time.sleep(0.01)
    assert (opened(heads), syncing()) == (files, threads)


def test_a_chain_that_fails_on_the_way_is_closed(heads: Path) -> None:
    for _request in range(TIMES):
        ensure_log()
        with pytest.MonkeyPatch.context() as patched:
            away(patched)
            with pytest.raises(LogUnavailable):
                record_access(entry(1))
    until = time.monotonic() + 30
    while opened(heads) and time.monotonic() < until:
        time.sleep(0.01)
    assert opened(heads) == []
    assert len(list(heads.iterdir())) == TIMES
    assert verify_log().wrong == []


def test_a_row_that_may_be_there_keeps_its_head(heads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database answered no more when it was to commit: nobody knows whether it did."""
    whole = transaction.atomic

    @contextmanager
    def lost(using: str) -> Iterator[None]:
        with whole(using=using):
            yield
        raise DatabaseError

    monkeypatch.setattr(transaction, "atomic", lost)
    with pytest.raises(LogUnavailable):
        ensure_log()
    monkeypatch.setattr(transaction, "atomic", whole)
    assert len(list(heads.iterdir())) == Access.objects.count() == 1
    record_access(entry(1))
    assert verify_log().wrong == []


def test_an_empty_head_of_a_chain_that_never_began_is_no_fault(heads: Path, chain: str) -> None:
    """A process that is killed between making the file and writing it leaves one."""
    for number in range(60):
        (heads / f"{number:024x}").touch()
    assert verify_log().wrong == []
    assert vouched_by(a_chain()).keys() == {chain}
    assert verify_log().wrong == []


def test_chains_that_have_no_record_take_no_place_among_those_that_are_vouched_for(heads: Path, chain: str) -> None:
    key = used.OPSTAP_KEYS.key("log").value
    for number in range(accesses.ANCHORED_HEADS):
        head_files.HeadFile(heads, f"{number:024x}", b"0" * 32, key).close()
    assert vouched_by(a_chain()).keys() == {chain}


def test_an_emptied_head_is_found_before_and_after_others_began_and_went(heads: Path, chain: str) -> None:
    (heads / chain).write_bytes(b"")
    assert [(one.what, one.chain) for one in verify_log().wrong] == [("cut_off", chain)]
    a_chain()
    assert [(one.what, one.chain) for one in verify_log().wrong] == [("cut_off", chain)]
    _without_triggers()
    Access.objects.filter(chain=chain)._raw_delete("log")
    assert verify_log().wrong == [Wrong("whole_chain", chain, 1, None)]
    (heads / chain).unlink()
    assert verify_log().wrong == [Wrong("whole_chain", chain, 1, None)]
    a_chain()
    assert verify_log().wrong == [Wrong("whole_chain", chain, 1, None)]


def test_an_emptied_head_of_a_chain_that_is_gone_is_found_by_who_vouched_for_it(heads: Path, chain: str) -> None:
    a_chain()
    _without_triggers()
    Access.objects.filter(chain=chain)._raw_delete("log")
    (heads / chain).write_bytes(b"")
    assert verify_log().wrong == [Wrong("whole_chain", chain, 1, None)]


def test_an_emptied_head_of_a_chain_of_which_all_went_after_its_term_is_found(heads: Path, chain: str) -> None:
    later = Access.objects.latest("at").at + timedelta(days=1)
    cut_log(by=background_jobs(), before=max(later, NOON + timedelta(days=1)))
    assert not Access.objects.filter(chain=chain).exists()
    assert verify_log().wrong == []
    (heads / chain).write_bytes(b"")
    assert [(one.what, one.chain) for one in verify_log().wrong] == [("cut_off", chain)]
    assert chain in vouched_by(a_chain())


def test_a_head_that_says_something_else_stays_a_fault(heads: Path, chain: str) -> None:
    (heads / ("0" * 24)).write_text("niets\n", encoding="ascii")
    assert [(one.what, one.chain) for one in verify_log().wrong] == [("whole_chain", "0" * 24)]
    assert "0" * 24 in vouched_by(a_chain())
