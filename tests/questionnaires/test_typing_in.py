"""Answers from paper are typed in by a colleague, once, and are not for the coach."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, employ
from tests.questionnaires.conftest import AT, Desk
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.questionnaires import device_lock, typing_in
from trede.questionnaires.answering import Answer as Said
from trede.questionnaires.answering import Missing
from trede.questionnaires.answers import Given, give_answer, give_answers, known
from trede.questionnaires.definition import PartKind
from trede.questionnaires.models import Answer, Sitting

DAY = timedelta(days=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def sitting(desk: Desk) -> Sitting:
    """The evaluation: short enough to type, with questions that follow from others."""
    desk.consent()
    return desk.sitting()


def noted(desk: Desk, sitting: Sitting, who="willem", **what: object) -> Sitting:
    how = {
        "mode": Sitting.Mode.PAPER,
        "language": "nl",
        "helped_by": Sitting.Helper.FAMILY,
        "answered_on": AT.date(),
        "own_coach_agreed": False,
    } | what
    return typing_in.begin(
        sitting=sitting, how=typing_in.How(**how), by=desk.cast.by(who), at=AT + DAY
    )


def typed(desk: Desk, sitting: Sitting, who="willem", **answers: Said) -> list[Answer]:
    return typing_in.type_in(
        sitting=sitting, answers=answers, by=desk.cast.by(who), at=AT + DAY
    )


WOMAN = Said(value="woman")


def test_the_words_that_stood_on_the_paper_are_kept_with_the_sitting(desk, sitting):
    noted(desk, sitting, language="tr")
    sitting.refresh_from_db()
    assert sitting.translation is not None
    assert (sitting.language, sitting.translation.language) == ("tr", "tr")
    noted(desk, sitting, language="nl")
    sitting.refresh_from_db()
    assert sitting.translation is None


def test_how_the_answers_came_is_kept_with_the_sitting(desk, sitting):
    noted(desk, sitting, mode=Sitting.Mode.TELEPHONE)
    sitting.refresh_from_db()
    kept = (sitting.mode, sitting.helped_by, sitting.answered_on, sitting.circumstance)
    assert kept == ("telephone", "family", AT.date(), "open")


def test_a_colleague_types_and_twice_is_once(desk, sitting):
    noted(desk, sitting)
    for _twice in range(2):
        typed(desk, sitting, sex=WOMAN, birth_year=Said(missing=Missing.SKIPPED))
    rows = Answer.objects.filter(sitting=sitting)
    assert {(row.question, row.number) for row in rows} == {
        ("sex", 1),
        ("birth_year", 1),
    }
    assert {row.typed_by for row in rows} == {desk.cast.willem}


def test_nothing_is_typed_before_it_is_known_how_it_was_answered(desk, sitting):
    with pytest.raises(Refused, match="First write down"):
        typed(desk, sitting, sex=WOMAN)


def test_the_own_coach_types_only_when_the_person_agrees(desk, sitting):
    with pytest.raises(Refused, match="does not see the answers"):
        noted(desk, sitting, who="sanne")
    noted(desk, sitting, who="sanne", own_coach_agreed=True)
    typed(desk, sitting, who="sanne", sex=WOMAN)
    sitting.refresh_from_db()
    assert (sitting.entered_by, sitting.own_coach_agreed) == (desk.cast.sanne, True)


def test_what_the_person_answered_alone_keeps_the_coach_out_for_good(desk, sitting):
    give_answer(
        sitting=sitting, question="sex", value="woman", by=desk.by_person, at=AT
    )
    with pytest.raises(Refused, match="The person, or a colleague"):
        noted(desk, sitting, who="sanne", own_coach_agreed=True)
    noted(desk, sitting)
    shown = typing_in.shown_to(known(sitting, PartKind.CORE), desk.cast.willem)
    assert shown == {}


def test_a_coach_who_agreed_on_it_does_not_go_on_with_a_colleagues_typing(
    desk, sitting
):
    noted(desk, sitting)
    typed(desk, sitting, sex=WOMAN)
    with pytest.raises(Refused, match="The person, or a colleague"):
        noted(desk, sitting, who="sanne", own_coach_agreed=True)
    sitting.refresh_from_db()
    assert typing_in.keeps_out(sitting, desk.cast.sanne)


def test_what_one_typed_comes_back_and_only_to_oneself(desk, sitting):
    noted(desk, sitting)
    typed(desk, sitting, sex=WOMAN)
    there = known(sitting, PartKind.CORE)
    assert typing_in.shown_to(there, desk.cast.willem) == {"sex": WOMAN}
    assert typing_in.shown_to(there, desk.cast.greet) == {}


def test_what_the_person_said_anew_is_no_longer_shown_to_who_typed(desk, sitting):
    noted(desk, sitting)
    typed(desk, sitting, sex=WOMAN)
    give_answer(
        sitting=sitting, question="sex", value="other", by=desk.by_person, at=AT + DAY
    )
    there = known(sitting, PartKind.CORE)
    assert typing_in.shown_to(there, desk.cast.willem) == {}


def test_answers_from_before_the_consent_or_from_tomorrow_do_not_count(desk, sitting):
    with pytest.raises(Refused, match="had not agreed"):
        noted(desk, sitting, answered_on=(AT - DAY).date())
    with pytest.raises(Refused, match="not come yet"):
        noted(desk, sitting, answered_on=(AT + 2 * DAY).date())


def test_while_the_person_has_the_device_nobody_types(desk, sitting):
    noted(desk, sitting)
    device_lock.hand_over(sitting=sitting, pin="2580", by=desk.cast.by("sanne"), at=AT)
    with pytest.raises(Refused, match="device is with the person"):
        typed(desk, sitting, sex=WOMAN)


def test_handing_in_settles_what_was_skipped_and_what_was_not_asked(desk, sitting):
    noted(desk, sitting)
    typed(desk, sitting, sex=WOMAN, debts=Said(value="no"))
    typing_in.hand_in(sitting=sitting, by=desk.cast.by("willem"), at=AT + DAY)
    typing_in.hand_in(sitting=sitting, by=desk.cast.by("willem"), at=AT + DAY)
    sitting.refresh_from_db()
    assert (sitting.state, sitting.measured_on) == ("finished", AT.date())
    reasons = {row.question: row.missing for row in sitting.answers.all()}
    assert reasons["sex"] == ""
    assert reasons["birth_year"] == "skipped"
    assert reasons["debt_help"] == "not_asked"
    with pytest.raises(Refused, match="over"):
        typed(desk, sitting, sex=Said(value="man"))


def test_nothing_typed_is_not_handed_in(desk, sitting):
    noted(desk, sitting)
    with pytest.raises(Refused, match="Nothing was typed"):
        typing_in.hand_in(sitting=sitting, by=desk.cast.by("willem"), at=AT)


def test_only_a_colleague_who_does_not_guide_the_person_is_asked(desk, sitting):
    cast = desk.cast
    assert set(typing_in.typists(sitting)) == {cast.willem, cast.greet}
    for who in ("sanne", "ilse", "noor"):
        with pytest.raises(Refused, match="does not guide"):
            typing_in.ask(
                sitting=sitting, typist=getattr(cast, who), by=cast.by("sanne"), at=AT
            )


def test_an_own_coach_cannot_go_round_the_rule_by_another_door(desk, sitting):
    noted(desk, sitting)
    with pytest.raises(Refused, match="does not see the answers"):
        give_answers(
            sitting=sitting,
            answers={"sex": Given(value="woman")},
            by=desk.cast.by("sanne"),
            at=AT,
        )


# The screens.


def as_(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, BACKEND)
    return client


def page(sitting: Sitting, name="type_in", *more: str) -> str:
    return reverse(f"questionnaires:{name}", args=[sitting.pk, *more])


HOW = {
    "mode": "paper",
    "language": "nl",
    "helped_by": "nobody",
    "answered_on": AT.date().isoformat(),
}


def asked(desk: Desk, sitting: Sitting) -> Client:
    """Willem, whom Sanne asked on the screen."""
    as_(desk.cast.sanne).post(
        page(sitting, "ask_typist"), {"typist": desk.cast.willem.pk}
    )
    return as_(desk.cast.willem)


def begun(desk: Desk, sitting: Sitting) -> Client:
    willem = asked(desk, sitting)
    willem.post(page(sitting, "type_in_how"), HOW)
    return willem


SECTION = "contacts"
CODES = ("contact_family", "contact_friends", "contact_neighbours")


def test_a_colleague_sees_nothing_before_being_asked_and_finds_it_then(desk, sitting):
    willem = as_(desk.cast.willem)
    assert willem.get(page(sitting)).status_code == 404
    willem = asked(desk, sitting)
    assert page(sitting) in willem.get("/").text
    answer = willem.get(page(sitting), follow=True)
    assert "Hoe heeft de deelnemer geantwoord?" in answer.text
    willem.post(page(sitting, "type_in_how"), HOW)
    assert page(sitting, "type_section", SECTION) in willem.get(page(sitting)).text


def test_the_sections_tell_how_many_questions_are_left_in_good_dutch(desk, sitting):
    said = begun(desk, sitting).get(page(sitting)).text
    assert "0 van 3 vragen" in said
    assert "0 van 1 vraag<" in said


def first_value(sitting: Sitting, code: str) -> str:
    question = typing_in.core_of(sitting).question_by_code[code]
    return str(question.options[0].value)


def test_a_section_is_typed_and_comes_back_after_a_lost_session(desk, sitting):
    willem, here = begun(desk, sitting), page(sitting, "type_section", SECTION)
    chosen = first_value(sitting, CODES[0])
    answer = willem.post(
        here,
        {CODES[0]: chosen, f"{CODES[1]}-missing": "dont_know", "rest_blank": "on"},
    )
    if "alert" in answer.content.decode():
        # This question cannot be "not known": it says so, and the rest was kept.
        willem.post(here, {CODES[0]: chosen, f"{CODES[1]}-missing": "refused"})
    kept = {row.question: (row.value, row.missing) for row in sitting.answers.all()}
    assert kept[CODES[0]] == (chosen, "")
    assert kept[CODES[2]] == ("", "skipped")
    assert f'value="{chosen}"' in as_(desk.cast.willem).get(here).text
    assert "checked" in as_(desk.cast.willem).get(here).text


def test_a_mistake_on_the_page_does_not_lose_the_right_answers(desk, sitting):
    willem, here = begun(desk, sitting), page(sitting, "type_section", SECTION)
    chosen = first_value(sitting, CODES[0])
    answer = willem.post(here, {CODES[0]: chosen, CODES[1]: "nonsense"})
    assert "Dit antwoord staat er niet bij" in answer.text
    assert "Typ het antwoord over" in answer.text
    assert "De rest is bewaard" in answer.text
    assert [row.question for row in sitting.answers.all()] == [CODES[0]]


def test_an_answer_and_a_reason_for_none_is_one_too_many(desk, sitting):
    willem, here = begun(desk, sitting), page(sitting, "type_section", SECTION)
    data = {CODES[0]: first_value(sitting, CODES[0]), f"{CODES[0]}-missing": "refused"}
    assert "Kies één van de twee" in willem.post(here, data).text
    assert not sitting.answers.exists()


def test_an_answer_to_what_was_not_asked_is_named_and_not_kept(desk, sitting):
    willem = begun(desk, sitting)
    section = typing_in.core_of(sitting).section_of("debts")
    here = page(sitting, "type_section", section.code)
    help_given = first_value(sitting, "debt_help")
    data = {"debts": "no", "debt_help": help_given, "rest_blank": "on"}
    answer = willem.post(here, data, follow=True)
    assert "1 antwoord is niet bewaard" in answer.text
    assert not sitting.answers.filter(question="debt_help").exists()


def test_after_handing_in_nothing_typed_is_shown(desk, sitting):
    willem, here = begun(desk, sitting), page(sitting, "type_section", SECTION)
    willem.post(here, {"rest_blank": "on"})
    willem.post(page(sitting, "type_in_hand_in"))
    sitting.refresh_from_db()
    assert sitting.state == "finished"
    assert willem.get(here).status_code == 404
    greet = as_(desk.cast.greet)
    assert greet.get(here).status_code == 302
    assert "niemand" in greet.get(page(sitting)).text


def test_the_own_coach_is_kept_from_the_pages_while_a_colleague_types(desk, sitting):
    begun(desk, sitting)
    sanne = as_(desk.cast.sanne)
    for here in (page(sitting), page(sitting, "type_section", SECTION)):
        answer = sanne.get(here, follow=True)
        assert answer.request["PATH_INFO"] == page(sitting, "type_in_how")
        assert "begeleidt deze deelnemer zelf" in answer.text
    answer = sanne.post(page(sitting, "type_in_how"), HOW)
    assert "vraag de deelnemer of het goed is" in answer.text
    sanne.post(page(sitting, "type_section", SECTION), {"rest_blank": "on"})
    assert not sitting.answers.exists()


def test_the_page_of_the_sitting_calls_the_place_by_its_name(desk, sitting):
    Sitting.objects.filter(pk=sitting.pk).update(location="community_centre")
    page_of = as_(desk.cast.sanne).get(page(sitting, "sitting")).text
    assert "community_centre" not in page_of
    assert "Wijkcentrum" in page_of or "wijkcentrum" in page_of


def test_with_the_persons_consent_the_coach_types(desk, sitting):
    sanne = as_(desk.cast.sanne)
    assert page(sitting) in sanne.get(page(sitting, "sitting")).text
    sanne.post(page(sitting, "type_in_how"), HOW | {"own_coach_agreed": "on"})
    sanne.post(page(sitting, "type_section", SECTION), {"rest_blank": "on"})
    assert sitting.answers.count() == len(CODES)


@pytest.mark.parametrize(("who", "status"), [("rik", 403), ("ilse", 403)])
def test_other_roles_do_not_type(desk, sitting, who, status):
    assert as_(getattr(desk.cast, who)).get(page(sitting)).status_code == status


def test_somebody_elsewhere_does_not_find_it(cast: Cast, desk, sitting):
    far = employ(cast.elsewhere, "ver", Role.COORDINATOR)
    assert as_(far).get(page(sitting)).status_code == 404


def test_a_look_at_the_page_is_noted(desk, sitting):
    begun(desk, sitting).get(page(sitting, "type_section", SECTION))
    line = Line.objects.filter(action="looked at questionnaires:type_section").first()
    assert line is not None
    assert [one.person_id for one in line.mentions.all()] == [sitting.person_id]
    assert timezone.localdate(line.at) == timezone.localdate()
