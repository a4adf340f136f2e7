"""Who did not come: who stands on the list, how often in a row, and what comes next."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.desk.making import DAY, sign_in
from tests.trajectories.making import make_pilot, make_trajectory
from trede.accounts.models import Staff
from trede.contact.models import Appointment
from trede.people.models import Person
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db
URL = "/niet-gekomen/"
State = Appointment.State


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


def meeting(cast: Cast, pilot: Pilot, who: Person, days: int, state: State) -> None:
    """So many days from now."""
    at: datetime = timezone.now() + timedelta(days=days)
    Appointment.objects.create(
        person=who,
        pilot=pilot,
        staff=cast.sanne,
        starts_at=at,
        location="walk",
        planned_at=at - 9 * DAY,
        state=state,
        state_since=at,
    )


@pytest.fixture
def people(cast: Cast, pilot: Pilot) -> dict[str, Person]:
    """Twice in a row, with a new one; once; came since; and long ago."""
    stories = {
        "Twee": [(-30, State.HELD), (-9, State.NOT_THERE), (-3, State.NOT_THERE)],
        "Een": [(-20, State.NOT_THERE)],
        "Gekomen": [(-20, State.NOT_THERE), (-2, State.HELD)],
        "Ooit": [(-200, State.NOT_THERE)],
    }
    found = {}
    for name, meetings in stories.items():
        coach = cast.willem if name == "Een" else cast.sanne
        found[name] = make_trajectory(cast, pilot, coach=coach, name=name).person
        for days, state in meetings:
            meeting(cast, pilot, found[name], days, state)
    meeting(cast, pilot, found["Twee"], 4, State.PLANNED)
    return found


def listed(staff: Staff, query: str = "") -> list[tuple[str, int]]:
    lines = sign_in(staff).get(URL + query).context["lines"]
    return [(one.person.surname, one.no_show.times) for one in lines]


def test_who_did_not_come_most_often_in_a_row_stands_first(cast, pilot, people):
    assert listed(cast.greet) == [("Twee", 2), ("Een", 1)]
    assert listed(cast.greet, "?daarna=open") == [("Een", 1)]
    assert listed(cast.greet, f"?coach={cast.sanne.pk}") == [("Twee", 2)]
    assert listed(cast.greet, "?daarna=x&coach=²") == [("Twee", 2), ("Een", 1)]


def test_the_number_on_each_filter_and_the_file_are_the_list(cast, pilot, people):
    client = sign_in(cast.greet)
    first = client.get(URL).context
    for chip in [*first["then"], *first["coaches"]]:
        shown = client.get(URL + chip["url"]).context["lines"]
        answer = client.get(f"{URL}bestand/{chip['url']}&als=csv")
        said = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1:]
        assert len(shown) == len(said) == chip["count"]
        assert [one.person.full_name for one in shown] == [
            row.split(";")[0] for row in said
        ]


def test_only_the_coordinator_of_the_municipality_sees_it(cast, pilot, people):
    make_pilot(cast, cast.elsewhere)
    cast.sign_in_with_a_password()
    for url in (URL, f"{URL}bestand/"):
        assert sign_in(cast.sanne).get(url).status_code == 403
        assert sign_in(cast.rik).get(url).status_code == 403


def test_it_asks_no_more_when_more_did_not_come(
    cast, pilot, people, django_assert_max_num_queries
):
    client = sign_in(cast.greet)
    with django_assert_max_num_queries(15) as few:
        client.get(URL)
    more = make_trajectory(cast, pilot, name="Ook").person
    meeting(cast, pilot, more, -5, State.NOT_THERE)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(client.get(URL).context["lines"]) == 3


def test_of_many_the_list_and_the_file_say_that_there_are_more(
    cast, pilot, people, monkeypatch
):
    """Who did not come longest ago is left off; a filter leads to them."""
    monkeypatch.setattr("trede.desk.no_shows.MOST", 1)
    client, willem = sign_in(cast.greet), f"?coach={cast.willem.pk}"
    assert listed(cast.greet) == [("Twee", 2)]
    assert "Er zijn er meer." in client.get(URL).content.decode()
    first = client.get(URL).context
    assert [chip["count"] for chip in first["then"]] == ["1+", None, None]
    assert willem[1:] in str([chip["url"] for chip in first["coaches"]])
    said = b"".join(client.get(f"{URL}bestand/?als=csv").streaming_content).decode()
    assert "Er zijn er meer." in said.splitlines()[-1]
    for query in (willem, "?daarna=open"):
        assert listed(cast.greet, query) == [("Een", 1)]
        assert "Er zijn er meer." not in client.get(URL + query).content.decode()


def test_planning_from_a_line_leads_back_to_the_list(cast, pilot, people):
    page = sign_in(cast.greet).get(f"{URL}?daarna=open").content.decode()
    there = f"/contact/persoon/{people['Een'].pk}/afspraak/?pilot={pilot.code}"
    assert f"{there}&amp;terug=%2Fniet-gekomen%2F%3Fdaarna%3Dopen" in page
