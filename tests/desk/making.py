"""Somebody in the middle of a trajectory, with a little of everything."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from tests.cast import Cast
from tests.trajectories.making import AFTER, make_trajectory
from trede.accounts.models import Staff
from trede.contact.appointments import plan
from trede.contact.models import ContactMoment
from trede.contact.recording import record_contact
from trede.people.models import Person
from trede.people.notes import write_note
from trede.pilots.models import Pilot
from trede.trajectories.ladder import assess
from trede.trajectories.models import Trajectory
from trede.trajectories.pausing import pause
from trede.trajectories.planning import add_step, set_goal

DAY = timedelta(days=1)
OUTDOORS = {
    "paid_work": False,
    "unpaid_work": False,
    "organised_weekly": False,
    "contact_weekly": True,
}


@dataclass(frozen=True)
class Story:
    trajectory: Trajectory
    moment: ContactMoment

    @property
    def person(self) -> Person:
        return self.trajectory.person


def sign_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


def call(
    cast: Cast, person: Person, pilot: Pilot, at=AFTER, note="", outcome="spoke"
) -> ContactMoment:
    return record_contact(
        person=person,
        pilot=pilot,
        channel="telephone",
        outcome=outcome,
        occasion="guidance",
        by=cast.by("sanne"),
        at=at,
        submission=uuid4(),
        note=note,
    )


def make_story(cast: Cast, pilot: Pilot, name: str = "Amrani") -> Story:
    trajectory = make_trajectory(cast, pilot, name=name)
    person, by = trajectory.person, cast.by("sanne")
    moment = call(cast, person, pilot, AFTER + DAY, "Slaapt beter")
    goal = set_goal(trajectory=trajectory, words="Praten", by=by, at=AFTER)
    add_step(goal=goal, words="Bellen", together=True, planned_on=None, by=by, at=AFTER)
    plan(
        person=person,
        pilot=pilot,
        staff=cast.sanne,
        starts_at=AFTER + 9 * DAY,
        location="walk",
        about="Naar de buurttuin",
        by=by,
        at=AFTER + DAY,
        overlap_ok=True,
    )
    assess(
        trajectory=trajectory,
        answers=OUTDOORS,
        reference_on=(AFTER + 2 * DAY).date(),
        by=by,
        at=AFTER + 2 * DAY,
    )
    pause(
        trajectory=trajectory,
        from_on=(AFTER + 3 * DAY).date(),
        until_on=(AFTER + 5 * DAY).date(),
        reason="family",
        by=by,
        at=AFTER + 3 * DAY,
    )
    write_note(person=person, text="Liever na één uur", by=by, at=AFTER + 4 * DAY)
    return Story(trajectory, moment)
