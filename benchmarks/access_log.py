"""Verifying the access log at 100,000 and 1,000,000 records against taking the same digests over rows in memory.

What is judged is that the cost is linear in the records (at most 1.2 times as much a record at ten times as many); what
is told beside it is how many times the bare HMAC of the same contents verifying costs: the rest is reading rows.
Started as `python benchmarks/access_log.py [--records N]`; N is the larger of the two.
"""

from __future__ import annotations

import argparse
import hmac
import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1.2
CHAINS = 40
PART = 10_000
BEGIN = datetime(2031, 5, 2, 12, tzinfo=UTC)


def main() -> int:
    """Write, verify, take the bare digests, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opstap-benchmark-") as folder:
        os.environ.update(OPSTAP_DATA=folder, DJANGO_SETTINGS_MODULE="opstap.config.settings", OPSTAP_MAY_MAKE_KEYS="1")
        sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
        set_up()
        small = given.records // 10
        contents = written(small, 0)
        first = verified(small)
        contents += written(given.records - small, small)
        second = verified(given.records)
        bare = bare_digests(contents)
    growth = (second / given.records) / (first / small)
    print(f"{small} records: {first:.2f} s; {given.records} records: {second:.2f} s")
    print(f"a record costs {growth:.2f} times as much at ten times as many (limit {LIMIT:g})")
    print(f"bare HMAC of the same contents: {bare:.2f} s; verifying takes {second / bare:.1f} times that")
    print("met" if growth <= LIMIT else "NOT met")
    return 0 if growth <= LIMIT else 1


def set_up() -> None:
    """An empty installation."""
    import django

    django.setup()
    from opstap.config.commands.migrate_command import bring_up_to_date

    bring_up_to_date()


def written(count: int, start: int) -> list[bytes]:
    """Records in chains of their own, as so many processes would have left them; what their digests cover."""
    from django.conf import settings

    from opstap.audit.logic.entries import content_of
    from opstap.audit.models import Access
    from opstap.foundation.chained import Head, HeadFile, next_digest, opening_digest

    key, each, contents = settings.OPSTAP_KEYS.key("log").value, count // CHAINS, []
    for number in range(CHAINS):
        chain = f"{start:08d}{number:016d}"
        digest = opening_digest(key, chain)
        head = HeadFile(Path(settings.OPSTAP_LOG_HEADS), chain, digest, key)
        rows: list[Access] = []
        for position in range(1, each + 1):
            entry = an_entry(start + number * each + position)
            content = content_of(chain, position, entry)
            digest = next_digest(key, digest, content)
            contents.append(content)
            rows.append(Access(chain=chain, position=position, digest=digest, **vars_of(entry)))
            if len(rows) == PART or position == each:
                Access.objects.bulk_create(rows)
                rows.clear()
        head.write(Head(chain, each, digest))
    return contents


def an_entry(number: int) -> Any:
    """A look at a dossier, or every tenth time at a list of fifty."""
    from opstap.audit.logic.entries import Entry

    is_list = number % 10 == 0
    return Entry(
        at=BEGIN + timedelta(seconds=number),
        source="screen",
        user=f"user{number % 50:08d}",
        roles="case_manager",
        on_behalf_of="",
        municipality=1,
        action="dossier:caseload" if is_list else "dossier:client",
        method="GET",
        subject=b"" if is_list else number.to_bytes(16, "big"),
        listed=bytes(16 * 50) if is_list else b"",
        listed_count=50 if is_list else 0,
        why="",
        result="done",
    )


def vars_of(entry: Any) -> dict[str, Any]:
    """Its values by field."""
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}


def verified(count: int) -> float:
    """Seconds that verifying takes; every record must have been looked at."""
    from opstap.audit.selectors.verifying import verify_log

    begun = perf_counter()
    found = verify_log()
    taken = perf_counter() - begun
    assert (found.wrong, found.records) == ([], count // CHAINS * CHAINS), found.wrong[:1]
    return taken


def bare_digests(contents: list[bytes]) -> float:
    """Seconds for the digests alone."""
    begun, digest = perf_counter(), bytes(32)
    for content in contents:
        digest = hmac.digest(b"key", digest + content, "sha256")
    return perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
