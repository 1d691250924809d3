"""Installing scales from readable data files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.ladder.enums import QuestionPart
from opstap.ladder.models import Level, LevelText, Scale, ScaleQuestion, ScaleVersion
from opstap.ladder.selectors.scales import HALF_SIGNS

SHIPPED = Path(__file__).resolve().parent.parent / "scales"
POSITION_STEP = 10  # leaves room for the half-levels on either side of their whole level (FIELD 1.5)


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
    whole = _level(scale, item["code"], position, item, parent=None)
    _text(version, whole, item, "")
    if not item.get("halves"):
        return
    for sign, extra in zip(HALF_SIGNS, (-1, 1), strict=True):
        half = _level(scale, item["code"] + sign, position + extra, item, parent=whole)
        _text(version, half, item, sign)


def _level(scale: Scale, code: str, position: int, item: dict[str, Any], parent: Level | None) -> Level:
    level, _ = Level.objects.update_or_create(
        scale=scale,
        code=code,
        defaults={
            "position": position,
            "parent": parent,
            "records_growth": item["growth"],
            "works_without_help": item["works_without_help"],
            "has_support": item.get("support", False),
            "has_aftercare": item.get("aftercare", False),
        },
    )
    return level


def _text(version: ScaleVersion, level: Level, item: dict[str, Any], sign: str) -> None:
    suffix = f" {sign}" if sign else ""
    band = item.get("band", {"nl": "", "en": ""})
    LevelText.objects.update_or_create(
        version=version,
        level=level,
        defaults={
            "name_nl": item["name"]["nl"] + suffix,
            "name_en": item["name"]["en"] + suffix,
            "definition_nl": item["definition"]["nl"],
            "definition_en": item["definition"]["en"],
            "examples_nl": item["examples"]["nl"],
            "examples_en": item["examples"]["en"],
            "band_nl": band["nl"],
            "band_en": band["en"],
        },
    )
