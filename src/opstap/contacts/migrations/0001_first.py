import django.db.models.deletion
import opstap.contacts.enums
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    # A database that went through these has all of this already; one that went through some of them is refused.
    replaces = [("contacts", "0001_contacts_and_next"), ("contacts", "0002_worker_unchecked")]

    dependencies = [
        ("audit", "0001_first"),
        ("clients", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withdrawn", models.BooleanField(default=False)),
                ("held_on", models.DateField()),
                ("kind", models.CharField(max_length=40)),
                ("outcome", models.CharField(max_length=40)),
                ("looked", models.CharField(blank=True, max_length=40)),
                ("note_encrypted", models.BinaryField(null=True)),
                ("note_key", models.CharField(blank=True, max_length=20)),
                ("why", models.CharField(blank=True, max_length=400)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
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
                        to="contacts.contact",
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
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", False)),
                        fields=("replaces",),
                        name="contacts_contact_replaced_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NextContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withdrawn", models.BooleanField(default=False)),
                ("planned_on", models.DateField()),
                ("planned_time", models.TimeField(null=True)),
                ("kind", models.CharField(max_length=40)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("agreed", models.BooleanField(default=True)),
                ("state", models.CharField(default=opstap.contacts.enums.AgreedState["OPEN"], max_length=20)),
                ("why", models.CharField(blank=True, max_length=400)),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_contacts",
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
                        to="contacts.nextcontact",
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open"), ("withdrawn", False)),
                        fields=["planned_on"],
                        name="next_by_day",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", False)),
                        fields=("replaces",),
                        name="contacts_nextcontact_replaced_once",
                    )
                ],
            },
        ),
    ]
