"""What is wrong and what to do, in the words of the user, for every problem of a row, a cell or a column."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from opstap.exchange.logic import Code, Problem
from opstap.exchange.tables.problem_texts.cells import CELLS
from opstap.exchange.tables.problem_texts.columns import COLUMNS
from opstap.exchange.tables.problem_texts.compared import COMPARED
from opstap.exchange.tables.problem_texts.dates import DATES
from opstap.exchange.tables.problem_texts.levels import LEVELS
from opstap.exchange.tables.problem_texts.rows import BETWEEN_ROWS, ROWS
from opstap.exchange.tables.problem_texts.words import CORRECT_OR_EMPTY, Told, Words, filled
from opstap.municipality.logic import PARTS

__all__ = ["TEXTS", "Told", "Words", "describe", "describe_code", "filled"]

TEXTS: Mapping[str, Words] = {**COLUMNS, **CELLS, **DATES, **LEVELS, **ROWS, **BETWEEN_ROWS}

LEFT_OUT_REASONS: Mapping[str, Promise] = {
    "origin": _("Opstap holds nothing about the origin of a person"),
    "health": _("Opstap holds no diagnoses or other details of health"),
    "justice": _("Opstap holds nothing about offences"),
    "sanction": _("Opstap holds no sanctions and no judgement of someone's willingness"),
    "prediction": _("Opstap holds no score or prediction about a person"),
}

_MAY_SUGGEST = frozenset({Code.CODE_UNKNOWN, Code.LEVEL_UNKNOWN, Code.UNKNOWN_FIELD, Code.UNKNOWN_HEADING})
_UNNAMED = Words(_("“%(value)s” can't be taken over."), CORRECT_OR_EMPTY)


def describe(problem: Problem) -> Told:
    """The message and the way out of a problem. A suggestion is added where there is one."""
    params = {"value": problem.value, "column": problem.column, "row": str(problem.row)}
    return describe_code(problem.code, params | problem.params)


def describe_code(code: str, params: Mapping[str, object]) -> Told:
    """As `describe`, for a code with its parameters: a refusal of the columns has no row."""
    words = TEXTS.get(code) or COMPARED.get(code, _UNNAMED)
    if code == Code.COLUMN_LEFT_OUT:
        params = {**params, "why": LEFT_OUT_REASONS.get(str(params.get("reason")), "")}
    if code == Code.COLUMN_OF_PART:
        params = {**params, "name": PARTS[str(params["part"])].name(get_language() or "nl")}
    told = Told(filled(words.message, params), filled(words.fix, params))
    if code in _MAY_SUGGEST and params.get("suggestion"):
        did_you_mean = filled(gettext("Did you mean “%(suggestion)s”?"), params)
        return told._replace(fix=f"{did_you_mean} {told.fix}")
    return told
