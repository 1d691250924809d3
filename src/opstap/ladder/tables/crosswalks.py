"""A crosswalk as a page shows it, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opstap.foundation import dates
from opstap.ladder.selectors.crosswalks import CrosswalkOnDay
from opstap.ladder.selectors.scales import ScaleOnDay, scale_on
from opstap.ladder.tables.scales import level_class


@dataclass(frozen=True)
class CrosswalkLine:
    """A level and its counterpart; both with their name and colour. No counterpart has no code."""

    code: str
    name: str
    colour_class: str
    counterpart: str
    counterpart_name: str
    counterpart_class: str


@dataclass(frozen=True)
class CrosswalkView:
    """A crosswalk from the scale of the page to another."""

    key: str
    name: str
    explanation: str
    is_example: bool
    target: str
    target_key: str
    lines: tuple[CrosswalkLine, ...]

    @classmethod
    def of(cls, crosswalk: CrosswalkOnDay, language: str) -> CrosswalkView:
        """The view of a crosswalk in a language."""
        today = dates.today()
        source, target = scale_on(crosswalk.source.key, today), scale_on(crosswalk.target.key, today)
        return cls(
            key=crosswalk.key,
            name=crosswalk.name(language),
            explanation=crosswalk.explanation(language),
            is_example=crosswalk.is_example,
            target=crosswalk.target.name(language),
            target_key=crosswalk.target.key,
            lines=tuple(
                CrosswalkLine(
                    code=code,
                    name=_name(source, code, language),
                    colour_class=level_class(source, code) if source else "",
                    counterpart=counterpart or "",
                    counterpart_name=_name(target, counterpart, language),
                    counterpart_class=level_class(target, counterpart) if target and counterpart else "",
                )
                for code, counterpart in crosswalk.entries.items()
            ),
        )


def _name(scale: ScaleOnDay | None, code: str | None, language: str) -> str:
    found = next((level for level in scale.levels if level.code == code), None) if scale else None
    return found.name(language) if found else ""


def crosswalk_fault_words(code: str) -> str:
    """Why a crosswalk can't be saved so, and the way out."""
    return {
        "key_taken": _("There is a crosswalk with this short name already. Choose another."),
        "level_without_entry": _("Choose a counterpart, or “no counterpart”."),
        "counterpart_unknown": _("This level is not on the other scale any more. Choose another."),
        "undetermined_is_no_level": _("Code 0 is no level to stand on. Choose another."),
        "starts_too_early": _("A version of this crosswalk began later. Choose a later day, or today."),
        "ends_before_it_starts": _("The end lies before the start. Choose a later day."),
    }.get(code, code)
