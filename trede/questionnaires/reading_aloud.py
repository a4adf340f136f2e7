"""Which words of a questionnaire can be heard, and where.

A recording by a person goes before speech made here; where there is neither, there is
no button. A sound has an address that only this server can make, so nobody can have
words of their own spoken, and that changes when the sound changes, so a browser may
keep it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from trede.languages import language_of
from trede.questionnaires import definition, speech
from trede.questionnaires.answering import ACTIVITY, BUTTONS
from trede.questionnaires.definition import Kind, Part, Question, Section, Text
from trede.questionnaires.models import Questionnaire, Recording, Sitting
from trede.questionnaires.publishing import in_words
from trede.questionnaires.recordings import Spoken, live
from trede.questionnaires.wording import texts_for_person

_SIGNER = Signer(salt="trede.questionnaires.reading_aloud", sep="~")
_OF_QUESTION = (".text", ".hint", ".explanation")


@dataclass(frozen=True)
class Sound:
    media_type: str
    content: bytes


def voice_of(spoken: Spoken) -> str:
    """The voice of the speech program; none where it cannot speak the language."""
    voice = language_of(spoken.language).voice
    return voice if voice in speech.voices() else ""


def sounds_at(
    sitting: Sitting, question: Question, section: Section
) -> Mapping[str, str]:
    """The address of the sound of each text on the page of a question that has one:
    `text`, `hint`, ..., `intro` of its section, an answer or a button by its value."""
    texts = dict(definition.texts_of_question(question))
    if question.kind is Kind.COUNTRY:
        texts = {p: text for p, text in texts.items() if p.endswith(_OF_QUESTION)}
    if section.intro:
        texts[f"{section.code}.intro"] = section.intro
    language = sitting.language
    here = [*_in(language, texts.items()), *_buttons(language)]
    found = _heard_in(sitting, here)
    return {place.rpartition(".")[2]: address for place, address in found.items()}


def sounds_round(sitting: Sitting, part: Part) -> Mapping[str, str]:
    """The same for what is said before and after the questions: `intro`, `outro`."""
    texts = {f"{part.kind}.intro": part.intro, f"{part.kind}.outro": part.outro}
    there = [(place, text) for place, text in texts.items() if text]
    found = _heard_in(sitting, _in(sitting.language, there))
    return {place.rpartition(".")[2]: address for place, address in found.items()}


def _heard_in(sitting: Sitting, asked: Iterable[Spoken]) -> Mapping[str, str]:
    return addresses(
        sitting.questionnaire,
        sitting.translation_id,
        sitting.language,
        asked,
        town=sitting.person.municipality_id,
    )


def addresses(
    questionnaire: Questionnaire,
    edition: int | None,
    language: str,
    asked: Iterable[Spoken],
    *,
    town: int | None,
) -> Mapping[str, str]:
    """By place. Who reads another language than that of some words hears those in the
    language that they are in."""
    there = list(asked)
    recorded = live(there, town=town)
    found = {}
    for spoken in there:
        mark = str(recorded.get(spoken, "")) or _mark_of_speech(spoken)
        if mark:
            words = f"{questionnaire.pk}:{edition or ''}:{language}"
            said = f"{words}:{spoken.place}:{mark}"
            found[spoken.place] = reverse(
                "questionnaires:sound", args=[_SIGNER.sign(said)]
            )
    return found


def _mark_of_speech(spoken: Spoken) -> str:
    voice = voice_of(spoken)
    return f"s{speech.name_of(spoken.words, voice)[:12]}" if voice else ""


def words_to_hear(
    questionnaire: definition.Questionnaire, language: str
) -> Iterator[Spoken]:
    """What a person reads, and of the buttons what is an answer. A country is found by
    its name in a list, where no button fits, and titles stand small above."""
    countries = {
        f"{question.code}.{option.value}"
        for question in questionnaire.questions
        if question.kind is Kind.COUNTRY
        for option in question.options
    }
    texts = (
        (place, text)
        for place, text in texts_for_person(questionnaire)
        if place not in countries and place.rpartition(".")[2] != "title"
    )
    yield from _in(language, texts)
    yield from _buttons(language)


def _in(language: str, texts: Iterable[tuple[str, Text]]) -> Iterator[Spoken]:
    for place, text in texts:
        own = language if language in text.languages else text.languages[0]
        yield Spoken(place, text.read_in(language), own)


def _buttons(language: str) -> Iterator[Spoken]:
    buttons = language_of(language).buttons
    with translation.override(buttons):
        said = [(value, str(label)) for value, label in (BUTTONS | ACTIVITY).items()]
    for value, words in said:
        yield Spoken(f"button.{value}", words, buttons)


def asked_for(address: str) -> tuple[Spoken, int | None] | None:
    """The words of an address and their recording; None for an address that was not
    made here, or for words that are not there any more."""
    try:
        pk, edition, language, place, mark = _SIGNER.unsign(address).split(":")
    except (BadSignature, ValueError):
        return None
    questionnaire = Questionnaire.objects.defer("text").filter(pk=pk).first()
    if questionnaire is None:
        return None
    rows = questionnaire.translations.defer("texts")
    words = rows.filter(pk=edition).first() if edition else None
    for spoken in words_to_hear(in_words(questionnaire, words), language):
        if spoken.place == place:
            return spoken, int(mark) if mark.isdecimal() else None
    return None


def sound(spoken: Spoken, recording: int | None, *, plain: bool) -> Sound | None:
    """A recording that was ended meanwhile is not played any more. `plain` is for a
    browser that cannot play the small kind of speech."""
    if recording is not None:
        row = Recording.objects.filter(pk=recording, ended_at=None).first()
        return Sound(row.media_type, bytes(row.content)) if row else None
    voice = voice_of(spoken)
    if not voice:
        return None
    media_type = speech.WAV if plain else speech.best_type()
    file = speech.speak(spoken.words, voice, media_type)
    return Sound(media_type, file.read_bytes())
