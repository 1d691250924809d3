"""A log that was cut, looked at while it is cut; told another end by a head; and put back from a backup of before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from opstap.audit.models import Access, AccessCut
from opstap.audit.operations import accesses, cut_log, cutting, record_access
from opstap.audit.selectors import verifying
from opstap.audit.selectors.verifying import verify_log
from opstap.audit.tasks import cut_access_log
from opstap.foundation import dates
from opstap.foundation.chained import read_heads
from tests.audit.test_access_chain import entry
from tests.audit.test_log_term import BEFORE, BY, GONE, OLD, by_hand, heads, said, written

__all__ = ["heads", "written"]
pytestmark = pytest.mark.django_db


def test_a_log_that_is_cut_while_it_is_followed_is_followed_again(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, times = verifying._rows, list[int]()

    def cut_meanwhile() -> Iterator[tuple[Any, ...]]:
        if not times:
            for chain, (first, last) in cutting._ends(BEFORE).items():
                cutting._cut(chain, first, last, BEFORE)
        times.append(1)
        return rows()

    monkeypatch.setattr(verifying, "_rows", cut_meanwhile)
    found = verify_log()
    assert len(times) == 2
    assert (found.wrong, found.gone) == ([], GONE)


def test_what_is_wrong_without_a_cut_meanwhile_is_not_looked_at_for_ever(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_log(by=BY, before=BEFORE)
    by_hand("UPDATE audit_access SET why = 'x'")
    rows, times = verifying._rows, list[int]()

    def counted() -> Iterator[tuple[Any, ...]]:
        times.append(1)
        return rows()

    monkeypatch.setattr(verifying, "_rows", counted)
    assert "changed" in said(verify_log())
    assert len(times) == 1


def test_a_head_that_says_another_digest_than_the_cut_is_found(written: Path, settings: Any) -> None:
    """Of a chain of which all went the head is what stands outside the database: it and the seal must agree."""
    cut_log(by=BY, before=BEFORE)
    whole = AccessCut.objects.exclude(chain__in=list(Access.objects.values_list("chain", flat=True)))[0]
    key = settings.OPSTAP_KEYS.key("log").value
    head = read_heads(written, key)[whole.chain]
    assert (head.position, head.digest) == (whole.position, bytes(whole.digest))
    other = replace(head, digest=bytes(255 - one for one in head.digest))
    (written / whole.chain).write_text(f"{other.position:020d} {other.digest.hex()} {other.seal(key).hex()}\n")
    assert read_heads(written, key)[whole.chain] == other
    assert [(one.what, one.chain) for one in verify_log().wrong] == [("cut_is_wrong", whole.chain)]


def test_a_backup_that_is_put_back_brings_old_records_back_until_the_next_night(
    written: Path, settings: Any, tmp_path: Path
) -> None:
    settings.OPSTAP_LOG_YEARS = 1
    night = OLD.replace(year=2029)
    with dates.clock_at(night):
        record_access(replace(entry(1), at=night - timedelta(days=45)))
        kept = list(Access.objects.order_by("pk"))
        shutil.copytree(written, tmp_path / "backup")
        gone = cut_access_log.func()
        assert gone > 0
    by_hand("DELETE FROM audit_access")
    by_hand("DELETE FROM audit_accesscut")
    Access.objects.bulk_create(kept)
    shutil.rmtree(written)
    shutil.copytree(tmp_path / "backup", written)
    accesses._chains.clear()
    found = verify_log()
    assert (found.wrong, found.gone, found.records) == ([], 0, len(kept))
    with dates.clock_at(night + timedelta(days=1)):
        assert cut_access_log.func() == gone
    found = verify_log()
    assert (found.wrong, found.gone) == ([], gone)
