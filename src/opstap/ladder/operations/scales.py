"""Installing scales from readable data files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.ladder.enums import QuestionPart
from opstap.ladder.logic import LevelDesign
from opstap.ladder.models import Scale, ScaleQuestion, ScaleVersion
from opstap.ladder.operations.levels import POSITION_STEP, put_level, put_text
from opstap.ladder.selectors.scales import HALF_SIGNS

SHIPPED = Path(__file__).resolve().parent.parent / "scales"


def install_scales(*, by: Actor, folder: Path = SHIPPED) -> list[str]:
    """Install the scales of a folder; what exists keeps its identity, and what was changed here is left alone."""
    by.require("configure_municipality")
    with writing(by=by, verb="install_scales"):
        return [_install(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.toml"))]


def _install(entry: dict[str, Any]) -> str:
    if Scale.objects.filter(key=entry["key"], is_own=True).exists():
        return str(entry["key"])
    scale, _ = Scale.objects.update_or_create(
        key=entry["key"],
        defaults={
            "kind": entry["kind"],
            "name_nl": entry["name"]["nl"],
            "name_en": entry["name"]["en"],
            "description_nl": entry["description"]["nl"],
            "description_en": entry["description"]["en"],
            "horizon_months": entry["horizon_months"],
            "growth_on_halves": entry["growth_on_halves"],
            "source": entry["source"],
        },
    )
    for version_entry in entry["version"]:
        version, _ = ScaleVersion.objects.update_or_create(
            scale=scale,
            number=version_entry["number"],
            defaults={"starts_on": version_entry["starts_on"], "ends_on": version_entry.get("ends_on")},
        )
        for place, item in enumerate(version_entry["level"], start=1):
            _install_level(scale, version, place * POSITION_STEP, item)
        _install_questions(version, version_entry.get("question", []))
    return scale.key


def _install_questions(version: ScaleVersion, entries: list[dict[str, Any]]) -> None:
    version.questions.all().delete()
    for number, entry in enumerate(entries, start=1):
        ScaleQuestion.objects.create(
            version=version,
            part=QuestionPart(entry["part"]).value,
            number=number,
            key=entry["key"],
            yes=entry["yes"],
            no=entry["no"],
            text_nl=entry["text"]["nl"],
            text_en=entry["text"]["en"],
            explanation_nl=entry["explanation"]["nl"],
            explanation_en=entry["explanation"]["en"],
        )


def _install_level(scale: Scale, version: ScaleVersion, position: int, item: dict[str, Any]) -> None:
    design = _design(item)
    whole = put_level(scale, design.code, design, None, position)
    put_text(version, whole, design)
    for sign, step in zip(HALF_SIGNS, (-1, 1), strict=True) if design.halves else ():
        put_text(version, put_level(scale, design.code + sign, design, whole, position + step), design, sign)


def _design(item: dict[str, Any]) -> LevelDesign:
    """A level of a file as one that was designed."""
    band = item.get("band", {"nl": "", "en": ""})
    return LevelDesign(
        code=item["code"],
        name_nl=item["name"]["nl"],
        name_en=item["name"]["en"],
        definition_nl=item["definition"]["nl"],
        definition_en=item["definition"]["en"],
        examples_nl=tuple(item["examples"]["nl"]),
        examples_en=tuple(item["examples"]["en"]),
        band_nl=band["nl"],
        band_en=band["en"],
        growth=item["growth"],
        works_without_help=item["works_without_help"],
        has_support=item.get("support", False),
        has_aftercare=item.get("aftercare", False),
        halves=bool(item.get("halves")),
    )
