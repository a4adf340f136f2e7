"""What 0007 gave the name of its municipality is called so in its own text too.

Otherwise the file that it came from, uploaded again, is other words under a version
that is there, and refused.
"""

import json
import re

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from trede.questionnaires.reading import read_text

SIGN = "@"
# As `writing` writes it, before any question.
LINE = re.compile(r"^version = .*$", re.MULTILINE)


def name_within(apps: Apps, _editor: BaseDatabaseSchemaEditor | None) -> None:
    _rename(apps, whole=True)


def number_within(apps: Apps, _editor: BaseDatabaseSchemaEditor | None) -> None:
    _rename(apps, whole=False)


def _rename(apps: Apps, *, whole: bool) -> None:
    every = apps.get_model("questionnaires", "Questionnaire").objects
    for row in every.exclude(municipality=None):
        name = row.version if whole else row.version.partition(SIGN)[0]
        line = f"version = {json.dumps(name, ensure_ascii=False)}"
        text = LINE.sub(lambda _found, line=line: line, row.text, count=1)
        if text != row.text:
            row.text = text
            row.sha256 = read_text(text, name=f"{row.code} {name}").content_hash
            row.save(update_fields=["text", "sha256"])


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0008_recording_of_a_municipality")]

    operations = [migrations.RunPython(name_within, number_within)]
