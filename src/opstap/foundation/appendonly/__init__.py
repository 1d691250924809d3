"""Append-only tables: models that inherit AppendOnlyModel refuse UPDATE and DELETE in the database itself.

Triggers are put in place after every migration (Django remakes SQLite tables and loses them) and compared by
`opstap check`. Writing rules live with the rooms; the one road that erases a person comes with `privacy`.
"""

from opstap.foundation.appendonly.models import AppendOnlyModel
from opstap.foundation.appendonly.triggers import append_only_models, install, missing, remove, table_of

__all__ = ["AppendOnlyModel", "append_only_models", "install", "missing", "remove", "table_of"]
