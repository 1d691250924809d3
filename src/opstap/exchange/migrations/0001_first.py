import django.db.models.deletion
import opstap.foundation.references
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    # A database that went through these has all of this already; one that went through some of them is refused.
    replaces = [("exchange", "0001_initial")]

    dependencies = [
        ("audit", "0001_first"),
        ("municipality", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(default=opstap.foundation.references.new_reference, max_length=12, unique=True),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("file_digest", models.CharField(max_length=64)),
                ("source", models.CharField(max_length=64)),
                ("headings", models.JSONField()),
                ("overrides", models.JSONField(default=dict)),
                ("notes", models.JSONField(default=list)),
                ("scale_key", models.CharField(max_length=40)),
                ("reference_date", models.DateField(null=True)),
                ("state", models.CharField(default="checked", max_length=12)),
                ("result", models.JSONField(default=dict)),
                ("made_by", models.CharField(max_length=40)),
                ("made_by_name", models.CharField(max_length=120)),
                ("made_at", models.DateTimeField()),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="municipality.municipality"
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="audit.recording"
                    ),
                ),
                (
                    "undone_in",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="audit.recording"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RememberedMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=64)),
                ("overrides", models.JSONField()),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="municipality.municipality"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "source"), name="mapping_is_remembered_once_a_source"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("row_class", models.CharField(blank=True, max_length=10)),
                ("has_warning", models.BooleanField(default=False)),
                ("content", models.BinaryField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="exchange.importbatch"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "number"), name="staged_row_is_unique_in_its_batch")
                ],
            },
        ),
    ]
