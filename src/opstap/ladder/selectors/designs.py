"""Reads: a scale as a design that can be changed, and what of it is in use."""

from __future__ import annotations

from typing import Any

from django.db.models import ManyToOneRel, Model, Q, QuerySet

from opstap.audit.models import Fact
from opstap.ladder.enums import UNDETERMINED
from opstap.ladder.logic import InUse, LevelDesign, QuestionDesign, ScaleDesign
from opstap.ladder.models import CrosswalkEntry, Level, LevelText, Scale, ScaleVersion


def design_of(key: str) -> ScaleDesign | None:
    """The latest version of a scale as a design, or None when there is no such scale."""
    version = ScaleVersion.objects.filter(scale__key=key).select_related("scale").order_by("number").last()
    if version is None:
        return None
    scale = version.scale
    texts = LevelText.objects.filter(version=version).select_related("level").order_by("level__position")
    halved = {text.level.parent_id for text in texts}
    return ScaleDesign(
        key=scale.key,
        kind=scale.kind,
        name_nl=scale.name_nl,
        name_en=scale.name_en,
        description_nl=scale.description_nl,
        description_en=scale.description_en,
        horizon_months=scale.horizon_months,
        growth_on_halves=scale.growth_on_halves,
        starts_on=version.starts_on,
        levels=tuple(
            _level(text, halves=text.level_id in halved)
            for text in texts
            if text.level.parent_id is None and text.level.code != UNDETERMINED
        ),
        questions=tuple(
            QuestionDesign(
                part=row.part,
                key=row.key,
                text_nl=row.text_nl,
                text_en=row.text_en,
                explanation_nl=row.explanation_nl,
                explanation_en=row.explanation_en,
                yes=row.yes,
                no=row.no,
            )
            for row in version.questions.order_by("part", "number")
        ),
    )


def _level(text: LevelText, *, halves: bool) -> LevelDesign:
    level = text.level
    return LevelDesign(
        code=level.code,
        name_nl=text.name_nl,
        name_en=text.name_en,
        definition_nl=text.definition_nl,
        definition_en=text.definition_en,
        examples_nl=tuple(text.examples_nl),
        examples_en=tuple(text.examples_en),
        band_nl=text.band_nl,
        band_en=text.band_en,
        halves=halves,
        growth=level.records_growth,
        works_without_help=level.works_without_help,
        has_support=level.has_support,
        has_aftercare=level.has_aftercare,
    )


def in_use(key: str) -> InUse:
    """What of a scale was ever used: the codes of whole levels that somebody was placed on, expected at or led to."""
    before = design_of(key)
    if before is None:
        return InUse()
    used: set[str] = set()
    for model, name in _facts_that_name_a_level():
        rows: QuerySet[Any] = QuerySet(model).filter(**{f"{name}__scale__key": key})
        for code, parent in rows.values_list(f"{name}__code", f"{name}__parent__code").distinct():
            used.add(parent or code)
    crossed = _crossed(key)
    return InUse(
        before,
        frozenset(used),
        frozenset(parent or code for code, parent in crossed),
        frozenset(parent for _, parent in crossed if parent),
        before.starts_on,
    )


def _facts_that_name_a_level() -> list[tuple[type[Model], str]]:
    """Also those of rooms above, which this room does not know: the model and its key."""
    related = Level._meta.get_fields(include_hidden=True)
    keys = [(one.related_model, one.field.name) for one in related if isinstance(one, ManyToOneRel)]
    return [(model, name) for model, name in keys if issubclass(model, Fact)]


def _crossed(key: str) -> list[tuple[str, str | None]]:
    """The levels that a crosswalk names, with their whole level."""
    counterparts = CrosswalkEntry.objects.filter(counterpart__isnull=False).values("counterpart")
    named = Level.objects.filter(Q(pk__in=CrosswalkEntry.objects.values("level")) | Q(pk__in=counterparts))
    return list(named.filter(scale__key=key).exclude(code=UNDETERMINED).values_list("code", "parent__code"))


def is_own_scale(key: str) -> bool:
    """Whether the scale was made or changed here."""
    return Scale.objects.filter(key=key, is_own=True).exists()
