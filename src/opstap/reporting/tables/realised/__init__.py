"""Report `realised`: what became of the growth that was seen."""

from opstap.reporting.selectors.realised import people_realised
from opstap.reporting.tables.realised.definition import REALISED
from opstap.reporting.tables.realised.page import tables
from opstap.reporting.tables.realised.pictures import pictures
from opstap.reporting.tables.realised.rows import realised_result
from opstap.reporting.tables.realised.sentences import cell_words, lead, nobody_counted
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=REALISED,
    answer=realised_result,
    lead=lead,
    nobody=nobody_counted,
    pictures=pictures,
    people=people_realised,
    cell_words=cell_words,
    tables=tables,
)
