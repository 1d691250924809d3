"""The closed list of dimensions that are released, each with all classes that it can have, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from opstap.accounts.models import Team
from opstap.audit.selectors import latest_recording, reference_known_at
from opstap.facts.selectors.dimensions import UNKNOWN
from opstap.facts.selectors.people import Reading
from opstap.ladder.selectors.scales import ScaleOnDay, scale_on
from opstap.municipality.selectors import parts_on
from opstap.reporting.logic.released import (
    BECAME,
    FALLEN,
    GROWN,
    GROWTH,
    LEFT,
    LEVEL,
    NEW,
    NONE,
    NOT_AGAIN,
    OTHER,
    PART,
    REACHED,
    RISEN,
    SAME,
    TEAM,
    WITHOUT,
    ReleasedAxis,
    ReleasedClass,
)
from opstap.reporting.models import Publication
from opstap.reporting.selectors.groups import Group, dimension_label, group_words

EXPECTED, INSTRUMENT = "expected", "instrument-in-use"
OF_PLACEMENT = (GROWTH, BECAME, GROWN)
OF_PERSON = (
    TEAM,
    "benefit-duration",
    "age",
    "household",
    "district",
    "integration",
    "low-literacy",
    "basic-qualification",
    "income",
    "exemption",
)
RELEASED = (*OF_PLACEMENT, INSTRUMENT, *OF_PERSON)
"""Beside the level. In each of them everybody stands in one class: what has people in several is not released. Nor is
the level that is expected: who has growth potential is expected higher, so both together tell of few.
"""
ALONE = (BECAME, GROWN, "low-literacy", "basic-qualification", "integration", "exemption")
"""What is released of all levels together too, for shares of everybody."""
ALONE_AFTER = (INSTRUMENT, GROWTH)
"""The same, but after all else save the teams: beside the levels their sums would have levels hidden."""
FEWEST_ALONE = 100  # people, of whom these are released
MOST_CLASSES = 30
FEWEST_IN_PAIRS = 4  # levels, of which two at a time are a part of the ladder
DEFINITIONS = 6
"""Goes up when something below is counted in another way: each publication says which one it was made with."""
NAMES = {
    LEVEL: _("level"),
    PART: _("part of the ladder"),
    GROWTH: _("growth potential"),
    BECAME: _("movement since a year before"),
    GROWN: _("growth potential of a year before, and what became of it"),
    INSTRUMENT: _("uses an instrument"),
}
WAY = "way"
"""What movement and the growth of a year before are both coarser looks at: which way somebody went, and whether growth
potential was seen in them then. So an attack knows what both say together.
"""
WAYS_OF = {
    BECAME: {
        RISEN: ("reached", "risen", "risen-without"),
        SAME: ("same", "same-without"),
        FALLEN: ("fallen", "fallen-without"),
        NOT_AGAIN: ("not-again", "not-again-without"),
        UNKNOWN: (UNKNOWN,),
        NEW: (NEW,),
    },
    GROWN: {
        REACHED: ("reached",),
        RISEN: ("risen",),
        SAME: ("same",),
        FALLEN: ("fallen",),
        NOT_AGAIN: ("not-again",),
        WITHOUT: ("risen-without", "same-without", "fallen-without", "not-again-without", UNKNOWN, NEW),
    },
}


@dataclass(frozen=True)
class Basis:
    """What is counted, when, as known when, on which scale, and since which earlier day."""

    municipality_id: int
    on: date
    earlier: date
    recording: int
    scale: ScaleOnDay

    @property
    def reading(self) -> Reading:
        """Which placements are counted."""
        return Reading(self.scale.id, None, self.scale.undetermined)

    @property
    def population(self) -> str:
        """Those who were in follow-up on one of both days, as known then."""
        return f"{self.on} {self.recording}"

    @property
    def left(self) -> str:
        """The class of who was in follow-up on the earlier day and is not on the reference date."""
        return f"{LEFT}{self.earlier}"

    @property
    def judged(self) -> frozenset[str]:
        """The levels on which growth is judged."""
        return frozenset(level.code for level in self.scale.whole_levels if level.records_growth)

    @property
    def ends(self) -> tuple[str, str]:
        """The lowest level and the highest, between which growth is judged; nothing where half levels count."""
        levels = self.scale.whole_levels
        return ("", "") if self.scale.growth_on_halves or not levels else (levels[0].code, levels[-1].code)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The parts of the municipality's work on the reference date."""
        return frozenset(parts_on(self.municipality_id, self.on))


def basis_of(one: Publication) -> Basis:
    """What a publication is counted from. As known when it was asked for; its recording does not count itself."""
    scale = scale_on(one.scale, one.on)
    if scale is None:
        message = f"a publication on the scale {one.scale}, which is not there"
        raise ValueError(message)
    recording = one.counted or one.recording_id
    return Basis(one.municipality_id, one.on, one.earlier, recording, scale)


def axes_of(basis: Basis) -> dict[str, ReleasedAxis]:
    """The level and every dimension that is released here; one of too many classes, or without any, is not."""
    found = {key: _axis(key, classes) for key, classes in _of_placement(basis).items()}
    if "plans" in basis.parts:
        found[INSTRUMENT] = _axis(INSTRUMENT, _instruments(basis))
    words = [_words(basis, language) for language in ("nl", "en")]
    for key in OF_PERSON:
        dutch, english = (by_key[key] for by_key in words)
        ended = _ended_teams(basis) if key == TEAM else frozenset()
        named = [
            ReleasedClass(group.public, group.label, english[code].label)
            for code, group in dutch.items()
            if group.public not in ended
        ]
        fewest = 3 if key == TEAM else 2  # of a single team the others are those without one, whom its leader finds
        if fewest <= len(named) <= MOST_CLASSES:
            found[key] = _axis(key, (*named, _gone(basis)))
    return found


def _ended_teams(basis: Basis) -> frozenset[str]:
    teams = Team.objects.filter(municipality=basis.municipality_id, ended_on__lte=basis.on)
    return frozenset(teams.values_list("reference", flat=True))


def public_codes(basis: Basis, key: str) -> Mapping[str, str]:
    """From the code of a group as counted to the one that stands in a publication."""
    return {code: group.public for code, group in _words(basis, "nl")[key].items()}


def _words(basis: Basis, language: str) -> Mapping[str, Mapping[str, Group]]:
    then = reference_known_at(basis.recording)
    return group_words(latest_recording(), basis.municipality_id, OF_PERSON, basis.on, language, recording=then)


def _of_placement(basis: Basis) -> dict[str, tuple[ReleasedClass, ...]]:
    """The level of now, growth potential, the level that is expected, and the level a year before."""
    levels = tuple(
        ReleasedClass(one.code, f"{one.code} {one.name_nl}".strip(), f"{one.code} {one.name_en}".strip())
        for one in basis.scale.whole_levels
    )
    without = _said(NONE, _("without a level"))
    found: dict[str, tuple[ReleasedClass, ...]] = {LEVEL: (*levels, without, _gone(basis))}
    if basis.scale.is_ladder and len(levels) >= FEWEST_IN_PAIRS:
        pairs = (levels[at : at + 2] for at in range(0, len(levels), 2))
        found[PART] = (*(_part(pair) for pair in pairs), _said(NONE, _("without a level")), _gone(basis))
    if basis.scale.is_ladder:
        found[GROWTH] = (*_answers(basis)[:-1], _said(NONE, _("not judged on this level")), _gone(basis))
    moved = (
        (RISEN, _("came from a lower level")),
        (SAME, _("was on this level, placed again")),
        (FALLEN, _("came from a higher level")),
    )
    elsewhere = ((SAME, _("was in this group, placed again")), (OTHER, _("came from another group")))
    found[BECAME] = (
        *(_said(code, words) for code, words in (moved if basis.scale.is_ladder else elsewhere)),
        _said(NOT_AGAIN, _("not placed again since then")),
        _said(UNKNOWN, _("then or now without a level")),
        _said(NEW, _("not yet in follow-up then")),
        _gone(basis),
    )
    if basis.scale.is_ladder:
        found[GROWN] = (
            _said(REACHED, _("came as far as was expected")),
            _said(RISEN, _("came higher, less far than was expected")),
            _said(SAME, _("is on the same level, placed again")),
            _said(FALLEN, _("is on a lower level")),
            _said(NOT_AGAIN, _("not placed again since then")),
            _said(WITHOUT, _("no growth potential seen then, or now without a level")),
            _gone(basis),
        )
        for key in (BECAME, GROWN):
            found[key] = tuple(replace(one, leaves=WAYS_OF[key].get(one.code, (one.code,))) for one in found[key])
    return found


def _part(levels: tuple[ReleasedClass, ...]) -> ReleasedClass:
    """The levels that stand together."""
    if len(levels) == 1:
        return replace(levels[0], leaves=(levels[0].code,))
    codes = tuple(one.code for one in levels)
    one, other = codes
    nl, en = _in_both(lambda: _("levels {one} and {other}").format(one=one, other=other))
    return ReleasedClass("-".join(codes), nl, en, codes)


def _answers(basis: Basis) -> tuple[ReleasedClass, ...]:
    return (_said("yes", _("yes")), _said("no", _("no")), _said(UNKNOWN, _("unknown")), _gone(basis))


def _instruments(basis: Basis) -> tuple[ReleasedClass, ...]:
    """Where the municipality records instruments nobody is unknown: of who has none, none is recorded. By that setting
    alone: a class that is there when somebody stands in it would tell of cells that are hidden.
    """
    return (_said("yes", _("yes")), _said("no", _("no, none is recorded")), _gone(basis))


def _gone(basis: Basis) -> ReleasedClass:
    return _said(basis.left, _("no longer in follow-up"))


def _said(code: str, words: str | Promise) -> ReleasedClass:
    nl, en = _in_both(lambda: str(words))
    return ReleasedClass(code, nl, en)


def _axis(key: str, classes: tuple[ReleasedClass, ...]) -> ReleasedAxis:
    nl, en = _in_both(lambda: str(NAMES.get(key) or dimension_label(key)))
    finest = LEVEL if key == PART else WAY if any(one.leaves for one in classes) else ""
    return ReleasedAxis(key, nl, en, classes, finest)


def _in_both(words: Callable[[], str]) -> tuple[str, str]:
    with override("nl"):
        dutch = words()
    with override("en"):
        return dutch, words()
