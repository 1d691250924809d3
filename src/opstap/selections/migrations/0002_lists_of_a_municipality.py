"""Of which municipality a list is: until now of the one that keeps the account of its maker."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def as_it_was(apps: Any, schema: Any) -> None:
    """Every list was made where its maker worked."""
    where = schema.connection.alias
    home = apps.get_model("accounts", "User").objects.using(where).filter(pk=OuterRef("owner")).values("municipality")
    apps.get_model("selections", "WorkingList").objects.using(where).filter(municipality=None).update(municipality=Subquery(home))


class Migration(migrations.Migration):
    dependencies = [
        ("selections", "0001_first"),
        ("accounts", "0009_where_a_role_is_held"),
        ("municipality", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="workinglist",
            name="municipality",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="working_lists",
                to="municipality.municipality",
            ),
        ),
        migrations.RunPython(as_it_was, migrations.RunPython.noop),
    ]
