"""Report `placement`: the people on each level, with and without growth potential."""

from opstap.reporting.selectors.placement import people_placed
from opstap.reporting.tables.cells import level_cell_words
from opstap.reporting.tables.placement.definition import PLACEMENT
from opstap.reporting.tables.placement.pictures import pictures
from opstap.reporting.tables.placement.rows import placement_result
from opstap.reporting.tables.placement.sentences import lead
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=PLACEMENT,
    answer=placement_result,
    lead=lead,
    pictures=pictures,
    people=people_placed,
    cell_words=level_cell_words,
)
