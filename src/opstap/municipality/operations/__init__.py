"""Writing in the municipality room."""

from opstap.municipality.operations.codelists import (
    CodeNeeded,
    add_code,
    end_code,
    install_code_lists,
    move_code,
    relabel_code,
)
from opstap.municipality.operations.districts import replace_districts
from opstap.municipality.operations.municipalities import change_municipality, change_setting, create_municipality
from opstap.municipality.operations.setup import drop_setup_code, issue_setup_code
from opstap.municipality.operations.traits import change_trait, define_trait, end_trait

__all__ = [
    "CodeNeeded",
    "add_code",
    "change_municipality",
    "change_setting",
    "change_trait",
    "create_municipality",
    "define_trait",
    "drop_setup_code",
    "end_code",
    "end_trait",
    "install_code_lists",
    "issue_setup_code",
    "move_code",
    "relabel_code",
    "replace_districts",
]
