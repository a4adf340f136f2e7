"""The rules of a pilot in plain sentences, for the screen that everybody may read.

Every rule is in it: what software does by a file, people must be able to read without
the file. A test changes each rule in turn and demands that the sentences change.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from trede.pilots import (
    describing_final_report,
    describing_guidance,
    describing_study,
)
from trede.pilots.description import Chapter, Sentence, group, listed
from trede.pilots.rules import Rules


def describe(rules: Rules) -> tuple[Chapter, ...]:
    """The chapters in the language that is active."""
    chapters = (
        *describing_guidance.CHAPTERS,
        *describing_study.CHAPTERS,
        *describing_final_report.CHAPTERS,
    )
    described = [chapter(rules) for chapter in chapters]
    described += [
        _of_a_later_step(name, value) for name, value in rules.sections.items()
    ]
    return tuple(described)


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
