"""What a questionnaire asks: minutes, and where people pass over, ask or leave."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.studies.making import (
    INTAKE_ON,
    agree,
    make_person,
    make_sitting,
    make_study,
    moment,
)
from trede.accounts.models import Staff
from trede.pilots.models import Pilot
from trede.questionnaires.models import (
    Answer,
    Sitting,
    SittingMoment,
    SittingTransition,
)
from trede.studies.burden import FORMS, Burden, burden, versions
from trede.studies.leaving_figure import figure, where_people_leave
from trede.studies.models import Study
from trede.trajectories.models import Leaving

pytestmark = pytest.mark.django_db
State = Sitting.State
MINUTE = timedelta(minutes=1)
AT = moment(INTAKE_ON, 9)


@pytest.fixture
def study(cast: Cast) -> Study:
    made = make_study(cast)
    cast.sign_in_with_a_password()
    return made


def sat(
    study: Study,
    cast: Cast,
    name: str = "Zwaluw",
    *,
    answers: dict[str, str] | None = None,
    state: str = State.FINISHED,
    at: str = "",
    minutes: int = 20,
    simulated: bool = False,
) -> Sitting:
    """Somebody who answered one question a minute, and stopped or finished after so
    many; `at` is the question on which they were."""
    person = make_person(study.pilot, name)
    agree(study.pilot, person)
    given = {"sex": "woman", "birth_year": "1975"} if answers is None else answers
    sitting = make_sitting(
        study.pilot,
        person,
        cast.sanne,
        state=state,
        simulated=simulated,
        answers=given,
    )
    rows = Answer.objects.filter(sitting=sitting)
    rows.exclude(question__in=given).delete()
    over_at = AT + minutes * MINUTE
    for number, code in enumerate(given, start=1):
        rows.filter(question=code).update(at=AT + number * MINUTE)
    sitting.current = at
    sitting.finished_at = over_at if state in (State.FINISHED, State.ENDED) else None
    sitting.save()
    for each, when in ((State.HANDED_OVER, AT), (state, over_at)):
        SittingTransition.objects.create(
            sitting=sitting, state=each, at=when, by="test", question=at
        )
    return sitting


def found(study: Study, *, simulated: bool = False) -> Burden:
    pilot = Pilot.objects.get(pk=study.pilot_id)
    chosen = [one for one in versions(pilot) if one.simulated == simulated]
    return burden(pilot, chosen[0])


def at_question(told: Burden, code: str):
    return next(one for one in told.questions if one.code == code)


def test_minutes_are_those_of_half_of_the_people(study: Study, cast: Cast):
    for number, minutes in enumerate((10, 20, 25, 28, 29)):
        sat(study, cast, f"Vink{number}", minutes=minutes)
    told = found(study)
    assert (told.timed, told.minutes) == (5, 25)
    assert told.sections[0].minutes == 2  # the first two questions, a minute each
    assert at_question(told, "sex").seconds == 60


def test_of_too_few_people_no_time_is_told(study: Study, cast: Cast):
    for number in range(4):
        sat(study, cast, f"Vink{number}")
    told = found(study)
    assert (told.minutes, told.too_few) == (None, True)
    assert figure(told) is None
    assert "Too few" in where_people_leave(told)


def test_a_question_is_met_in_one_of_five_forms(study: Study, cast: Cast):
    for name, answers in (
        ("Een", {"sex": "woman"}),
        ("Twee", {"sex": "?skipped"}),
        ("Drie", {"sex": "?refused"}),
        ("Vier", {"sex": "?dont_know"}),
        ("Vijf", {"sex": "?not_asked", "birth_year": "1970"}),
    ):
        sat(study, cast, name, answers=answers)
    sat(study, cast, "Zes", answers={}, state=State.STOPPED, at="sex")
    told = at_question(found(study), "sex")
    assert told.forms == dict.fromkeys(FORMS, 1)
    assert told.seen == 5
    assert (told.stopped, told.left) == (1, 1)


def test_whoever_stopped_and_came_back_did_not_leave(study: Study, cast: Cast):
    sitting = sat(study, cast, at="debts")
    SittingTransition.objects.create(
        sitting=sitting, state=State.STOPPED, at=AT + MINUTE, by="t", question="sex"
    )
    told = found(study)
    assert (at_question(told, "sex").stopped, at_question(told, "sex").left) == (1, 0)
    assert told.leaves_most is None
    assert "Nobody" in where_people_leave(told) or told.too_few


def test_it_tells_at_which_question_most_people_left(study: Study, cast: Cast):
    for number in range(6):
        sat(study, cast, f"Weg{number}", state=State.ENDED, at="birth_year")
    for number in range(3):
        sat(study, cast, f"Af{number}")
    told = found(study)
    assert told.leaves_most is not None
    assert (told.leaves_most.code, told.leaves_most.left) == ("birth_year", 6)
    sentence = where_people_leave(told)
    assert "9 people who began, 3 finished" in sentence
    assert told.leaves_most.text in sentence
    picture = figure(told)
    assert picture is not None
    assert sum(shape.look == "h5" for shape in picture.shapes) == 1


def test_one_to_four_who_left_are_drawn_alike(study: Study, cast: Cast):
    def drawn() -> list[float]:
        picture = figure(found(study))
        assert picture is not None
        return [shape.height for shape in picture.shapes if shape.look == "h4"]

    for number in range(8):
        sat(study, cast, f"Af{number}")
    sat(study, cast, "Weg", state=State.ENDED, at="sex")
    one = drawn()
    sat(study, cast, "Ook", state=State.ENDED, at="sex")
    assert drawn() == one


def test_explanation_is_counted_once_for_a_person(study: Study, cast: Cast):
    sitting = sat(study, cast)
    for number in range(3):
        SittingMoment.objects.create(
            sitting=sitting,
            kind=SittingMoment.Kind.EXPLANATION,
            question="sex",
            at=AT + number * MINUTE,
        )
    assert at_question(found(study), "sex").explained == 1


def test_what_was_typed_in_from_paper_tells_no_time(study: Study, cast: Cast):
    for number in range(5):
        sitting = sat(study, cast, f"Papier{number}")
        sitting.answers.update(typed_by=cast.willem)
    told = found(study)
    assert (told.typed_in, told.timed, told.minutes) == (5, 0, None)


def test_simulated_sittings_stand_apart(study: Study, cast: Cast):
    sat(study, cast, "Mens")
    sat(study, cast, "Gemaakt", simulated=True)
    assert [one.simulated for one in versions(study.pilot)] == [False, True]
    assert found(study).begun == found(study, simulated=True).begun == 1


def test_whoever_stopped_with_the_study_is_in_no_count(study: Study, cast: Cast):
    sat(study, cast, "Blijft")
    gone = sat(study, cast, "Gaat").person
    agree(study.pilot, gone, given=False, at=moment(INTAKE_ON, 12))
    back = sat(study, cast, "Terug").person
    Leaving.objects.create(
        person=back, pilot=study.pilot, kind="study", at=moment(INTAKE_ON, 12), by="t"
    )
    assert found(study).begun == 1


ANSWERS = st.dictionaries(
    st.sampled_from(["sex", "birth_year", "debts"]),
    st.sampled_from(["?skipped", "?refused", "?dont_know", "?not_asked", "1"]),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(ANSWERS, st.sampled_from(["stopped", "ended", "finished"])),
        min_size=1,
        max_size=4,
    )
)
def test_the_forms_of_a_question_add_up_to_who_saw_it(
    study: Study, cast: Cast, people: list[tuple[dict[str, str], str]]
):
    Answer.objects.all().delete()
    SittingTransition.objects.all().delete()
    Sitting.objects.all().delete()
    for number, (answers, state) in enumerate(people):
        sat(study, cast, f"P{number}", answers=answers, state=state, at="debts")
    told = found(study)
    assert told.begun == len(people)
    assert sum(one.left for one in told.questions) == told.gone
    for one in told.questions:
        assert one.seen == sum(one.forms.values()) <= told.begun
        assert one.left <= one.stopped <= one.seen


def visit(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


def words(answer) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.split())


def test_the_screen_shows_no_small_number_and_no_answer(study: Study, cast: Cast):
    for number in range(6):
        sat(study, cast, f"Vink{number}", answers={"sex": "woman"})
    sat(study, cast, "Enig", answers={"sex": "?refused"})
    answer = visit(cast.ilse).get(f"/onderzoek/{study.pk}/belasting/")
    row = next(
        one for one in answer.context["questions"] if one["question"].code == "sex"
    )
    assert row["seen"] == "7"
    assert row["cells"] == ["·", "0", "·", "0", "0"]
    assert "Vink" not in words(answer)


@pytest.mark.parametrize("name", ["sanne", "greet", "rik", "bas", "fatima", "aad"])
def test_nobody_but_the_researcher_comes_in(study: Study, cast: Cast, name: str):
    sat(study, cast)
    answer = visit(getattr(cast, name)).get(f"/onderzoek/{study.pk}/belasting/")
    assert answer.status_code == 403


def test_a_version_that_does_not_exist_gives_the_one_used_most(
    study: Study, cast: Cast
):
    sat(study, cast)
    for typed in ("999", "x", "-1", "%00"[:0], "1s" * 40):
        answer = visit(cast.ilse).get(
            f"/onderzoek/{study.pk}/belasting/?vragenlijst={typed}"
        )
        assert answer.context["chosen"].n == 1


def test_before_anybody_began_it_says_what_will_be_here(study: Study, cast: Cast):
    answer = visit(cast.ilse).get(f"/onderzoek/{study.pk}/belasting/")
    assert answer.context["burden"] is None


def test_more_people_cost_no_more_queries(study: Study, cast: Cast):
    def asked() -> int:
        client = visit(cast.ilse)
        client.get(f"/onderzoek/{study.pk}/belasting/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/onderzoek/{study.pk}/belasting/")
        return len(queries)

    sat(study, cast)
    few = asked()
    for number in range(6):
        sat(study, cast, f"Meer{number}")
    assert asked() == few <= 30
