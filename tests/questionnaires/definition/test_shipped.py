"""The questionnaires that come with Trede: what they ask, of whom, in which words."""

import re

import pytest

from trede.questionnaires.answering import Answer, Missing, offered
from trede.questionnaires.definition import (
    Kind,
    Part,
    PartKind,
    Questionnaire,
    texts_of,
)
from trede.questionnaires.reach import unreachable
from trede.questionnaires.routing import asked
from trede.questionnaires.shipped_files import shipped, shipped_codes

CODES = shipped_codes()
LONG = (
    "nijmegen_intake",
    "nijmegen_repeated_intake",
    "nijmegen_evaluation",
    "nijmegen_repeated_evaluation",
)
ACTIVITIES = (
    "paid_work",
    "track",
    "own_business",
    "informal_care",
    "volunteering",
    "course",
    "children",
    "other",
)
AGREE = (1, 2, 3, 4, 5)

# code: kind and the values of the codebook (or the lowest and highest number).
BACKGROUND = {
    "sex": ("single", ("man", "woman", "other")),
    "birth_year": ("year", None),
    "birthplace": ("country", None),
    "migration_year": ("year", None),
    "marital_status": (
        "single",
        ("married", "divorced", "widowed", "never_married"),
    ),
    "children_at_home": ("yes_no", ("yes", "no")),
    "children_number": ("number", (1, 20)),
    "education": (
        "single",
        (
            "none",
            "primary",
            "vmbo",
            "havo",
            "vwo",
            "secondary_unknown",
            "mbo",
            "hbo",
            "wo",
            "other",
        ),
    ),
}
OUTCOMES = {
    "dutch_speaking": ("labelled_scale", AGREE),
    "dutch_understanding": ("labelled_scale", AGREE),
    "dutch_reading": ("labelled_scale", AGREE),
    "debts": ("yes_no", ("yes", "no")),
    "debt_help": ("yes_no", ("yes", "no")),
    "financial_situation": (
        "single",
        (
            "saves",
            "little_left",
            "gets_by",
            "uses_savings",
            "debts_grow",
            "debts_shrink",
        ),
    ),
    "scheme_meedoen_uses": ("yes_no", ("yes", "no")),
    "scheme_meedoen_wants": ("yes_no", ("yes", "no")),
    "scheme_plu024_uses": ("yes_no", ("yes", "no")),
    "scheme_plu024_wants": ("yes_no", ("yes", "no")),
    "trust_people": ("scale_0_10", (0, 10)),
    "trust_municipality": ("scale_0_10", (0, 10)),
    "home_in_nl": ("scale_0_10", (0, 10)),
    "discriminated_applying": ("labelled_scale", (1, 2, 3)),
    "discriminated_street": ("labelled_scale", (1, 2, 3)),
    "discriminated_school": ("labelled_scale", (1, 2, 3)),
    "discriminated_nightlife": ("labelled_scale", (1, 2, 3)),
    "discriminated_club": ("labelled_scale", (1, 2, 3)),
    "discriminated_work": ("labelled_scale", (1, 2, 3)),
    "contact_neighbours": ("labelled_scale", (1, 2, 3, 4, 5, 6)),
    "contact_friends": ("labelled_scale", (1, 2, 3, 4, 5, 6)),
    "contact_family": ("labelled_scale", (1, 2, 3, 4, 5, 6)),
    **{f"hours_now_{name}": ("hours", (0, 168)) for name in ACTIVITIES},
    **{f"hours_wish_{name}": ("hours", (0, 168)) for name in ACTIVITIES},
    "health_physical": ("labelled_scale", AGREE),
    "health_mental": ("labelled_scale", AGREE),
    "solves_difficulties": ("labelled_scale", AGREE),
    "overcomes_setbacks": ("labelled_scale", AGREE),
    "meaningful": ("scale_0_10", (0, 10)),
    "satisfied": ("scale_0_10", (0, 10)),
    "value_income_important": ("labelled_scale", AGREE),
    "value_income_achieved": ("labelled_scale", AGREE),
    "value_contribution_important": ("labelled_scale", AGREE),
    "value_contribution_achieved": ("labelled_scale", AGREE),
    "value_contacts_important": ("labelled_scale", AGREE),
    "value_contacts_achieved": ("labelled_scale", AGREE),
    "view_obligations_right": ("labelled_scale", AGREE),
    "view_own_way_better": ("labelled_scale", AGREE),
    "view_help_motivates": ("labelled_scale", AGREE),
    "view_unpaid_in_return": ("labelled_scale", AGREE),
    "find_volunteering": ("labelled_scale", AGREE),
    "find_odd_jobs": ("labelled_scale", AGREE),
    "find_paid_job": ("labelled_scale", AGREE),
    "wish_next": ("long_text", None),
}
LOOKING_BACK = {
    "what_changed",
    "what_helped",
    "expectations_met",
    "informed_beforehand",
    "talks_frequency",
    "talks_location",
    "appointments_kept",
    "other_organisations",
    "other_organisations_help",
    "drawbacks",
    "suggestions",
    "would_recommend",
    "tell_others",
}
OPENING = {"session_language", "session_mode", "session_place"}
CLOSING = {"help_given", "interruptions", "coach_remark"}


def codes_in(questionnaire: Questionnaire, kind: str) -> set[str]:
    part = questionnaire.part(PartKind(kind))
    assert part is not None
    return set(part.question_by_code)


@pytest.mark.parametrize(
    ("code", "core"),
    [
        ("nijmegen_intake", {*BACKGROUND, *OUTCOMES, "hopes"}),
        ("nijmegen_repeated_intake", {*OUTCOMES, "hopes"}),
        ("nijmegen_evaluation", {*OUTCOMES, *LOOKING_BACK}),
        ("nijmegen_repeated_evaluation", {*OUTCOMES, "what_lasted"}),
    ],
)
def test_a_wave_asks_every_outcome_and_what_belongs_to_that_moment(
    code: str, core: set[str]
) -> None:
    assert codes_in(shipped(code), "core") == core


@pytest.mark.parametrize("code", LONG)
def test_the_coach_opens_and_closes_the_long_form(code: str) -> None:
    questionnaire = shipped(code)
    assert [part.kind for part in questionnaire.parts] == list(PartKind)
    assert codes_in(questionnaire, "opening") == OPENING
    assert codes_in(questionnaire, "closing") == CLOSING


@pytest.mark.parametrize("code", CODES)
def test_every_item_has_the_values_of_the_codebook(code: str) -> None:
    book = {**BACKGROUND, **OUTCOMES}
    for question in shipped(code).questions:
        kind, values = book.get(question.code, (question.kind, None))
        assert question.kind == kind, question.code
        if values is not None:
            given = tuple(option.value for option in question.options)
            bounds = (question.at_least, question.at_most)
            assert values in (given, bounds), question.code


def core_of(code: str) -> Part:
    core = shipped(code).part(PartKind.CORE)
    assert core is not None
    return core


def test_the_short_form_is_short_and_covers_every_theme() -> None:
    """Every page counts as one: three contacts are three, and the coach's count too."""
    short = shipped("short")
    assert len(short.questions) == 15
    assert len(core_of("short").questions) == 13
    themes = {
        "contact": {"contact_family", "contact_friends", "contact_neighbours"},
        "activities": {"hours_now_volunteering", "hours_now_course"},
        "health": {"health_physical", "health_mental"},
        "satisfaction": {"satisfied"},
        "self-reliance": {"overcomes_setbacks"},
        "trust": {"trust_people"},
        "wish": {"wish_next"},
    }
    for theme, codes in themes.items():
        assert codes <= codes_in(short, "core"), theme


def test_an_item_has_the_same_words_in_every_wave() -> None:
    words: dict[str, object] = {}
    for code in CODES:
        for question in shipped(code).questions:
            assert words.setdefault(question.code, question) == question


@pytest.mark.parametrize("code", CODES)
def test_some_answers_lead_to_every_question(code: str) -> None:
    for part in shipped(code).parts:
        assert unreachable(part) == ()


@pytest.mark.parametrize(
    ("answers", "left_out"),
    [
        ({}, {"children_number", "debt_help"}),
        ({"birthplace": "NL"}, {"migration_year", "children_number", "debt_help"}),
        ({"debts": "yes", "children_at_home": "yes"}, set()),
    ],
)
def test_the_intake_leaves_out_what_does_not_apply(
    answers: dict[str, str], left_out: set[str]
) -> None:
    from_code = {code: Answer(value=given) for code, given in answers.items()}
    core = core_of("nijmegen_intake")
    on_the_path = {question.code for question in asked(core, from_code)}
    assert core.question_by_code.keys() - on_the_path == left_out


@pytest.mark.parametrize("code", CODES)
def test_every_question_to_the_person_may_be_refused_and_passed_over(
    code: str,
) -> None:
    for question in core_of(code).questions:
        assert {Missing.REFUSED, Missing.SKIPPED} <= set(offered(question))


def test_what_people_may_truly_not_know_offers_that_they_do_not_know() -> None:
    may_not_know = {
        question.code
        for question in shipped("nijmegen_intake").questions
        if Missing.DONT_KNOW in offered(question)
    }
    hours = {code for code in OUTCOMES if code.startswith("hours_")}
    assert hours < may_not_know
    assert {"financial_situation", "migration_year", "education"} < may_not_know
    assert not may_not_know & {"sex", "satisfied", "health_mental"}


@pytest.mark.parametrize("code", CODES)
def test_a_questionnaire_says_where_it_comes_from_and_who_may_use_it(
    code: str,
) -> None:
    questionnaire = shipped(code)
    assert questionnaire.code == code
    assert questionnaire.version
    assert questionnaire.source
    assert questionnaire.licence == "EUPL-1.2, own wording"
    assert re.fullmatch("[0-9a-f]{64}", questionnaire.content_hash)


def test_no_two_questionnaires_have_the_same_hash() -> None:
    assert len({shipped(code).content_hash for code in CODES}) == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_translated_and_not_just_repeated(code: str) -> None:
    questionnaire = shipped(code)
    for where, text in texts_of(questionnaire):
        assert text.languages == questionnaire.languages == ("nl", "en"), where
        if not where.startswith("birthplace."):  # China is China in both
            assert text.read_in("nl") != text.read_in("en"), where


@pytest.mark.parametrize("code", CODES)
def test_the_dutch_is_written_for_people_who_read_little(code: str) -> None:
    """Short sentences, one idea each; short words, but for those the topic brings."""
    for where, text in texts_of(shipped(code)):
        if where.startswith("birthplace."):
            continue
        for sentence in re.split(r"[.!?:]+", text.read_in("nl")):
            words = re.findall(r"[^\W\d_]+", sentence)
            assert len(words) <= 15, (where, sentence)
            long_words = {word.lower() for word in words if len(word) > 14}
            assert long_words <= LONG_WORDS, where


LONG_WORDS = {"gediscrimineerd", "vrijwilligerswerk", "participatieladder"}


@pytest.mark.parametrize("code", CODES)
def test_a_question_to_the_person_is_short(code: str) -> None:
    for question in core_of(code).questions:
        words = question.text.read_in("nl").split()
        assert len(words) <= 12, question.code


@pytest.mark.parametrize("code", CODES)
def test_what_can_be_understood_in_two_ways_is_explained_to_whoever_asks(
    code: str,
) -> None:
    """Statements, marks, hours, barriers: coaches each explained them differently."""
    for question in core_of(code).questions:
        statement = question.text.read_in("nl").startswith("“")
        abstract = question.kind in (Kind.SCALE_0_10, Kind.HOURS)
        if statement or abstract or question.code.startswith(("barrier_", "value_")):
            assert question.explanation is not None or question.hint is not None
        if statement or abstract:
            assert question.explanation is not None, question.code


@pytest.mark.parametrize("code", CODES)
def test_what_is_told_in_own_words_may_be_spoken_and_passed_over(code: str) -> None:
    for question in core_of(code).questions:
        if question.kind is Kind.LONG_TEXT:
            assert question.may_speak, question.code
            assert question.optional, question.code


@pytest.mark.parametrize("code", CODES)
def test_no_picture_says_which_answer_would_be_the_good_one(code: str) -> None:
    """A face beside "agree" or "poor" steers; a drawing of a telephone does not."""
    for question in shipped(code).questions:
        if question.kind is Kind.LABELLED_SCALE:
            assert not any(option.picture for option in question.options)


@pytest.mark.parametrize("code", CODES)
def test_a_question_to_the_person_is_one_question(code: str) -> None:
    for question in core_of(code).questions:
        words = question.text.read_in("nl")
        assert words.count("?") <= 1, question.code
        statement = words.startswith("“") and words.endswith("”")
        assert words.endswith("?") or statement, question.code
        assert not re.search(r"\b(je|jij|jouw)\b", words), question.code


# The ladder is asked in the talk itself, by the coach, who then hears the answers.
BY_THE_PERSON_ALONE = tuple(code for code in CODES if code != "ladder")


@pytest.mark.parametrize("code", BY_THE_PERSON_ALONE)
def test_the_person_is_told_that_the_coach_does_not_see_the_answers(
    code: str,
) -> None:
    core = core_of(code)
    assert core.intro is not None
    assert core.outro is not None
    assert re.search(
        "(coach|gemeente,) ziet niet wat u invult", core.intro.read_in("nl")
    )
    assert "zonder uw naam" in core.outro.read_in("nl")


def test_every_country_has_a_code_once_and_a_name() -> None:
    birthplace = shipped("nijmegen_intake").question("birthplace")
    assert birthplace.kind is Kind.COUNTRY
    names = {o.value: o.text.read_in("nl") for o in birthplace.options}
    assert len(names) == len(set(names.values())) == 250
    assert names["MA"] == "Marokko"
    assert {"NL", "AF", "CN", "IQ", "IR", "MA", "SO", "SR", "SY", "TR"} <= names.keys()
    assert all(re.fullmatch("[A-Z]{2}", str(code)) for code in names)


def test_a_questionnaire_that_does_not_exist_is_not_made_up() -> None:
    for code in ("enschede", "../short", "bank/scales", ""):
        with pytest.raises(KeyError):
            shipped(code)


@pytest.mark.parametrize("code", CODES)
def test_every_text_has_a_place_of_its_own(code: str) -> None:
    """A translation is kept by place: two texts in one place would be one text."""
    places = [where for where, _text in texts_of(shipped(code))]
    assert len(places) == len(set(places))
