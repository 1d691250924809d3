"""Report `caseload` as rows of words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.reporting.selectors.caseload import CaseRow, Led, case_list
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.caseload.definition import CASELOAD
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, RowHead, RowsWhenShown
from opstap.reporting.tables.trajectories.sentences import goal_name, kind_name
from opstap.reporting.tables.words import columns_for, group_public

AND = "; "


def caseload_result(question: Question, language: str) -> Result:
    """The list, in words."""
    listed = case_list(question)
    codes = {level.id: level.code for level in question.scale.levels}
    rows = RowsWhenShown(listed.rows, lambda row: _row(row, question, codes, language))
    return Result(
        definition=CASELOAD,
        question=question,
        columns=columns_for(CASELOAD, question),
        rows=rows,
        total_rows=(),
        totals={"clients": listed.people, "with_trajectory": listed.led},
        base=listed.people,
        notes=notes_of(question),
        extras={"viewer": listed.viewer},
    )


def _row(row: CaseRow, question: Question, codes: dict[int, str], language: str) -> ResultRow:
    level = codes.get(row.level_id or 0)
    return ResultRow(
        {
            "group": group_public(question, row.group),
            "number": row.number,
            "name": row.name,
            "level": level,
            "goal": codes.get(row.expected_level_id or 0),
            "trajectory": AND.join(_led(one, question, codes, language) for one in row.trajectories),
            "activity": AND.join(row.activities),
            "barrier": AND.join(_label(question, "barrier", kind) for kind in row.barriers),
            "exemption": AND.join(_label(question, "exemption", kind) for kind in row.exemptions),
            "remarks": AND.join(row.remarks),
            "reference": row.reference,
        },
        RowHead(row.number),
        group=row.group or "",
    )


def _led(one: Led, question: Question, codes: dict[int, str], language: str) -> str:
    """As municipalities write it: `naar trede 3`, `behoud van niveau`, with the kind or name where there is one."""
    kind = "" if one.kind == "unspecified" else one.name or kind_name(question, one.kind)
    if one.maintains_level:
        goal = goal_name(question, "keep", language)
    elif one.goal_level_id is None:
        goal = ""
    else:
        goal = _to_level(codes.get(one.goal_level_id))
    return ", ".join(part for part in (kind, goal) if part) or kind_name(question, one.kind)


def _to_level(code: str | None) -> str:
    return _("to level {level}").format(level=code) if code else _("to a level of another scale")


def _label(question: Question, dimension: str, code: str) -> str:
    group = question.words[dimension].get(code)
    return group.label if group else code
