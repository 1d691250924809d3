"""Report `duration`: who stands on each level, by how long they have been on benefit."""

from django.utils.translation import gettext_lazy as _

from opstap.reporting.selectors.duration import people_by_duration
from opstap.reporting.tables.duration.definition import DURATION
from opstap.reporting.tables.duration.page import matrix, tables
from opstap.reporting.tables.duration.pictures import pictures
from opstap.reporting.tables.duration.rows import duration_result
from opstap.reporting.tables.duration.sentences import cell_words, lead
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=DURATION,
    answer=duration_result,
    lead=lead,
    pictures=pictures,
    people=people_by_duration,
    cell_words=cell_words,
    tables=tables,
    matrix=matrix,
    matrix_name=_("level by time on benefit"),
)
