"""What was shared until now goes to the municipality of who made it."""

import hashlib
import json

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SIGN = "@"


def give(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    translation = apps.get_model("questionnaires", "Translation")
    for row in translation.objects.select_related("made_by").iterator():
        # As `translations.digest_of`.
        content = json.dumps(row.texts, sort_keys=True, ensure_ascii=False)
        row.sha256 = hashlib.sha256(content.encode()).hexdigest()
        row.municipality_id = row.made_by.municipality_id if row.made_by else None
        row.save(update_fields=["sha256", "municipality"])
    recording = apps.get_model("questionnaires", "Recording")
    for row in recording.objects.select_related("uploaded_by").defer("content"):
        row.municipality_id = row.uploaded_by.municipality_id
        row.save(update_fields=["municipality"])
    sitting = apps.get_model("questionnaires", "Sitting")
    begun = sitting.objects.exclude(state="prepared").exclude(translation=None)
    read = sitting.editions.through
    read.objects.bulk_create(
        [
            read(sitting_id=pk, translation_id=edition)
            for pk, edition in begun.values_list("pk", "translation")
        ],
        batch_size=500,
    )
    for row in _owned(apps):
        if SIGN not in row.version:
            row.version += f"{SIGN}{row.municipality.code}"
            row.save(update_fields=["version"])


def share(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    every = apps.get_model("questionnaires", "Questionnaire").objects
    for row in _owned(apps):
        number = row.version.partition(SIGN)[0]
        if every.filter(code=row.code, version=number).exists():
            number = f"{number[:10]}.{row.pk}"
        row.version = number
        row.save(update_fields=["version"])


def _owned(apps: Apps) -> list[models.Model]:
    rows = apps.get_model("questionnaires", "Questionnaire").objects.defer("text")
    return list(rows.exclude(municipality=None).select_related("municipality"))


class Migration(migrations.Migration):

    dependencies = [("questionnaires", "0006_whose_words")]

    operations = [migrations.RunPython(give, share)]
