"""Report `differences`: what case managers have in their caseloads, beside coincidence with the same people."""

from django.utils.translation import gettext_lazy as _

from opstap.reporting.selectors.differences_people import people_compared
from opstap.reporting.tables.differences.by_level import matrix
from opstap.reporting.tables.differences.definition import DIFFERENCES
from opstap.reporting.tables.differences.page import tables
from opstap.reporting.tables.differences.pictures import pictures
from opstap.reporting.tables.differences.rows import differences_result
from opstap.reporting.tables.differences.sentences import asks, cell_words, lead
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=DIFFERENCES,
    answer=differences_result,
    lead=lead,
    pictures=pictures,
    people=people_compared,
    cell_words=cell_words,
    tables=tables,
    asks=asks,
    matrix=matrix,
    matrix_name=_("people by level"),
)
