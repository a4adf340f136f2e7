"""In which languages a questionnaire is put, with which words, and who vouches."""

from dataclasses import replace

import pytest
from hypothesis import given

from tests.questionnaires.conftest import AT, Desk
from tests.questionnaires.definition.made_up import (
    core,
    options,
    question,
    questionnaires,
)
from trede.accounts.refusing import Refused
from trede.languages import LANGUAGES, in_order, language_of, proposed
from trede.people.models import Person
from trede.people.registering import change_person
from trede.pilots.loading import rules_of
from trede.pilots.rules import Questions, Rules
from trede.questionnaires import sittings
from trede.questionnaires.definition import Kind, Questionnaire, Text, texts_of
from trede.questionnaires.models import Questionnaire as Stored
from trede.questionnaires.models import Sitting, Translation
from trede.questionnaires.publishing import definition_of, publish, written_of
from trede.questionnaires.translating import offered, states, translate, vouch
from trede.questionnaires.wording import missing_in, texts_for_person, with_words

WRITTEN = Questionnaire(
    code="weather",
    version="1",
    title=Text((("nl", "Het weer"),)),
    languages=("nl",),
    source="made up",
    licence="EUPL-1.2",
    parts=(
        core(
            question("sun", text=Text((("nl", "Schijnt de zon?"),)), options=()),
            question("rain", text=Text((("nl", "Regent het?"),)), options=()),
        ),
    ),
)


def names_of_countries(made: Questionnaire) -> set[str]:
    return {
        f"{one.code}.{option.value}"
        for one in made.questions
        if one.kind is Kind.COUNTRY
        for option in one.options
    }


@pytest.fixture
def stored(desk: Desk) -> Stored:
    # Words that no file of Trede has, so that nothing is there already.
    dutch = Text((("nl", "Jazeker"),)), Text((("nl", "Welnee"),))
    answers = tuple(
        replace(option, text=text)
        for option, text in zip(options("yes", "no"), dutch, strict=True)
    )
    section = WRITTEN.parts[0].sections[0]
    asked = tuple(replace(one, options=answers) for one in section.questions)
    whole = replace(section, title=Text((("nl", "Vandaag"),)), questions=asked)
    part = replace(WRITTEN.parts[0], sections=(whole,))
    written = replace(WRITTEN, parts=(part,))
    return publish(written, by=desk.cast.by("aad"), at=AT)


def all_words(stored: Stored, mark: str = "tr") -> dict[str, str]:
    return {
        place: f"{text.read_in('nl')} ({mark})"
        for place, text in texts_for_person(written_of(stored))
    }


def into_turkish(desk: Desk, stored: Stored, **more: str) -> Translation:
    return translate(
        questionnaire=stored,
        language="tr",
        words=all_words(stored) | more,
        by=desk.cast.by("aad"),
        at=AT,
    )


def rules_that_ask_for(desk: Desk, status: str) -> Rules:
    wanted = Questions(translation_at_least=status)
    return replace(rules_of(desk.pilot, AT.date()), questions=wanted)


def offered_here(
    desk: Desk, stored: Stored, rules: Rules | None = None
) -> tuple[str, ...]:
    asked = rules or rules_of(desk.pilot, AT.date())
    return offered(stored, asked, town=desk.cast.here.pk)


# Languages -------------------------------------------------------------------------


def test_the_direction_of_writing_stands_with_the_language():
    rightwards = {one.code for one in LANGUAGES if one.direction == "rtl"}
    assert rightwards == {"ar", "fa"}


def test_languages_come_in_one_order_and_strange_ones_last():
    assert in_order(frozenset({"pl", "xx", "nl", "ar"})) == ("nl", "ar", "pl", "xx")


@pytest.mark.parametrize(
    ("spoken", "begins_in"),
    [("ar", "ar"), ("prs", "fa"), ("", "nl"), ("am", "nl")],
)
def test_one_begins_in_what_the_record_says_where_it_is_there(
    spoken: str, begins_in: str
):
    assert proposed(spoken, ("nl", "ar", "fa")) == begins_in


def test_simple_dutch_has_the_buttons_of_dutch():
    assert language_of("nl-x-a2").buttons == "nl"


# Words -----------------------------------------------------------------------------


@given(questionnaires())
def test_words_put_in_every_place_leave_nothing_missing(made: Questionnaire):
    words = {place: f"{text.read_in('nl').strip()} *" for place, text in texts_of(made)}
    translated = with_words(made, "tr", words)
    assert missing_in(translated, "tr") == ()
    assert {place: text.read_in("tr") for place, text in texts_of(translated)} == words


@given(questionnaires())
def test_words_of_one_language_leave_the_others_alone(made: Questionnaire):
    words = {place: "…" for place, _text in texts_of(made)}
    before = [text.read_in("nl") for _place, text in texts_of(made)]
    after = [text.read_in("nl") for _p, text in texts_of(with_words(made, "tr", words))]
    assert before == after


@given(questionnaires())
def test_a_text_equal_to_the_dutch_one_counts_as_missing(made: Questionnaire):
    copied = {place: text.read_in("nl") for place, text in texts_of(made)}
    places = tuple(
        place
        for place, _text in texts_for_person(made)
        if place not in names_of_countries(made)
    )
    assert missing_in(with_words(made, "tr", copied), "tr") == places


def test_a_country_may_be_called_the_same_everywhere():
    country = question("born", kind="country", options=options("AO"))
    made = replace(WRITTEN, parts=(core(country),))
    words = {"born.AO": country.options[0].text.read_in("nl")}
    assert "born.AO" not in missing_in(with_words(made, "tr", words), "tr")


# Offering --------------------------------------------------------------------------


def test_a_language_is_offered_when_no_text_is_missing(desk: Desk, stored: Stored):
    into_turkish(desk, stored)
    assert offered_here(desk, stored) == ("nl", "tr")


def test_one_missing_text_keeps_a_language_back(desk: Desk, stored: Stored):
    into_turkish(desk, stored, **{"sun.text": "Schijnt de zon?"})
    turkish = states(stored, town=desk.cast.here.pk)[1]
    assert turkish.missing == ("sun.text",)
    assert offered_here(desk, stored) == ("nl",)


@pytest.mark.parametrize(
    ("demanded", "there"),
    [("machine", ("nl", "tr")), ("reviewed", ("nl", "tr")), ("validated", ("nl",))],
)
def test_a_pilot_can_demand_that_somebody_reviewed_the_words(
    desk: Desk, stored: Stored, demanded: str, there: tuple[str, ...]
):
    into_turkish(desk, stored)
    vouch(
        questionnaire=stored,
        language="tr",
        status=Translation.Status.REVIEWED,
        vouched_by="Ayşe Gerçekdışı",
        by=desk.cast.by("aad"),
        at=AT,
    )
    assert offered_here(desk, stored, rules_that_ask_for(desk, demanded)) == there


# Vouching --------------------------------------------------------------------------


def test_only_somebody_with_a_name_vouches(desk: Desk, stored: Stored):
    into_turkish(desk, stored)
    with pytest.raises(Refused, match="name of who reviewed"):
        vouch(
            questionnaire=stored,
            language="tr",
            status=Translation.Status.REVIEWED,
            vouched_by="  ",
            by=desk.cast.by("aad"),
            at=AT,
        )


def test_nobody_vouches_for_half_a_translation(desk: Desk, stored: Stored):
    into_turkish(desk, stored, **{"rain.text": ""})
    with pytest.raises(Refused, match="Not every text"):
        vouch(
            questionnaire=stored,
            language="tr",
            status=Translation.Status.VALIDATED,
            vouched_by="Ayşe Gerçekdışı",
            by=desk.cast.by("aad"),
            at=AT,
        )


def test_changed_words_are_a_machines_again_until_somebody_reads_them(
    desk: Desk, stored: Stored
):
    into_turkish(desk, stored)
    vouch(
        questionnaire=stored,
        language="tr",
        status=Translation.Status.VALIDATED,
        vouched_by="Ayşe Gerçekdışı",
        by=desk.cast.by("aad"),
        at=AT,
    )
    into_turkish(desk, stored, **{"sun.text": "Güneş parlıyor mu?"})
    assert (
        states(stored, town=desk.cast.here.pk)[1].status == Translation.Status.MACHINE
    )
    whole = definition_of(stored, town=desk.cast.here.pk)
    assert whole.question("sun").text.read_in("tr") == "Güneş parlıyor mu?"


def test_the_same_words_again_change_nothing(desk: Desk, stored: Stored):
    first = into_turkish(desk, stored)
    assert into_turkish(desk, stored) == first
    assert Translation.objects.filter(questionnaire=stored).count() == 1


def test_a_text_that_is_not_there_is_named(desk: Desk, stored: Stored):
    with pytest.raises(Refused, match="moon"):
        into_turkish(desk, stored, **{"moon.text": "Ay"})


def test_the_words_it_was_written_in_need_a_new_version(desk: Desk, stored: Stored):
    with pytest.raises(Refused, match="new version"):
        translate(
            questionnaire=stored,
            language="nl",
            words={"sun.text": "Is er zon?"},
            by=desk.cast.by("aad"),
            at=AT,
        )


# Sittings --------------------------------------------------------------------------


def test_a_sitting_knows_the_words_that_stood_there(desk: Desk):
    desk.consent()
    sitting = desk.sitting(language="en")
    assert sitting.translation is not None
    assert sitting.translation.language == "en"
    assert sitting.translation.status == Translation.Status.MACHINE


def test_it_knows_the_words_of_when_it_begins_not_of_when_it_was_prepared(desk: Desk):
    desk.consent()
    sitting = desk.sitting(language="en")
    vouch(
        questionnaire=sitting.questionnaire,
        language="en",
        status=Translation.Status.REVIEWED,
        vouched_by="Ann Madeup",
        by=desk.cast.by("ilse"),
        at=AT,
    )
    sittings.begin(sitting=sitting, by=desk.cast.by("sanne"), at=AT)
    sitting.refresh_from_db()
    assert sitting.translation is not None
    assert sitting.translation.status == Translation.Status.REVIEWED


def test_in_the_language_of_writing_there_is_no_translation(sitting: Sitting):
    assert sitting.translation is None


def test_another_language_on_the_way_is_kept_with_the_sitting(sitting: Sitting):
    sittings.choose_language(sitting=sitting, language="en")
    sitting.refresh_from_db()
    assert sitting.language == "en"
    assert sitting.translation is not None


def test_what_was_chosen_last_time_is_proposed_now(desk: Desk, sitting: Sitting):
    Person.objects.filter(pk=desk.person.pk).update(language="ar")
    person = Person.objects.get(pk=desk.person.pk)
    sittings.choose_language(sitting=sitting, language="en")
    person.refresh_from_db()
    assert sittings.proposed_language(person, ("nl", "en", "ar")) == "en"
    # A coach who sets the record right is believed again.
    changed = change_person(
        person=person,
        changes={"language": "tr"},
        edition=person.edition,
        by=desk.cast.by("sanne"),
        at=AT,
    )
    assert sittings.proposed_language(changed, ("nl", "en", "tr")) == "tr"


def test_a_language_chosen_together_is_proposed_next_time(desk: Desk):
    """Not when somebody else reads the questions aloud: the person reads no Dutch."""
    Person.objects.filter(pk=desk.person.pk).update(language="ti")
    desk.consent()
    desk.sitting(mode=Sitting.Mode.INTERPRETER, language="nl")
    assert Person.objects.get(pk=desk.person.pk).language_read == "ti"
    desk.sitting(mode=Sitting.Mode.ALONE, language="en", renewed=True)
    assert Person.objects.get(pk=desk.person.pk).language_read == "en"


def test_the_first_time_the_record_says_it(desk: Desk):
    Person.objects.filter(pk=desk.person.pk).update(language="ar")
    person = Person.objects.get(pk=desk.person.pk)
    assert sittings.proposed_language(person, ("nl", "en", "ar")) == "ar"


def test_a_language_that_is_not_offered_is_refused(desk: Desk):
    desk.consent()
    with pytest.raises(Refused, match="not there in this language"):
        desk.sitting(language="xx")
