"""Report `data-quality`: whether what is recorded is timely, correct and complete; each finding is a work list."""

from opstap.reporting.selectors.quality.counting import people_found
from opstap.reporting.tables.quality.definition import QUALITY
from opstap.reporting.tables.quality.page import tables
from opstap.reporting.tables.quality.pictures import pictures
from opstap.reporting.tables.quality.rows import quality_result
from opstap.reporting.tables.quality.sentences import cell_words, lead
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=QUALITY,
    answer=quality_result,
    lead=lead,
    pictures=pictures,
    people=people_found,
    cell_words=cell_words,
    tables=tables,
)
