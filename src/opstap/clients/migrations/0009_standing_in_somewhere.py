"""In which municipality somebody stands in. What was agreed before has none: it holds where the absent has the account."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0008_why_of_applications"),
        ("municipality", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="standin",
            name="municipality",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="municipality.municipality",
            ),
        ),
    ]
