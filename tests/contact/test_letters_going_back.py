"""The migration that lets the daily run make letters can be taken back with them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, migrations

from tests.cast import AT, Cast
from tests.people.making import make_person
from tests.studies.making import make_pilot
from trede.accounts.acting import SYSTEM
from trede.contact.letters import make_letter
from trede.contact.models import Letter

pytestmark = pytest.mark.django_db
MADE = import_module("trede.contact.migrations.0002_messages_out")


@pytest.mark.parametrize("cared_for", [True, False])
def test_a_letter_of_the_daily_run_is_somebodys_before_the_column_is(
    cared_for: bool, cast: Cast
):
    pilot = make_pilot(cast)
    person = make_person(cast, coach=cast.sanne if cared_for else None)
    letter = make_letter(
        person=person,
        pilot=pilot,
        kind="reminder",
        pdf=b"%PDF-1.7\n%%EOF\n",
        by=SYSTEM,
        at=AT,
    )
    assert letter.made_by is None
    # Backwards: first the messages go, then this, and only then the column is strict.
    steps = [type(one) for one in MADE.Migration.operations]
    assert steps == [
        migrations.AlterField,
        migrations.RunPython,
        migrations.CreateModel,
    ]
    MADE.name_somebody(apps, connection.schema_editor(collect_sql=True))
    maker = Letter.objects.get(pk=letter.pk).made_by
    assert maker is not None and maker.municipality == person.municipality
    assert (maker == cast.sanne) or not cared_for
