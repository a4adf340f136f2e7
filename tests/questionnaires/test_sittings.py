"""Who is given which questionnaire, and how a sitting goes from state to state."""

from datetime import timedelta

import pytest

from tests.questionnaires.conftest import AT, Desk
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.people.consenting import decide
from trede.people.models import Purpose
from trede.questionnaires import device_lock, sittings
from trede.questionnaires.answers import Given, give_answer, give_answers
from trede.questionnaires.definition import PartKind
from trede.questionnaires.models import Answer, Questionnaire, Sitting
from trede.questionnaires.publishing import publish_shipped, written_of
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.typing_in import core_of

State = Sitting.State
LATER = AT + timedelta(minutes=30)


def verbs() -> list[str]:
    return list(Line.objects.order_by("pk").values_list("action", flat=True))


def newest(sitting: Sitting, code: str) -> Answer:
    return Answer.objects.filter(sitting=sitting, question=code).latest("number")


# Getting ready ---------------------------------------------------------------------


def test_without_consent_to_the_study_there_is_no_questionnaire(desk: Desk):
    with pytest.raises(Refused, match="no consent to the study"):
        desk.sitting()
    assert not Sitting.objects.exists()


def test_after_taking_the_consent_back_there_is_none_either(desk: Desk):
    desk.consent()
    desk.consent(given=False, at=LATER)
    with pytest.raises(Refused, match="no consent to the study"):
        desk.sitting(at=LATER)


def test_the_version_is_stored_with_its_text_when_first_used(sitting: Sitting):
    stored = sitting.questionnaire
    assert written_of(stored) == shipped("nijmegen_intake")
    assert stored.sha256 == shipped("nijmegen_intake").content_hash


def test_a_sitting_says_under_which_circumstances_it_was_held(desk: Desk):
    desk.consent()
    in_lockdown = AT.replace(month=4)
    assert desk.sitting(at=in_lockdown).circumstance == "spring_2020"


def test_asking_twice_gives_the_one_that_is_open(desk: Desk, sitting: Sitting):
    assert desk.sitting(at=LATER) == sitting


def test_after_a_finished_one_only_a_renewed_sitting_follows(
    desk: Desk, sitting: Sitting
):
    sittings.finish(sitting=sitting, by=desk.by_person, at=AT)
    with pytest.raises(Refused, match="answered already"):
        desk.sitting(at=LATER)
    assert desk.sitting(at=LATER, renewed=True) != sitting


def test_a_retired_wave_is_no_longer_offered_and_its_data_stay(desk: Desk):
    desk.consent()
    before = desk.sitting(wave="T0b")
    assert before.questionnaire.code == "nijmegen_repeated_intake"
    sittings.end_early(sitting=before, by=desk.cast.by("sanne"), at=AT)
    with pytest.raises(Refused, match="no longer held"):
        desk.sitting(wave="T0b", at=AT.replace(month=12), renewed=True)
    assert Sitting.objects.get() == before


@pytest.mark.parametrize(
    ("given", "message"),
    [({"wave": "T9"}, "no measurement"), ({"language": "xx"}, "not there in this")],
)
def test_what_does_not_exist_is_refused_plainly(desk: Desk, given, message):
    desk.consent()
    with pytest.raises(Refused, match=message):
        desk.sitting(**given)


def test_publishing_twice_stores_once(desk: Desk):
    for _ in range(2):
        publish_shipped(by=desk.cast.by("aad"), at=AT)
    assert Questionnaire.objects.count() == len(shipped_codes())
    assert verbs().count("published a questionnaire") == len(shipped_codes())


def test_a_stored_version_never_gets_other_words(desk: Desk):
    publish_shipped(by=desk.cast.by("aad"), at=AT)
    Questionnaire.objects.filter(code="short").update(sha256="0" * 64)
    with pytest.raises(Refused, match="stored with other words"):
        publish_shipped(by=desk.cast.by("aad"), at=LATER)


# The course ------------------------------------------------------------------------


def test_stopping_keeps_everything_and_one_goes_on_at_the_same_question(
    desk: Desk, sitting: Sitting
):
    device_lock.hand_over(sitting=sitting, pin="2580", by=desk.cast.by("sanne"), at=AT)
    give_answer(
        sitting=sitting, question="sex", value="woman", by=desk.by_person, at=AT
    )
    sittings.stop(sitting=sitting, question="birth_year", by=desk.by_person, at=LATER)
    sitting.refresh_from_db()
    assert (sitting.state, sitting.current) == (State.STOPPED, "birth_year")
    sittings.resume(sitting=sitting, by=desk.by_person, at=LATER)
    sitting.refresh_from_db()
    assert (sitting.state, sitting.current) == (State.HANDED_OVER, "birth_year")
    assert newest(sitting, "sex").value == "woman"


def test_at_the_end_it_is_written_down_what_was_not_asked(desk: Desk, sitting: Sitting):
    give_answer(
        sitting=sitting, question="birthplace", value="NL", by=desk.by_person, at=AT
    )
    sittings.finish(sitting=sitting, by=desk.by_person, at=LATER)
    assert newest(sitting, "migration_year").missing == "not_asked"
    assert newest(sitting, "sex").missing == "skipped"
    core = written_of(sitting.questionnaire).part(PartKind.CORE)
    answered = set(sitting.answers.values_list("question", flat=True))
    assert answered == {question.code for question in core.questions}


def test_an_answer_that_no_longer_belongs_counts_as_not_asked(
    desk: Desk, sitting: Sitting
):
    for code, value in (
        ("birthplace", "MA"),
        ("migration_year", "1990"),
        ("birthplace", "NL"),
    ):
        give_answer(
            sitting=sitting, question=code, value=value, by=desk.by_person, at=AT
        )
    sittings.finish(sitting=sitting, by=desk.by_person, at=LATER)
    assert newest(sitting, "migration_year").missing == "not_asked"
    assert sitting.answers.filter(question="migration_year").count() == 2


def test_ending_early_keeps_what_was_answered(desk: Desk, sitting: Sitting):
    codes = [question.code for question in core_of(sitting).questions]
    passed, answered, seen, later = codes[0], codes[1], codes[2], codes[3]
    by = desk.by_person
    give_answer(sitting=sitting, question=answered, missing="refused", by=by, at=AT)
    sittings.be_at(sitting=sitting, question=seen)
    sittings.end_early(sitting=sitting, by=desk.cast.by("sanne"), at=LATER)
    told = {code: newest(sitting, code).missing for code in codes[:4]}
    assert told == {
        passed: "skipped",
        answered: "refused",
        seen: "skipped",
        later: "not_asked",
    }


def test_of_whom_nothing_was_asked_nothing_is_written_down(
    desk: Desk, sitting: Sitting
):
    sittings.end_early(sitting=sitting, by=desk.cast.by("sanne"), at=LATER)
    assert not sitting.answers.exists()


def test_finishing_twice_is_once(desk: Desk, sitting: Sitting):
    for at in (AT, LATER):
        sittings.finish(sitting=sitting, by=desk.by_person, at=at)
    sitting.refresh_from_db()
    assert sitting.finished_at == AT
    assert verbs().count("finished a questionnaire") == 1


def test_what_is_over_stays_over(desk: Desk, sitting: Sitting):
    sittings.finish(sitting=sitting, by=desk.by_person, at=AT)
    for act in (
        lambda: sittings.stop(sitting=sitting, by=desk.by_person, at=LATER),
        lambda: sittings.end_early(sitting=sitting, by=desk.by_person, at=LATER),
        lambda: give_answer(
            sitting=sitting, question="sex", value="man", by=desk.by_person, at=LATER
        ),
    ):
        with pytest.raises(Refused, match="is over"):
            act()


def test_the_audit_trail_has_begin_and_end_and_no_answer(desk: Desk, sitting: Sitting):
    device_lock.hand_over(sitting=sitting, pin="2580", by=desk.cast.by("sanne"), at=AT)
    before = Line.objects.count()
    give_answer(
        sitting=sitting, question="sex", value="woman", by=desk.by_person, at=AT
    )
    assert Line.objects.count() == before
    sittings.finish(sitting=sitting, by=desk.by_person, at=LATER)
    assert verbs()[-2:] == ["handed over the device", "finished a questionnaire"]


def test_whoever_stops_with_the_study_is_asked_nothing_more(
    desk: Desk, sitting: Sitting
):
    token = device_lock.hand_over(
        sitting=sitting, pin="2580", by=desk.cast.by("sanne"), at=AT
    )
    desk.consent(given=False, at=LATER)
    sitting.refresh_from_db()
    assert sitting.state == State.ENDED
    assert device_lock.find(token) is None


def test_another_purpose_taken_back_leaves_the_questionnaire_alone(
    desk: Desk, sitting: Sitting
):
    for given in (True, False):
        decide(
            person=desk.person,
            pilot=desk.pilot,
            purpose=Purpose.RECORDING,
            given=given,
            text_version="nijmegen-2020-1",
            language="nl",
            by=desk.by_person,
            at=LATER,
        )
    sitting.refresh_from_db()
    assert sitting.state == State.PREPARED


def test_several_answers_at_once_are_all_kept_or_none(desk: Desk, sitting: Sitting):
    answers = {"sex": Given(value="woman"), "birth_year": Given(value="next year")}
    with pytest.raises(Refused) as refusal:
        give_answers(sitting=sitting, answers=answers, by=desk.by_person, at=AT)
    assert refusal.value.field == "birth_year"
    assert not sitting.answers.exists()
