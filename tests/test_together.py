"""Rows of several tables in one question: the same as asked one after the other."""

from datetime import timedelta

import pytest
from django.db.models import Model

from tests.cast import Cast
from tests.desk.making import make_story
from tests.trajectories.making import make_pilot
from trede.contact.models import AppointmentTransition, ContactMoment
from trede.inflow.models import Candidate, Intake, ListUpload
from trede.people.models import Note, Person, StoredFile
from trede.together import Part, ask
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
