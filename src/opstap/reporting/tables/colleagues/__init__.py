"""What is published of colleagues, beside the own figures of the reports `profile`, `movement` and `differences`."""

from opstap.reporting.tables.colleagues.section import COLLEAGUES, WITH_COLLEAGUES, Section, colleagues_json, section_of

__all__ = ["COLLEAGUES", "WITH_COLLEAGUES", "Section", "colleagues_json", "section_of"]
