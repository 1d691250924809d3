"""Report `ready`: who is ready for a step up, level by level, and of who is not: why not."""

from django.utils.translation import gettext_lazy as _

from opstap.reporting.selectors.ready import people_ready
from opstap.reporting.tables.ready.definition import READY
from opstap.reporting.tables.ready.page import matrix, tables
from opstap.reporting.tables.ready.pictures import pictures
from opstap.reporting.tables.ready.rows import ready_result
from opstap.reporting.tables.ready.sentences import cell_words, lead
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=READY,
    answer=ready_result,
    lead=lead,
    pictures=pictures,
    people=people_ready,
    cell_words=cell_words,
    tables=tables,
    matrix=matrix,
    matrix_name=_("level by ready or why not"),
)
