"""The last look at an instrument from a file: can it be asked and kept as it is?

Questions that no answers lead to are taken out, gaps in a language are filled, and what
remains must read back exactly as it will be stored.
"""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.questionnaires.definition import (
    Part,
    PartKind,
    Questionnaire,
    texts_of,
)
from trede.questionnaires.exchange.carried import FileRefused
from trede.questionnaires.exchange.languages_kept import filled
from trede.questionnaires.exchange.xlsform_question import Form
from trede.questionnaires.reach import unreachable, without
from trede.questionnaires.reading import read_text
from trede.questionnaires.tables import QuestionnaireRefused
from trede.questionnaires.writing import as_toml

_TITLE = 160
_VERSION = 20


def finished(built: Questionnaire, form: Form) -> Questionnaire | None:
    """The questionnaire as it can be stored; none when nothing of it can be asked."""
    parts = tuple(_reachable(part, form) for part in built.parts)
    parts = tuple(part for part in parts if part.sections)
    if PartKind.CORE not in {part.kind for part in parts}:
        why = _("a questionnaire needs questions that the person answers")
        form.leave_of("", "core", why)
        return None
    kept = _in_every_language(replace(built, parts=parts), form)
    _check_size(kept)
    try:
        read = read_text(as_toml(kept), name=kept.code)
    except QuestionnaireRefused as refusal:
        raise FileRefused(str(refusal)) from refusal
    return read


def _reachable(part: Part, form: Form) -> Part:
    gone = frozenset(unreachable(part))
    for code in sorted(gone):
        why = _("no answers ever lead to this question, so it is not asked")
        form.leave_of(code, "relevant", why)
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(question, asked_when=without(question.asked_when, gone))
                for question in section.questions
                if question.code not in gone
            ),
        )
        for section in part.sections
    )
    return replace(part, sections=tuple(one for one in sections if one.questions))


def _in_every_language(built: Questionnaire, form: Form) -> Questionnaire:
    """Where a language has a gap, the words of the first one stand there."""
    for language in built.languages:
        gaps = [
            place for place, text in texts_of(built) if language not in text.languages
        ]
        if gaps:
            why = ngettext(
                "%(n)d text is missing in this language: %(places)s; the words of the"
                " first language stand there",
                "%(n)d texts are missing in this language, the first are: %(places)s;"
                " the words of the first language stand there",
                len(gaps),
            ) % {"n": len(gaps), "places": ", ".join(gaps[:5])}
            form.leave_of("", language, why)
    return filled(built)


def _check_size(kept: Questionnaire) -> None:
    title = kept.title.read_in(kept.languages[0])
    if len(title) > _TITLE:
        raise FileRefused(
            _("The title is longer than %(most)d characters. Make it shorter.")
            % {"most": _TITLE}
        )
    if len(kept.version) > _VERSION:
        raise FileRefused(
            _("The version is longer than %(most)d characters. Make it shorter.")
            % {"most": _VERSION}
        )
