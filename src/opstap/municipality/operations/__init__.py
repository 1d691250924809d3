"""Writing in the municipality room."""

from opstap.municipality.operations.codelists import install_code_lists
from opstap.municipality.operations.districts import replace_districts
from opstap.municipality.operations.municipalities import change_municipality, change_setting, create_municipality
from opstap.municipality.operations.setup import drop_setup_code, issue_setup_code

__all__ = [
    "change_municipality",
    "change_setting",
    "create_municipality",
    "drop_setup_code",
    "install_code_lists",
    "issue_setup_code",
    "replace_districts",
]
