import django.db.models.deletion
import opstap.ladder.enums
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    # A database that went through these has all of this already; one that went through some of them is refused.
    replaces = [
        ("ladder", "0001_initial"),
        ("ladder", "0002_lighter_keys"),
        ("ladder", "0003_questions_and_what_was_said"),
        ("ladder", "0004_own_scales"),
        ("ladder", "0005_crosswalks"),
        ("ladder", "0006_worker_unchecked"),
    ]

    dependencies = [
        ("audit", "0001_first"),
        ("clients", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Crosswalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("name_nl", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                ("explanation_nl", models.TextField(blank=True)),
                ("explanation_en", models.TextField(blank=True)),
                ("is_example", models.BooleanField(default=False)),
                ("is_own", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="Scale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True)),
                ("kind", models.CharField(max_length=10)),
                ("name_nl", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                ("description_nl", models.TextField(blank=True)),
                ("description_en", models.TextField(blank=True)),
                ("horizon_months", models.PositiveSmallIntegerField(default=12)),
                ("growth_on_halves", models.BooleanField(default=False)),
                ("source", models.TextField(blank=True)),
                ("is_own", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="CrosswalkVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "crosswalk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="ladder.crosswalk"
                    ),
                ),
            ],
            options={
                "ordering": ["crosswalk", "number"],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                ("position", models.PositiveSmallIntegerField()),
                ("records_growth", models.BooleanField(default=True)),
                ("works_without_help", models.BooleanField(default=False)),
                ("has_support", models.BooleanField(default=False)),
                ("has_aftercare", models.BooleanField(default=False)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="halves", to="ladder.level"
                    ),
                ),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="levels", to="ladder.scale"
                    ),
                ),
            ],
            options={
                "ordering": ["scale", "position"],
            },
        ),
        migrations.CreateModel(
            name="CrosswalkEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="ladder.crosswalkversion",
                    ),
                ),
                (
                    "counterpart",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ladder.level"
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ladder.level"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withdrawn", models.BooleanField(default=False)),
                ("measured_on", models.DateField()),
                ("growth", models.SmallIntegerField(default=opstap.ladder.enums.Growth["UNKNOWN"])),
                ("expected_by", models.DateField(null=True)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("second_assessment", models.BooleanField(default=False)),
                ("instrument_in_use", models.CharField(blank=True, max_length=40)),
                ("income_situation", models.CharField(blank=True, max_length=40)),
                ("low_literate", models.CharField(blank=True, max_length=40)),
                ("basic_qualification", models.CharField(blank=True, max_length=40)),
                ("integration", models.CharField(blank=True, max_length=40)),
                ("exempt", models.CharField(blank=True, max_length=40)),
                ("answers", models.CharField(blank=True, max_length=400)),
                ("override_reason", models.CharField(blank=True, max_length=400)),
                ("client_view", models.CharField(blank=True, max_length=1000)),
                ("with_support", models.BooleanField(default=False)),
                ("with_aftercare", models.BooleanField(default=False)),
                ("why", models.CharField(blank=True, max_length=400)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurements",
                        to="clients.client",
                    ),
                ),
                (
                    "client_level",
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
                    "expected_level",
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
                    "found_level",
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
                    "level",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                        to="ladder.measurement",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scale",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ladder.scale",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="crosswalk",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="crosswalks_from", to="ladder.scale"
            ),
        ),
        migrations.AddField(
            model_name="crosswalk",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="crosswalks_to", to="ladder.scale"
            ),
        ),
        migrations.CreateModel(
            name="ScaleVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="ladder.scale"
                    ),
                ),
            ],
            options={
                "ordering": ["scale", "number"],
            },
        ),
        migrations.CreateModel(
            name="ScaleQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=10)),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=20)),
                ("yes", models.CharField(max_length=20)),
                ("no", models.CharField(max_length=20)),
                ("text_nl", models.TextField()),
                ("text_en", models.TextField()),
                ("explanation_nl", models.TextField(blank=True)),
                ("explanation_en", models.TextField(blank=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="ladder.scaleversion"
                    ),
                ),
            ],
            options={
                "ordering": ["version", "part", "number"],
            },
        ),
        migrations.CreateModel(
            name="LevelText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_nl", models.CharField(max_length=160)),
                ("name_en", models.CharField(max_length=160)),
                ("definition_nl", models.TextField(blank=True)),
                ("definition_en", models.TextField(blank=True)),
                ("examples_nl", models.JSONField(default=list)),
                ("examples_en", models.JSONField(default=list)),
                ("band_nl", models.CharField(blank=True, max_length=60)),
                ("band_en", models.CharField(blank=True, max_length=60)),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="ladder.level"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="ladder.scaleversion"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="crosswalkversion",
            constraint=models.UniqueConstraint(
                fields=("crosswalk", "number"), name="version_number_is_unique_in_its_crosswalk"
            ),
        ),
        migrations.AddConstraint(
            model_name="crosswalkentry",
            constraint=models.UniqueConstraint(
                fields=("version", "level"), name="level_has_one_entry_in_a_crosswalk_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", False)),
                fields=("replaces",),
                name="ladder_measurement_replaced_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.CheckConstraint(
                condition=models.Q(("growth__in", [-1, 0, 1])), name="growth_is_yes_no_or_unknown"
            ),
        ),
        migrations.AddConstraint(
            model_name="level",
            constraint=models.UniqueConstraint(fields=("scale", "code"), name="level_code_is_unique_in_its_scale"),
        ),
        migrations.AddConstraint(
            model_name="scaleversion",
            constraint=models.UniqueConstraint(
                fields=("scale", "number"), name="version_number_is_unique_in_its_scale"
            ),
        ),
        migrations.AddConstraint(
            model_name="scalequestion",
            constraint=models.UniqueConstraint(
                fields=("version", "part", "key"), name="question_key_is_unique_in_its_part"
            ),
        ),
        migrations.AddConstraint(
            model_name="leveltext",
            constraint=models.UniqueConstraint(fields=("version", "level"), name="level_has_one_text_in_a_version"),
        ),
    ]
