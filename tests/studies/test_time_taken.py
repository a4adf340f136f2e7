"""How long somebody was busy with a questionnaire."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trede.studies.time_taken import LONGEST_STEP, Event, What, time_taken

START = datetime(2020, 9, 14, 10, tzinfo=UTC)
G, A, W = What.GIVEN, What.ANSWER, What.AWAY


def events(*steps: tuple[float, What, str]) -> list[Event]:
    """Minutes after the start, what, and at which question."""
    return [Event(START + timedelta(minutes=m), what, q) for m, what, q in steps]


def minutes(*steps: tuple[float, What, str]) -> float:
    return time_taken(events(*steps)).seconds / 60


def test_it_runs_from_the_device_until_the_end():
    assert minutes((0, G, ""), (1, A, "sex"), (3, A, "debts"), (4, W, "")) == 4


def test_a_step_counts_for_the_question_that_it_answers():
    taken = time_taken(events((0, G, ""), (1, A, "sex"), (3, A, "debts"), (4, W, "")))
    assert taken.by_question == {"sex": 60, "debts": 120, "": 60}


def test_time_between_stopping_and_going_on_does_not_count():
    stopped = ((0, G, ""), (2, A, "sex"), (3, W, "debts"))
    assert minutes(*stopped, (9, G, "debts"), (10, A, "debts"), (11, W, "")) == 5


def test_a_device_that_lay_aside_was_not_busy():
    assert minutes((0, G, ""), (2, A, "sex"), (45, A, "debts"), (46, W, "")) == 3


def test_what_was_typed_in_without_a_device_tells_no_time():
    assert minutes((0, A, "sex"), (1, A, "debts"), (2, W, "")) == 0


def test_of_nothing_there_is_no_time():
    assert time_taken([]).seconds == 0


EVENTS = st.lists(
    st.builds(
        Event,
        st.integers(0, 20_000).map(lambda s: START + timedelta(seconds=s)),
        st.sampled_from(What),
        st.sampled_from(["sex", "debts", ""]),
    ),
    max_size=12,
)


@given(EVENTS)
def test_nobody_is_busier_than_the_clock_allows(happened: list[Event]):
    taken = time_taken(happened)
    assert taken.seconds == sum(taken.by_question.values())
    assert 0 <= taken.seconds <= 20_000
    steps = max(len(happened) - 1, 0)
    assert taken.seconds <= steps * LONGEST_STEP.total_seconds()
