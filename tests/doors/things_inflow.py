"""A list and a candidate, for each owner."""

from uuid import uuid4

from tests.cast import AT, Cast
from tests.doors.things import Things
from tests.inflow.listmaking import AMINA, ON, as_list, make_pilot
from tests.people.making import make_person
from trede.accounts.acting import staff_actor
from trede.inflow import importing
from trede.inflow.models import Candidate, SameStep
from trede.pilots.models import Pilot


def add(cast: Cast, things: Things) -> None:
    owners = {"own": cast.sanne, "colleague": cast.willem, "elsewhere": cast.noor}
    pilots = {town.pk: make_pilot(town) for town in (cast.here, cast.elsewhere)}
    for owner, coach in owners.items():
        pilot: Pilot = pilots[coach.municipality_id]
        upload = importing.upload(
            pilot=pilot,
            name=f"{owner}.csv",
            content=as_list(AMINA, "", owner),
            reference_on=ON,
            by=staff_actor(coach),
            at=AT,
        )
        candidate = Candidate.objects.create(
            person=make_person(cast, "Nadia El Amrani", coach),
            pilot=pilot,
            since_on=ON,
            stage_since=AT,
        )
        step = SameStep.objects.create(
            key=uuid4(), kind="brief", candidate=candidate, at=AT, by=coach
        )
        things[owner] |= {
            "same_step_id": step.pk,
            "pilot_id": pilot.pk,
            "upload_id": upload.pk,
            "candidate_id": candidate.pk,
        }
