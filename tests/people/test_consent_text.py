"""The text that somebody signs: complete, the same in every language, unchangeable."""

import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from django.utils import translation

from trede.accounts.refusing import Refused
from trede.demo.living_rules import living_rules
from trede.documents.translated import Words, missing, read_words, translations
from trede.languages import LANGUAGES
from trede.people.consent_text import (
    TEXTS,
    ConsentText,
    ConsentTextRefused,
    Edition,
    Topic,
    consent_text,
    in_every_language,
    read_consent_text,
    versions,
    why_not_in,
)
from trede.people.models import Purpose
from trede.pilots.reading import read_rules
from trede.pilots.rules import Rules
from trede.studies.due import Dates, is_for

PILOT = Path(read_rules.__code__.co_filename).parent / "approaches" / "nijmegen.toml"
SHIPPED_TEXT = (TEXTS / "nijmegen-2020-1.toml").read_text(encoding="utf-8")
_DUTCH = SHIPPED_TEXT[SHIPPED_TEXT.index("[[edition]]") :]
# A file that brings an edition of its own in a second language.
NIJMEGEN = SHIPPED_TEXT + "\n" + _DUTCH.replace('"nl"', '"en"', 1)
OTHERS = tuple(one.code for one in LANGUAGES[1:])


@pytest.fixture
def text() -> ConsentText:
    return consent_text("nijmegen-2020-1")


def words_of(edition: Edition) -> list[str]:
    words = [edition.title, edition.declarations_title, edition.decisions_title]
    for section in edition.section:
        words += [section.title, *section.paragraphs, *section.points]
    words += edition.declarations
    for decision in edition.decision:
        words += [decision.question, decision.yes, decision.no, decision.without]
    words += [getattr(edition.signing, each.name) for each in fields(edition.signing)]
    return words


def said_about(topic: str, text: ConsentText, language: str = "nl") -> str:
    (section,) = (s for s in text.in_language(language).section if s.about == topic)
    return " ".join([section.title, *section.paragraphs, *section.points])


def refused(text: str) -> list[tuple[int, str]]:
    with translation.override("en"), pytest.raises(ConsentTextRefused) as caught:
        read_consent_text(text)
    return [(one.line, f"{one.what} {one.fix}") for one in caught.value.mistakes]


@pytest.mark.parametrize("version", versions())
def test_every_text_that_comes_with_trede_can_be_used(version: str) -> None:
    text = consent_text(version)
    assert text.version == version
    assert text.licence == "EUPL-1.2, own wording"
    assert text.languages == ("nl", *OTHERS)
    for edition in text.edition:
        assert [section.about for section in edition.section] == list(get_args(Topic))


def test_each_purpose_is_decided_apart(text: ConsentText) -> None:
    for edition in text.edition:
        purposes = [decision.purpose for decision in edition.decision]
        assert sorted(purposes) == sorted(Purpose.values)


TIMES = {2: ("twee keer", "twice"), 3: ("drie keer", "three times")}
SHIPPED = read_rules(PILOT.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "rules", [SHIPPED, living_rules(date(2026, 11, 22))], ids=["nijmegen", "living"]
)
def test_the_text_asks_as_many_questionnaires_as_its_design(rules: Rules) -> None:
    """A pair has a first and a second; whoever is retired asks nobody who is new."""
    for design in rules.designs:
        places = ["first", "second"] if design.kind == "waiting_list" else [""]
        for place in places:
            known = Dates(intake_on=design.from_on, place=place)
            asked = [
                wave
                for wave in rules.waves
                if is_for(wave, known, rules)
                and (wave.retired_on is None or wave.retired_on > design.from_on)
            ]
            text = consent_text(rules.consent.version_under(design.code))
            for language, words in zip(("nl", "en"), TIMES[len(asked)], strict=True):
                said = said_about("interviews", text, language)
                assert words in said
                others = {one for many in TIMES.values() for one in many} - {words}
                assert not any(other in said for other in others)


def test_the_text_of_after_the_change_differs_in_what_is_asked_only() -> None:
    before, after = consent_text("nijmegen-2020-1"), consent_text("nijmegen-2020-2")
    for language in before.languages:
        changed = [
            (old.about, new.about)
            for old, new in zip(
                before.in_language(language).section,
                after.in_language(language).section,
                strict=True,
            )
            if old != new
        ]
        assert changed == [("interviews", "interviews")]
    assert "tussen december 2020 en oktober 2021" in said_about("interviews", after)


@pytest.mark.parametrize(
    ("topic", "fact"),
    [
        ("aim", "participatiecoach"),
        ("interviews", "drie keer"),
        ("interviews", "tussen januari 2020 en oktober 2021"),
        ("interviews", "horen deze drie keer erbij"),
        ("interviews", "kijkt niet mee"),
        ("extra_interview", "één gesprek extra"),
        ("extra_interview", "mag nee zeggen"),
        ("location", "thuis"),
        ("location", "andere plek"),
        ("records", "gegevens die de gemeente"),
        ("records", "schuilnaam"),
        ("records", "zeker te weten dat u het bent"),
        ("anonymity", "Uw naam staat daar nooit bij"),
        ("withdrawing", "op elk moment"),
        ("withdrawing", "niet te zeggen waarom"),
        ("withdrawing", "link"),
        ("trajectory", "verandert er niets aan uw traject"),
        ("trajectory", "uitkering"),
        ("contact", "Lotte Verhagen"),
    ],
)
def test_the_person_is_told(topic: str, fact: str, text: ConsentText) -> None:
    assert fact in said_about(topic, text)


def test_the_person_declares_six_things_and_signs_with_name_and_dates(
    text: ConsentText,
) -> None:
    for edition in text.edition:
        assert len(edition.declarations) == len(set(edition.declarations)) == 6
    signing = text.in_language("nl").signing
    assert (signing.name, signing.birth_date) == ("Naam", "Geboortedatum")
    assert (signing.date, signing.signature) == ("Datum", "Handtekening")


def test_the_researcher_can_be_reached_and_does_not_exist(text: ConsentText) -> None:
    assert text.researcher.email.endswith(".example")
    for language in text.languages:
        contact = said_about("contact", text, language)
        assert text.researcher.telephone in contact
        assert text.researcher.email in contact
        assert text.researcher.name in contact


def test_what_a_no_means_is_said_and_costs_nobody_a_trajectory(
    text: ConsentText,
) -> None:
    study = text.in_language("nl").decision[0]
    assert study.purpose == "study"
    assert "wel een traject" in study.without


@pytest.mark.parametrize("version", versions())
def test_the_dutch_is_plain(version: str) -> None:
    for words in words_of(consent_text(version).in_language("nl")):
        for sentence in re.split(r"[.!?]+", words):
            assert len(re.findall(r"\w+", sentence)) <= 18, sentence
        assert not re.search(r"\b(je|jij|jouw)\b", words)


@pytest.mark.parametrize("version", versions())
def test_every_language_has_all_the_words_and_none_of_the_dutch(version: str) -> None:
    text = consent_text(version)
    dutch = words_of(text.dutch)
    for language in OTHERS:
        edition = text.in_language(language)
        pairs = list(zip(dutch, words_of(edition), strict=True))
        assert [nl for nl, said in pairs if nl == said] == [], language
        # What must come over by the letter: numbers, addresses, who to call.
        for nl, said in pairs:
            for fact in re.findall(r"\d{4}|\d[\d ]{7,}\d|\S+@\S+", nl):
                assert fact in said, (language, nl)
        assert (edition.status, edition.vouched_by) == ("machine", None)


def test_a_word_that_repeats_the_dutch_takes_the_language_away() -> None:
    written = read_consent_text(SHIPPED_TEXT)
    turkish = translations(TEXTS)["tr"]
    copied = replace(turkish, pairs={**turkish.pairs, "Naam": "Naam"})
    assert in_every_language(written, [turkish]).languages == ("nl", "tr")
    assert in_every_language(written, [copied]).languages == ("nl",)


def test_a_pilot_that_demands_reviewed_words_offers_no_others(
    text: ConsentText,
) -> None:
    assert text.good_enough("reviewed").languages == ("nl",)
    turkish = replace(translations(TEXTS)["tr"], status="reviewed", vouched_by="A. Yıl")
    reviewed = in_every_language(read_consent_text(SHIPPED_TEXT), [turkish])
    assert reviewed.good_enough("reviewed").languages == ("nl", "tr")
    assert reviewed.good_enough("validated").languages == ("nl",)


def test_a_municipality_puts_its_own_texts_before_ours(
    tmp_path: Path, settings
) -> None:
    own = tmp_path / "consent"
    (own / "translations").mkdir(parents=True)
    changed = SHIPPED_TEXT.replace("Ik mocht alles vragen.", "Ik kon alles vragen.")
    (own / "nijmegen-2020-1.toml").write_text(changed, encoding="utf-8")
    ours = (TEXTS / "translations" / "pl.toml").read_text(encoding="utf-8")
    theirs = ours.replace("Ik mocht alles vragen.", "Ik kon alles vragen.").replace(
        'status = "machine"', 'status = "validated"\nvouched_by = "E. Nowak"'
    )
    (own / "translations" / "pl.toml").write_text(theirs, encoding="utf-8")
    settings.TEXTS = str(tmp_path)
    text = consent_text("nijmegen-2020-1")
    # The words of before are not those of this Dutch any more.
    assert text.languages == ("nl", "pl")
    assert text.in_language("pl").vouched_by == "E. Nowak"
    assert why_not_in("nijmegen-2020-1", "tr") == "incomplete"
    assert why_not_in("nijmegen-2020-1", "ckb") == "no_words"
    assert "nijmegen-2020-2" in versions()


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('status = "machine"', 'status = "reviewed"', "name of who reviewed"),
        ('status = "machine"', 'status = "perfect"', "machine, reviewed or validated"),
        ('language = "pl"', 'language = "xx"', "not known"),
        ('language = "pl"', "language = pl", "cannot be used"),
    ],
)
def test_a_bad_file_of_words_is_named(
    good: str, bad: str, said: str, tmp_path: Path
) -> None:
    ours = (TEXTS / "translations" / "pl.toml").read_text(encoding="utf-8")
    assert good in ours
    file = tmp_path / "pl.toml"
    file.write_text(ours.replace(good, bad), encoding="utf-8")
    with (
        translation.override("en"),
        pytest.raises(Refused, match=r"pl\.toml") as caught,
    ):
        read_words(file)
    assert said in str(caught.value.message)


@pytest.mark.parametrize(
    ("said", "is_there"),
    [
        ("Zadzwoń: {telephone}. Otwórz {link}.", True),
        ("Otwórz {link}.", False),
        ("Zadzwoń: {telefon}. Otwórz {link}.", False),
        ("Zadzwoń: {telephone}. Otwórz {link}, {name}.", False),
    ],
)
def test_words_that_forget_what_is_to_be_filled_in_are_missing(
    said: str, *, is_there: bool
) -> None:
    """Nobody gets a letter without its link, or with a blank that nothing fills."""
    dutch = "Bel {telephone}. Open {link}."
    words = Words("pl", {dutch: said, "Bij {municipality}": "W gminie {town}"})
    assert bool(words.of(dutch)) is is_there
    assert missing(dutch, words) == (() if is_there else (dutch,))
    assert words.of("Bij {municipality}") == "W gminie {town}"


def test_nobody_signs_in_a_language_that_was_not_asked_for(text: ConsentText) -> None:
    with pytest.raises(KeyError):
        text.in_language("ckb")


@pytest.mark.parametrize("version", ["nijmegen-2020-9", "../nijmegen-2020-1", ""])
def test_a_version_that_does_not_exist_is_not_made_up(version: str) -> None:
    with pytest.raises(KeyError):
        consent_text(version)


def test_one_changed_letter_shows(text: ConsentText) -> None:
    changed = read_consent_text(NIJMEGEN.replace("Ik mocht alles", "ik mocht alles"))
    assert changed.digest_in("nl") != text.digest_in("nl")
    assert read_consent_text(NIJMEGEN).digest_in("nl") == text.digest_in("nl")
    assert len({text.digest_in(language) for language in text.languages}) == 10


def line_of(words: str, *, nth: int = 1) -> int:
    found = [n for n, line in enumerate(NIJMEGEN.splitlines(), 1) if words in line]
    return found[nth - 1]


@pytest.mark.parametrize(
    ("good", "bad", "line", "said"),
    [
        ("lotte.verhagen@dewilg", "lotte", line_of("email"), "e-mail address"),
        ('"024 000 00 10"', '"bel mij"', line_of("telephone"), "telephone number"),
        ('language = "nl"', 'language = "Dutch"', line_of("language"), "such as nl"),
        ('language = "en"', 'language = "nl"', line_of("[[edition]]"), "twice"),
        ('about = "aim"', 'about = "aims"', line_of("about ="), "Did you mean “aim”?"),
        ('  "Ik mocht alles vragen.",\n', "", line_of("declarations ="), "Write 6"),
        (
            'purpose = "recording"',
            'purpose = "study"',
            line_of("[[edition.decision]]"),
            "“recording” is missing",
        ),
        (
            '  "U mag elke vraag overslaan.",\n',
            "",
            line_of("[[edition]]", nth=2) - 1,
            "does not follow “nl”",
        ),
        ('language = "nl"', 'language = "tr"', line_of("language"), "not Dutch"),
        (
            'language = "en"',
            'language = "en"\nstatus = "reviewed"',
            line_of('language = "en"') + 1,
            "who reviewed",
        ),
        (
            'birth_date = "Geboortedatum"\n',
            "",
            line_of("[edition.signing]"),
            "“birth_date” is missing",
        ),
        ('title = "Ondertekenen"', 'title = ""', line_of("Ondertekenen"), "1 to 400"),
        (
            "[researcher]",
            "[researchers]",
            line_of("[researcher]"),
            "“researchers” is not known",
        ),
        ('version = "nijm', 'version = nijm"', None, "not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(
    good: str, bad: str, line: int | None, said: str
) -> None:
    assert good in NIJMEGEN
    mistakes = refused(NIJMEGEN.replace(good, bad, 1))
    assert any(said in what for at, what in mistakes if at == (line or at)), mistakes


def test_a_topic_left_out_is_missed_in_every_language() -> None:
    without = re.sub(r'about = "withdrawing"', 'about = "rights"', NIJMEGEN)
    said = [what for _line, what in refused(without)]
    assert sum("“withdrawing” is missing" in what for what in said) == 2
    assert sum("“rights” is missing or there twice" in what for what in said) == 2
