"""Report `caseload`: the people themselves, each with where they stand and what is done."""

from opstap.reporting.selectors.caseload import people_listed
from opstap.reporting.tables.caseload.definition import CASELOAD
from opstap.reporting.tables.caseload.page import PAGE_SIZE, cell_words, lead, tables
from opstap.reporting.tables.caseload.rows import caseload_result
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=CASELOAD,
    answer=caseload_result,
    lead=lead,
    pictures=lambda _result: (),
    people=people_listed,
    cell_words=cell_words,
    tables=tables,
    page_size=PAGE_SIZE,
)
