"""Making, changing and ending the traits that a municipality defines for itself."""

from __future__ import annotations

from datetime import date

from opstap.audit.operations import require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.municipality.logic import TraitDesign, TraitRefused, trait_faults
from opstap.municipality.models import Municipality, TraitDefinition
from opstap.municipality.selectors import words_of_trait


def define_trait(*, by: Actor, municipality: Municipality, design: TraitDesign) -> TraitDefinition:
    """Make a trait. TraitRefused names what is wrong."""
    by.require("configure_municipality")
    faults = trait_faults(design)
    if TraitDefinition.objects.filter(municipality=municipality, key=design.key).exists():
        faults.append("key_taken")
    if faults:
        raise TraitRefused(faults)
    with writing(by=by, verb="define_trait", about=design.key):
        return TraitDefinition.objects.create(
            municipality=municipality,
            key=design.key,
            kind=design.kind,
            starts_on=design.starts_on,
            **_words(design),
        )


def change_trait(*, by: Actor, definition: TraitDefinition, design: TraitDesign, opened_on: str | None = None) -> None:
    """Change its words, its list and where it is asked. What was recorded keeps its code, so a code can't go.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when it stands no more.
    """
    by.require("configure_municipality")
    with writing(by=by, verb="change_trait", about=definition.key):
        definition.refresh_from_db()
        require_unchanged("trait", words_of_trait(definition), opened_on)
        faults = _faults_of_change(definition, design)
        if faults:
            raise TraitRefused(faults)
        TraitDefinition.objects.filter(pk=definition.pk).update(**_words(design))


def _faults_of_change(definition: TraitDefinition, design: TraitDesign) -> list[str]:
    faults = trait_faults(design)
    kept = {code for code, _nl, _en in definition.choices} - {code for code, _nl, _en in design.choices}
    if design.kind != definition.kind or design.key != definition.key:
        faults.append("kind_is_fixed")
    if kept:
        faults.append("choice_gone")
    return faults


def end_trait(*, by: Actor, definition: TraitDefinition, ends_on: date, opened_on: str | None = None) -> None:
    """No longer asked from a day on; what was recorded stays. `opened_on` as where it is changed."""
    by.require("configure_municipality")
    if ends_on <= definition.starts_on:
        raise TraitRefused(["ends_before_it_starts"])
    with writing(by=by, verb="end_trait", about=definition.key):
        definition.refresh_from_db()
        require_unchanged("trait-end", {"ends_on": definition.ends_on}, opened_on)
        TraitDefinition.objects.filter(pk=definition.pk).update(ends_on=ends_on)


def _words(design: TraitDesign) -> dict[str, object]:
    return {
        "name_nl": design.name_nl,
        "name_en": design.name_en or design.name_nl,
        "choices": [list(choice) for choice in design.choices],
        "on_placement": design.on_placement,
    }
