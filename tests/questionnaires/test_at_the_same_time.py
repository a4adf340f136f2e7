"""Two tabs, or a double tap that the network delivers at the same moment."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.at_once import at_once, several
from tests.questionnaires.conftest import AT, Desk
from tests.questionnaires.devices import Device, signed_in
from trede.questionnaires import device_lock, sittings
from trede.questionnaires.adding import Overtaken, add
from trede.questionnaires.answers import give_answer
from trede.questionnaires.arriving import Sent, arrive
from trede.questionnaires.course import core_of
from trede.questionnaires.models import Answer, Handover, Sitting

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_answer_at_the_same_moment_is_one_answer(desk: Desk, sitting: Sitting):
    several(
        lambda: give_answer(
            sitting=sitting, question="sex", value="woman", by=desk.by_person, at=AT
        )
    )
    assert Answer.objects.filter(sitting=sitting).count() == 1


def test_different_answers_at_the_same_moment_are_all_kept_and_numbered(
    desk: Desk, sitting: Sitting
):
    values = ("woman", "man", "other", "woman")
    at_once(
        *(
            partial(
                give_answer,
                sitting=sitting,
                question="sex",
                value=value,
                by=desk.by_person,
                at=AT,
            )
            for value in values
        )
    )
    kept = list(Answer.objects.filter(sitting=sitting).order_by("number"))
    assert [one.number for one in kept] == list(range(1, len(kept) + 1))
    assert {one.value for one in kept} == set(values)


def test_handing_in_twice_at_the_same_moment_is_once(desk: Desk, sitting: Sitting):
    several(lambda: sittings.finish(sitting=sitting, by=desk.by_person, at=AT))
    assert sitting.transitions.filter(state="finished").count() == 1
    asked = Answer.objects.filter(sitting=sitting).values_list("question", flat=True)
    assert len(asked) == len(set(asked))


def tapped(device: Device, code: str, value: str) -> None:
    """On a connection of its own, as another tab of the same browser."""
    tab = Client(headers={"Trede-Part": "1"})
    tab.cookies = device.client.cookies
    reply = tab.post(f"{device.base}vraag/{code}/", {"value": value})
    assert reply.status_code == 200


def test_what_several_tabs_send_at_the_same_moment_is_all_kept_and_numbered(
    desk: Desk, sitting: Sitting
):
    """None of them holds the sitting while it looks what is there already."""
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    device.begin()
    tapped(device, "birthplace", "NL")  # draws pages, so that the others meet
    given = [("sex", "woman"), ("sex", "man"), ("sex", "other"), ("birth_year", "1975")]
    at_once(*(partial(tapped, device, *one) for one in given))
    kept = Answer.objects.filter(sitting=sitting).exclude(question="birthplace")
    assert {(one.question, one.value) for one in kept} == set(given)
    of_one = list(kept.filter(question="sex").order_by("number"))
    assert [one.number for one in of_one] == list(range(1, len(of_one) + 1))
    # The newest stays the one that counts, also where it was kept before an older one.
    assert of_one[-1].at == max(one.at for one in of_one)


def test_a_sitting_that_was_handed_in_meanwhile_takes_no_answer(
    desk: Desk, sitting: Sitting
):
    handover = handed_over(desk, sitting)
    new = Answer(sitting=sitting, question="sex", part="core", number=9, value="man")
    new.at = AT
    add(new, place="sex", handover=handover)
    sittings.finish(sitting=sitting, by=desk.by_person, at=AT)
    there = Answer.objects.filter(sitting=sitting).count()
    new.number = 10
    with pytest.raises(Overtaken):
        add(new, place="birth_year", handover=handover)
    sitting.refresh_from_db()
    assert Answer.objects.filter(sitting=sitting).count() == there
    assert sitting.current == "sex"


def test_a_device_that_was_taken_back_meanwhile_gives_no_answer(
    desk: Desk, sitting: Sitting
):
    handover = handed_over(desk, sitting)
    Handover.objects.filter(pk=handover.pk).update(ended_at=AT)
    new = Answer(sitting=sitting, question="sex", part="core", number=1, value="man")
    new.at = AT
    with pytest.raises(Overtaken):
        add(new, place="sex", handover=handover)
    assert not Answer.objects.filter(sitting=sitting).exists()


def handed_over(desk: Desk, sitting: Sitting) -> Handover:
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    return sitting.handovers.get()


def arrives(token: str, *sent: Sent) -> None:
    with transaction.atomic():
        handover = device_lock.with_the_person(token, locking=True)
        assert handover is not None
        arrive(handover=handover, part=core_of(handover.sitting), sent=sent)


def test_one_queue_sent_by_several_tabs_at_the_same_moment_is_kept_once(
    desk: Desk, sitting: Sitting
):
    by = desk.cast.by("sanne")
    now = timezone.now()
    token = device_lock.hand_over(sitting=sitting, pin="2580", by=by, at=now)
    given = (("sex", "woman"), ("birth_year", "1975"), ("sex", "other"))
    queue = [
        Sent(
            question=code,
            fields={"value": [value]},
            given_at=now,
            language="nl",
            submission=uuid4(),
            offline=True,
        )
        for code, value in given
    ]
    several(partial(arrives, token, *queue))
    kept = Answer.objects.filter(sitting=sitting).order_by("pk")
    assert [(one.question, one.value) for one in kept] == list(given)
    assert sitting.moments.count() == 3
