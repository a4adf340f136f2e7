"""What is missing: who stands on the list, for whom, and why."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast
from tests.desk.making import DAY, OUTDOORS, call, sign_in
from tests.trajectories.making import AFTER, make_pilot, make_trajectory
from trede.accounts.permissions import Reach
from trede.audit.models import Line
from trede.contact.appointments import plan
from trede.desk.missing import Asked, MissingLines
from trede.people.consenting import withdraw
from trede.people.models import Person, Purpose
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.trajectories.closing import close
from trede.trajectories.ladder import assess
from trede.trajectories.models import Trajectory
from trede.trajectories.pausing import pause

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
URL = "/ontbreekt/"


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


@pytest.fixture
def guided(cast: Cast, pilot: Pilot) -> Trajectory:
    return make_trajectory(cast, pilot, name="Amrani")


def judge(cast: Cast, guided: Trajectory, at: datetime) -> None:
    on, by = timezone.localdate(at), cast.by("sanne")
    assess(trajectory=guided, answers=OUTDOORS, reference_on=on, by=by, at=at)


def shut(cast: Cast, guided: Trajectory, at: datetime) -> None:
    close(
        trajectory=guided,
        on=timezone.localdate(at),
        reason="goals_reached",
        note="",
        by=cast.by("sanne"),
        at=at,
    )


def stand_still(cast: Cast, guided: Trajectory, weeks: int | None) -> None:
    on = timezone.localdate(AFTER + DAY)
    pause(
        trajectory=guided,
        from_on=on,
        until_on=on + weeks * WEEK if weeks else None,
        reason="family",
        by=cast.by("sanne"),
        at=AFTER + DAY,
    )


def lacking(cast: Cast, pilot: Pilot, at: datetime, name: str = "greet") -> list[str]:
    reach = Reach.MUNICIPALITY if name == "greet" else Reach.OWN
    lines = MissingLines(Asked(pilot), getattr(cast, name), reach, at)
    return [one.kind for one in lines.rows]


def test_the_ladder_is_missing_until_it_is_judged_and_again_after_months(
    cast, pilot, guided
):
    assert lacking(cast, pilot, AFTER + DAY) == ["trede"]
    judge(cast, guided, AFTER + DAY)
    rules = rules_of(pilot, timezone.localdate(AFTER))
    assert lacking(cast, pilot, AFTER + 2 * DAY) == []
    later = AFTER + timedelta(days=31 * rules.ladder.reassess_months + 1)
    assert "trede" in lacking(cast, pilot, later)


def test_a_pause_without_an_end_leaves_no_end_date(cast, pilot, guided):
    stand_still(cast, guided, None)
    assert lacking(cast, pilot, AFTER + 2 * DAY) == ["einde"]


def test_a_pause_with_an_end_lacks_nothing(cast, pilot, guided):
    stand_still(cast, guided, 8)
    assert lacking(cast, pilot, AFTER + 6 * WEEK) == []


def test_contact_is_missing_after_the_weeks_of_the_pilot(cast, pilot, guided):
    judge(cast, guided, AFTER + DAY)
    call(cast, guided.person, pilot, AFTER + DAY)
    assert lacking(cast, pilot, AFTER + 4 * WEEK) == []
    assert lacking(cast, pilot, AFTER + DAY + 4 * WEEK) == ["contact"]


def test_who_has_an_appointment_does_not_lack_contact(cast, pilot, guided):
    judge(cast, guided, AFTER + DAY)
    plan(
        person=guided.person,
        pilot=pilot,
        staff=cast.sanne,
        starts_at=AFTER + 6 * WEEK,
        location="walk",
        about="Wandelen",
        by=cast.by("sanne"),
        at=AFTER + DAY,
    )
    assert lacking(cast, pilot, AFTER + 5 * WEEK) == []


def test_who_closed_lacks_the_evaluation_also_when_its_window_is_past(
    cast, pilot, guided
):
    shut(cast, guided, AFTER + 8 * WEEK)
    assert lacking(cast, pilot, AFTER + 8 * WEEK + DAY) == ["meting"]
    assert lacking(cast, pilot, AFTER + 60 * WEEK) == ["meting"]


def test_who_stopped_with_the_study_lacks_no_evaluation(cast, pilot, guided):
    at = AFTER + 8 * WEEK
    shut(cast, guided, at)
    person, by = guided.person, cast.by("sanne")
    withdraw(person=person, pilot=pilot, purpose=Purpose.STUDY, by=by, at=at)
    assert lacking(cast, pilot, at + DAY) == []


def test_a_coach_sees_their_own_and_a_coordinator_everybody(cast, pilot, guided):
    make_trajectory(cast, pilot, coach=cast.willem, name="Bakker")
    named = {
        name: {
            one
            for one in ("Amrani", "Bakker")
            if one in sign_in(getattr(cast, name)).get(URL).content.decode()
        }
        for name in ("sanne", "willem", "greet")
    }
    assert named == {
        "sanne": {"Amrani"},
        "willem": {"Bakker"},
        "greet": {"Amrani", "Bakker"},
    }


def test_a_stranger_sees_nobody_and_other_roles_nothing(cast, pilot, guided):
    cast.sign_in_with_a_password()
    make_pilot(cast, cast.elsewhere)
    assert "Amrani" not in sign_in(cast.noor).get(URL).content.decode()
    for name in ("rik", "ilse", "bas", "fatima", "aad"):
        assert sign_in(getattr(cast, name)).get(URL).status_code == 403
    assert sign_in(cast.sanne).get(f"{URL}bestand/").status_code == 403


def several(cast: Cast, pilot: Pilot) -> Client:
    """Two coaches, and every kind."""
    quiet = [make_trajectory(cast, pilot, name=f"Stil-{n}") for n in range(2)]
    still = make_trajectory(cast, pilot, coach=cast.willem, name="Pauze")
    stand_still(cast, still, None)
    shut(cast, quiet[0], timezone.now() - WEEK)
    return sign_in(cast.greet)


def test_the_number_on_each_filter_is_the_length_of_its_list(cast, pilot):
    client = several(cast, pilot)
    first = client.get(URL).context
    chips = [*first["kinds"], *first["coaches"]]
    assert {chip["count"] for chip in first["kinds"]} >= {1, 4}
    for chip in chips:
        page = client.get(URL + chip["url"]).context["page"]
        assert page.paginator.count == chip["count"], chip["label"]


@pytest.fixture
def three_closed(cast: Cast, pilot: Pilot, monkeypatch) -> Client:
    """More than are judged, and each lacks the evaluation."""
    monkeypatch.setattr("trede.desk.missing_views.JUDGED", 1)
    monkeypatch.setattr("trede.desk.missing.A_PAGE", 1)
    for weeks in (1, 3, 2):
        coach = cast.willem if weeks == 1 else cast.sanne
        closed = make_trajectory(cast, pilot, coach=coach, name=f"Week-{weeks}")
        shut(cast, closed, timezone.now() - weeks * WEEK)
    return sign_in(cast.greet)


MORE = "Er zijn er meer."


def names_on(client: Client, query: str) -> list[str]:
    page = client.get(URL + query).context["page"]
    people = Person.objects.in_bulk(
        [one.person_id for one in page.paginator.object_list]
    )
    return [people[one.person_id].surname for one in page.paginator.object_list]


def test_of_many_who_closed_those_of_longest_ago_are_judged(three_closed):
    answer = three_closed.get(f"{URL}?soort=meting")
    assert MORE in answer.content.decode()
    assert MORE not in three_closed.get(f"{URL}?soort=einde").content.decode()
    assert names_on(three_closed, "?soort=meting") == ["Week-3", "Week-2"]
    counts = [chip["count"] for chip in answer.context["kinds"]]
    assert counts == ["2+", 0, 0, 0, "2+"]


def test_of_many_the_filter_by_coach_leads_to_everybody_of_that_coach(
    three_closed, cast
):
    for coach, names in ((cast.sanne, ["Week-3", "Week-2"]), (cast.willem, ["Week-1"])):
        answer = three_closed.get(f"{URL}?soort=meting&coach={coach.pk}")
        assert names_on(three_closed, f"?soort=meting&coach={coach.pk}") == names
        chips = {chip["label"]: chip["count"] for chip in answer.context["coaches"]}
        others = {cast.sanne.name, cast.willem.name} - {coach.name}
        assert [chips[other] for other in others] == [None]
        assert chips[coach.name] in (1, "2+")


def test_of_many_the_file_takes_more_along_than_the_screen(three_closed):
    answer = three_closed.get(f"{URL}bestand/?soort=meting&als=csv")
    said = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert all(f"Week-{weeks}" in said for weeks in (1, 2, 3))


def test_a_page_is_filled_where_the_first_who_closed_lack_nothing_after_all(
    three_closed, cast, monkeypatch
):
    monkeypatch.setattr(
        "trede.desk.missing.closed_and_may_lack", lambda rows, *_r: rows
    )
    for one in Trajectory.objects.order_by("closed_on")[:2]:
        person, pilot, at = one.person, one.pilot, timezone.now()
        by = cast.by("sanne")
        withdraw(person=person, pilot=pilot, purpose=Purpose.STUDY, by=by, at=at)
    assert names_on(three_closed, "?soort=meting") == ["Week-1"]


def test_the_page_of_a_large_municipality_asks_fifteen_questions(three_closed, cast):
    with CaptureQueriesContext(connection) as seen:
        three_closed.get(URL)
    assert len(seen) <= 15


def test_a_filter_that_means_nothing_is_no_filter(cast, pilot, guided):
    client = sign_in(cast.greet)
    whole = client.get(URL).context["page"].paginator.count
    for query in ("?soort=onzin&coach=x", "?coach=²", "?page=x&coach=99999999999"):
        page = client.get(URL + query).context["page"]
        assert page.paginator.count == whole > 0


def test_a_coach_cannot_ask_for_the_people_of_a_colleague(cast, pilot, guided):
    page = sign_in(cast.willem).get(f"{URL}?coach={cast.sanne.pk}").context["page"]
    assert page.paginator.count == 0


def test_the_file_has_the_lines_of_the_list(cast, pilot):
    client = several(cast, pilot)
    for query in ("?", "?soort=meting", f"?coach={cast.willem.pk}"):
        lines = client.get(URL + query).context["lines"]
        answer = client.get(f"{URL}bestand/{query}&als=csv")
        said = b"".join(answer.streaming_content).decode("utf-8-sig")
        told = [row.split(";") for row in said.splitlines()[1:]]
        shown = [(one.person.full_name, one.lack.why) for one in lines]
        assert [(name, why) for name, _kind, why, *_more in told] == shown
        assert shown


def test_the_look_names_who_was_shown_and_a_page_has_25(cast, pilot):
    made = [make_trajectory(cast, pilot) for _n in range(13)]
    client = sign_in(cast.greet)
    page = client.get(URL).context["page"]
    assert (len(page), page.paginator.count) == (25, 26)
    line = Line.objects.order_by("-sequence")[0]
    assert line.action == "looked at desk:missing"
    named = {one.person_id for one in line.mentions.all()}
    assert named == {one.person_id for one in made}


def test_more_people_do_not_cost_more_questions(cast, pilot):
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            lines = MissingLines(
                Asked(pilot), cast.greet, Reach.MUNICIPALITY, AFTER + 20 * WEEK
            )
            list(lines.lines(lines.rows))
            assert lines.kinds()
            assert lines.by_coach()
        return len(seen)

    def some() -> None:
        made = [make_trajectory(cast, pilot) for _n in range(2)]
        stand_still(cast, made[0], None)
        shut(cast, made[1], AFTER + 8 * WEEK)

    some()
    asked()  # the files of the pilot are read once
    few = asked()
    some()
    some()
    assert asked() == few
