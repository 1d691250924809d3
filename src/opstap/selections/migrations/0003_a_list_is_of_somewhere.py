"""Each list says of which municipality it is, and its name is one of its maker there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("selections", "0002_lists_of_a_municipality"),
    ]

    operations = [
        migrations.AlterField(
            model_name="workinglist",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="working_lists",
                to="municipality.municipality",
            ),
        ),
        migrations.RemoveConstraint(model_name="workinglist", name="list_name_is_unique_for_its_owner"),
        migrations.AddConstraint(
            model_name="workinglist",
            constraint=models.UniqueConstraint(
                fields=("owner", "municipality", "name"), name="list_name_is_unique_for_its_owner"
            ),
        ),
    ]
