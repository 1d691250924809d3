"""Report `trajectories`: what runs on a day, by what it is about and where it leads."""

from opstap.reporting.selectors.trajectories import people_led
from opstap.reporting.tables.report import Report
from opstap.reporting.tables.trajectories.chart import pictures
from opstap.reporting.tables.trajectories.definition import TRAJECTORIES
from opstap.reporting.tables.trajectories.page import tables
from opstap.reporting.tables.trajectories.rows import trajectories_result
from opstap.reporting.tables.trajectories.sentences import cell_words, lead

REPORT = Report(
    definition=TRAJECTORIES,
    answer=trajectories_result,
    lead=lead,
    pictures=pictures,
    people=people_led,
    cell_words=cell_words,
    tables=tables,
)
