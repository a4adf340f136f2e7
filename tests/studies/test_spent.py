"""Talks and hours beside the treads that people rose: of whom, and for the public."""

import uuid
from datetime import date

import pytest
from django.utils import translation

from tests.cast import Cast
from tests.studies.making import make_study, moment
from tests.studies.twice import STARTED_ON, UNTIL, compared, measured_twice, with_intake
from trede.contact.models import Appointment, Channel, ContactMoment, Occasion, Outcome
from trede.inflow.models import Stage
from trede.people.models import Person
from trede.pilots.models import PilotFile
from trede.pilots.study_rules import HourPrice
from trede.reports.spending import spending_chapters
from trede.studies.models import Study
from trede.studies.spent import spent_beside_steps, spent_for_public

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(cast: Cast) -> Study:
    return make_study(cast)


def talk(study: Study, cast: Cast, person, on: date, outcome=Outcome.SPOKE) -> None:
    ContactMoment.objects.create(
        person=person,
        pilot=study.pilot,
        by=cast.sanne,
        at=moment(on, 12),
        channel=Channel.TALK,
        outcome=outcome,
        occasion=Occasion.GUIDANCE,
        submission=uuid.uuid4(),
        recorded_at=moment(on, 12),
    )


def meet(study: Study, cast: Cast, person, state=Appointment.State.HELD) -> None:
    Appointment.objects.create(
        person=person,
        pilot=study.pilot,
        staff=cast.sanne,
        starts_at=moment(date(2021, 1, 4), 12),
        minutes=90,
        location="at home",
        planned_at=moment(STARTED_ON, 12),
        state=state,
        state_since=moment(STARTED_ON, 12),
    )


def five_people(study: Study, cast: Cast) -> list[Person]:
    """Talks 2 to 6 a person; two rose two treads and the others one."""
    people = []
    for number in range(5):
        rise = 2 + (number > 2)
        person = measured_twice(study, cast, treads=(1, rise)).person
        people.append(person)
        for _each in range(2 + number):
            talk(study, cast, person, date(2021, 1, 4))
        talk(study, cast, person, date(2021, 1, 5), Outcome.NO_ANSWER)
        talk(study, cast, person, date(2020, 1, 5))
    return people


def headline(study: Study, people: list[Person], code: str) -> dict:
    ids = [person.pk for person in people]
    found = spent_beside_steps(study.pilot, ids, UNTIL, seed=1)
    (one,) = [each for each in found if each["code"] == code]
    return one["estimates"][0]


def test_talks_of_the_trajectory_are_divided_by_the_treads(study: Study, cast: Cast):
    people = five_people(study, cast)
    told = headline(study, people, "talks")
    assert told["estimate"] == pytest.approx(20 / 7) and told["n"] == 5


def test_only_meetings_that_took_place_are_hours(study: Study, cast: Cast):
    people = five_people(study, cast)
    meet(study, cast, people[0], Appointment.State.NOT_THERE)
    with pytest.raises(ValueError, match="not enough values"):
        headline(study, people, "hours")
    for person in people:
        meet(study, cast, person)
    told = headline(study, people, "hours")
    assert told["estimate"] == pytest.approx(5 * 1.5 / 7)


def test_the_price_of_the_pilot_file_goes_with_the_hours(study: Study, cast: Cast):
    for person in (people := five_people(study, cast)):
        meet(study, cast, person)
    ids, price = [person.pk for person in people], HourPrice(euros=60, source="ours")
    found = spent_beside_steps(study.pilot, ids, UNTIL, seed=1, price=price)
    prices = {one["code"]: one.get("price") for one in found}
    assert prices == {"talks": None, "hours": {"euros": 60, "source": "ours"}}


def test_a_final_run_keeps_what_was_spent_of_who_belong(study: Study, cast: Cast):
    people = five_people(study, cast)
    out = (Stage.INELIGIBLE, date(2020, 11, 2), "ineligible")
    with_intake(study, cast, out)
    (talks,) = compared(study).spent
    assert talks["estimates"][0] == headline(study, people, "talks")


def test_the_same_hours_are_left_out_of_a_comparison_as_of_the_table(
    study: Study, cast: Cast
):
    """Who cares for children 168 hours a week read another question."""
    plan = "hours_now_children"
    for file in PilotFile.objects.filter(pilot=study.pilot):
        file.text = file.text.replace('"hours_now_course"', f'"{plan}"')
        PilotFile.objects.filter(pk=file.pk).update(text=file.text)
    measured_twice(study, cast, hours_now_children="168", hours_now_volunteering="168")
    frame = compared(study).people.frame
    assert frame[f"{plan}_t1"].to_list() == [None]
    assert frame["hours_now_volunteering_t1"].to_list() == [168]


# The public ------------------------------------------------------------------------

SPENT = [
    {
        "code": "talks",
        "refused": [],
        "estimates": [
            {"method": "cost_per_step_fieller", "n": 40, "n_missing": 3}
            | {"estimate": 12.3456, "ci": [8.7654, 20.111], "notes": []}
        ],
    }
]


def analysis(**more) -> dict:
    line = {"outcome": "coach_tread", "headline": True, "n": 40, "suppressed": None}
    return {"language": "change", "estimates": [line | more]}


@pytest.mark.parametrize(
    "shown",
    [
        analysis(suppressed="withheld"),
        analysis(n=41),
        analysis(outcome="satisfied"),
        analysis() | {"language": "effect"},
    ],
)
def test_the_public_reads_nothing_of_it_where_the_rise_is_withheld(shown):
    assert spent_for_public(SPENT, shown) == []


def test_the_public_reads_two_digits_and_not_who_is_missing():
    (talks,) = spent_for_public(SPENT, analysis())
    assert talks["estimates"][0]["estimate"] == 12
    assert talks["estimates"][0]["ci"] == [8.8, 20]
    assert talks["estimates"][0]["n_missing"] is None
    refused = {"code": "talks", "estimates": [], "refused": [{"has": 3}]}
    assert spent_for_public([refused], analysis()) == []


# The report ------------------------------------------------------------------------


def chapter(spent) -> str:
    with translation.override("en"):
        (found,) = spending_chapters({"spent": spent})
    (section,) = found.sections
    rows = [
        f"{x.label} {[f.text for f in x.figures]}"
        for x in (section.grid.lines if section.grid else ())
    ]
    return "\n".join([section.lead, *section.points, *section.method, *rows])


def test_the_report_says_what_went_with_a_tread_and_what_it_cannot_say():
    told = chapter(SPENT)
    assert "there were 12 talks (95% interval 9 to 20)." in told
    assert "No price of an hour is known" in told and "not told by coach" in told
    assert "nothing is told in hours" in told


def test_hours_are_told_in_money_where_an_hour_has_a_price_and_says_whose():
    (one,) = SPENT
    price = {"price": {"euros": 60, "source": "made up"}}
    told = chapter([*SPENT, one | {"code": "hours"} | price])
    assert "that is 741 euros for each tread (95% interval 526 to 1207)." in told
    assert "hours at €60 an hour: made up." in told
    assert "No price" not in told
    (kept,) = spent_for_public([one | {"code": "hours"} | price], analysis())
    assert kept["price"] == price["price"]


def test_how_far_people_rose_is_told_once_beside_all_that_was_spent():
    (one,) = SPENT
    rise = one["estimates"][0] | {"method": "mean_steps"}
    both = one | {"estimates": [*one["estimates"], rise]}
    told = chapter([both, both | {"code": "hours"}])
    assert told.count("Mean rise in treads beside it") == 1


def test_without_an_upper_limit_none_is_invented():
    (one,) = SPENT
    first = one["estimates"][0] | {"ci": None, "notes": ["unbounded"]}
    told = chapter([one | {"estimates": [first]}])
    assert "12 talks; how many more it may be cannot be said." in told


def test_when_nobody_rose_the_reason_is_told():
    no = {"what": "cost_per_step", "why": "no_steps", "has": -2, "needed": 0}
    told = chapter([{"code": "talks", "estimates": [], "refused": [no]}])
    assert "there were no steps" in told


def test_an_older_run_has_no_such_chapter():
    assert spending_chapters({}) == []
