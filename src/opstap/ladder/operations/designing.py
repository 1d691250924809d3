"""Making a scale and changing it: in place while nobody stands on it, else as a new version from a day on."""

from __future__ import annotations

from opstap.audit.operations import require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.ladder.enums import UNDETERMINED
from opstap.ladder.logic import DesignFault, DesignRefused, LevelDesign, ScaleDesign, design_faults, merged_order
from opstap.ladder.models import Level, Scale, ScaleQuestion, ScaleVersion
from opstap.ladder.operations.levels import POSITION_STEP, put_level, put_text
from opstap.ladder.selectors.designs import design_of, in_use
from opstap.ladder.selectors.scales import HALF_SIGNS

NOT_DETERMINED = LevelDesign(
    code=UNDETERMINED,
    name_nl="Nog niet bepaald",
    name_en="Not determined",
    definition_nl="Waar deze persoon staat, is nog niet bepaald. De persoon telt wel mee, op een eigen regel.",
    definition_en="Where this person stands is not determined yet. The person is counted, on a line of their own.",
    growth=False,
)


def create_scale(*, by: Actor, design: ScaleDesign) -> Scale:
    """Make a scale of one's own. DesignRefused names what is wrong with the design."""
    by.require("configure_municipality")
    taken = [DesignFault("key_taken")] if Scale.objects.filter(key=design.key).exists() else []
    _refuse([*taken, *design_faults(design, in_use(""), dates.today())])
    with writing(by=by, verb="create_scale", about=design.key):
        scale = Scale.objects.create(key=design.key, is_own=True, **_words(design))
        version = ScaleVersion.objects.create(scale=scale, number=1, starts_on=design.starts_on)
        _fill(version, design)
    return scale


def change_scale(*, by: Actor, design: ScaleDesign, opened_on: str | None = None) -> ScaleVersion:
    """Change a scale. While nobody stands on it in place; else from `starts_on` on, and what was goes on until then.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when it stands no more.
    """
    by.require("configure_municipality")
    known = in_use(design.key)
    if known.before is None:
        raise DesignRefused([DesignFault("scale_unknown")])
    _refuse(design_faults(design, known, dates.today()))
    with writing(by=by, verb="change_scale", about=design.key):
        require_unchanged("scale", {"design": design_of(design.key)}, opened_on)
        scale = Scale.objects.get(key=design.key)
        Scale.objects.filter(pk=scale.pk).update(is_own=True, **_words(design))
        version = scale.versions.order_by("number").last()
        if version is None:
            raise DesignRefused([DesignFault("scale_unknown")])
        if known.used and design.starts_on > version.starts_on:
            ScaleVersion.objects.filter(pk=version.pk).update(ends_on=design.starts_on)
            version = ScaleVersion.objects.create(scale=scale, number=version.number + 1, starts_on=design.starts_on)
        elif not known.used:
            ScaleVersion.objects.filter(pk=version.pk).update(starts_on=design.starts_on)
        _fill(version, design)
    return version


def _refuse(faults: list[DesignFault]) -> None:
    if faults:
        raise DesignRefused(faults)


def _words(design: ScaleDesign) -> dict[str, object]:
    return {
        "kind": design.kind,
        "name_nl": design.name_nl,
        "name_en": design.name_en or design.name_nl,
        "description_nl": design.description_nl,
        "description_en": design.description_en or design.description_nl,
        "horizon_months": design.horizon_months,
        "growth_on_halves": design.growth_on_halves,
    }


def _fill(version: ScaleVersion, design: ScaleDesign) -> None:
    """The texts and questions of a version anew; levels keep their identity, those that nothing names any more go."""
    version.texts.all().delete()
    version.questions.all().delete()
    wholes = Level.objects.filter(scale=version.scale, parent=None).order_by("position")
    order = merged_order(list(wholes.values_list("code", flat=True)), [UNDETERMINED, *(x.code for x in design.levels)])
    for level in (NOT_DETERMINED, *design.levels):
        whole = put_level(version.scale, level.code, level, None)
        put_text(version, whole, level)
        for sign in HALF_SIGNS if level.halves else ():
            put_text(version, put_level(version.scale, level.code + sign, level, whole), level, sign)
    for number, question in enumerate(design.questions, start=1):
        ScaleQuestion.objects.create(
            version=version,
            number=number,
            part=question.part,
            key=question.key,
            yes=question.yes,
            no=question.no,
            text_nl=question.text_nl,
            text_en=question.text_en or question.text_nl,
            explanation_nl=question.explanation_nl,
            explanation_en=question.explanation_en or question.explanation_nl,
        )
    _put_in_order(version.scale, order)
    nameless = Level.objects.filter(scale=version.scale, texts__isnull=True)
    nameless.filter(parent__isnull=False).delete()
    nameless.filter(parent__isnull=True).delete()


def _put_in_order(scale: Scale, order: list[str]) -> None:
    """Every whole level at its place, also those that only an earlier version names; half-levels on either side."""
    for place, code in enumerate(order):
        for sign, step in (("", 0), *zip(HALF_SIGNS, (-1, 1), strict=True)):
            Level.objects.filter(scale=scale, code=code + sign).update(position=place * POSITION_STEP + step)
