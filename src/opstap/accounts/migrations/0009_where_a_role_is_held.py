"""Where a role is held: until now in the municipality that keeps the account."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def as_it_was(apps: Any, schema: Any) -> None:
    """Every role that was ever given was given in the municipality of its holder."""
    where = schema.connection.alias
    home = apps.get_model("accounts", "User").objects.using(where).filter(pk=OuterRef("user")).values("municipality")
    apps.get_model("accounts", "RoleHolding").objects.using(where).filter(municipality=None).update(municipality=Subquery(home))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_own_roles"),
        ("municipality", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="works_in",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="municipality.municipality",
            ),
        ),
        migrations.AddField(
            model_name="roleholding",
            name="municipality",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="role_holdings",
                to="municipality.municipality",
            ),
        ),
        migrations.RunPython(as_it_was, migrations.RunPython.noop),
    ]
