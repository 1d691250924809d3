"""Report `goals`: the people by the level that is expected of them, half-levels apart."""

from opstap.reporting.selectors.goals import people_expected
from opstap.reporting.tables.cells import level_cell_words
from opstap.reporting.tables.goals.definition import GOALS
from opstap.reporting.tables.goals.rows import goals_result
from opstap.reporting.tables.goals.sentences import lead
from opstap.reporting.tables.level_charts import level_pictures
from opstap.reporting.tables.report import Report

REPORT = Report(
    definition=GOALS,
    answer=goals_result,
    lead=lead,
    pictures=level_pictures,
    people=people_expected,
    cell_words=level_cell_words,
)
