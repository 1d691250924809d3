"""What the page of a placement shows: the ladder to choose from, the questions, and the placements that stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from string import ascii_lowercase

from django.utils.translation import gettext as _

from opstap.ladder.enums import Growth, QuestionPart
from opstap.ladder.logic import Question, Walk, growth_walk, walk
from opstap.ladder.models import Measurement, ScaleQuestion
from opstap.ladder.selectors.measurements import reference_of
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.ladder.tables.scales import LevelView, ScaleView, level_class

ANSWER_KEYS = frozenset("jn")
MOST_HEIGHT = 7


@dataclass(frozen=True)
class Choice:
    """One code that can be chosen; `key` chooses it on the keyboard, and is shown where it is not the code itself.

    `growth_position` is empty where no growth is recorded.
    """

    code: str
    colour_class: str = ""
    growth_position: int | str = ""
    key: str = ""

    @property
    def key_shown(self) -> str:
        """The key, where it has to be told."""
        return "" if self.key == self.code.lower() else self.key


@dataclass(frozen=True)
class Step:
    """A whole level as a step of the staircase, with its half-levels."""

    view: LevelView
    choices: tuple[Choice, ...]
    height: int


def steps_of(scale: ScaleOnDay, language: str) -> list[Step]:
    """The levels to choose from, the highest on top; code 0 at the foot."""
    view, keys = ScaleView.of(scale, language), keys_of(scale)
    count = len(view.levels)
    places = {level.code: scale.growth_position(level.code) or "" for level in scale.levels if level.records_growth}
    steps = []
    for place, level in enumerate(view.levels):
        codes = (*level.halves[:1], level.code, *level.halves[1:])
        choices = tuple(
            Choice(code, level_class(scale, code), places.get(code, ""), keys.get(code, "")) for code in codes
        )
        steps.append(Step(level, choices, _height(count - place - 1, count - 1) if view.is_ladder else 0))
    return steps


def _height(place: int, most: int) -> int:
    """How far a step stands to the right, of the widths that there are."""
    return place if most <= MOST_HEIGHT else ceil(place * MOST_HEIGHT / most)


def keys_of(scale: ScaleOnDay) -> dict[str, str]:
    """The key that chooses each whole level: its code where that is one sign, else the next letter that is free.

    Half-levels are reached from the whole one by + and -; j and n answer.
    """
    wholes = [level.code for level in scale.levels if level.parent_code is None]
    keys: dict[str, str] = {}
    for code in wholes:
        if len(code) == 1 and code.lower() not in {*ANSWER_KEYS, *keys.values()}:
            keys[code] = code.lower()
    free = iter([letter for letter in ascii_lowercase if letter not in {*ANSWER_KEYS, *keys.values()}])
    return {code: keys.get(code) or next(free, "") for code in wholes}


@dataclass(frozen=True)
class Answered:
    """A question with the answer that was given."""

    name: str
    text: str
    answer: str


@dataclass(frozen=True)
class Asking:
    """How far the questions are: what was answered, what is asked now, and what they found."""

    answered: tuple[Answered, ...]
    name: str
    text: str
    explanation: str
    found: str
    found_expected: str
    number: int

    @property
    def is_done(self) -> bool:
        """Nothing more to ask."""
        return not self.name


def asking(scale: ScaleOnDay, rows: Sequence[ScaleQuestion], given: Mapping[str, bool], language: str) -> Asking:
    """The questions of both parts, one after the other. `given` are answers by part and key: `current-contract`."""
    ranks = {level.code: level.position for level in scale.levels}
    first = walk(_tree(rows, QuestionPart.CURRENT), _answers(given, QuestionPart.CURRENT))
    second = Walk((), None, None)
    if first.found:
        answers = _answers(given, QuestionPart.GROWTH)
        second = growth_walk(_tree(rows, QuestionPart.GROWTH), answers, ranks=ranks, current=first.found)
    part = QuestionPart.CURRENT if first.asks else QuestionPart.GROWTH
    asks = first.asks or second.asks
    by_name = {f"{row.part}-{row.key}": row for row in rows}
    now = by_name.get(f"{part.value}-{asks}")
    done = [(QuestionPart.CURRENT, *one) for one in first.answered] + [
        (QuestionPart.GROWTH, *one) for one in second.answered
    ]
    answered = tuple(_answered(by_name[f"{part.value}-{key}"], answer, language) for part, key, answer in done)
    return Asking(
        answered=answered,
        name=f"{part.value}-{asks}" if now else "",
        text=now.text(language) if now else "",
        explanation=now.explanation(language) if now else "",
        found=first.found or "",
        found_expected=second.found or "",
        number=len(answered) + 1,
    )


def _answered(row: ScaleQuestion, answer: bool, language: str) -> Answered:
    return Answered(f"{row.part}-{row.key}", row.text(language), "yes" if answer else "no")


def _tree(rows: Sequence[ScaleQuestion], part: QuestionPart) -> list[Question]:
    return [Question(row.key, row.yes, row.no) for row in rows if row.part == part.value]


def _answers(given: Mapping[str, bool], part: QuestionPart) -> dict[str, bool]:
    prefix = f"{part.value}-"
    return {name.removeprefix(prefix): answer for name, answer in given.items() if name.startswith(prefix)}


@dataclass(frozen=True)
class PlacedView:
    """A placement that stands, in words."""

    reference: str
    scale: str
    measured_on: date
    level: str
    level_name: str
    level_class: str
    growth: str
    expected: str
    expected_by: date | None
    worker: str
    reason: str
    is_second: bool
    flags: tuple[str, ...]
    client_says: str
    override_reason: str
    why: str


def placed_view(
    measurement: Measurement, scales: Mapping[int, ScaleOnDay], reasons: Mapping[str, str], language: str
) -> PlacedView:
    """A placement in words; its level as its scale names it today."""
    scale = scales[measurement.scale_id]
    by_code = {level.code: level for level in scale.levels}
    code = measurement.level.code
    own = measurement.client_level.code if measurement.client_level else ""
    return PlacedView(
        reference=reference_of(measurement),
        scale=scale.name(language),
        measured_on=measurement.measured_on,
        level=code,
        level_name=by_code[code].name(language) if code in by_code else "",
        level_class=level_class(scale, code),
        growth={Growth.YES: _("yes"), Growth.NO: _("no"), Growth.UNKNOWN: _("unknown")}[Growth(measurement.growth)],
        expected=measurement.expected_level.code if measurement.expected_level else "",
        expected_by=measurement.expected_by,
        worker=measurement.worker.name if measurement.worker else "–",
        reason=reasons.get(measurement.reason, ""),
        is_second=measurement.second_assessment,
        flags=tuple(flags_of(measurement)),
        client_says=" ".join(part for part in (own, measurement.client_view) if part),
        override_reason=measurement.override_reason,
        why=measurement.why,
    )


def flags_of(measurement: Measurement) -> list[str]:
    """What goes with the level from that day on: support, aftercare."""
    flags = [_("with support")] if measurement.with_support else []
    return flags + ([_("with aftercare")] if measurement.with_aftercare else [])


def fault_words(code: str) -> str:
    """Why a placement can't be recorded, and the way out."""
    return {
        "measured_in_future": _("The day of the placement is still to come. Fill in today or an earlier day."),
        "measured_before_birth": _("The day of the placement lies before the birth date. Check the day."),
        "level_unknown": _("This level is not on this ladder. Choose one of the levels shown."),
        "expected_level_unknown": _("The expected level is not on this ladder. Choose one of the levels shown."),
        "second_by_the_same_worker": _(
            "You placed this client on this day yourself: a second assessment is a colleague's. Choose the first."
        ),
        "placed_twice_on_one_day": _("There is a placement of this day already. Say below which one holds."),
        "override_without_reason": _("The questions found another level. Say why this one is right."),
        "no_support_on_this_level": _("This level has no support. Clear the box, or choose another."),
        "no_aftercare_on_this_level": _("This level has no aftercare. Clear the box, or choose another."),
        "never_placed": _("There is no placement yet that could be confirmed. Place this person first."),
        "replaced_meanwhile": _(
            "Somebody else corrected this placement meanwhile. Nothing was saved; below is what stands now."
        ),
        "placed_today_already": _("This placement was recorded today already; there is nothing to confirm."),
    }.get(code, code)


def warning_words(code: str) -> str:
    """What is worth a second look; it is saved all the same."""
    return {
        "outside_follow_up": _("The day lies outside every period of follow-up, so no report counts this placement."),
        "expected_below_current": _("The expected level lies below the level of now. Is that what you mean?"),
        "higher_without_growth": _(
            "The expected level is higher, and growth says 'no'. Reports count both: correct one of the two."
        ),
        "growth_without_higher": _(
            "Growth says 'yes', and the expected level is not higher. Reports count both: correct one of the two."
        ),
    }.get(code, code)
