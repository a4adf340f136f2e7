"""An intake under way for each owner."""

from tests.cast import AT, Cast
from tests.doors.things import Things
from tests.inflow.intakes import TEXT
from tests.people.making import make_person
from trede.accounts.acting import staff_actor
from trede.inflow import intake
from trede.inflow.models import Candidate, Stage
from trede.pilots.loading import load_pilot


def add(cast: Cast, things: Things) -> None:
    owners = {"own": cast.sanne, "colleague": cast.willem, "elsewhere": cast.noor}
    for owner, coach in owners.items():
        town = coach.municipality
        pilot = load_pilot(
            text=TEXT.replace('code = "nijmegen"', f'code = "intake-{town.code}"', 1),
            municipality=town,
            reason="for the doors",
            by=staff_actor(coach),
            at=AT,
        )
        person = make_person(cast, "Samira Jansen", coach, municipality=town)
        candidate = Candidate.objects.create(
            person=person,
            pilot=pilot,
            since_on=AT.date(),
            stage=Stage.WAITING,
            stage_since=AT,
        )
        begun = intake.begin(
            candidate=candidate,
            coach=coach,
            location="Wijkcentrum",
            by=staff_actor(coach),
            at=AT,
        )
        things[owner]["intake_id"] = begun.pk
        things[owner].setdefault("candidate_id", candidate.pk)
