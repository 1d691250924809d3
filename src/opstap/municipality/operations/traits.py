"""Making, changing and ending the traits that a municipality defines for itself."""

from __future__ import annotations

from datetime import date

from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.municipality.logic import TraitDesign, TraitRefused, trait_faults
from opstap.municipality.models import Municipality, TraitDefinition


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


def change_trait(*, by: Actor, definition: TraitDefinition, design: TraitDesign) -> None:
    """Change its words, its list and where it is asked. What was recorded keeps its code, so a code can't go."""
    by.require("configure_municipality")
    faults = trait_faults(design)
    kept = {code for code, _nl, _en in definition.choices} - {code for code, _nl, _en in design.choices}
    if design.kind != definition.kind or design.key != definition.key:
        faults.append("kind_is_fixed")
    if kept:
        faults.append("choice_gone")
    if faults:
        raise TraitRefused(faults)
    with writing(by=by, verb="change_trait", about=definition.key):
        TraitDefinition.objects.filter(pk=definition.pk).update(**_words(design))


def end_trait(*, by: Actor, definition: TraitDefinition, ends_on: date) -> None:
    """No longer asked from a day on; what was recorded stays."""
    by.require("configure_municipality")
    if ends_on <= definition.starts_on:
        raise TraitRefused(["ends_before_it_starts"])
    with writing(by=by, verb="end_trait", about=definition.key):
        TraitDefinition.objects.filter(pk=definition.pk).update(ends_on=ends_on)


def _words(design: TraitDesign) -> dict[str, object]:
    return {
        "name_nl": design.name_nl,
        "name_en": design.name_en or design.name_nl,
        "choices": [list(choice) for choice in design.choices],
        "on_placement": design.on_placement,
    }
