"""A final report lays who was reached beside the whole list, and gives nobody away."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.contact.making import note_call
from tests.studies.making import make_candidate, make_person, make_study, moment
from tests.studies.twice import UNTIL, final, measured_twice
from trede.inflow.models import Candidate, Stage
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.reports.releasing import approve, release
from trede.studies.flow import stops
from trede.studies.models import Study
from trede.studies.reached import target_list
from trede.studies.running import protect_run

pytestmark = pytest.mark.django_db
CALLED = date(2020, 8, 3)


@pytest.fixture
def study(cast: Cast) -> Study:
    return make_study(cast)


def on_the_list(study: Study, cast: Cast, n: int, *, spoken: bool, **known) -> None:
    since = known.pop("benefit_since_on", "")
    for _each in range(n):
        person = make_person(study.pilot)
        Person.objects.filter(pk=person.pk).update(**known)
        steps = [(Stage.DECLINED, CALLED, "own_wish")] if spoken else []
        candidate = make_candidate(study.pilot, person, *steps)
        Candidate.objects.filter(pk=candidate.pk).update(benefit_since_on=since)
        if spoken:
            note_call(cast, person, study.pilot, outcome="spoke", at=moment(CALLED))


@pytest.fixture
def listed(study: Study, cast: Cast) -> Study:
    """Of 44 women 20 are reached, of 30 men 6; eight more take part."""
    on_the_list(study, cast, 20, spoken=True, sex="woman", birth_year=1980)
    on_the_list(study, cast, 24, spoken=False, sex="woman", birth_year=1960)
    on_the_list(study, cast, 6, spoken=True, sex="man", birth_year=1960)
    on_the_list(study, cast, 24, spoken=False, sex="man", birth_year=1980)
    for number in range(8):
        candidate = measured_twice(study, cast, satisfied=str(4 + number % 5))
        Person.objects.filter(pk=candidate.person_id).update(sex="woman")
    return study


def of(found: object, name: str) -> dict[str, tuple[int, int]]:
    rows = {row["name"]: row for row in found["characteristics"]}
    return {
        ", ".join(level["names"]): (level["listed"], level["reached"])
        for level in rows[name]["levels"]
    }


def test_the_run_keeps_who_was_reached_of_the_whole_list(listed: Study, cast: Cast):
    results = final(listed, cast).results
    found = results["analysis"]["reached"]
    assert (found["listed"], found["reached"], found["measured"]) == (82, 34, 8)
    assert of(found, "sex") == {"man": (30, 6), "woman": (52, 28)}
    steps = {step["code"]: step["n"] for step in results["flow"]["steps"]}
    assert (steps["candidates"], steps["reached"]) == (82, 34)


def test_what_is_alike_for_everybody_is_refused_in_the_run(listed: Study, cast: Cast):
    found = final(listed, cast).results["analysis"]["reached"]
    assert {one["outcome"] for one in found["refused"]} == {
        "origin",
        "quarter",
        "years",
    }


def test_the_public_sees_the_same_levels_and_no_reason(listed: Study, cast: Cast):
    shown = protect_run(final(listed, cast), earlier=[]).shown
    found = shown["analysis"]["reached"]
    assert of(found, "sex") == {"man": (30, 6), "woman": (52, 28)}
    assert {one["why"] for one in found["refused"]} == {"withheld"}
    assert "measured" not in found


def test_no_row_of_the_list_goes_into_the_study(listed: Study):
    rules = rules_of(listed.pilot, UNTIL)
    found = target_list(listed.pilot, rules, UNTIL, stops(listed.pilot, UNTIL))
    assert set(found.known.columns) == {"sex", "age", "origin", "quarter", "years"}
    # A band of years and a part of the world, in no order of who came when.
    assert found.known.equals(found.known.sort(found.known.columns))
    assert "1980" not in found.as_csv()


def test_a_run_is_not_repeated_after_the_list_was_corrected(listed: Study, cast: Cast):
    run = final(listed, cast)
    Person.objects.filter(sex="man").update(sex="woman")
    with pytest.raises(Exception, match="are not what they were"):
        protect_run(run, earlier=[])


def test_where_the_diagram_hides_who_was_reached_this_does_too(
    study: Study, cast: Cast
):
    """Two were spoken to and had no intake: with the step in the diagram they would be
    a subtraction, and so they would be here."""
    on_the_list(study, cast, 2, spoken=True, sex="man")
    on_the_list(study, cast, 60, spoken=False, sex="man")
    for number in range(8):
        measured_twice(study, cast, satisfied=str(4 + number % 5))
    shown = protect_run(final(study, cast), earlier=[]).shown
    assert "reached" not in {step["code"] for step in shown["flow"]["steps"]}
    assert shown["analysis"]["reached"] is None


def test_three_more_who_were_reached_are_not_in_a_second_report(
    listed: Study, cast: Cast
):
    by = cast.by("ilse")
    first = release(run=final(listed, cast), by=by, at=listed.founded_at)
    approve(edition=first, by=by, at=listed.founded_at)
    on_the_list(listed, cast, 3, spoken=True, sex="man", birth_year=1980)
    second = release(run=final(listed, cast), by=by, at=listed.founded_at)
    rows = second.released["analysis"]["reached"]["characteristics"]
    assert {row["name"]: row["suppressed"] for row in rows} == {
        "sex": "withheld",
        "age": "withheld",
    }
