"""Report `left`: who is no longer in follow-up, from which level and why."""

from django.utils.translation import gettext_lazy as _

from opstap.reporting.selectors.left import people_left
from opstap.reporting.tables.left.definition import LEFT
from opstap.reporting.tables.left.page import matrix, tables
from opstap.reporting.tables.left.pictures import pictures
from opstap.reporting.tables.left.rows import left_result
from opstap.reporting.tables.left.sentences import cell_words, lead, nobody_then
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=LEFT,
    answer=left_result,
    lead=lead,
    nobody=nobody_then,
    pictures=pictures,
    people=people_left,
    cell_words=cell_words,
    tables=tables,
    matrix=matrix,
    matrix_name=_("level by reason"),
)
