"""Reads: scales with their levels as named on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from opstap.ladder.enums import NO_COUNTERPART, UNDETERMINED, ScaleKind
from opstap.ladder.logic import LevelPlace
from opstap.ladder.models import Level, LevelText, Scale, ScaleQuestion, ScaleVersion

NOWHERE = frozenset({UNDETERMINED, NO_COUNTERPART})
HALF_SIGNS = ("-", "+")


@dataclass(frozen=True)
class LevelOnDay:
    """A level as its scale's version of the day has it."""

    id: int
    code: str
    parent_code: str | None
    position: int
    name_nl: str
    name_en: str
    definition_nl: str
    definition_en: str
    examples_nl: tuple[str, ...]
    examples_en: tuple[str, ...]
    band_nl: str
    band_en: str
    records_growth: bool
    works_without_help: bool
    has_support: bool
    has_aftercare: bool

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.name_en if language == "en" else self.name_nl

    def band(self, language: str) -> str:
        """The distance band in a language, empty where the scale has none."""
        return self.band_en if language == "en" else self.band_nl


@dataclass(frozen=True)
class ScaleOnDay:
    """A scale with its levels as they are on a day."""

    id: int
    key: str
    kind: str
    name_nl: str
    name_en: str
    description_nl: str
    description_en: str
    horizon_months: int
    growth_on_halves: bool
    source: str
    version: int
    levels: tuple[LevelOnDay, ...]

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.name_en if language == "en" else self.name_nl

    @property
    def is_ladder(self) -> bool:
        """Whether the levels have an order."""
        return self.kind == ScaleKind.ORDINAL

    @property
    def whole_levels(self) -> tuple[LevelOnDay, ...]:
        """The whole levels that are steps of the scale: code 0 and "no counterpart" left out."""
        return tuple(level for level in self.levels if level.parent_code is None and level.code not in NOWHERE)

    @property
    def undetermined(self) -> frozenset[int]:
        """The ids of code 0: looked at without choosing a level, so no level to stand on."""
        return frozenset(level.id for level in self.levels if level.code == UNDETERMINED)

    def growth_position(self, code: str) -> int | None:
        """Where growth is judged: the place of the whole level, or of the half where the scale counts those."""
        judged = code if self.growth_on_halves else self.whole_of(code)
        return next((level.position for level in self.levels if level.code == judged), None)

    def whole_of(self, code: str) -> str:
        """The code of the whole level of a level; empty for none."""
        return next((level.parent_code or level.code for level in self.levels if level.code == code), "")


def scale_keys() -> list[str]:
    """The keys of all scales."""
    return list(Scale.objects.order_by("key").values_list("key", flat=True))


def scale_on(key: str, day: date) -> ScaleOnDay | None:
    """A scale as it reads on a day (its first version before that begins), or None when there is no such scale."""
    return next(iter(_read(LevelText.objects.filter(version__scale__key=key), day)), None)


def scales_on(day: date) -> list[ScaleOnDay]:
    """All scales as they read on a day; one query."""
    return _read(LevelText.objects.all(), day)


def _holding(versions: Sequence[ScaleVersion], day: date) -> ScaleVersion:
    holding = [one for one in versions if one.starts_on <= day and (one.ends_on is None or day < one.ends_on)]
    return (holding or versions[:1])[-1]


def questions_on(scale: ScaleOnDay) -> list[ScaleQuestion]:
    """The questions of the version of a scale, in their order; none on a scale that is chosen from directly."""
    return list(ScaleQuestion.objects.filter(version__scale=scale.id, version__number=scale.version))


def level_places() -> dict[int, LevelPlace]:
    """Every level of every scale with its place."""
    levels = Level.objects.select_related("parent", "scale")
    return {
        level.pk: LevelPlace(
            level.pk,
            level.scale_id,
            level.whole_position,
            level.scale.kind == ScaleKind.ORDINAL,
            level.has_support,
            level.has_aftercare,
            level.position if level.scale.growth_on_halves else level.whole_position,
            level.records_growth,
        )
        for level in levels
    }


def _read(texts: QuerySet[LevelText], day: date) -> list[ScaleOnDay]:
    """The scales whose texts these are, each in the version that holds on the day."""
    read = texts.select_related("version__scale", "level__parent")
    ordered = read.order_by("-version__scale__kind", "-version__scale__key", "version__number")
    scales = []
    for _, own in groupby(ordered, key=lambda text: text.version.scale_id):
        by_version: dict[ScaleVersion, list[LevelText]] = {}
        for text in own:
            by_version.setdefault(text.version, []).append(text)
        version = _holding(list(by_version), day)
        scales.append(_scale(version, by_version[version]))
    return scales


def _scale(version: ScaleVersion, texts: Sequence[LevelText]) -> ScaleOnDay:
    scale = version.scale
    levels = sorted((_level(text) for text in texts), key=lambda level: level.position)
    return ScaleOnDay(
        id=scale.pk,
        key=scale.key,
        kind=scale.kind,
        name_nl=scale.name_nl,
        name_en=scale.name_en,
        description_nl=scale.description_nl,
        description_en=scale.description_en,
        horizon_months=scale.horizon_months,
        growth_on_halves=scale.growth_on_halves,
        source=scale.source,
        version=version.number,
        levels=tuple(levels),
    )


def _level(text: LevelText) -> LevelOnDay:
    level = text.level
    return LevelOnDay(
        id=level.pk,
        code=level.code,
        parent_code=level.parent.code if level.parent is not None else None,
        position=level.position,
        name_nl=text.name_nl,
        name_en=text.name_en,
        definition_nl=text.definition_nl,
        definition_en=text.definition_en,
        examples_nl=tuple(text.examples_nl),
        examples_en=tuple(text.examples_en),
        band_nl=text.band_nl,
        band_en=text.band_en,
        records_growth=level.records_growth,
        works_without_help=level.works_without_help,
        has_support=level.has_support,
        has_aftercare=level.has_aftercare,
    )
