"""Getting the questionnaire of a wave ready for somebody who is due."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.studies.making import make_pilot, make_sitting, moment
from tests.studies.waves import CLOSED_ON, FIRST_ON, closed, noon, with_intake
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.inflow.models import Candidate
from trede.people.responsibility import make_responsible
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.questionnaires.publishing import publish_shipped
from trede.studies.opening import open_wave
from trede.trajectories.models import Closing, Leaving

pytestmark = pytest.mark.django_db
# Three months after the closing, in a pilot that still holds the fourth wave.
LATER = CLOSED_ON + timedelta(days=100)
STILL_HELD = (
    'retired_on = 2020-12-01\nretired_reason = "De meting',
    'retired_on = 2029-12-01\nretired_reason = "De meting',
)


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    made = make_pilot(cast)
    file = made.files.get()
    assert file.text.count(STILL_HELD[0]) == 1
    made.files.filter(pk=file.pk).update(text=file.text.replace(*STILL_HELD))
    cast.sign_in_with_a_password()
    publish_shipped(by=cast.by("aad"), at=moment(date(2020, 2, 1)))
    return made


def guided(pilot: Pilot, cast: Cast, coach: Staff | None = None) -> Candidate:
    """Under the design without waiting, so that the fourth wave is for everybody."""
    candidate = closed(pilot, cast)
    candidate.intakes.update(began_at=moment(date(2020, 12, 7)))
    make_responsible(
        person=candidate.person,
        staff=coach or cast.sanne,
        on=CLOSED_ON,
        reason="",
        by=cast.by("greet"),
        at=moment(CLOSED_ON),
    )
    return candidate


def open_for(candidate: Candidate, cast: Cast, wave: str, on: date) -> Sitting:
    return open_wave(
        person=candidate.person,
        pilot=Pilot.objects.get(pk=candidate.pilot_id),
        wave=wave,
        mode=Sitting.Mode.ALONE,
        language="nl",
        location="",
        by=cast.by("sanne"),
        at=noon(on),
    )


def test_the_evaluation_hangs_on_the_closing(pilot: Pilot, cast: Cast):
    sitting = open_for(guided(pilot, cast), cast, "T1", FIRST_ON)
    assert (sitting.wave, sitting.state) == ("T1", "prepared")
    assert Closing.objects.get().sitting == sitting


def test_who_stopped_and_agreed_again_answers_anew(pilot: Pilot, cast: Cast):
    """What was answered before counts no more, so it does not stand in the way."""
    candidate = guided(pilot, cast)
    person = candidate.person
    before = make_sitting(pilot, person, cast.sanne, wave="T1", on=CLOSED_ON)
    stopped_at = noon(CLOSED_ON + timedelta(days=1))
    Leaving.objects.create(
        person=person, pilot=pilot, kind=Leaving.Kind.STUDY, at=stopped_at, by="test"
    )
    made = open_for(candidate, cast, "T1", FIRST_ON)
    assert made != before and made.state == "prepared"
    assert open_for(candidate, cast, "T1", FIRST_ON) == made
    assert Closing.objects.get().sitting == made


def test_a_repeated_evaluation_is_got_ready_in_its_window(pilot: Pilot, cast: Cast):
    candidate = guided(pilot, cast)
    sitting = open_for(candidate, cast, "T2", LATER)
    assert sitting.questionnaire.code == "nijmegen_repeated_evaluation"
    assert open_for(candidate, cast, "T2", LATER) == sitting


def test_what_is_not_due_is_not_got_ready(pilot: Pilot, cast: Cast):
    candidate = guided(pilot, cast)
    with pytest.raises(Refused):
        open_for(candidate, cast, "T2", FIRST_ON)  # too soon
    with pytest.raises(Refused):
        open_for(candidate, cast, "T0", FIRST_ON)  # of the intake
    make_sitting(pilot, candidate.person, cast.sanne, wave="T1", on=CLOSED_ON)
    with pytest.raises(Refused):
        open_for(candidate, cast, "T1", FIRST_ON)  # answered


def test_what_was_missed_may_still_be_held(pilot: Pilot, cast: Cast):
    late = CLOSED_ON + timedelta(days=60)
    assert open_for(guided(pilot, cast), cast, "T1", late).wave == "T1"


def visit(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def today(monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: noon(LATER))


@pytest.mark.usefixtures("today")
def test_the_coach_finds_it_on_the_first_page_and_gets_it_ready(
    pilot: Pilot, cast: Cast
):
    candidate = guided(pilot, cast)
    make_sitting(pilot, candidate.person, cast.sanne, wave="T1", on=CLOSED_ON)
    client = visit(cast.sanne)
    address = f"/onderzoek/afname/{candidate.person_id}/?pilot={pilot.code}&meting=T2"
    assert address.replace("&", "&amp;") in client.get("/").content.decode()
    form = client.get(address).context["form"]
    place = form.fields["location"].choices[0][0]  # some are closed that day
    client.post(address, {"mode": "alone", "language": "nl", "location": place})
    assert Sitting.objects.get(wave="T2").state == Sitting.State.PREPARED


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    ("name", "status"),
    [("willem", 404), ("noor", 404), ("rik", 403), ("ilse", 403), ("greet", 200)],
)
def test_who_may_get_it_ready(pilot: Pilot, cast: Cast, name: str, status: int):
    candidate = guided(pilot, cast)
    make_pilot(cast, cast.elsewhere)
    cast.elsewhere.refresh_from_db()
    cast.elsewhere.second_step_roles = []
    cast.elsewhere.save()
    address = f"/onderzoek/afname/{candidate.person_id}/?pilot={pilot.code}&meting=T2"
    assert visit(getattr(cast, name)).get(address).status_code == status


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("typed", ["", "?meting=T9", "?meting=%27", "?meting=T0"])
def test_an_address_that_makes_no_sense_gets_nothing_ready(
    pilot: Pilot, cast: Cast, typed: str
):
    candidate = guided(pilot, cast)
    client = visit(cast.sanne)
    address = f"/onderzoek/afname/{candidate.person_id}/{typed}"
    client.post(address, {"mode": "alone", "language": "nl", "location": "city_office"})
    assert not Sitting.objects.filter(state=Sitting.State.PREPARED).exists()


def test_who_only_had_an_intake_is_sent_there(pilot: Pilot, cast: Cast):
    with pytest.raises(Refused):
        open_for(with_intake(pilot, cast), cast, "T0", CLOSED_ON)
