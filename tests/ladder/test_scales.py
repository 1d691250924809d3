"""Scales as installed: levels in their order with their half-levels, and versions that keep a level the same level."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.ladder.models import Level, LevelText, Scale, ScaleVersion
from opstap.ladder.operations import install_scales
from opstap.ladder.selectors.scales import ScaleOnDay, level_places, scale_keys, scale_on, scales_on
from tests.factories.accounts import a_coordinator, acting
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)

HEAD = """
key = "trap"
kind = "ordinal"
name = {nl = "Trap", en = "Stairs"}
description = {nl = "Een trap.", en = "Stairs."}
horizon_months = 6
growth_on_halves = true
source = "Invented."
"""


def version(number: int, starts_on: str, *levels: str, ends_on: str = "") -> str:
    end = f"ends_on = {ends_on}\n" if ends_on else ""
    return f"[[version]]\nnumber = {number}\nstarts_on = {starts_on}\n{end}" + "".join(levels)


def level(code: str, name: str, *, halves: bool = False, band: str = "") -> str:
    far = f'band = {{nl = "{band}", en = "{band}"}}\n' if band else ""
    return (
        f'[[version.level]]\ncode = "{code}"\nhalves = {str(halves).lower()}\n'
        f'name = {{nl = "{name}", en = "{name} (en)"}}\n'
        f'definition = {{nl = "Dit is {name}.", en = "This is {name}."}}\n'
        f'examples = {{nl = ["a", "b"], en = ["c", "d"]}}\n'
        f"growth = true\nworks_without_help = {str(code == '2').lower()}\n" + far
    )


FIRST = version(1, "2020-01-01", level("1", "Beneden", halves=True), level("2", "Boven"))
SECOND = version(
    2, "2025-01-01", level("1", "Kelder", halves=True, band="groot"), level("3", "Tussen"), level("2", "Zolder")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "trap.toml").write_text(HEAD + FIRST, encoding="utf-8")
    return tmp_path


def install(folder: Path, text: str = HEAD + FIRST) -> None:
    (folder / "trap.toml").write_text(text, encoding="utf-8")
    assert install_scales(by=command_line(), folder=folder) == ["trap"]


def read(key: str, day: date = DAY) -> ScaleOnDay:
    scale = scale_on(key, day)
    assert scale is not None
    return scale


def test_the_shipped_scales_are_there() -> None:
    assert scale_keys() == ["groningen", "rijswijk", "steenwijkerland", "vng"]
    assert {scale.key: scale.is_ladder for scale in scales_on(DAY)} == {
        "groningen": True,
        "rijswijk": True,
        "steenwijkerland": False,
        "vng": True,
    }
    assert scale_on("onbekend", DAY) is None


def test_half_levels_lie_on_either_side_of_their_whole_level() -> None:
    vng = read("vng")
    codes = [found.code for found in vng.levels]
    assert codes == "0 1- 1 1+ 2- 2 2+ 3- 3 3+ 4- 4 4+ 5- 5 5+ 6".split()
    assert {found.code: found.parent_code for found in vng.levels if found.parent_code} == {
        f"{whole}{sign}": whole for whole in "12345" for sign in "-+"
    }
    assert [found.code for found in vng.whole_levels] == list("123456")
    half = next(found for found in vng.levels if found.code == "2+")
    assert half.name("nl") == "Sociale contacten buitenshuis +"
    assert not [found for found in read("groningen").levels if found.parent_code]


def test_half_levels_stand_at_the_place_of_their_whole_level() -> None:
    by_code = {found.code: found for found in Level.objects.filter(scale__key="vng").select_related("parent")}
    places = level_places()
    for code in ("2-", "2+"):
        assert places[by_code[code].pk].whole_position == by_code["2"].position == by_code[code].whole_position
    assert places[by_code["3-"].pk].whole_position > places[by_code["2+"].pk].whole_position
    assert places[by_code["2"].pk].ordinal
    group = Level.objects.get(scale__key="steenwijkerland", code="2")
    assert not places[group.pk].ordinal
    assert by_code["0"].is_undetermined
    assert not by_code["1"].is_undetermined


def test_bands_and_work_without_help_come_from_the_files() -> None:
    assert [found.band("en") for found in read("rijswijk").whole_levels] == [
        "large", "large", "medium", "medium", "small", "small",
    ]  # fmt: skip
    assert [found.code for found in read("vng").levels if found.works_without_help] == ["6"]


def test_a_scale_of_ones_own_is_installed_as_the_file_says(folder: Path) -> None:
    install(folder)
    trap = Scale.objects.get(key="trap")
    assert (trap.horizon_months, trap.growth_on_halves, trap.name("nl"), trap.name("en")) == (6, True, "Trap", "Stairs")
    assert [found.code for found in read("trap").levels] == ["1-", "1", "1+", "2"]
    assert read("trap").levels[1].examples_en == ("c", "d")


def test_installed_again_everything_keeps_its_identity(folder: Path) -> None:
    install(folder)
    before = list(Level.objects.order_by("pk").values_list("pk", "code")), list(ScaleVersion.objects.values_list("pk"))
    texts = LevelText.objects.count()
    install(folder)
    install_scales(by=command_line())
    after = list(Level.objects.order_by("pk").values_list("pk", "code")), list(ScaleVersion.objects.values_list("pk"))
    assert after == before
    assert LevelText.objects.count() == texts


def test_each_day_reads_the_version_of_then_and_the_level_stays_the_same_level(folder: Path) -> None:
    install(folder)
    ids = {found.code: found.id for found in read("trap").levels}
    install(folder, HEAD + FIRST + SECOND)
    old, new = read("trap", date(2024, 12, 31)), read("trap", date(2025, 1, 1))
    assert (old.version, new.version) == (1, 2)
    assert [found.name_nl for found in old.levels if found.parent_code is None] == ["Beneden", "Boven"]
    assert [found.name_nl for found in new.levels if found.parent_code is None] == ["Kelder", "Tussen", "Zolder"]
    assert {found.code: found.id for found in old.levels} == ids
    assert ids.items() <= {found.code: found.id for found in new.levels}.items()
    assert (old.levels[0].band("nl"), new.levels[0].band("nl")) == ("", "groot")


def test_before_its_first_version_a_scale_reads_as_that_version(folder: Path) -> None:
    install(folder, HEAD + FIRST + SECOND)
    assert read("trap", date(1999, 1, 1)).version == 1


def test_a_version_that_ended_is_followed_by_the_latest_that_holds(folder: Path) -> None:
    install(folder, HEAD + version(1, "2020-01-01", level("1", "Een"), ends_on="2022-01-01") + SECOND)
    assert read("trap", date(2021, 12, 31)).version == 1
    assert read("trap", date(2025, 1, 1)).version == 2


def test_who_may_not_set_up_installs_nothing(folder: Path) -> None:
    actor, before = acting(a_coordinator(a_municipality())), latest_recording()
    with pytest.raises(PermissionDenied):
        install_scales(by=actor, folder=folder)
    assert latest_recording() == before
    assert not Scale.objects.filter(key="trap").exists()
