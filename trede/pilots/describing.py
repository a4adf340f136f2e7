"""The rules of a pilot in plain sentences, for the screen that everybody may read.

Every rule is in it: what software does by a file, people must be able to read without
the file. A test changes each rule in turn and demands that the sentences change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass

from django.utils.translation import gettext as _

from trede.pilots import (
    describing_final_report,
    describing_guidance,
    describing_study,
)
from trede.pilots.description import Chapter, Sentence, group, listed
from trede.pilots.in_english import sentences_in_english
from trede.pilots.rules import Rules
from trede.pilots.shaping import keys_of
from trede.pilots.study_rules import Choice


def describe(rules: Rules) -> tuple[Chapter, ...]:
    """The chapters in the language that is active."""
    chapters = (
        *describing_guidance.CHAPTERS,
        *describing_study.CHAPTERS,
        *describing_final_report.CHAPTERS,
    )
    described = [chapter(rules) for chapter in chapters]
    described += [_in_english(rules)]
    described += [
        _of_a_later_step(name, value) for name, value in rules.sections.items()
    ]
    return tuple(described)


def _in_english(rules: Rules) -> Chapter:
    """What is called otherwise in an English report."""
    sentences = [
        Sentence(
            _("%(label)s is in English: %(english)s.")
            % {"label": each.label, "english": each.label_en},
            each.code,
        )
        for each in _choices(rules)
        if each.label_en
    ]
    sentences += [
        Sentence(_("In English: “%(text)s”") % {"text": text})
        for text in sentences_in_english(rules).values()
    ]
    return Chapter("english", _("Names in English"), (group("", sentences),))


def _choices(value: object) -> Iterator[Choice]:
    """Everything with a name that lies in these rules."""
    if isinstance(value, Choice):
        yield value
    if isinstance(value, tuple):
        for each in value:
            yield from _choices(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for key in keys_of(type(value)):
            yield from _choices(getattr(value, key.name))


def _of_a_later_step(name: str, value: object) -> Chapter:
    """Only the step itself knows the words; the values are shown as they stand."""
    tables = value if isinstance(value, list) else [value]
    sentences = [
        Sentence(f"{key}: {_shown(each)}")
        for table in tables
        if isinstance(table, Mapping)
        for key, each in table.items()
    ]
    return Chapter(name, name, (group(_("Settings"), sentences),))


def _shown(value: object) -> str:
    return listed(value) if isinstance(value, list) else str(value)
