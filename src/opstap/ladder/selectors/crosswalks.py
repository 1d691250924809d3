"""Reads: crosswalks as they are on a day, every level of the source with its counterpart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from opstap.ladder.logic.crosswalks import with_halves
from opstap.ladder.models import Crosswalk, CrosswalkEntry, CrosswalkVersion, Level, Scale

CROSSWALK_WORDS = ("name_nl", "name_en", "explanation_nl", "explanation_en", "is_example")


@dataclass(frozen=True)
class CrosswalkOnDay:
    """A crosswalk as its version of the day has it. `codes` and `ids` have every level of the source, halves too."""

    key: str
    name_nl: str
    name_en: str
    explanation_nl: str
    explanation_en: str
    is_example: bool
    version: int
    source: Scale
    target: Scale
    entries: Mapping[str, str | None]
    ids: Mapping[int, int | None]
    undetermined: frozenset[int]

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.name_en if language == "en" else self.name_nl

    def explanation(self, language: str) -> str:
        """What it rests on."""
        return self.explanation_en if language == "en" else self.explanation_nl


def versions_on(day: date) -> list[CrosswalkVersion]:
    """The crosswalks that hold on a day, as their version of that day, with both scales. One query."""
    holding = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    versions = CrosswalkVersion.objects.filter(holding).select_related("crosswalk__source", "crosswalk__target")
    return list({one.crosswalk_id: one for one in versions.order_by("crosswalk__key", "number")}.values())


def filled_in(versions: Sequence[CrosswalkVersion]) -> list[CrosswalkOnDay]:
    """What versions say about each level. Two queries."""
    if not versions:
        return []
    entries: dict[int, dict[int, int | None]] = {version.pk: {} for version in versions}
    rows = CrosswalkEntry.objects.filter(version__in=entries).values_list("version", "level", "counterpart")
    for version, level, counterpart in rows:
        entries[version][level] = counterpart
    scales = {pk for one in versions for pk in (one.crosswalk.source_id, one.crosswalk.target_id)}
    levels = list(Level.objects.filter(scale__in=scales).select_related("parent").order_by("position"))
    return [_on_day(version, entries[version.pk], levels) for version in versions]


def crosswalks_on(day: date) -> list[CrosswalkOnDay]:
    """The crosswalks that hold on a day."""
    return filled_in(versions_on(day))


def latest_of(crosswalk: Crosswalk) -> dict[str, str | None] | None:
    """What the latest version of a crosswalk says, by code; None when it says nothing yet."""
    version = crosswalk.versions.order_by("number").last()
    if version is None:
        return None
    rows = version.entries.select_related("level", "counterpart")
    return {row.level.code: row.counterpart.code if row.counterpart else None for row in rows}


def said_by(crosswalk: Crosswalk) -> dict[str, Any]:
    """All that a form of a crosswalk can change, as it is now: its words, what each level is read as, until when."""
    words = Crosswalk.objects.values(*CROSSWALK_WORDS).get(pk=crosswalk.pk)
    version = crosswalk.versions.order_by("number").last()
    levels = {f"level-{code}": counterpart or "none" for code, counterpart in (latest_of(crosswalk) or {}).items()}
    own = Level.objects.filter(scale=crosswalk.source_id).values_list("code", flat=True)
    return {
        **words,
        **{f"level-{code}": levels.get(f"level-{code}", "") for code in own},
        "version": version.number if version else None,
        "ends_on": version.ends_on if version else None,
    }


def crosswalk_on(key: str, day: date) -> CrosswalkOnDay | None:
    """One crosswalk, or None when there is none of that key on the day."""
    return next(iter(filled_in([one for one in versions_on(day) if one.crosswalk.key == key])), None)


def _on_day(version: CrosswalkVersion, entries: Mapping[int, int | None], levels: Sequence[Level]) -> CrosswalkOnDay:
    crosswalk = version.crosswalk
    codes = {level.pk: level.code for level in levels}
    own = [level for level in levels if level.scale_id == crosswalk.source_id]
    parents = {level.code: level.parent.code if level.parent else None for level in own}
    said = {codes[pk]: codes.get(counterpart or 0) for pk, counterpart in entries.items()}
    complete = with_halves(parents, said)
    targets = {level.code: level.pk for level in levels if level.scale_id == crosswalk.target_id}
    ids = {level.pk: targets.get(complete[level.code] or "") for level in own}
    return CrosswalkOnDay(
        key=crosswalk.key,
        name_nl=crosswalk.name_nl,
        name_en=crosswalk.name_en,
        explanation_nl=crosswalk.explanation_nl,
        explanation_en=crosswalk.explanation_en,
        is_example=crosswalk.is_example,
        version=version.number,
        source=crosswalk.source,
        target=crosswalk.target,
        entries={level.code: said[level.code] for level in own if level.code in said},
        ids=ids,
        undetermined=frozenset(level.pk for level in own if level.is_undetermined),
    )
