"""Report `traits-changed`: whether fewer of the same people have a trait than on an earlier day."""

from opstap.reporting.selectors.traits_changed import people_with_trait
from opstap.reporting.tables.report import Report
from opstap.reporting.tables.traits_changed.definition import TRAITS_CHANGED
from opstap.reporting.tables.traits_changed.page import tables
from opstap.reporting.tables.traits_changed.pictures import pictures
from opstap.reporting.tables.traits_changed.rows import traits_changed_result
from opstap.reporting.tables.traits_changed.sentences import cell_words, lead, nobody_on_both

REPORT = Report(
    definition=TRAITS_CHANGED,
    answer=traits_changed_result,
    lead=lead,
    nobody=nobody_on_both,
    pictures=pictures,
    people=people_with_trait,
    cell_words=cell_words,
    tables=tables,
)
