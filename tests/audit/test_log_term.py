"""Records of the log past their term: the first of each chain go, the rest stays proved, and no cut can be made up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connections, router, transaction

from opstap.audit.logic.cuts import CUT, kept_since
from opstap.audit.logic.entries import OPENED
from opstap.audit.models import Access, AccessCut
from opstap.audit.operations import LogIsWrong, accesses, cut_log, cutting, record_access
from opstap.audit.permissions import background_jobs
from opstap.audit.selectors.verifying import Verified, verify_log
from opstap.audit.tasks import cut_access_log
from opstap.config.command import main
from opstap.config.log_term import NoTermOfLog, years_of_log
from opstap.foundation import dates
from opstap.foundation.appendonly import erase_rows
from opstap.foundation.jobs.naming import JobFailed
from tests.audit.test_access_chain import entry
from tests.factories.accounts import a_coordinator, acting
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BY, OLD, RECORDS = background_jobs(), datetime(2024, 5, 2, 12, tzinfo=UTC), 6
BEFORE = OLD + timedelta(days=400)
GONE = 2 * (RECORDS + 1) + 1 + RECORDS // 2  # with the openings


@pytest.fixture
def heads(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
    accesses._chains.clear()
    yield tmp_path / "heads"
    accesses._chains.clear()


@pytest.fixture
def written(heads: Path) -> Path:
    """Two chains of long ago, and one that began then and goes on: three records are old, three are not."""
    for chain in range(3):
        accesses._chains.clear()
        with dates.clock_at(OLD):
            for number in range(RECORDS):
                late = timedelta(days=800) if chain == 2 and number >= RECORDS // 2 else timedelta()
                record_access(replace(entry(number), at=OLD + timedelta(seconds=number) + late))
    return heads


def by_hand(statement: str, *given: Any) -> None:
    """Somebody with the database in hand: the triggers are off, and back at the end of the test."""
    log = connections[router.db_for_write(Access)]
    with log.cursor() as cursor:
        for table in ("audit_access", "audit_accesscut"):
            where = f' ON "{table}"' if log.vendor == "postgresql" else ""
            for event in ("update", "delete"):
                cursor.execute(f'DROP TRIGGER IF EXISTS "ao_{table}_{event}"{where}')
        cursor.execute(statement, given)


def said(found: Verified) -> list[str]:
    return [one.what for one in found.wrong]


def test_what_is_older_goes_and_the_rest_is_proved(written: Path) -> None:
    before = verify_log()
    assert (before.wrong, before.records, before.gone) == ([], 3 * RECORDS + 3, 0)
    assert cut_log(by=BY, before=BEFORE) == GONE
    found = verify_log()
    assert (found.wrong, found.gone, found.records, found.chains) == ([], GONE, RECORDS // 2 + 1, 3)
    assert not Access.objects.filter(at__lt=BEFORE).exists()
    record = Access.objects.get(action=CUT)
    assert record.user == "background"
    assert json.loads(record.why)["up_to"] == dict(AccessCut.objects.values_list("chain", "position"))
    assert cut_log(by=BY, before=BEFORE) == 0, "there is nothing more"
    record_access(entry(900))
    assert verify_log().wrong == []


def test_the_moment_itself_stays(heads: Path) -> None:
    with dates.clock_at(OLD):
        for seconds in (-2, -1, 0, 1):
            record_access(replace(entry(1), at=OLD + timedelta(seconds=seconds)))
    assert cut_log(by=BY, before=OLD) == 0, "the opening of the chain is of the moment itself"
    assert cut_log(by=BY, before=OLD + timedelta(seconds=1)) == 4
    assert verify_log().wrong == []


def test_a_clock_that_was_set_back_takes_nothing_along(heads: Path) -> None:
    with dates.clock_at(OLD):
        for at in (OLD, OLD + timedelta(days=800), OLD, OLD):
            record_access(replace(entry(1), at=at))
    assert cut_log(by=BY, before=BEFORE) == 2
    assert verify_log().wrong == []
    assert Access.objects.filter(at=OLD).count() == 2, "they stand behind one that stays"


def test_it_is_cut_some_at_a_time_and_a_later_cut_follows_the_one_before(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "AT_ONCE", 2)
    cut_log(by=BY, before=OLD + timedelta(seconds=3))
    assert verify_log().wrong == []
    cut_log(by=BY, before=BEFORE)
    assert AccessCut.objects.count() == 3 * 2 + 2 * 2
    found = verify_log()
    assert (found.wrong, found.gone) == ([], GONE)


def test_a_job_that_is_killed_in_between_leaves_a_log_that_is_right(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "AT_ONCE", 2)
    times = [0]

    def killed(rows: Any) -> int:
        times[0] += 1
        if times[0] == 3:
            raise KeyboardInterrupt
        return erase_rows(rows)

    monkeypatch.setattr(cutting, "erase_rows", killed)
    with pytest.raises(KeyboardInterrupt):
        cut_log(by=BY, before=BEFORE)
    found = verify_log()
    assert (found.wrong, found.gone) == ([], 4)
    monkeypatch.setattr(cutting, "erase_rows", erase_rows)
    cut_log(by=BY, before=BEFORE)
    assert verify_log().wrong == []
    assert not Access.objects.filter(at__lt=BEFORE).exists()


def test_the_database_lets_no_row_go_without_a_cut_and_no_cut_at_all(written: Path) -> None:
    def refused(statement: str) -> None:
        using = router.db_for_write(Access)
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(using),
            connections[using].cursor() as cursor,
        ):
            cursor.execute(statement)

    refused("DELETE FROM audit_access")
    cut_log(by=BY, before=BEFORE)
    stays = Access.objects.count()
    refused("DELETE FROM audit_access")
    refused("UPDATE audit_access SET why = 'x'")
    refused("DELETE FROM audit_accesscut")
    refused("UPDATE audit_accesscut SET records = records + 1")
    assert Access.objects.count() == stays


def _of_who_goes_on() -> AccessCut:
    """The cut of the chain of which records stay."""
    left = Access.objects.exclude(action=CUT).values_list("chain", flat=True)
    return AccessCut.objects.filter(chain__in=list(left)).order_by("-position")[0]


def _one_more_gone() -> None:
    cut = _of_who_goes_on()
    by_hand("DELETE FROM audit_access WHERE chain = %s AND position = %s", cut.chain, cut.position + 1)


def _made_up() -> None:
    """A cut one further, without the key; the row goes with it."""
    cut = _of_who_goes_on()
    first = Access.objects.filter(chain=cut.chain).order_by("position")[0]
    AccessCut.objects.create(
        chain=cut.chain, position=first.position, digest=first.digest, records=1, before=cut.before, at=cut.at,
        seal=cut.seal,
    )  # fmt: skip
    by_hand("DELETE FROM audit_access WHERE id = %s", first.pk)


def _moved() -> None:
    cut = _of_who_goes_on()
    by_hand("DELETE FROM audit_access WHERE chain = %s AND position = %s", cut.chain, cut.position + 1)
    by_hand("UPDATE audit_accesscut SET position = position + 1, records = records + 1 WHERE id = %s", cut.pk)


def _cut_gone() -> None:
    by_hand("DELETE FROM audit_accesscut WHERE id = %s", _of_who_goes_on().pk)


def _cut_of_a_whole_chain_gone() -> None:
    by_hand("DELETE FROM audit_accesscut WHERE chain <> %s", _of_who_goes_on().chain)


def _said_to_be_of_another_day() -> None:
    by_hand("UPDATE audit_accesscut SET at = '2024-05-02 12:00:00'")


def _of_another_chain() -> None:
    whole, other = AccessCut.objects.order_by("chain").exclude(chain=_of_who_goes_on().chain)
    by_hand("DELETE FROM audit_accesscut WHERE id = %s", other.pk)
    by_hand("UPDATE audit_accesscut SET chain = %s WHERE id = %s", other.chain, whole.pk)


def _tail_gone() -> None:
    by_hand("DELETE FROM audit_access WHERE chain = %s", _of_who_goes_on().chain)


def _changed_after_a_cut() -> None:
    by_hand("UPDATE audit_access SET why = 'x' WHERE chain = %s", _of_who_goes_on().chain)


@pytest.mark.parametrize(
    ("tamper", "what"),
    [
        (_one_more_gone, "missing"),
        (_made_up, "cut_is_wrong"),
        (_moved, "cut_is_wrong"),
        (_cut_gone, "missing"),
        (_cut_of_a_whole_chain_gone, "whole_chain"),
        (_said_to_be_of_another_day, "cut_is_wrong"),
        (_of_another_chain, "cut_is_wrong"),
        (_tail_gone, "cut_off"),
        (_changed_after_a_cut, "changed"),
    ],
)
def test_whatever_is_done_to_a_log_that_was_cut_is_found(written: Path, tamper: Callable[[], None], what: str) -> None:
    cut_log(by=BY, before=BEFORE)
    assert verify_log().wrong == []
    tamper()
    assert what in said(verify_log())
    record_access(entry(1))
    with pytest.raises(LogIsWrong):
        cut_log(by=BY, before=datetime(2999, 1, 1, tzinfo=UTC))


def test_a_cut_before_the_last_that_is_taken_away_is_missed(written: Path) -> None:
    cut_log(by=BY, before=OLD + timedelta(seconds=3))
    cut_log(by=BY, before=BEFORE)
    first = AccessCut.objects.order_by("chain", "position").exclude(chain=_of_who_goes_on().chain)[0]
    by_hand("DELETE FROM audit_accesscut WHERE id = %s", first.pk)
    assert "cut_is_wrong" in said(verify_log())


def test_a_chain_of_which_all_went_keeps_its_head(written: Path) -> None:
    cut_log(by=BY, before=BEFORE)
    chain = AccessCut.objects.exclude(chain=_of_who_goes_on().chain)[0].chain
    (written / chain).unlink()
    assert said(verify_log()) == ["unknown_chain"]


def test_a_chain_that_is_wrong_keeps_its_records_and_the_others_go(written: Path) -> None:
    wrong = Access.objects.filter(at__gte=BEFORE)[0].chain
    by_hand("UPDATE audit_access SET why = 'x' WHERE position = 3 AND chain = %s", wrong)
    with pytest.raises(LogIsWrong):
        cut_log(by=BY, before=BEFORE)
    assert Access.objects.filter(chain=wrong).exclude(action=CUT).count() == RECORDS + 1
    assert not Access.objects.filter(at__lt=BEFORE).exclude(chain=wrong).exists()
    told = json.loads(Access.objects.get(action=CUT).why)
    assert (told["records"], wrong in told["up_to"]) == (2 * (RECORDS + 1), False)
    found = verify_log()
    assert [(one.what, one.chain) for one in found.wrong] == [("changed", wrong)]
    assert found.gone == 2 * (RECORDS + 1)


def test_nothing_goes_where_every_chain_is_wrong_and_the_job_says_so(written: Path, settings: Any) -> None:
    by_hand("UPDATE audit_access SET why = 'x' WHERE position = 3")
    settings.OPSTAP_LOG_YEARS = 1
    record_access(replace(entry(1), at=dates.now() - timedelta(days=45)))
    count = Access.objects.count()
    with pytest.raises(JobFailed, match="log_is_wrong"):
        cut_access_log.func()
    assert Access.objects.exclude(action=OPENED).count() == count - 3
    assert not AccessCut.objects.exists()


def test_the_job_of_the_night_keeps_the_term_and_verify_says_how_many_went(
    written: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.OPSTAP_LOG_YEARS = 5
    with dates.clock_at(OLD.replace(year=2029)):
        assert cut_access_log.func() == 0, "of the day itself records stay"
    with dates.clock_at(OLD.replace(year=2029) + timedelta(days=1)):
        record_access(replace(entry(1), at=dates.now() - timedelta(days=45)))
        assert cut_access_log.func() == GONE
    assert main(["audit", "verify"]) == 0
    assert f"alles klopt. {GONE} oudere zijn na hun termijn weggehaald." in capsys.readouterr().out


def test_a_clock_that_jumped_ahead_takes_nothing(written: Path) -> None:
    count = Access.objects.count()
    with dates.clock_at(OLD.replace(year=2036)):
        record_access(replace(entry(1), at=dates.now()))
        with pytest.raises(JobFailed, match="clock_is_ahead"):
            cut_access_log.func()
    assert Access.objects.count() == count + 1
    with dates.clock_at(OLD.replace(year=2036) + timedelta(days=40)):
        assert cut_access_log.func() == 3 * (RECORDS + 1), "it was no jump: a month was worked with it"


def test_only_the_background_and_the_administrator_of_the_machine_cut(written: Path) -> None:
    with pytest.raises(PermissionDenied):
        cut_log(by=acting(a_coordinator(a_municipality())), before=BEFORE)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2029, 5, 2), date(2024, 5, 2)),
        (date(2032, 2, 29), date(2027, 2, 28)),
        (date(2032, 3, 1), date(2027, 3, 1)),
        (date(2033, 2, 28), date(2028, 2, 28)),  # records of the leap day stay
        (date(2033, 3, 1), date(2028, 3, 1)),
    ],
)
def test_the_first_day_of_which_records_stay(today: date, first: date) -> None:
    since = kept_since(today, 5)
    assert (since.date(), since.hour, str(since.tzinfo)) == (first, 0, "Europe/Amsterdam")


def test_the_term_is_a_whole_number_of_years() -> None:
    assert [years_of_log(given) for given in ("", " ", "1", "10", "50")] == [5, 5, 1, 10, 50]
    for given in ("0", "-1", "51", "5.5", "vijf"):
        with pytest.raises(NoTermOfLog, match="OPSTAP_LOG_YEARS"):
            years_of_log(given)
