"""People by level as lines of numbers: each case manager by name, or how far they lie apart, or one's own alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Any, Final

from django.utils.translation import gettext as _

from opstap.analytics.distribution import CaseMix
from opstap.analytics.uncertainty import SMALL
from opstap.facts.selectors.dimensions import UNKNOWN as NO_WORKER
from opstap.ladder.enums import NO_COUNTERPART, UNDETERMINED
from opstap.reporting.enums import NOT_FILLED, Seen
from opstap.reporting.selectors.differences import EXEMPTION, INSTRUMENT, PLACED, TOGETHER, Differences
from opstap.reporting.selectors.handed import WITHIN
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.differences.comparing import FEWEST_WORKERS, viewer_of
from opstap.reporting.tables.differences.words import in_order_of_names, measure_words, worker_label, worker_public

PEOPLE: Final = "clients"
"""The subject of everyone, beside those with an instrument."""
ALL: Final = ""
"""The column of everyone of a line."""


@dataclass(frozen=True)
class LevelLine:
    """A number for each column; `cell` are the words that choose its people, `None` of who may not be told apart."""

    key: str
    name: str
    numbers: Sequence[int]
    cell: Mapping[str, str] | None = None
    is_total: bool = False


@dataclass(frozen=True)
class LevelLines:
    """A subject by level. `workers` are those whom the spread is of: 0 where there is none."""

    subject: str
    columns: Sequence[str]
    lines: Sequence[LevelLine]
    workers: int = 0


def level_lines(question: Question, figures: Differences) -> list[LevelLines]:
    """All people by level, and those with an instrument: as far as the viewer may see case managers."""
    counts = {PEOPLE: by_level(figures.measures[EXEMPTION], having=False)}
    if INSTRUMENT in figures.measures:
        counts[INSTRUMENT] = by_level(figures.measures[INSTRUMENT], having=True)
    columns = columns_of(question, counts[PEOPLE])
    return [_of_subject(question, figures, subject, found, columns) for subject, found in counts.items()]


def by_level(mix: CaseMix, *, having: bool) -> dict[str, Counter[str]]:
    """By group the persons on each level: all of them, or those who have it."""
    return {
        group: Counter(
            {level: yes if having else yes + no + unknown for level, (yes, no, unknown) in strata.by_first_part.items()}
        )
        for group, strata in mix.cells.items()
    }


def level_codes(question: Question, counts: Mapping[str, Counter[str]]) -> list[str]:
    """The whole levels in their order, code 0 and no counterpart where somebody has it, and who is not placed last."""
    used = {code for one in counts.values() for code, persons in one.items() if persons}
    whole = [one.code for one in question.scale.levels if one.parent_code is None]
    codes = [code for code in whole if code not in {UNDETERMINED, NO_COUNTERPART} or code in used]
    return [*codes, NOT_FILLED]


def columns_of(question: Question, counts: Mapping[str, Counter[str]]) -> list[str]:
    """The levels, who is placed on any of them, who on none, and everyone."""
    *codes, not_placed = level_codes(question, counts)
    return [*codes, PLACED, not_placed, ALL]


def levels_json(question: Question, figures: Differences) -> list[dict[str, Any]]:
    """The same for who reads it by machine."""
    names = {NOT_FILLED: "not_placed", ALL: "all"}
    return [
        {
            "subject": one.subject,
            **({"workers": one.workers} if figures.seen == Seen.SPREAD else {}),
            "lines": [
                {
                    "line": line.key,
                    **({"worker": line.name} if line.key == "worker" else {}),
                    **{names.get(code, code): number for code, number in zip(one.columns, line.numbers, strict=True)},
                }
                for line in one.lines
            ],
        }
        for one in level_lines(question, figures)
    ]


def _of_subject(
    question: Question, figures: Differences, subject: str, counts: Mapping[str, Counter[str]], columns: Sequence[str]
) -> LevelLines:
    has = subject == INSTRUMENT
    mix, cell = figures.measures[INSTRUMENT if has else EXEMPTION], {"measure": INSTRUMENT, "answer": "yes"}
    chosen = cell if has else {}
    numbers = {group: _numbers(found, columns) for group, found in counts.items()}
    everyone = [sum(one) for one in zip(*numbers.values(), strict=True)] or [0] * len(columns)
    if figures.seen == Seen.OWN:
        name = measure_words(INSTRUMENT).having if has else _("Your people")
        return LevelLines(subject, columns, [LevelLine("own", name, everyone, chosen)])
    total = LevelLine("everyone", _("Total"), everyone, chosen, is_total=True)
    if figures.seen == Seen.NAMED:
        lines = [
            LevelLine(
                "worker",
                worker_label(question, group),
                numbers[group],
                {**chosen, "worker": worker_public(question, group)},
            )
            for group in in_order_of_names(question, numbers)
        ]
        return LevelLines(subject, columns, [*lines, total])
    viewer, workers = viewer_of(question), _with_enough(mix)
    if len(workers - {viewer}) < FEWEST_WORKERS:
        return LevelLines(subject, columns, [total])
    own = [LevelLine("own", _("Your own caseload"), numbers[viewer])] if viewer in numbers else []
    lines = [*_spread([numbers[group] for group in workers]), *own, total]
    return LevelLines(subject, columns, lines, len(workers))


def _numbers(found: Counter[str], columns: Sequence[str]) -> list[int]:
    whole = found.total()
    further = {PLACED: whole - found[NOT_FILLED], ALL: whole}
    return [further.get(code, found[code]) for code in columns]


def _with_enough(mix: CaseMix) -> set[str]:
    return {group for group in mix.groups if mix.split_of(group).known >= SMALL} - {NO_WORKER, TOGETHER, WITHIN}


def _spread(numbers: Sequence[Sequence[int]]) -> list[LevelLine]:
    """Of each column apart, so that no line is somebody. Numbers alone: a share would tell how many people that one
    has, and so who it is.
    """
    columns = list(zip(*numbers, strict=True))
    return [
        LevelLine("least", _("Lowest"), [min(one) for one in columns]),
        LevelLine("middle", _("Middle"), [median_low(one) for one in columns]),
        LevelLine("greatest", _("Highest"), [max(one) for one in columns]),
    ]
