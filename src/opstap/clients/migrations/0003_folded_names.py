"""The names as they are searched by, filled in for the persons that are there.

The trigger that refuses changes is put back after every migration (`config.apps`).
"""

from django.db import migrations, models

from opstap.foundation.folding import folded_name

PART = 2000


def fill(apps, schema_editor):
    connection = schema_editor.connection
    on = ' ON "clients_person"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER IF EXISTS "ao_clients_person_update"{on}')
    Person = apps.get_model("clients", "Person")
    changed = []
    for person in Person.objects.only("surname", "given_names", "name_prefix").order_by("pk").iterator(PART):
        person.folded_name = folded_name(person.surname, person.given_names, person.name_prefix)
        changed.append(person)
    Person.objects.bulk_update(changed, ["folded_name"], batch_size=PART // 10)


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0002_lighter_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="folded_name",
            field=models.TextField(blank=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
