"""A contact is noted once, as it was, and can be taken back without being lost."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import AT, Cast
from tests.contact.making import a_person, a_pilot, note_call
from trede.accounts.acting import person_actor
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.contact import recording
from trede.contact.models import Channel, ContactMoment, Outcome
from trede.contact.recording import record_contact, undo_contact
from trede.people.models import Person
from trede.pilots.models import Pilot


@pytest.fixture
def person(cast: Cast) -> Person:
    return a_person(cast, "Safi")


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return a_pilot(cast)


@pytest.fixture
def left_alone() -> Iterator[None]:
    def handler(person: Person, pilot: Pilot, at: object) -> str:
        return "This person waits by lot."

    recording.guard(handler)
    yield
    recording._guards.remove(handler)


def test_a_call_is_noted_with_the_circumstances_of_that_day(cast, person, pilot):
    moment = note_call(cast, person, pilot)
    assert (moment.channel, moment.outcome, moment.circumstance) == (
        "telephone",
        "no_answer",
        "open",
    )
    line = Line.objects.first()
    assert line is not None
    assert (line.action, line.mentions.get().person_id) == (
        "noted a contact",
        person.pk,
    )


def test_a_call_in_the_lockdown_carries_its_period(cast, person, pilot):
    at = AT.replace(month=4)
    assert note_call(cast, person, pilot, at=at).circumstance == "spring_2020"


def test_a_call_noted_later_carries_the_period_in_which_it_took_place(
    cast, person, pilot
):
    later = AT.replace(month=4)
    moment = note_call(cast, person, pilot, at=later, happened_at=AT)
    assert (moment.at, moment.recorded_at, moment.circumstance) == (AT, later, "open")


def test_a_double_click_is_one_contact(cast, person, pilot):
    key = uuid4()
    first = note_call(cast, person, pilot, submission=key)
    second = note_call(cast, person, pilot, submission=key)
    assert first == second
    assert ContactMoment.objects.count() == 1
    assert Line.objects.filter(action="noted a contact").count() == 1


def test_a_form_of_one_person_is_not_used_for_another(cast, person, pilot):
    key = uuid4()
    note_call(cast, person, pilot, submission=key)
    with pytest.raises(Refused, match="used before"):
        note_call(cast, a_person(cast, "Noori"), pilot, submission=key)


def test_the_second_coach_hears_that_the_call_was_noted_already(cast, person, pilot):
    page_made = AT - timedelta(minutes=1)
    note_call(cast, person, pilot, seen_until=page_made)
    with pytest.raises(Refused, match="Sanne noted a contact with this person"):
        note_call(cast, person, pilot, by="willem", seen_until=page_made)
    assert ContactMoment.objects.count() == 1


def test_a_coach_who_looked_again_notes_the_second_call(cast, person, pilot):
    note_call(cast, person, pilot)
    soon = AT + timedelta(minutes=5)
    note_call(cast, person, pilot, by="willem", at=soon, seen_until=soon)
    assert ContactMoment.objects.count() == 2


def test_taking_back_adds_a_moment_and_removes_nothing(cast, person, pilot):
    moment = note_call(cast, person, pilot, note="Belt morgen terug")
    undo_contact(moment=moment, by=cast.by("willem"), at=AT)
    assert ContactMoment.objects.count() == 2
    assert list(ContactMoment.objects.all().standing()) == []
    moment.refresh_from_db()
    assert moment.note == "Belt morgen terug"


def test_taking_back_twice_is_once(cast, person, pilot):
    moment = note_call(cast, person, pilot)
    first = undo_contact(moment=moment, by=cast.by("sanne"), at=AT)
    assert undo_contact(moment=moment, by=cast.by("willem"), at=AT) == first
    assert ContactMoment.objects.count() == 2


def test_a_reversal_itself_is_not_taken_back(cast, person, pilot):
    moment = note_call(cast, person, pilot)
    reversal = undo_contact(moment=moment, by=cast.by("sanne"), at=AT)
    with pytest.raises(Refused, match="note it again"):
        undo_contact(moment=reversal, by=cast.by("sanne"), at=AT)


def test_a_channel_that_came_later_is_refused_before_its_day(cast, person, pilot):
    with pytest.raises(Refused, match="does not use this channel on that day"):
        note_call(cast, person, pilot, channel="email", outcome="sent")
    later = AT.replace(month=5)
    note_call(cast, person, pilot, channel="email", outcome="sent", at=later)


@pytest.mark.parametrize(
    ("channel", "outcome"),
    [("letter", "no_answer"), ("telephone", "sent"), ("walk", "message_left")],
)
def test_an_outcome_that_cannot_come_of_a_channel_is_refused(
    channel, outcome, cast, person, pilot
):
    with pytest.raises(Refused, match="does not go with"):
        note_call(cast, person, pilot, channel=channel, outcome=outcome)


def test_every_channel_has_outcomes_and_every_outcome_a_channel():
    assert set(recording.OUTCOMES) == set(Channel)
    assert set().union(*recording.OUTCOMES.values()) == set(Outcome)


def test_a_contact_that_has_not_happened_yet_is_refused(cast, person, pilot):
    with pytest.raises(Refused, match="has not come yet"):
        note_call(cast, person, pilot, happened_at=AT + timedelta(hours=1))


def test_a_contact_of_longer_than_two_years_ago_is_a_slip_in_the_year(
    cast, person, pilot
):
    earlier = AT - timedelta(days=700)
    assert note_call(cast, person, pilot, happened_at=earlier).at == earlier
    with pytest.raises(Refused, match="longer than two years ago") as refusal:
        note_call(cast, person, pilot, happened_at=AT - timedelta(days=3653))
    assert refusal.value.field == "happened_on"
    assert ContactMoment.objects.count() == 1


def test_who_should_be_left_alone_is_contacted_with_a_reason_only(
    cast, person, pilot, left_alone
):
    with pytest.raises(Refused, match="waits by lot") as refusal:
        note_call(cast, person, pilot)
    assert refusal.value.field == "deviation_reason"
    moment = note_call(cast, person, pilot, deviation_reason="Belde zelf, in nood")
    assert moment.deviation_reason == "Belde zelf, in nood"


def test_a_reason_is_not_kept_where_none_was_needed(cast, person, pilot):
    assert (
        note_call(cast, person, pilot, deviation_reason="zomaar").deviation_reason == ""
    )


def test_a_person_with_a_link_cannot_note_a_contact(cast, person, pilot):
    with pytest.raises(Refused, match="Only a member of staff"):
        record_contact(
            person=person,
            pilot=pilot,
            channel="telephone",
            outcome="spoke",
            occasion="guidance",
            by=person_actor(person.pk, cast.here.pk),
            at=AT,
            submission=uuid4(),
        )


def test_a_pilot_of_another_municipality_is_refused(cast, pilot):
    far = a_person(cast, "Ver", municipality=cast.elsewhere)
    with pytest.raises(Refused, match="another municipality"):
        note_call(cast, far, pilot)


def test_a_note_is_not_readable_in_the_database(cast, person, pilot):
    note_call(cast, person, pilot, note="Vertelde over haar zus")
    raw = ContactMoment.objects.raw(
        "SELECT id, note AS stored FROM contact_contactmoment"
    )
    assert "zus" not in str(raw[0].stored)
