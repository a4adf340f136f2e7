"""Every day goes what is kept no longer, and nothing else."""

import json
from datetime import datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session

from tests.cast import Cast
from tests.inflow.listmaking import AMINA, AT, confirmed, make_pilot
from tests.people.making import make_person
from trede.accounts.acting import SYSTEM
from trede.audit.models import Line
from trede.commands import entry
from trede.contact.links import make_link
from trede.contact.models import PersonalLink, WrongLink
from trede.questionnaires import own_device
from trede.questionnaires.models import Sitting
from trede.questionnaires.publishing import to_use

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def left_behind(cast: Cast, at: datetime) -> None:
    """One of everything that is made at this moment and ends some time."""
    person, pilot = make_person(cast), make_pilot(cast.here)
    confirmed(cast, pilot, AMINA)
    make_link(
        person=person,
        pilot=pilot,
        purpose="stop_study",
        days=1,
        by=cast.by("sanne"),
        at=at,
    )
    sitting = Sitting.objects.create(
        person=person,
        pilot=pilot,
        questionnaire=to_use("short", town=None, by=SYSTEM, at=at),
        wave="T0",
        circumstance="open",
        prepared_by=cast.sanne,
        prepared_at=at,
    )
    own_device.make(sitting=sitting, by=cast.by("sanne"), at=at)
    WrongLink.objects.create(origin="x", at=at)
    Session.objects.create(session_key="ended", session_data="", expire_date=at)
    attempt = AccessAttempt.objects.create(
        username="somebody", get_data="", post_data="", failures_since_start=1
    )
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=at)


def told(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, int]:
    capsys.readouterr()
    assert entry.run(["retention", "--json", *options]) == 0
    rows: dict[str, int] = json.loads(capsys.readouterr().out)["rows"]
    return rows


def test_what_is_over_goes_each_at_its_own_time(cast: Cast, capsys):
    left_behind(cast, AT)
    with time_machine.travel(AT + 29 * MINUTE, tick=False):
        assert not any(told(capsys).values())
    with time_machine.travel(AT + 61 * MINUTE, tick=False):
        rows = told(capsys)
    assert {name for name, number in rows.items() if number} == {
        "wronglink",
        "accessattempt",
    }
    with time_machine.travel(AT + 7 * DAY, tick=False):
        rows = told(capsys)
    assert {name for name, number in rows.items() if number} == {
        "personallink",
        "session",
    }
    with time_machine.travel(AT + 14 * DAY, tick=False):
        rows = told(capsys)
        assert (rows["uploaded_lists"], rows["owndevice"]) == (1, 1)
        assert not any(told(capsys).values())


def test_a_dry_run_tells_the_same_and_keeps_everything(cast: Cast, capsys):
    left_behind(cast, AT)
    before = Line.objects.count()
    with time_machine.travel(AT + 14 * DAY, tick=False):
        would = told(capsys, "--dry-run")
        assert PersonalLink.objects.exists() and Session.objects.exists()
        assert Line.objects.count() == before
        assert told(capsys) == would
    assert set(would.values()) == {1}


def test_removing_stands_in_the_trail_once_and_names_no_one(cast: Cast, capsys):
    left_behind(cast, AT)
    with time_machine.travel(AT + 7 * DAY, tick=False):
        told(capsys)
        told(capsys)
    line = Line.objects.get(action="removed what is kept no longer")
    assert line.fields == ["accessattempt", "personallink", "session", "wronglink"]
    assert not line.mentions.exists()


def test_it_tells_in_words_what_went(cast: Cast, capsys):
    left_behind(cast, AT)
    capsys.readouterr()
    with time_machine.travel(AT + 14 * DAY, tick=False):
        assert entry.run(["retention", "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("Would go: 1 uploaded lists, 1 personal")
