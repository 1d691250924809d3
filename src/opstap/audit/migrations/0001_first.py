import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    # A database that went through these has all of this already; one that went through some of them is refused.
    replaces = [("audit", "0001_initial"), ("audit", "0002_access_log")]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("actor_reference", models.CharField(max_length=40)),
                ("actor_name", models.CharField(max_length=120)),
                ("source", models.CharField(max_length=40)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecordingCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_number", models.BigIntegerField(default=0)),
                ("last_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(max_length=24)),
                ("position", models.BigIntegerField()),
                ("digest", models.BinaryField()),
                ("at", models.DateTimeField(db_index=True)),
                ("source", models.CharField(max_length=20)),
                ("user", models.CharField(max_length=40)),
                ("roles", models.TextField()),
                ("on_behalf_of", models.CharField(max_length=120)),
                ("municipality", models.BigIntegerField(null=True)),
                ("action", models.CharField(max_length=80)),
                ("method", models.CharField(max_length=8)),
                ("subject", models.BinaryField()),
                ("listed", models.BinaryField()),
                ("listed_count", models.IntegerField()),
                ("why", models.TextField()),
                ("result", models.CharField(max_length=12)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject", "at"], name="access_of_a_client"),
                    models.Index(fields=["user", "at"], name="access_by_a_user"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "position"), name="one_record_at_a_place_of_a_chain")
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=60)),
                ("about", models.CharField(blank=True, max_length=120)),
                ("count", models.BigIntegerField(default=1)),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="audit.recording"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
