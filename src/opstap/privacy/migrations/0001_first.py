import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    # A database that went through these has all of this already; one that went through some of them is refused.
    replaces = [("privacy", "0001_judgements")]

    dependencies = [
        ("audit", "0001_first"),
        ("municipality", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(max_length=24)),
                ("position", models.BigIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("in_order", "in_order"), ("asked", "asked"), ("misuse", "misuse")], max_length=12
                    ),
                ),
                ("remark", models.TextField(blank=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="municipality.municipality"
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="audit.recording"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["chain", "position"], name="judgement_of_a_record")],
            },
        ),
    ]
