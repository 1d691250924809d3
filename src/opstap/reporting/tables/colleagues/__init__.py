"""What is published of colleagues, beside the own figures of the reports `profile`, `movement` and `differences`."""

from opstap.reporting.tables.colleagues.section import (
    COLLEAGUES,
    COLLEAGUES_TRAITS,
    WITH_COLLEAGUES,
    Section,
    colleagues_json,
    section_of,
)

__all__ = ["COLLEAGUES", "COLLEAGUES_TRAITS", "WITH_COLLEAGUES", "Section", "colleagues_json", "section_of"]
