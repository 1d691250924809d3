import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    # A database that went through these has all of this already; one that went through some of them is refused.
    replaces = [("plans", "0001_initial"), ("plans", "0002_one_index_of_trajectory")]

    dependencies = [
        ("audit", "0001_first"),
        ("clients", "0001_first"),
        ("ladder", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withdrawn", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("reference", models.CharField(max_length=12)),
                ("trajectory", models.CharField(max_length=12)),
                ("why", models.CharField(blank=True, max_length=400)),
                ("description", models.CharField(max_length=120)),
                ("kind", models.CharField(blank=True, max_length=40)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="clients.client",
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.recording",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="plans.activity",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["trajectory"], name="activity_of_trajectory")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", False)),
                        fields=("replaces",),
                        name="plans_activity_replaced_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            ("withdrawn", True),
                            _connector="OR",
                        ),
                        name="plans_activity_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("reference",),
                        name="plans_activity_begins_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withdrawn", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("reference", models.CharField(max_length=12)),
                ("trajectory", models.CharField(max_length=12)),
                ("why", models.CharField(blank=True, max_length=400)),
                ("kind", models.CharField(max_length=40)),
                ("supplier", models.CharField(blank=True, max_length=120)),
                ("result", models.CharField(blank=True, max_length=40)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instruments",
                        to="clients.client",
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.recording",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="plans.instrument",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["trajectory"], name="instrument_of_trajectory")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", False)),
                        fields=("replaces",),
                        name="plans_instrument_replaced_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            ("withdrawn", True),
                            _connector="OR",
                        ),
                        name="plans_instrument_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("reference",),
                        name="plans_instrument_begins_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Trajectory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withdrawn", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("reference", models.CharField(max_length=12)),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("maintains_level", models.BooleanField(default=False)),
                ("end_reason", models.CharField(blank=True, max_length=40)),
                ("why", models.CharField(blank=True, max_length=400)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trajectories",
                        to="clients.client",
                    ),
                ),
                (
                    "goal_level",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ladder.level",
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.recording",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="plans.trajectory",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", False)),
                        fields=("replaces",),
                        name="plans_trajectory_replaced_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            ("withdrawn", True),
                            _connector="OR",
                        ),
                        name="plans_trajectory_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("reference",),
                        name="plans_trajectory_begins_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("goal_level__isnull", True), ("maintains_level", False), _connector="OR"),
                        name="goal_is_a_level_or_keeping_the_level",
                    ),
                ],
            },
        ),
    ]
