"""Let the database refuse to change or remove a line of the trail."""

from django.db import migrations

from trede.audit import append_only


def guard(apps, schema_editor):
    append_only.guard(schema_editor.connection)


def release(apps, schema_editor):
    append_only.release(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(guard, release, elidable=False)]
