"""Append-only tables: models that inherit AppendOnlyModel refuse UPDATE and DELETE in the database itself.

Triggers are put in place after every migration (Django remakes SQLite tables and loses them) and compared by
`opstap check`. A row leaves only while a permit of `audit` names its client, or the row itself; writing rules live with
the rooms, and the one road that erases a person with `privacy`.
"""

from opstap.foundation.appendonly.models import AppendOnlyModel, erase_rows
from opstap.foundation.appendonly.triggers import append_only_models, install, missing, remove, table_of

__all__ = ["AppendOnlyModel", "append_only_models", "erase_rows", "install", "missing", "remove", "table_of"]
