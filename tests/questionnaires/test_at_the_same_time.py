"""Two tabs, or a double tap that the network delivers at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.questionnaires.conftest import AT, Desk
from trede.questionnaires import sittings
from trede.questionnaires.answers import give_answer
from trede.questionnaires.models import Answer, Sitting

AT_ONCE = 4
# SQLite lets one writer in at a time by itself; its test database, which lives in
# memory, cannot even wait for its turn.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="needs several writers at once"
    ),
]


def together(act: Callable[[int], object]) -> None:
    start = Barrier(AT_ONCE)

    def one(number: int) -> None:
        try:
            start.wait()
            act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, range(AT_ONCE)))


def test_the_same_answer_at_the_same_moment_is_one_answer(
    transactional_db, desk: Desk, sitting: Sitting
):
    together(
        lambda _: give_answer(
            sitting=sitting, question="sex", value="woman", by=desk.by_person, at=AT
        )
    )
    assert Answer.objects.filter(sitting=sitting).count() == 1


def test_different_answers_at_the_same_moment_are_all_kept_and_numbered(
    transactional_db, desk: Desk, sitting: Sitting
):
    values = ("woman", "man", "other", "woman")
    together(
        lambda number: give_answer(
            sitting=sitting,
            question="sex",
            value=values[number],
            by=desk.by_person,
            at=AT,
        )
    )
    kept = list(Answer.objects.filter(sitting=sitting).order_by("number"))
    assert [one.number for one in kept] == list(range(1, len(kept) + 1))
    assert {one.value for one in kept} == set(values)


def test_handing_in_twice_at_the_same_moment_is_once(
    transactional_db, desk: Desk, sitting: Sitting
):
    together(lambda _: sittings.finish(sitting=sitting, by=desk.by_person, at=AT))
    assert sitting.transitions.filter(state="finished").count() == 1
    asked = Answer.objects.filter(sitting=sitting).values_list("question", flat=True)
    assert len(asked) == len(set(asked))
