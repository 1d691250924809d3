"""Report `movement`: what became of people on a scale between two days."""

from opstap.reporting.selectors.movement import people_moved
from opstap.reporting.tables.movement.definition import MOVEMENT
from opstap.reporting.tables.movement.page import matrix, tables
from opstap.reporting.tables.movement.pictures import pictures
from opstap.reporting.tables.movement.rows import movement_result
from opstap.reporting.tables.movement.sentences import cell_words, lead, nobody_placed
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=MOVEMENT,
    answer=movement_result,
    lead=lead,
    nobody=nobody_placed,
    pictures=pictures,
    people=people_moved,
    cell_words=cell_words,
    tables=tables,
    matrix=matrix,
)
