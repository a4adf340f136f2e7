"""The daily command reminds whom the pilot's file says, and once."""

import json
from datetime import date
from pathlib import Path

import pytest
import time_machine

from tests.cast import Cast
from tests.studies.making import make_pilot
from tests.studies.waves import FIRST_ON, closed, noon
from trede.audit.models import Line
from trede.commands import entry
from trede.contact.models import Message
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db


@pytest.fixture
def pilot(cast: Cast, settings, tmp_path: Path) -> Pilot:
    settings.SMS_FOLDER = tmp_path / "sms"
    return make_pilot(cast)


def test_a_preview_sends_nothing_and_names_nobody(pilot: Pilot, cast: Cast, capsys):
    closed(pilot, cast)
    with time_machine.travel(noon(FIRST_ON), tick=False):
        assert entry.run(["remind", "--preview"]) == 0
    told = capsys.readouterr().out
    assert told == "nijmegen: 1 text messages.\n"
    assert not Message.objects.exists()


def test_every_day_again_sends_everything_once(pilot: Pilot, cast: Cast, capsys):
    closed(pilot, cast)
    for sent in (1, 0):
        with time_machine.travel(noon(FIRST_ON), tick=False):
            assert entry.run(["remind", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)["pilots"]["nijmegen"]
        assert told["sent"] == sent
    assert Message.objects.get().made_by == "system"


def test_the_system_stands_in_the_trail_under_the_right_municipality(
    pilot: Pilot, cast: Cast
):
    closed(pilot, cast)
    with time_machine.travel(noon(FIRST_ON), tick=False):
        entry.run(["remind"])
    line = Line.objects.get(action="sent a message")
    assert (line.actor, line.municipality_id) == ("system", cast.here.pk)


def test_on_a_sunday_it_says_why_it_does_nothing(pilot: Pilot, cast: Cast, capsys):
    closed(pilot, cast)
    with time_machine.travel(noon(date(2021, 1, 24)), tick=False):
        assert entry.run(["remind"]) == 0
    assert "weekend" in capsys.readouterr().out
    assert not Message.objects.exists()


def test_a_pilot_that_does_not_exist_is_refused(pilot: Pilot, capsys):
    assert entry.run(["remind", "--pilot", "nergens"]) == 1
    assert "nergens" in capsys.readouterr().err
