"""Report `current-expected`: where people stand beside where they are expected, and the shifts between."""

from opstap.reporting.selectors.current_expected import people_shifting
from opstap.reporting.tables.current_expected.definition import CURRENT_EXPECTED
from opstap.reporting.tables.current_expected.page import matrix, tables
from opstap.reporting.tables.current_expected.pictures import pictures
from opstap.reporting.tables.current_expected.rows import current_expected_result
from opstap.reporting.tables.current_expected.sentences import cell_words, lead
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=CURRENT_EXPECTED,
    answer=current_expected_result,
    lead=lead,
    pictures=pictures,
    people=people_shifting,
    cell_words=cell_words,
    tables=tables,
    matrix=matrix,
)
