import django.db.models.deletion
import opstap.foundation.references
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    # A database that went through these has all of this already; one that went through some of them is refused.
    replaces = [
        ("municipality", "0001_initial"),
        ("municipality", "0002_lighter_keys"),
        ("municipality", "0003_codes_of_the_statistic"),
        ("municipality", "0004_districts"),
        ("municipality", "0005_set_up"),
        ("municipality", "0006_own_codes"),
        ("municipality", "0007_own_traits"),
    ]

    dependencies = [
        ("audit", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("position", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("is_own", models.BooleanField(default=False)),
                ("ended_on", models.DateField(null=True)),
                ("own_position", models.PositiveSmallIntegerField(null=True)),
                ("counts_as_benefit", models.BooleanField(default=False)),
                ("cbs_code", models.CharField(blank=True, max_length=4)),
                ("delivered", models.BooleanField(default=False)),
                ("synonyms", models.JSONField(default=list)),
                ("finer", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["code_list", "position"],
            },
        ),
        migrations.CreateModel(
            name="CodeList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True)),
                ("name_nl", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(default=opstap.foundation.references.new_reference, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                ("cbs_code", models.CharField(blank=True, max_length=4)),
                (
                    "environment",
                    models.CharField(
                        choices=[("production", "production"), ("test", "test"), ("demo", "demo")],
                        default="production",
                        max_length=12,
                    ),
                ),
                ("banner", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="SetupCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="StatePensionAge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("born_from", models.DateField(null=True)),
                ("born_until", models.DateField(null=True)),
                ("years", models.PositiveSmallIntegerField()),
                ("months", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["years", "months"],
            },
        ),
        migrations.CreateModel(
            name="CodeLabel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nl", models.CharField(max_length=200)),
                ("en", models.CharField(max_length=200)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("is_own", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField(null=True)),
                ("recorded_by", models.CharField(blank=True, max_length=120)),
                (
                    "code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="labels", to="municipality.code"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="code",
            name="code_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="municipality.codelist"
            ),
        ),
        migrations.CreateModel(
            name="PostcodeDistrict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withdrawn", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("postcode", models.CharField(max_length=6)),
                ("district_code", models.CharField(blank=True, max_length=20)),
                ("district_name", models.CharField(max_length=120)),
                ("neighbourhood_code", models.CharField(blank=True, max_length=20)),
                ("neighbourhood_name", models.CharField(blank=True, max_length=120)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postcode_districts",
                        to="municipality.municipality",
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
                        to="municipality.postcodedistrict",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Setting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withdrawn", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("key", models.CharField(max_length=40)),
                ("value", models.JSONField()),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settings",
                        to="municipality.municipality",
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
                        to="municipality.setting",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TraitDefinition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(default=opstap.foundation.references.new_reference, max_length=12, unique=True),
                ),
                ("key", models.CharField(max_length=30)),
                ("kind", models.CharField(max_length=10)),
                ("name_nl", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                ("choices", models.JSONField(default=list)),
                ("on_placement", models.BooleanField(default=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trait_definitions",
                        to="municipality.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ["name_nl", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(fields=("code_list", "code"), name="code_is_unique_in_its_list"),
        ),
        migrations.AddIndex(
            model_name="postcodedistrict",
            index=models.Index(fields=["municipality", "postcode"], name="district_by_postcode"),
        ),
        migrations.AddConstraint(
            model_name="postcodedistrict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", False)),
                fields=("replaces",),
                name="municipality_postcodedistrict_replaced_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="postcodedistrict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    ("withdrawn", True),
                    _connector="OR",
                ),
                name="municipality_postcodedistrict_ends_after_it_starts",
            ),
        ),
        migrations.AddIndex(
            model_name="setting",
            index=models.Index(fields=["municipality", "key"], name="setting_by_key"),
        ),
        migrations.AddConstraint(
            model_name="setting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", False)),
                fields=("replaces",),
                name="municipality_setting_replaced_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="setting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    ("withdrawn", True),
                    _connector="OR",
                ),
                name="municipality_setting_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="traitdefinition",
            constraint=models.UniqueConstraint(
                fields=("municipality", "key"), name="trait_key_is_unique_in_its_municipality"
            ),
        ),
    ]
