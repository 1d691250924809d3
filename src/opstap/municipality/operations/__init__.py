"""Writing in the municipality room."""

from opstap.municipality.operations.codelists import install_code_lists
from opstap.municipality.operations.districts import replace_districts
from opstap.municipality.operations.municipalities import change_setting, create_municipality

__all__ = ["change_setting", "create_municipality", "install_code_lists", "replace_districts"]
