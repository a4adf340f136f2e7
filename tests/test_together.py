"""Rows of several tables in one question: the same as asked one after the other."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db.models import Model, QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.desk.making import make_story
from tests.trajectories.making import AFTER, make_pilot
from trede.accounts.anybody import ANYBODY, it_is
from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.contact.models import Appointment, AppointmentTransition, ContactMoment
from trede.desk.away import absences_about
from trede.desk.changed_by_person import own_changes
from trede.desk.last_contact import midnight
from trede.inflow.models import Candidate, Intake, ListUpload
from trede.partners.placing import reviews_due
from trede.people.models import Note, Person, StoredFile
from trede.questionnaires.typing_in import asked_of
from trede.studies.among import among, places, room_for
from trede.together import Part, Said, ask, stand_in
from trede.trajectories.caseload import guided_by
from trede.trajectories.models import LadderAssessment, Pause, Trajectory

pytestmark = pytest.mark.django_db


def values(one: Model) -> dict[str, object]:
    return {each.attname: getattr(one, each.attname) for each in one._meta.fields}


@pytest.mark.parametrize(
    "model",
    [
        Person,
        Candidate,
        ContactMoment,
        Note,
        Intake,
        Trajectory,
        Pause,
        LadderAssessment,
        StoredFile,
    ],
)
def test_every_kind_of_field_comes_back_as_it_is(cast: Cast, model: type[Model]):
    make_story(cast, make_pilot(cast))
    part = Part(model._default_manager.all())
    ask(part)
    one_by_one = {one.pk: values(one) for one in model._default_manager.all()}
    assert {one.pk: values(one) for one in part.found} == one_by_one
    assert len(one_by_one) > 0 or model is StoredFile


def test_it_is_one_question_for_all_and_for_what_they_are_joined_to(
    cast: Cast, django_assert_num_queries
):
    story = make_story(cast, make_pilot(cast))
    steps = Part(
        AppointmentTransition.objects.filter(appointment__person=story.person),
        "appointment",
        "appointment__staff",
    )
    moments = Part(ContactMoment.objects.filter(person=story.person), "by", "reverses")
    with django_assert_num_queries(1):
        ask(steps, moments)
        assert {one.appointment.staff.name for one in steps.found} == {"Sanne"}
        assert {one.appointment.about for one in steps.found} == {"Naar de buurttuin"}
        assert {one.by.name for one in moments.found} == {"Sanne"}
        assert {one.reverses for one in moments.found} == {None}


def test_what_is_left_out_is_fetched_when_it_is_needed(cast: Cast):
    story = make_story(cast, make_pilot(cast))
    notes = Part(Note.objects.filter(person=story.person), without=["text"])
    ask(notes)
    assert notes.found[0].get_deferred_fields() == {"text"}
    assert notes.found[0].text == "Liever na één uur"


def test_a_part_that_can_have_no_rows_is_empty(cast: Cast, django_assert_num_queries):
    nobody, uploads = Part(Person.objects.none()), Part(ListUpload.objects.none())
    everybody = Part(Trajectory.objects.filter(months__gt=0))
    with django_assert_num_queries(0):
        ask(nobody, uploads)
    ask(nobody, everybody)
    assert (nobody.found, everybody.found) == ([], [])


def test_what_came_back_can_be_saved_again(cast: Cast):
    story = make_story(cast, make_pilot(cast))
    part = Part(Trajectory.objects.filter(pk=story.trajectory.pk))
    ask(part)
    part.found[0].started_on += timedelta(days=1)
    part.found[0].save()
    assert Trajectory.objects.get().started_on == part.found[0].started_on


# What is asked of somebody on the staff, by somebody and a day.
ASKED: dict[str, Callable[[Staff, date], QuerySet[Model]]] = {
    "guided": guided_by,
    "reviews": reviews_due,
    "away": absences_about,
    "to type": lambda who, on: asked_of(who),
    "changes": lambda who, on: own_changes(who, midnight(on)),
    "their appointments": lambda who, on: Appointment.objects.visible_to(
        who, Reach.OWN
    ).filter(staff=who, starts_at__gte=midnight(on)),
    "their people": lambda who, on: Person.objects.visible_to(who, Reach.OWN),
    "of the town": lambda who, on: Person.objects.visible_to(who, Reach.MUNICIPALITY),
}


@pytest.fixture
def staff(cast: Cast) -> list[Staff]:
    make_story(cast, make_pilot(cast))
    return list(Staff.objects.order_by("pk"))


@pytest.mark.parametrize("name", ASKED)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=15,
    deadline=None,
)
@given(who=st.integers(0, 7), days=st.integers(-30, 400))
def test_what_was_said_about_anybody_is_what_is_asked_of_one(
    staff: list[Staff], name: str, who: int, days: int
):
    somebody, on = staff[who % len(staff)], AFTER.date() + timedelta(days=days)
    directly = {one.pk for one in ASKED[name](somebody, on)}
    once = ASKED[name](ANYBODY, on).order_by()
    part = Part(once).about(it_is(somebody))
    ask(part)
    assert {one.pk for one in part.found} == directly
    numbers = Said(once.values_list("pk")).numbers(it_is(somebody))
    assert {*numbers} == directly


def test_who_was_asked_before_leaves_nothing_behind(cast: Cast):
    story = make_story(cast, make_pilot(cast))
    who = stand_in()
    once = Part(ContactMoment.objects.filter(person_id=who))
    theirs, nobodys = once.about({who: story.person.pk}), once.about({who: None})
    ask(theirs, nobodys)
    assert (len(theirs.found), nobodys.found, once.found) == (1, [], [])


def test_few_people_fit_in_the_room_for_more(cast: Cast):
    story, rooms = make_story(cast, make_pilot(cast)), places()
    for people in ([], [story.person.pk], [*range(9)], [*range(600)]):
        room, known = room_for(people, rooms)
        part = Part(among(Person.objects.all(), room, "pk")).about(known)
        ask(part)
        found = {one.pk for one in part.found}
        assert found == {
            *Person.objects.filter(pk__in=people).values_list("pk", flat=True)
        }
