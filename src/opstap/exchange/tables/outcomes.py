"""The outcome of a check: as an object for other programs, and as lines on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.exchange.logic import Problem
from opstap.exchange.selectors.checking import Checked
from opstap.exchange.tables.problem_texts import Told, describe
from opstap.exchange.tables.refusal_texts import describe_note

_SHOWN = 100
_ROWS_NAMED = 5


def as_object(checked: Checked) -> dict[str, Any]:
    """Numbers of rows and every problem, in the order of the file."""
    counts = checked.counts()
    return {
        **{key: counts[key] for key in ("rows", "new", "changed", "unchanged", "refused", "warnings")},
        "problems": [problem_as_object(problem) for problem in checked.problems],
    }


def unreadable_object(code: str, message: str, fix: str) -> dict[str, Any]:
    """The same for a file that can't be read at all: no rows, and one problem that belongs to none."""
    problem = {"row": None, "column": None, "value": None, "code": str(code), "severity": "error"}
    return {
        **dict.fromkeys(("rows", "new", "changed", "unchanged", "refused", "warnings"), 0),
        "problems": [{**problem, "message": message, "fix": fix}],
    }


def problem_as_object(problem: Problem) -> dict[str, Any]:
    """A problem with its words; the row as in the file."""
    message, fix = describe(problem)
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "code": str(problem.code),
        "severity": problem.severity,
        "message": message,
        "fix": fix,
    }


def as_lines(checked: Checked) -> Iterator[str]:
    """What was read, what is wrong row by row, and what is worth saying, alike warnings together."""
    counts = checked.counts()
    said = {"name": checked.file.name, "rows": counts["rows"]}
    yield ngettext("%(name)s: %(rows)s row", "%(name)s: %(rows)s rows", counts["rows"]) % said
    yield _("new %(new)s, changed %(changed)s, unchanged %(unchanged)s, refused %(refused)s") % counts
    for note in checked.file.notes:
        if told := describe_note(note["code"], note):
            yield told
    yield from _names(_("Teams to be made"), checked.plan.new_teams)
    yield from _names(_("Workers to be made"), (worker.name for worker in checked.plan.new_workers))
    problems = checked.problems
    yield from _errors([problem for problem in problems if problem.severity == "error"])
    yield from _warnings([problem for problem in problems if problem.severity == "warning"])


def _names(label: str, names: Iterable[str]) -> Iterator[str]:
    text = ", ".join(names)
    if text:
        yield f"{label}: {text}"


def _errors(problems: list[Problem]) -> Iterator[str]:
    for problem in problems[:_SHOWN]:
        message, fix = describe(problem)
        place = _("row %(row)s, %(column)s") % {"row": problem.row, "column": problem.column or "-"}
        yield f"  {place}: {message} {fix}"
    if len(problems) > _SHOWN:
        yield "  " + _("and %(count)s more (--format json lists all)") % {"count": len(problems) - _SHOWN}


def _warnings(problems: list[Problem]) -> Iterator[str]:
    if not problems:
        return
    yield ngettext("%(count)s warning", "%(count)s warnings", len(problems)) % {"count": len(problems)}
    rows: dict[Told, list[int]] = {}
    for problem in problems:
        rows.setdefault(describe(problem), []).append(problem.row)
    alike = sorted(rows.items(), key=lambda item: -len(item[1]))
    for (message, _fix), numbers in alike[:_SHOWN]:
        some = ", ".join(map(str, numbers[:_ROWS_NAMED])) + (", …" if len(numbers) > _ROWS_NAMED else "")
        yield f"  {len(numbers)}× {message} " + _("(row %(rows)s)") % {"rows": some}
    if len(alike) > _SHOWN:
        yield "  " + _("and %(count)s more (--format json lists all)") % {"count": len(alike) - _SHOWN}
