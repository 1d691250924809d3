"""Each role says where it is held. Apart from what filled it: PostgreSQL alters no table whose rows wait for a check."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_where_a_role_is_held"),
    ]

    operations = [
        migrations.AlterField(
            model_name="roleholding",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="role_holdings",
                to="municipality.municipality",
            ),
        ),
    ]
