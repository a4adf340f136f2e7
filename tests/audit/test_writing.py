"""What a line holds, and many who write at once."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.cast import AT
from trede.audit import trail
from trede.audit.models import Line
from trede.audit.verifying import verify


def write_some(who: int) -> None:
    try:
        for number in range(10):
            trail.record(
                actor=f"staff:{who}",
                action="wrote",
                purpose="guidance",
                at=AT,
                persons=[number + 1],
            )
    finally:
        connection.close()


def write_together() -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write_some, range(6)))
    assert sorted(Line.objects.values_list("sequence", flat=True)) == list(range(1, 61))
    assert verify().fault is None
    assert Path(settings.AUDIT_HEAD).read_text().startswith("60 ")


ON_A_FILE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", "audit", verbosity=0)
from tests.audit.test_writing import write_together
write_together()
"""


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_never_share_a_sequence(tmp_path: Path) -> None:
    if connection.vendor == "postgresql":
        write_together()
        return
    # The tests' own SQLite database lives in memory and knows no waiting.
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TREDE_DATABASE": f"sqlite:///{tmp_path}/trede.sqlite3",
        "TREDE_AUDIT_HEAD": f"{tmp_path}/head",
    }
    subprocess.run([sys.executable, "-c", ON_A_FILE], env=environment, check=True)


def test_a_line_holds_names_of_fields_in_order_and_each_person_once(db: None) -> None:
    line = trail.record(
        actor="system",
        action="changed a person",
        purpose="guidance",
        at=AT,
        persons=[5, 3, 5],
        fields=["telephone", "email"],
    )
    assert line.fields == ["email", "telephone"]
    assert sorted(line.mentions.values_list("person_id", flat=True)) == [3, 5]


def test_an_act_without_persons_has_no_mentions(db: None) -> None:
    line = trail.record(actor="system", action="cleaned", purpose="security", at=AT)
    assert not line.mentions.exists()
    assert line.municipality_id is None
