"""A study, a computed report and an approved edition behind each municipality's doors.

A study is the municipality's: Sanne's and Willem's are the same thing.
"""

from datetime import date

from tests.cast import AT, Cast
from tests.doors.things import Things
from tests.studies.making import agree, make_person, make_pilot, make_sitting
from trede.accounts.acting import staff_actor
from trede.accounts.models import Municipality
from trede.contact.models import Message
from trede.reports.models import Edition, Showing
from trede.studies.founding import found_study
from trede.studies.models import Run

EMPTY = {
    "tables": [],
    "claims": [],
    "flow": {"steps": [], "gross": 0, "net": 0},
    "waves": [],
    "held_back": {
        "wave": "T1",
        "evaluated": 0,
        "participants": 0,
        "otherwise": 0,
        "too_few": True,
        "other_circumstances": False,
        "simulated": False,
        "by_file": "",
        "held_back": True,
    },
    "invented": False,
    "simulated": [],
}
HIDDEN = {
    "table": "sex",
    "row": "man",
    "group": "participants",
    "item": None,
    "measure": None,
    "kind": "count",
    "reason": "small",
}


def add(cast: Cast, things: Things) -> None:
    _add(cast, things, cast.here, "own", "colleague")
    _add(cast, things, cast.elsewhere, "elsewhere")


def _add(cast: Cast, things: Things, municipality: Municipality, *owners: str) -> None:
    pilot = make_pilot(cast, municipality)
    study = found_study(pilot=pilot, by=staff_actor(cast.ilse), at=AT)
    person = make_person(pilot)
    agree(pilot, person)
    make_sitting(pilot, person, cast.sanne)
    run = Run.objects.create(
        study=study,
        edition="interim",
        until_on=date(2020, 12, 31),
        at=AT,
        by="test",
        data_hash="0" * 64,
        version="0",
        rules_number=1,
        results=EMPTY,
    )
    edition = Edition.objects.create(
        study=study,
        run=run,
        number=1,
        released=EMPTY,
        told={},
        decisions=[HIDDEN],
        state=Edition.State.APPROVED,
        made_at=AT,
        made_by="test",
        approved_at=AT,
        approved_by=cast.ilse,
    )
    showing = Showing.objects.create(
        run=run,
        figure="sex|man|participants|||count",
        place=HIDDEN,
        why="Everybody knows it already.",
        asked_at=AT,
        asked_by=cast.bas,
    )
    message = Message.objects.create(
        person=person,
        pilot=pilot,
        kind="reminder",
        about="T1:1",
        by_way_of=Message.By.SMS,
        language="nl",
        made_at=AT,
        made_by="test",
        state=Message.State.FAILED,
        state_since=AT,
    )
    for owner in owners:
        things[owner]["message_id"] = message.pk
        things[owner]["study_id"] = study.pk
        things[owner]["run_id"] = run.pk
        things[owner]["edition_id"] = edition.pk
        things[owner]["place"] = 0
        things[owner]["showing_id"] = showing.pk
        things[owner]["chapter"] = "lessons"
        things[owner].setdefault("pilot_id", pilot.pk)
