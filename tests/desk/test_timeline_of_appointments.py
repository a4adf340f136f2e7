"""What was planned or called off in one go is one line on the timeline."""

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.desk.making import DAY, Story, make_story
from tests.desk.test_person_page import entries
from tests.trajectories.making import make_pilot
from trede.contact.appointments import Meeting, cancel
from trede.contact.models import Appointment
from trede.contact.repeating import Every, Repeat, call_off_rest, plan_series


@pytest.fixture
def story(cast: Cast) -> Story:
    return make_story(cast, make_pilot(cast))


@pytest.fixture
def series(cast: Cast, story: Story) -> list[Appointment]:
    tomorrow = timezone.localtime() + DAY
    first = Meeting(
        tomorrow.replace(hour=10, minute=0, second=0, microsecond=0),
        "office",
        "Samen oefenen",
    )
    return plan_series(
        person=story.person,
        pilot=story.trajectory.pilot,
        staff=cast.sanne,
        first=first,
        repeat=Repeat(Every.WEEK, (tomorrow + 35 * DAY).date()),
        by=cast.by("sanne"),
        at=timezone.now(),
    )


def told(cast: Cast, story: Story, *series: Appointment) -> list[str]:
    """The lines that name one of these by its moment, newest first."""
    moments = [when(one) for one in series]
    lines = entries(cast.sanne, story, "?soort=afspraken")
    return [line for line in lines if any(moment in line for moment in moments)]


def when(one: Appointment) -> str:
    return f"{timezone.localtime(one.starts_at):%d-%m-%Y, %H.%M}"


def made(series: list[Appointment]) -> str:
    first, last = when(series[0]), when(series[-1])
    return f"{len(series)} afspraken gemaakt, {first} tot en met {last}"


def test_a_series_is_one_line_from_its_first_to_its_last(cast, story, series):
    assert len(series) > 3
    assert told(cast, story, *series) == [made(series)]


def test_one_of_it_that_is_called_off_is_a_line_of_its_own(cast, story, series):
    cancel(appointment=series[1], by=cast.by("sanne"), at=timezone.now())
    assert told(cast, story, *series) == [
        f"Afspraak van {when(series[1])} afgezegd",
        made(series),
    ]


def test_the_rest_of_it_called_off_is_one_line(cast, story, series):
    cancel(appointment=series[0], by=cast.by("sanne"), at=timezone.now())
    call_off_rest(appointment=series[1], by=cast.by("sanne"), at=timezone.now())
    first, last = when(series[1]), when(series[-1])
    assert told(cast, story, *series) == [
        f"{len(series) - 1} afspraken afgezegd, {first} tot en met {last}",
        f"Afspraak van {when(series[0])} afgezegd",
        made(series),
    ]
