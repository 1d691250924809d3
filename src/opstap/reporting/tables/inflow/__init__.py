"""Report `inflow`: who came into follow-up between two days, and what they are like."""

from opstap.reporting.selectors.inflow import people_entered
from opstap.reporting.tables.inflow.definition import INFLOW
from opstap.reporting.tables.inflow.page import tables
from opstap.reporting.tables.inflow.pictures import pictures
from opstap.reporting.tables.inflow.rows import inflow_result
from opstap.reporting.tables.inflow.sentences import cell_words, lead
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=INFLOW,
    answer=inflow_result,
    lead=lead,
    pictures=pictures,
    people=people_entered,
    cell_words=cell_words,
    tables=tables,
)
