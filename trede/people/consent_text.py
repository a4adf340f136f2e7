"""What a person is told before deciding about a study, and what he or she decides.

A consent text has a version, and its Dutch never changes once somebody has signed it.
It says the same things in every language, in the same order: a language in which a
topic, one of the declarations, a purpose or any words are missing is not there, because
whoever signs in it would have agreed to something else. Its digest tells which words
somebody had before them.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trede.documents.translated import (
    ORIGINAL,
    Status,
    Words,
    first_file,
    folders,
    is_enough,
    missing,
    own_folder,
    put,
    translations,
)
from trede.languages import in_order, written_as
from trede.pilots.mistakes import Complaint, Mistake, in_words
from trede.pilots.positions import Path as Spot
from trede.pilots.positions import Positions
from trede.pilots.rules import Rules
from trede.pilots.sections import refer_to_known
from trede.pilots.shape import Code, Telephone, Text, Written
from trede.pilots.shaping import Shaper

TEXTS = Path(__file__).parent / "consent_texts"
OWN = "consent"
# Whoever signs declares these six things: informed, read, could ask, was answered,
# had time, knows that stopping is always possible.
DECLARATIONS = 6

Topic = Literal[
    "aim",
    "interviews",
    "extra_interview",
    "location",
    "records",
    "anonymity",
    "withdrawing",
    "trajectory",
    "rights",
    "contact",
]
Email = Annotated[
    str,
    Written(
        r"[^@\s]+@[^@\s]+\.[^@\s]+", _("Write an e-mail address: name@organisation.nl.")
    ),
]
Language = Annotated[
    str,
    Written(r"[a-z]{2,3}(-[a-z0-9]+)*", _("Write a language code, such as nl.")),
]


@dataclass(frozen=True, kw_only=True)
class Researcher:
    name: Text
    organisation: Text
    email: Email
    telephone: Telephone


@dataclass(frozen=True, kw_only=True)
class Section:
    about: Topic
    title: Text
    paragraphs: tuple[Text, ...]
    points: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Asked apart for each purpose; `without` says what a no means, and what not."""

    purpose: Literal["study", "recording", "register"]
    question: Text
    yes: Text
    no: Text
    without: Text

    def said(self, given: bool) -> str:
        return self.yes if given else self.no


@dataclass(frozen=True, kw_only=True)
class Signing:
    title: Text
    name: Text
    birth_date: Text
    date: Text
    signature: Text


@dataclass(frozen=True, kw_only=True)
class Edition:
    """The whole text in one language. A status says how far words are to be trusted
    that were made from the Dutch, and who says so."""

    language: Language
    status: Status | None = None
    vouched_by: Text | None = None
    title: Text
    section: tuple[Section, ...]
    declarations_title: Text
    declarations: tuple[Text, ...]
    decisions_title: Text
    decision: tuple[Decision, ...]
    signing: Signing

    def decision_on(self, purpose: str) -> Decision:
        return next(one for one in self.decision if one.purpose == purpose)

    @property
    def outline(self) -> tuple[object, ...]:
        """What must be the same in every language."""
        return (
            [(s.about, len(s.paragraphs), len(s.points)) for s in self.section],
            [decision.purpose for decision in self.decision],
        )


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    version: Code
    licence: Text
    researcher: Researcher
    edition: tuple[Edition, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(edition.language for edition in self.edition)

    @property
    def dutch(self) -> Edition:
        return self.in_language(ORIGINAL)

    def in_language(self, language: str) -> Edition:
        """The text in that language; KeyError where it has not been translated.

        Nobody signs in another language than the one that was chosen, so there is no
        silent fall back.
        """
        return {edition.language: edition for edition in self.edition}[language]

    def good_enough(self, at_least: Status) -> "ConsentText":
        """Only in the languages of which the words are trusted this far."""
        kept = [one for one in self.edition if is_enough(one.status, at_least)]
        return replace(self, edition=tuple(kept))

    def digest_in(self, language: str) -> str:
        """Of all the words that somebody has before them in that language."""
        said = asdict(self.in_language(language))
        words = {name: said[name] for name in said.keys() - {"status", "vouched_by"}}
        whole = [self.version, asdict(self.researcher), words]
        content = json.dumps(whole, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


class ConsentTextRefused(ValueError):
    """The text cannot be used; every mistake in it is named."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: mistake.line))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def versions() -> tuple[str, ...]:
    where = folders(TEXTS, OWN)
    return tuple(sorted({path.stem for one in where for path in one.glob("*.toml")}))


def consent_text(version: str) -> ConsentText:
    """The text of that version, in every language that has all of its words; KeyError
    when there is none."""
    if version not in versions():
        raise KeyError(version)
    return _consent_text(version, own_folder(OWN))


@lru_cache(maxsize=32)
def _consent_text(version: str, _own: Path | None) -> ConsentText:
    where = folders(TEXTS, OWN)
    file = first_file(f"{version}.toml", where)
    text = read_consent_text(file.read_text(encoding="utf-8"))
    return in_every_language(text, translations(*where).values())


def in_every_language(text: ConsentText, known: Iterable[Words]) -> ConsentText:
    """With an edition in each language that is whole, the Dutch first."""
    there = {edition.language: edition for edition in text.edition}
    for words in known:
        if words.language not in there and not missing(text.dutch, words):
            there[words.language] = replace(
                put(text.dutch, words),
                language=words.language,
                status=words.status,
                vouched_by=words.vouched_by or None,
            )
    ordered = in_order(frozenset(there))
    return replace(text, edition=tuple(there[language] for language in ordered))


def why_not_in(version: str, language: str) -> str:
    """Why nobody can sign in that language: `no_words`, `incomplete`, or `not_enough`
    when it is there and the pilot demands more; empty for Dutch."""
    wanted = written_as(language)
    if wanted in ("", ORIGINAL):
        return ""
    if wanted in consent_text(version).languages:
        return "not_enough"
    known = translations(*folders(TEXTS, OWN))
    return "incomplete" if wanted in known else "no_words"


def text_exists(value: object, rules: Rules) -> Iterator[Complaint]:
    """For the pilot file: people can only sign a text that is there."""
    named: list[tuple[Spot, str]] = [(("text_version",), rules.consent.text_version)]
    named += [
        (("by_design", place, "text_version"), each.text_version)
        for place, each in enumerate(rules.consent.by_design)
    ]
    return refer_to_known(named, versions(), what=_("a consent text of Trede"))


def read_consent_text(text: str) -> ConsentText:
    """Raises `ConsentTextRefused` with every mistake, its line, and what to write."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        mistake = Mistake(
            line=text.count("\n") + 1,
            where="",
            what=format_lazy(_("This is not valid TOML: {error}."), error=str(error)),
            fix=_("Look for a missing quote, bracket or equals sign."),
        )
        raise ConsentTextRefused([mistake]) from error
    shaper = Shaper()
    read = shaper.table(ConsentText, raw, ())
    complaints = [*shaper.complaints]
    # Whether the editions agree can only be told of whole ones.
    if not shaper.unsound:
        complaints += _incomplete(read)
    if complaints:
        raise ConsentTextRefused(_with_lines(complaints, text))
    return read


def _with_lines(complaints: list[Complaint], text: str) -> list[Mistake]:
    lines = Positions(text)
    return [
        Mistake(
            line=lines.line_of(each.path),
            where=in_words(each.path),
            what=each.what,
            fix=each.fix,
        )
        for each in complaints
    ]


def _incomplete(read: ConsentText) -> Iterator[Complaint]:
    if read.languages[0] != ORIGINAL:
        yield Complaint(
            ("edition", 0, "language"),
            _("The first edition is not Dutch."),
            _("Write the Dutch first: the others are held against it."),
        )
    if len(set(read.languages)) < len(read.languages):
        yield Complaint(
            ("edition",), _("A language is there twice."), _("Remove one of the two.")
        )
    for place, edition in enumerate(read.edition):
        yield from _without_topic(edition, place)
        if len(edition.declarations) != DECLARATIONS:
            yield Complaint(
                ("edition", place, "declarations"),
                _("The number of declarations is not right."),
                format_lazy(_("Write {number} of them."), number=DECLARATIONS),
            )
        yield from _promises(edition, place)
        if edition.outline != read.edition[0].outline:
            yield Complaint(
                ("edition", place),
                format_lazy(
                    _("“{language}” does not follow “{first}” everywhere."),
                    language=edition.language,
                    first=read.edition[0].language,
                ),
                _("Write the same sections, paragraphs, points and decisions."),
            )


def _promises(edition: Edition, place: int) -> Iterator[Complaint]:
    """Nobody without a name says that words are good."""
    if edition.status not in (None, "machine") and not edition.vouched_by:
        yield Complaint(
            ("edition", place, "status"),
            _("Nobody says who reviewed these words."),
            _("Add the name: vouched_by."),
        )


def _without_topic(edition: Edition, place: int) -> Iterator[Complaint]:
    """Every topic and every purpose is there, once."""
    sections = [section.about for section in edition.section]
    purposes = [decision.purpose for decision in edition.decision]
    for key, found, wanted in (
        ("section", sections, get_args(Topic)),
        ("decision", purposes, get_args(Decision.__annotations__["purpose"])),
    ):
        for name in wanted:
            if found.count(name) != 1:
                yield Complaint(
                    ("edition", place, key),
                    format_lazy(_("“{name}” is missing or there twice."), name=name),
                    format_lazy(_("Write exactly one about “{name}”."), name=name),
                )
