"""Report `profile`: what the people on each level have in common."""

from django.utils.translation import gettext_lazy as _

from opstap.reporting.selectors.profile import people_profiled
from opstap.reporting.tables.profile.definition import PROFILE
from opstap.reporting.tables.profile.income import matrix
from opstap.reporting.tables.profile.page import tables
from opstap.reporting.tables.profile.pictures import pictures
from opstap.reporting.tables.profile.rows import profile_result
from opstap.reporting.tables.profile.sentences import cell_words, lead
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=PROFILE,
    answer=profile_result,
    lead=lead,
    pictures=pictures,
    people=people_profiled,
    cell_words=cell_words,
    tables=tables,
    matrix=matrix,
    matrix_name=_("income by level"),
)
