"""Making a crosswalk, changing it from a day on, ending it; and installing the shipped ones from readable files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from opstap.audit.operations import require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.ladder.logic.crosswalks import Counterparts, CrosswalkFault, CrosswalkRefused, crosswalk_faults
from opstap.ladder.models import Crosswalk, CrosswalkEntry, CrosswalkVersion, Level, Scale
from opstap.ladder.selectors.crosswalks import said_by

SHIPPED = Path(__file__).resolve().parent.parent / "crosswalks"


@dataclass(frozen=True)
class CrosswalkWords:
    """What a crosswalk is called and rests on, in both languages; whether it is an example only."""

    name_nl: str
    name_en: str
    explanation_nl: str = ""
    explanation_en: str = ""
    is_example: bool = False


def create_crosswalk(
    *,
    by: Actor,
    key: str,
    source: Scale,
    target: Scale,
    words: CrosswalkWords,
    counterparts: Counterparts,
    since: date,
) -> Crosswalk:
    """Make a crosswalk that holds from a day on. CrosswalkRefused says what is wrong."""
    by.require("configure_municipality")
    faults = [CrosswalkFault("key_taken", key)] if Crosswalk.objects.filter(key=key).exists() else []
    _refuse([*faults, *_faults(source, target, counterparts)])
    with writing(by=by, verb="create_crosswalk", about=key):
        crosswalk = Crosswalk.objects.create(key=key, source=source, target=target, is_own=True, **vars(words))
        _write_version(crosswalk, counterparts, 1, since)
    return crosswalk


def save_crosswalk(
    *,
    by: Actor,
    crosswalk: Crosswalk,
    counterparts: Counterparts,
    since: date,
    words: CrosswalkWords | None = None,
    opened_on: str | None = None,
) -> CrosswalkVersion:
    """Let a crosswalk say something else from a day on; what it said before that day stays.

    A version that hasn't begun yet, or began today, is replaced; one that began earlier can't be rewritten.
    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when it stands no more.
    """
    by.require("configure_municipality")
    _refuse(_faults(crosswalk.source, crosswalk.target, counterparts))
    with writing(by=by, verb="save_crosswalk", about=crosswalk.key):
        require_unchanged("crosswalk", said_by(crosswalk), opened_on)
        last = crosswalk.versions.order_by("number").last()
        if last is not None and (since < last.starts_on or (since == last.starts_on and since < dates.today())):
            raise CrosswalkRefused([CrosswalkFault("starts_too_early")])
        Crosswalk.objects.filter(pk=crosswalk.pk).update(is_own=True, **(vars(words) if words else {}))
        if last is not None and since == last.starts_on:
            return _write_version(crosswalk, counterparts, last.number, since)
        if last is not None and (last.ends_on is None or last.ends_on > since):
            CrosswalkVersion.objects.filter(pk=last.pk).update(ends_on=since)
        return _write_version(crosswalk, counterparts, last.number + 1 if last else 1, since)


def rename_crosswalk(*, by: Actor, crosswalk: Crosswalk, words: CrosswalkWords) -> None:
    """Other names and explanation; what it says about levels stays."""
    by.require("configure_municipality")
    with writing(by=by, verb="rename_crosswalk", about=crosswalk.key):
        Crosswalk.objects.filter(pk=crosswalk.pk).update(is_own=True, **vars(words))


def end_crosswalk(*, by: Actor, crosswalk: Crosswalk, on: date, opened_on: str | None = None) -> None:
    """From this day on the crosswalk can't be asked for any more; reports about earlier days still can use it.

    `opened_on` as where it is saved.
    """
    by.require("configure_municipality")
    with writing(by=by, verb="end_crosswalk", about=crosswalk.key):
        require_unchanged("crosswalk", said_by(crosswalk), opened_on)
        last = crosswalk.versions.order_by("number").last()
        if last is None or on <= last.starts_on:
            raise CrosswalkRefused([CrosswalkFault("ends_before_it_starts")])
        CrosswalkVersion.objects.filter(pk=last.pk).update(ends_on=on)
        Crosswalk.objects.filter(pk=crosswalk.pk).update(is_own=True)


def install_crosswalks(*, by: Actor, folder: Path = SHIPPED) -> list[str]:
    """Bring the crosswalks of a folder in line with their files, except those that were changed here.

    CrosswalkRefused for a file that says something it can't.
    """
    by.require("configure_municipality")
    entries = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    own = set(Crosswalk.objects.filter(is_own=True).values_list("key", flat=True))
    with writing(by=by, verb="install_crosswalks", count=len(entries)):
        return [_install(entry) for entry in entries if entry["key"] not in own]


def _install(entry: dict[str, Any]) -> str:
    words = CrosswalkWords(
        name_nl=entry["name"]["nl"],
        name_en=entry["name"]["en"],
        explanation_nl=entry["explanation"]["nl"],
        explanation_en=entry["explanation"]["en"],
        is_example=entry["is_example"],
    )
    source, target = (Scale.objects.get(key=entry[side]) for side in ("source", "target"))
    crosswalk, _ = Crosswalk.objects.update_or_create(
        key=entry["key"], defaults={"source": source, "target": target, **vars(words)}
    )
    for version in entry["version"]:
        said = {item["level"]: item.get("counterpart") for item in version["entry"]}
        twice = [CrosswalkFault("level_twice")] if len(said) != len(version["entry"]) else []
        _refuse([*twice, *_faults(source, target, said)])
        _write_version(crosswalk, said, version["number"], version["starts_on"], version.get("ends_on"))
    return crosswalk.key


def _faults(source: Scale, target: Scale, counterparts: Counterparts) -> list[CrosswalkFault]:
    if source.pk == target.pk:
        return [CrosswalkFault("same_scale")]
    levels = Level.objects.filter(scale__in=[source, target]).select_related("parent").order_by("position")
    parents = {one.code: one.parent.code if one.parent else None for one in levels if one.scale_id == source.pk}
    return crosswalk_faults(parents, [one.code for one in levels if one.scale_id == target.pk], counterparts)


def _refuse(faults: list[CrosswalkFault]) -> None:
    if faults:
        raise CrosswalkRefused(faults)


def _write_version(
    crosswalk: Crosswalk, counterparts: Counterparts, number: int, since: date, until: date | None = None
) -> CrosswalkVersion:
    version, _ = CrosswalkVersion.objects.update_or_create(
        crosswalk=crosswalk, number=number, defaults={"starts_on": since, "ends_on": until}
    )
    version.entries.all().delete()
    own = dict(Level.objects.filter(scale=crosswalk.source_id).values_list("code", "pk"))
    others = dict(Level.objects.filter(scale=crosswalk.target_id).values_list("code", "pk"))
    CrosswalkEntry.objects.bulk_create(
        CrosswalkEntry(
            version=version, level_id=own[code], counterpart_id=None if counterpart is None else others[counterpart]
        )
        for code, counterpart in counterparts.items()
    )
    return version
