"""Writing the levels of a scale and their texts, for a shipped scale and for one made on screen alike."""

from __future__ import annotations

from opstap.ladder.logic import LevelDesign
from opstap.ladder.models import Level, LevelText, Scale, ScaleVersion

POSITION_STEP = 10  # leaves room for the half-levels on either side of their whole level (FIELD 1.5)


def put_level(scale: Scale, code: str, design: LevelDesign, parent: Level | None, position: int | None = None) -> Level:
    """A level as it is now to be; without a position it keeps the one it has."""
    given: dict[str, object] = {
        "parent": parent,
        "records_growth": design.growth,
        "works_without_help": design.works_without_help,
        "has_support": design.has_support,
        "has_aftercare": design.has_aftercare,
    }
    placed = {} if position is None else {"position": position}
    level, _ = Level.objects.update_or_create(
        scale=scale, code=code, defaults={**given, **placed}, create_defaults={**given, "position": position or 0}
    )
    return level


def put_text(version: ScaleVersion, level: Level, design: LevelDesign, sign: str = "") -> None:
    """What a level is called and means in a version; a half-level bears the sign behind the name of its whole one."""
    suffix = f" {sign}" if sign else ""
    LevelText.objects.update_or_create(
        version=version,
        level=level,
        defaults={
            "name_nl": design.name_nl + suffix,
            "name_en": (design.name_en or design.name_nl) + suffix,
            "definition_nl": design.definition_nl,
            "definition_en": design.definition_en or design.definition_nl,
            "examples_nl": list(design.examples_nl),
            "examples_en": list(design.examples_en or design.examples_nl),
            "band_nl": design.band_nl,
            "band_en": design.band_en or design.band_nl,
        },
    )
