"""Report `indicators`: every indicator of the registry, with how sure it is."""

from opstap.reporting.selectors.indicators import people_of_indicator
from opstap.reporting.tables.indicators.definition import INDICATORS
from opstap.reporting.tables.indicators.page import tables
from opstap.reporting.tables.indicators.pictures import pictures
from opstap.reporting.tables.indicators.rows import indicators_result
from opstap.reporting.tables.indicators.sentences import asks, cell_words, lead
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=INDICATORS,
    answer=indicators_result,
    lead=lead,
    pictures=pictures,
    people=people_of_indicator,
    cell_words=cell_words,
    tables=tables,
    asks=asks,
)
