"""What is added at the end of a report, as it is in the system.

The questionnaires, the working steps that coaches keep to, the text that people signed.
Nothing is copied by hand, so what the report shows is what was used.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.accounts.refusing import Refused
from trede.people.consent_text import Edition as Signed
from trede.people.consent_text import consent_text, versions
from trede.pilots.rules import Rules, WorkingStep
from trede.pilots.study_rules import Choice, is_read_in_english
from trede.questionnaires import publishing
from trede.questionnaires.definition import PartKind, Question, Questionnaire
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.reports.book.marking import Block, heading, in_dutch, paragraph

Step = TypeVar("Step", bound=Choice)
LANGUAGE = "nl"  # in which people were asked and signed first
MOST_OPTIONS = 15  # a list of all countries would fill a page


@dataclass(frozen=True)
class Annex:
    code: str
    label: str
    blocks: tuple[Block, ...]


def annexes(rules: Rules, until: date, *, town: int) -> Iterator[Annex]:
    yield Annex("protocol", _("Protocol for coaches"), tuple(_protocol(rules)))
    for place, version in enumerate(_signed(rules, until), 1):
        text = consent_text(version).dutch
        label = _("Consent form %(n)s") % {"n": place}
        signed = map(in_dutch, _consent(text))
        yield Annex(
            f"consent-{place}", label, (_version(version), *_words_as_used(), *signed)
        )
    earlier: set[str] = set()
    for code in dict.fromkeys(wave.questionnaire for wave in rules.waves):
        asked = _questionnaire(code, town)
        if asked is not None:
            title = asked.title.read_in("en" if is_read_in_english() else LANGUAGE)
            told = tuple(_questions(asked, earlier))
            dutch = any(block.language for block in told)
            yield Annex(code, title, (*(_words_as_used() if dutch else ()), *told))


def _protocol(rules: Rules) -> Iterator[Block]:
    yield heading(_("The intake, step by step"))
    for english, some in _by_language(rules.intake.steps):
        told = Block("list", tuple(step.said for step in some))
        yield from _in_own_language(told, english=english)
    yield heading(_("The working steps of a trajectory"))
    for english, steps in _by_language(rules.working_steps):
        pairs = tuple((step.said, _when(step)) for step in steps)
        yield from _in_own_language(Block("pairs", pairs=pairs), english=english)


def _by_language(steps: tuple[Step, ...]) -> Iterator[tuple[bool, list[Step]]]:
    """In their order; whether these have English words."""
    for english, some in groupby(steps, key=lambda step: bool(step.label_en)):
        yield english, list(some)


def _in_own_language(block: Block, *, english: bool) -> Iterator[Block]:
    if english or not is_read_in_english():
        yield block
        return
    yield paragraph(_("These words are there in Dutch only:"))
    yield in_dutch(block)


def _words_as_used() -> Iterator[Block]:
    """What people were asked and signed stands as it was, whoever reads it."""
    if is_read_in_english():
        yield paragraph(_("This is in Dutch only, in the words that were used."))


def _when(step: WorkingStep) -> str:
    if step.weeks_after_start is None:
        return _("when it fits")
    return _("about week %(n)s") % {"n": step.weeks_after_start}


def _signed(rules: Rules, until: date) -> list[str]:
    """The texts of the designs that were in force, each once, the first one first."""
    designs = sorted(rules.designs, key=lambda design: design.from_on)
    found = (
        rules.consent.version_under(design.code)
        for design in designs
        if design.from_on <= until
    )
    there = versions()
    return [version for version in dict.fromkeys(found) if version in there]


def _version(version: str) -> Block:
    return paragraph(
        _("Version %(version)s. Signed per purpose; every yes can be taken back.")
        % {"version": version}
    )


def _consent(text: Signed) -> Iterator[Block]:
    yield heading(text.title)
    for section in text.section:
        yield heading(section.title)
        yield from (paragraph(told) for told in section.paragraphs)
        if section.points:
            yield Block("list", section.points)
    yield heading(text.declarations_title)
    yield Block("list", text.declarations)
    yield heading(text.decisions_title)
    for decision in text.decision:
        yield paragraph(decision.question)
        yield Block("list", (decision.yes, decision.no, decision.without))


def _questionnaire(code: str, town: int) -> Questionnaire | None:
    """The version that a new sitting gets, in the words that it was written in."""
    try:
        return publishing.written_of(publishing.newest(code, town=town))
    except Refused:
        # Nobody was asked it yet, or the file names one that is not there.
        return shipped(code) if code in shipped_codes() else None


def _questions(asked: Questionnaire, earlier: set[str]) -> Iterator[Block]:
    """Its questions; of those that stand in an earlier annex only how many."""
    asked_before = 0
    for part in asked.parts:
        fresh: dict[str, tuple[str, ...]] = {}
        for section in part.sections:
            lines = [_line(question) for question in section.questions]
            new = tuple(line for line in lines if line not in earlier)
            asked_before += len(lines) - len(new)
            earlier.update(new)
            if new:
                fresh[section.title.read_in(LANGUAGE)] = new
        if fresh:
            yield heading(_filled_in_by(part.kind))
        for title, asked_now in fresh.items():
            yield in_dutch(paragraph(f"{title}:"))
            yield in_dutch(Block("list", asked_now))
    if asked_before:
        told = ngettext(
            "%(n)s question is the same as in a questionnaire above.",
            "%(n)s questions are the same as in a questionnaire above.",
            asked_before,
        )
        yield paragraph(told % {"n": asked_before})


def _filled_in_by(kind: PartKind) -> str:
    return {
        PartKind.OPENING: _("Filled in by the coach, before"),
        PartKind.CORE: _("Filled in by the person"),
        PartKind.CLOSING: _("Filled in by the coach, after"),
    }[kind]


def _line(question: Question) -> str:
    words = question.text.read_in(LANGUAGE)
    if len(question.options) > MOST_OPTIONS:
        many = _("a choice of %(n)s answers") % {"n": len(question.options)}
        return f"{words} ({many})"
    options = " / ".join(o.text.read_in(LANGUAGE) for o in question.options)
    return f"{words} ({options})" if options else words
