"""Report `coverage`: which part of the people has a placement."""

from opstap.reporting.selectors.coverage import people_covered
from opstap.reporting.tables.coverage.definition import COVERAGE
from opstap.reporting.tables.coverage.pictures import pictures
from opstap.reporting.tables.coverage.rows import coverage_result
from opstap.reporting.tables.coverage.sentences import cell_words, lead
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=COVERAGE,
    answer=coverage_result,
    lead=lead,
    pictures=pictures,
    people=people_covered,
    cell_words=cell_words,
)
