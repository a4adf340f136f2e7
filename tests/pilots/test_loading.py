"""A pilot's file is loaded as a dated version; the rules in force on a day hold."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cast import AT, Cast
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.pilots.loading import load_pilot, rules_of
from trede.pilots.models import Pilot, PilotFile
from trede.pilots.reading import read_rules

FILE = Path(read_rules.__code__.co_filename).parent / "approaches" / "nijmegen.toml"
TEXT = FILE.read_text(encoding="utf-8")
LATER = AT + timedelta(days=300)


def load(cast: Cast, text: str = TEXT, at=AT, **more) -> Pilot:
    return load_pilot(
        text=text,
        municipality=more.pop("municipality", cast.here),
        reason="the start",
        by=cast.by("aad"),
        at=at,
        **more,
    )


def with_aim(number: int) -> str:
    return TEXT.replace("aim = 150", f"aim = {number}")


def test_loading_makes_the_pilot_and_its_first_version(cast: Cast):
    pilot = load(cast)
    assert rules_of(pilot) == read_rules(TEXT)
    assert [file.number for file in pilot.files.all()] == [1]


def test_loading_the_same_file_twice_changes_nothing(cast: Cast):
    load(cast)
    load(cast, at=LATER)
    assert PilotFile.objects.count() == 1
    assert Line.objects.filter(action="loaded a pilot file").count() == 1


def test_a_new_version_holds_from_its_day_and_the_old_one_before(cast: Cast):
    pilot = load(cast)
    load(cast, with_aim(120), at=LATER)
    assert rules_of(pilot).pilot.aim == 120
    assert rules_of(pilot, LATER.date()).pilot.aim == 120
    assert rules_of(pilot, LATER.date() - timedelta(days=1)).pilot.aim == 150


def test_a_day_before_the_first_version_has_its_rules(cast: Cast):
    pilot = load(cast)
    assert rules_of(pilot, date(2017, 12, 1)).pilot.aim == 150


def test_a_pilot_of_another_municipality_is_not_overwritten(cast: Cast):
    load(cast)
    with pytest.raises(Refused, match="another code"):
        load(cast, municipality=cast.elsewhere)


def test_roles_that_the_file_names_need_a_second_step(cast: Cast):
    load(cast)
    named = {role.code for role in read_rules(TEXT).roles if role.second_factor}
    cast.here.refresh_from_db()
    assert set(cast.here.second_step_roles) == named


def test_a_pilot_without_a_file_says_so(cast: Cast):
    pilot = Pilot.objects.create(municipality=cast.here, code="leeg", name="Leeg")
    with pytest.raises(Refused, match="no file yet"):
        rules_of(pilot)
