"""After a hand-over the successor knows what matters, and the person who it is."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.trajectories.making import AFTER, DAY, make_trajectory
from tests.trajectories.test_ladder import said
from trede.contact.appointments import plan
from trede.contact.models import Letter
from trede.people.models import Note, Person
from trede.trajectories.absence import Arrangement, arrange, note_absence
from trede.trajectories.barriers import note_barrier
from trede.trajectories.hand_over_document import content
from trede.trajectories.hand_over_letter import of_hand_over, tell, untold
from trede.trajectories.handing_over import Passing, hand_over
from trede.trajectories.ladder import assess
from trede.trajectories.manner import note_manner
from trede.trajectories.models import HandOver, Trajectory
from trede.trajectories.planning import add_step, set_goal
from trede.trajectories.small_steps import add_strength

BACKEND = "django.contrib.auth.backends.ModelBackend"
LATER = AFTER + 10 * DAY


def give(cast: Cast, trajectory: Trajectory) -> HandOver:
    return hand_over(
        trajectory=trajectory,
        receiver=cast.willem,
        on=LATER.date(),
        reason="leaves",
        note="Belt liever na de middag.",
        by=cast.by("sanne"),
        at=LATER,
    )


def letter_to(cast: Cast, trajectory: Trajectory) -> dict[str, object]:
    made = tell(
        untold(cast.sanne, LATER.date(), LATER.date()), by=cast.by("greet"), at=LATER
    )
    return json.loads(
        next(one for one in made if one.person == trajectory.person).content
    )


def test_the_successor_reads_the_note_the_goals_and_the_steps(cast, trajectory):
    by = cast.by("sanne")
    goal = set_goal(trajectory=trajectory, words="Weer koken", by=by, at=AFTER)
    add_step(
        goal=goal, words="Buurthuis", together=True, planned_on=None, by=by, at=AFTER
    )
    trajectory.person.quarter = "dukenburg"
    trajectory.person.save(update_fields=["quarter"])
    told = content(give(cast, trajectory), LATER)
    lines = [line for part in told["sections"] for line in part["lines"]]
    assert lines[0] == "Belt liever na de middag."
    assert "Dukenburg" in lines
    assert ("“Weer koken”", ["Buurthuis (later, the coach goes along)"]) in lines


def test_the_successor_reads_what_stands_around_the_goals(cast, trajectory):
    common = {"trajectory": trajectory, "by": cast.by("sanne"), "at": AFTER}
    note_barrier(code="discrimination", is_there=True, **common)
    add_strength(words="Ik kook goed", domain="", **common)
    note_manner(often="weekly", place="walk", channel="", avoid="bellen", **common)
    told = content(give(cast, trajectory), LATER)
    lines = [line for part in told["sections"] for line in part["lines"]]
    assert "Discriminatie, since 14-06-2021" in lines
    assert "“Ik kook goed”" in lines
    assert "Every week. Samen wandelen. Rather not: bellen." in lines


def lines_of(cast: Cast, trajectory: Trajectory, title: str) -> list[object]:
    sections = content(give(cast, trajectory), LATER)["sections"]
    return next(part["lines"] for part in sections if part["title"] == title)


def test_the_successor_reads_the_tread_and_when_to_look_again(cast, trajectory):
    assess(
        trajectory=trajectory,
        answers=said(contact_weekly=True),
        growth_potential=3,
        reference_on=AFTER.date(),
        by=cast.by("sanne"),
        at=AFTER,
    )
    assert lines_of(cast, trajectory, "Ladder") == [
        "3 Organised activities: Growth potential",
        "2 Social contacts outdoors: Now, since 14-06-2021",
        "To be determined on 14-12-2021.",
    ]


def test_without_a_tread_it_is_to_be_determined_from_the_start(cast, trajectory):
    started = f"{trajectory.started_on:%d-%m-%Y}"
    assert lines_of(cast, trajectory, "Ladder") == [f"To be determined on {started}."]


@pytest.mark.parametrize(
    ("booked", "words"), [(False, "not booked yet"), (True, "booked")]
)
def test_the_successor_reads_whether_the_interpreter_is_booked(
    cast, trajectory, booked, words
):
    plan(
        person=trajectory.person,
        pilot=trajectory.pilot,
        staff=cast.sanne,
        starts_at=LATER + 3 * DAY,
        location="office",
        about="Kennismaken",
        interpreter="Arabisch",
        booked=booked,
        by=cast.by("sanne"),
        at=AFTER,
    )
    (line,) = lines_of(cast, trajectory, "Agreed")
    assert line.endswith(f"Kennismaken (interpreter: Arabisch, {words})")


def test_no_private_remark_nor_reason_of_the_coach_stands_in_it(cast, trajectory):
    Note.objects.create(
        person=trajectory.person, at=AFTER, by=cast.sanne, text="Alleen voor mij"
    )
    told = json.dumps(content(give(cast, trajectory), LATER), ensure_ascii=False)
    assert "Alleen voor mij" not in told
    assert "vertrekt" not in told


def test_the_person_is_told_once_in_their_language_with_dutch_beside(cast, trajectory):
    trajectory.person.reads_in = "tr"
    trajectory.person.save()
    give(cast, trajectory)
    told = letter_to(cast, trajectory)
    assert told["language"] == "tr"
    assert "Sanne" in told["paragraphs"][0] and "Willem" in told["paragraphs"][0]
    assert told["dutch"]["subject"] == "Een nieuwe coach"
    assert untold(cast.sanne, LATER.date(), LATER.date()) == []


def test_a_letter_that_lies_ready_is_not_made_twice(cast, trajectory):
    handed = of_hand_over(give(cast, trajectory))
    by = cast.by("greet")
    assert tell([handed], by=by, at=LATER) == tell([handed], by=by, at=LATER)


def test_the_letter_of_a_stand_in_says_it_is_for_a_while(cast, trajectory):
    absence = note_absence(
        staff=cast.sanne,
        from_on=LATER.date(),
        until_on=None,
        by=cast.by("greet"),
        at=LATER,
    )
    given = [Arrangement(Passing(trajectory.person, cast.willem), for_good=False)]
    arrange(absence=absence, arrangements=given, by=cast.by("greet"), at=LATER)
    told = letter_to(cast, trajectory)
    assert told["paragraphs"][0].startswith("Sanne is er een tijd niet.")
    assert "vakantie" not in json.dumps(told)


def test_who_went_on_to_a_third_coach_gets_no_letter_about_the_second(cast, trajectory):
    give(cast, trajectory)
    hand_over(
        trajectory=trajectory,
        receiver=cast.sanne,
        on=LATER.date(),
        reason="other",
        note="",
        by=cast.by("greet"),
        at=LATER,
    )
    assert untold(cast.sanne, LATER.date(), LATER.date()) == []


def test_all_letters_are_one_file_and_the_giver_opens_no_document(cast, pilot):
    at = LATER
    one, other = (make_trajectory(cast, pilot, at=at) for _each in range(2))
    for each in (one, other):
        hand_over(
            trajectory=each,
            receiver=cast.willem,
            on=at.date(),
            reason="leaves",
            note="",
            by=cast.by("sanne"),
            at=at,
        )
    made = tell(untold(cast.sanne, at.date(), at.date()), by=cast.by("greet"), at=at)
    assert [each.kind for each in made] == [Letter.Kind.NEW_COACH] * 2
    handed = HandOver.objects.get(trajectory=one)
    page = reverse("trajectories:hand_over_document", args=[handed.pk])
    for who, status in (("sanne", 404), ("willem", 200), ("greet", 200)):
        client = Client()
        client.force_login(getattr(cast, who), BACKEND)
        answer = client.get(page)
        assert answer.status_code == status
        assert answer.content.startswith(b"%PDF") is (status == 200)


def test_who_has_no_whole_address_is_named_and_gets_no_letter(cast, pilot):
    now = timezone.now()
    with_address = make_trajectory(cast, pilot, at=now - 40 * DAY, name="Vera Adres")
    without = make_trajectory(cast, pilot, at=now - 40 * DAY, name="Zora Zonder")
    Person.objects.filter(pk=without.person_id).update(street="")
    person = with_address.person
    person.street, person.postcode, person.town = "Dorpsstraat", "6511AA", "Ooij"
    person.save()
    for each in (with_address, without):
        hand_over(
            trajectory=each,
            receiver=cast.willem,
            on=timezone.localdate(now),
            reason="leaves",
            note="",
            by=cast.by("sanne"),
            at=now,
        )
    client = Client()
    client.force_login(cast.greet, BACKEND)
    page = reverse("trajectories:hand_over_all", args=[cast.sanne.pk])
    shown = client.get(page).content.decode()
    address = reverse("desk:person", args=[without.person_id])
    assert f'<a class="nl-link" href="{address}">Nadia Zora Zonder</a>' in shown
    assert "Vera Adres" not in shown
    client.post(reverse("trajectories:hand_over_letters", args=[cast.sanne.pk]))
    assert [one.person for one in Letter.objects.all()] == [person]
    assert "Zora Zonder" in client.get(page).content.decode()
