"""Report `deployment`: whether instruments go to those in whom growth potential is seen, more than to others."""

from django.utils.translation import gettext_lazy as _

from opstap.reporting.selectors.deployment import people_deployed
from opstap.reporting.tables.deployment.definition import DEPLOYMENT
from opstap.reporting.tables.deployment.page import matrix, tables
from opstap.reporting.tables.deployment.pictures import pictures
from opstap.reporting.tables.deployment.rows import deployment_result
from opstap.reporting.tables.deployment.sentences import cell_words, lead
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=DEPLOYMENT,
    answer=deployment_result,
    lead=lead,
    pictures=pictures,
    people=people_deployed,
    cell_words=cell_words,
    tables=tables,
    matrix=matrix,
    matrix_name=_("level by growth potential and instrument"),
)
