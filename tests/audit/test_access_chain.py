"""The access log is a chain: whatever is changed, taken away, swapped, cut off or written anew is found and named."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction

from opstap.audit.logic.entries import Entry, content_of
from opstap.audit.models import Access
from opstap.audit.operations import accesses, record_access
from opstap.audit.selectors.verifying import Wrong, verify_log
from opstap.foundation.chained import Head, next_digest, opening_digest, read_heads

pytestmark = pytest.mark.django_db

NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)
RECORDS, TAMPERINGS = 60, 17  # of each way: 204 together


def entry(number: int) -> Entry:
    return Entry(
        at=NOON + timedelta(seconds=number),
        source="screen",
        user=f"user{number % 7}",
        roles="case_manager",
        on_behalf_of="",
        municipality=1 if number % 5 else None,
        action="dossier:client",
        method="GET",
        subject=bytes([number % 250 + 1]) * 16,
        listed=b"",
        listed_count=0,
        why=f"reason {number}",
        result="done",
        began_at=NOON if number % 2 else None,
        trace=bytes([number % 250 + 1]) * 24 if number % 2 else b"",
    )


@pytest.fixture
def heads(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A log of its own: no chain yet, and the heads in a folder of the test."""
    settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
    accesses._chains.clear()
    yield tmp_path / "heads"
    accesses._chains.clear()


@pytest.fixture
def written(heads: Path) -> Path:
    """Three chains with records, as three processes leave them."""
    for chain in range(3):
        accesses._chains.clear()
        for number in range(RECORDS // 3):
            record_access(entry(chain * 100 + number))
    _without_triggers()  # who tampers has the database in hand
    return heads


def _without_triggers() -> None:
    """Within the transaction of the test: its end puts them back."""
    log = connections["log"]
    where = ' ON "audit_access"' if log.vendor == "postgresql" else ""
    with log.cursor() as cursor:
        for event in ("update", "delete"):
            cursor.execute(f'DROP TRIGGER IF EXISTS "ao_audit_access_{event}"{where}')


def first_wrong() -> Wrong:
    return verify_log().wrong[0]


def test_what_was_written_is_found_right(written: Path) -> None:
    found = verify_log()
    assert (found.wrong, found.records, found.chains) == ([], RECORDS + 3, 3)


def test_the_log_refuses_to_be_changed() -> None:
    record_access(entry(1))
    with pytest.raises(Exception, match="append-only"), transaction.atomic("log"):
        Access.objects.update(why="nothing")


def test_after_a_fork_a_process_writes_a_chain_of_its_own(heads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record_access(entry(1))
    own = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: own + 1)
    record_access(entry(2))
    assert Access.objects.values("chain").distinct().count() == 2
    assert verify_log().wrong == []


def test_a_chain_that_is_begun_while_the_log_is_followed_is_no_fault(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from opstap.audit.selectors import verifying  # noqa: PLC0415 - what is looked through below

    def begun_meanwhile(folder: Path, key: bytes) -> dict[str, Head]:
        heads = read_heads(folder, key)
        accesses._chains.clear()
        record_access(entry(700))
        return heads

    monkeypatch.setattr(verifying, "read_heads", begun_meanwhile)
    found = verify_log()
    assert (found.wrong, found.chains) == ([], 4)


def test_a_row_without_its_head_is_no_fault(written: Path) -> None:
    """A process that is killed between the two leaves a head that is one behind."""
    before = {path.name: path.read_bytes() for path in written.iterdir()}
    record_access(entry(500))
    for path in written.iterdir():
        path.write_bytes(before[path.name])
    assert verify_log().wrong == []


Rows = list[Access]


def _changed(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    field = chance.choice(["user", "roles", "action", "why", "result", "on_behalf_of", "method", "source"])
    row_at(row.pk).update(**{field: getattr(row, field) + "x"})


def _moved_in_time(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    row_at(row.pk).update(at=row.at + timedelta(microseconds=1))


def _another_client(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    row_at(row.pk).update(subject=bytes(chance.randbytes(16)))


def _another_trace(rows: Rows, chance: random.Random) -> None:
    """Of a record without one too."""
    row = chance.choice(rows)
    row_at(row.pk).update(**{chance.choice(["trace", "caller"]): chance.randbytes(24)})


def _another_beginning(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    row_at(row.pk).update(began_at=row.at - timedelta(seconds=chance.randrange(100, 200)))


def _taken_away(rows: Rows, chance: random.Random) -> None:
    row_at(chance.choice(rows).pk)._raw_delete("log")


def _swapped(rows: Rows, chance: random.Random) -> None:
    one, other = chance.sample(rows, 2)
    values = {name: getattr(one, name) for name in Entry.__dataclass_fields__}
    row_at(one.pk).update(**{name: getattr(other, name) for name in values})
    row_at(other.pk).update(**values)


def _tail_cut(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    Access.objects.filter(chain=row.chain, position__gte=row.position)._raw_delete("log")


def _renumbered_after_taking_away(rows: Rows, chance: random.Random) -> None:
    row = chance.choice([row for row in rows if row.position > 1])
    row_at(row.pk)._raw_delete("log")
    for later in Access.objects.filter(chain=row.chain, position__gt=row.position).order_by("position"):
        row_at(later.pk).update(position=later.position - 1)


def _written_anew(rows: Rows, chance: random.Random) -> None:
    """A whole chain made right again, by somebody without the key."""
    chain, key = chance.choice(rows).chain, chance.randbytes(32)
    digest = opening_digest(key, chain)
    for row in Access.objects.filter(chain=chain).order_by("position"):
        values = {name: getattr(row, name) for name in Entry.__dataclass_fields__} | {"why": "nothing to see"}
        digest = next_digest(key, digest, content_of(chain, row.position, Entry(**values)))
        row_at(row.pk).update(why="nothing to see", digest=digest)


def _put_in(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    values = {name: getattr(row, name) for name in Entry.__dataclass_fields__}
    last = Access.objects.filter(chain=row.chain).order_by("-position")[0]
    Access(chain=row.chain, position=last.position + 1, digest=row.digest, **values).save(using="log")


def _whole_chain_gone(rows: Rows, chance: random.Random) -> None:
    Access.objects.filter(chain=chance.choice(rows).chain)._raw_delete("log")


def row_at(pk: int) -> Any:
    return Access.objects.filter(pk=pk)


WAYS: list[Callable[[Rows, random.Random], None]] = [
    _changed, _moved_in_time, _another_client, _taken_away, _swapped, _tail_cut, _renumbered_after_taking_away,
    _written_anew, _put_in, _whole_chain_gone, _another_trace, _another_beginning,
]  # fmt: skip


def test_two_hundred_tamperings_are_made() -> None:
    assert len(WAYS) * TAMPERINGS >= 200


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_every_tampering_is_found(written: Path, way: Callable[[Rows, random.Random], None]) -> None:
    rows, found = list(Access.objects.order_by("pk")), 0
    for seed in range(TAMPERINGS):
        with transaction.atomic("log"):
            way(rows, random.Random(f"{way.__name__} {seed}"))  # noqa: S311 - chance that comes back
            found += bool(verify_log().wrong)
            transaction.set_rollback(True, "log")
    assert found == TAMPERINGS


def test_the_first_wrong_record_is_named(written: Path) -> None:
    row, later = Access.objects.filter(position=5).order_by("at")[:2]
    row_at(later.pk).update(why="other")
    row_at(row.pk).update(why="other")
    found = verify_log()
    assert found.wrong[0] == Wrong("changed", row.chain, 5, row.at)
    assert len(found.wrong) == 2


@pytest.mark.parametrize("newest", [False, True])
def test_a_cut_tail_is_found_though_its_head_was_written_again(written: Path, *, newest: bool) -> None:
    """Of the chain that was begun last, too, for which no other vouches: the head has a seal."""
    chain = Access.objects.order_by("-pk" if newest else "pk")[0].chain
    assert Access.objects.filter(chain=chain).count() == RECORDS // 3 + 1
    Access.objects.filter(chain=chain, position__gt=10)._raw_delete("log")
    last = Access.objects.get(chain=chain, position=10)
    (written / chain).write_text(f"{10:020d} {bytes(last.digest).hex()} {'00' * 32}\n")
    assert first_wrong() == Wrong("cut_off", chain, 11, last.at)


def test_a_tail_that_went_with_an_old_copy_of_its_head_is_missed_by_a_later_chain(written: Path) -> None:
    chain = Access.objects.order_by("-pk")[0].chain
    old = (written / chain).read_bytes()
    record_access(entry(800))
    accesses._chains.clear()
    record_access(entry(801))
    Access.objects.filter(chain=chain, position__gt=RECORDS // 3 + 1)._raw_delete("log")
    (written / chain).write_bytes(old)
    assert first_wrong().what == "cut_off"


def test_each_day_begins_a_chain_that_vouches_for_the_one_of_before(
    heads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a process that runs for weeks leaves no more than a day for which nothing vouches."""
    record_access(entry(1))
    today = accesses._day()
    monkeypatch.setattr(accesses, "_day", lambda: today + 1)
    record_access(entry(2))
    record_access(entry(3))
    first, second = Access.objects.filter(action="log:opened").order_by("pk")
    assert json.loads(second.why)[first.chain][0] == 2
    assert Access.objects.filter(chain=second.chain).count() == 3
    assert verify_log().wrong == []


def test_a_chain_that_is_gone_with_its_head_is_found_by_a_later_one(written: Path) -> None:
    chain = Access.objects.order_by("pk")[0].chain
    Access.objects.filter(chain=chain)._raw_delete("log")
    (written / chain).unlink()
    assert first_wrong() == Wrong("whole_chain", chain, 1, None)


def test_the_folder_of_heads_can_be_lost_but_not_unseen(written: Path) -> None:
    shutil.rmtree(written)
    assert {wrong.what for wrong in verify_log().wrong} == {"unknown_chain"}
    assert len(verify_log().wrong) == 3


def test_looking_costs_the_same_queries_and_each_record_once(
    written: Path, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    from opstap.audit.selectors import verifying  # noqa: PLC0415 - what is counted below

    looked: list[int] = []

    def counted(chain: str, position: int, one: Entry) -> bytes:
        looked.append(position)
        return content_of(chain, position, one)

    monkeypatch.setattr(verifying, "content_of", counted)
    with django_assert_num_queries(3, using="log"):
        verify_log()
    assert len(looked) == RECORDS + 3
