"""Crosswalks: the shipped example, what one may say, a change from a day on, and the page of its scale."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.ladder.logic.crosswalks import Counterparts, CrosswalkRefused
from opstap.ladder.models import Crosswalk, Scale
from opstap.ladder.operations import (
    CrosswalkWords,
    create_crosswalk,
    end_crosswalk,
    install_crosswalks,
    rename_crosswalk,
    save_crosswalk,
)
from opstap.ladder.selectors.crosswalks import crosswalk_on, crosswalks_on
from tests.factories.accounts import a_coordinator, acting
from tests.factories.ladder import level
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BY = command_line()
SINCE, LATER = date(2024, 1, 1), date(2025, 1, 1)
EVE = LATER - timedelta(days=1)
WORDS = CrosswalkWords("VNG als Rijswijk", "VNG as Rijswijk")
SAID: Counterparts = {"0": "0", "1": "1", "2": "1", "3": "2", "4": None, "5": "5", "6": "6"}


def scale(key: str) -> Scale:
    return Scale.objects.get(key=key)


def made(said: Counterparts = SAID, key: str = "vng-rijswijk") -> Crosswalk:
    return create_crosswalk(
        by=BY, key=key, source=scale("vng"), target=scale("rijswijk"), words=WORDS, counterparts=said, since=SINCE
    )


def says(code: str, day: date) -> str | None:
    found = crosswalk_on("vng-rijswijk", day)
    assert found is not None
    counterpart = found.ids[level(code).pk]
    return None if counterpart is None else next(
        code for code in ("0", "1", "2", "3", "4", "5", "6") if level(code, "rijswijk").pk == counterpart
    )  # fmt: skip


def test_the_shipped_one_is_an_example_and_complete() -> None:
    found = crosswalk_on("groningen-vng", date(2024, 1, 1))
    assert found is not None
    assert found.is_example
    assert found.entries == {"0": "0", "1": "1", "2": "2", "3": "3", "4": "4", "5": None, "6": "5", "7": "6"}
    assert found.undetermined == {level("0", "groningen").pk}
    assert crosswalk_on("groningen-vng", date(2020, 8, 31)) is None


def test_a_half_level_follows_its_whole_level_unless_it_goes_apart() -> None:
    made({**SAID, "3+": "3", "2-": None})
    assert [says(code, SINCE) for code in ("3", "3-", "3+", "2", "2-", "2+", "4+")] == [
        "2", "2", "3", "1", None, "1", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"9": "1"}, "level_unknown 9"),
        ({"3": "9"}, "counterpart_unknown 3"),
        ({"3": "0"}, "undetermined_is_no_level 3"),
        ({"0": "1"}, "undetermined_is_no_level 0"),
        ({"0": None}, "undetermined_is_no_level 0"),
    ],
)
def test_what_a_crosswalk_cannot_say(change: Counterparts, fault: str) -> None:
    with pytest.raises(CrosswalkRefused, match=fault):
        made({**SAID, **change})
    assert not Crosswalk.objects.filter(key="vng-rijswijk").exists()


def test_every_whole_level_has_an_entry() -> None:
    with pytest.raises(CrosswalkRefused, match="level_without_entry 3, level_without_entry 6"):
        made({code: counterpart for code, counterpart in SAID.items() if code not in {"3", "6"}})


def test_not_onto_itself_and_not_twice_under_one_key() -> None:
    made()
    with pytest.raises(CrosswalkRefused, match="key_taken"):
        made()
    with pytest.raises(CrosswalkRefused, match="same_scale"):
        create_crosswalk(
            by=BY, key="rond", source=scale("vng"), target=scale("vng"), words=WORDS, counterparts=SAID, since=SINCE
        )


def test_another_version_holds_from_its_day_and_the_past_stays() -> None:
    crosswalk = made()
    save_crosswalk(by=BY, crosswalk=crosswalk, counterparts={**SAID, "4": "4"}, since=LATER)
    assert (says("4", EVE), says("4", LATER)) == (None, "4")
    with pytest.raises(CrosswalkRefused, match="starts_too_early"):
        save_crosswalk(by=BY, crosswalk=crosswalk, counterparts=SAID, since=EVE)
    with pytest.raises(CrosswalkRefused, match="starts_too_early"):
        save_crosswalk(by=BY, crosswalk=crosswalk, counterparts=SAID, since=LATER)
    today = dates.today()
    save_crosswalk(by=BY, crosswalk=crosswalk, counterparts={**SAID, "4": "2"}, since=today)
    save_crosswalk(by=BY, crosswalk=crosswalk, counterparts={**SAID, "4": "3"}, since=today)
    assert (says("4", LATER), says("4", today)) == ("4", "3")
    assert crosswalk.versions.count() == 3


def test_it_can_be_renamed_and_ended() -> None:
    crosswalk = made()
    rename_crosswalk(by=BY, crosswalk=crosswalk, words=CrosswalkWords("Anders", "Otherwise"))
    found = crosswalk_on("vng-rijswijk", SINCE)
    assert found is not None
    assert (found.name("nl"), found.name("en")) == ("Anders", "Otherwise")
    with pytest.raises(CrosswalkRefused, match="ends_before_it_starts"):
        end_crosswalk(by=BY, crosswalk=crosswalk, on=SINCE)
    end_crosswalk(by=BY, crosswalk=crosswalk, on=LATER)
    assert [one.key for one in crosswalks_on(EVE)] == ["groningen-vng", "vng-rijswijk"]
    assert [one.key for one in crosswalks_on(LATER)] == ["groningen-vng"]


def test_one_that_ended_can_say_something_else_from_a_later_day_and_the_gap_stays() -> None:
    crosswalk = made()
    end_crosswalk(by=BY, crosswalk=crosswalk, on=LATER)
    since = LATER + timedelta(days=200)
    save_crosswalk(by=BY, crosswalk=crosswalk, counterparts={**SAID, "4": "4"}, since=since)
    assert crosswalk_on("vng-rijswijk", LATER) is None
    assert (says("4", EVE), says("4", since)) == (None, "4")


def test_only_who_configures_the_municipality_may() -> None:
    crosswalk, actor = made(), acting(a_coordinator(a_municipality()))
    with pytest.raises(PermissionDenied):
        save_crosswalk(by=actor, crosswalk=crosswalk, counterparts=SAID, since=LATER)
    with pytest.raises(PermissionDenied):
        end_crosswalk(by=actor, crosswalk=crosswalk, on=LATER)


def test_installing_again_leaves_alone_what_was_changed_here() -> None:
    shipped = Crosswalk.objects.get(key="groningen-vng")
    assert install_crosswalks(by=BY) == ["groningen-vng"]
    before = crosswalk_on("groningen-vng", SINCE)
    changed = {"0": "0", **{str(number): "1" for number in range(1, 8)}}
    save_crosswalk(by=BY, crosswalk=shipped, counterparts=changed, since=LATER)
    assert install_crosswalks(by=BY) == []
    assert crosswalk_on("groningen-vng", SINCE) == before
    after = crosswalk_on("groningen-vng", LATER)
    assert after is not None
    assert after.entries == changed


def test_the_page_of_the_scale_shows_it_marked_as_an_example(client: Client) -> None:
    client.force_login(a_coordinator(a_municipality()), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/ladders/groningen/").content.decode()
    assert "Gelezen als VNG Participatieladder" in page
    assert "voorbeeld</span>" in page
    assert "geen tegenhanger" in page
    assert "Gelezen als" not in client.get("/ladders/vng/").content.decode()
