"""An instrument as an XLSForm that other survey software takes, and that reads back
here as the very same instrument.

What the standard has no place for stands in columns of our own (`trede_kind`) and on
two sheets of our own (`trede`, `scores`), which other software passes over.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from django.utils.translation import gettext as _

from trede.accounts.refusing import Refused
from trede.languages import language_of
from trede.questionnaires.definition import (
    Kind,
    Option,
    PartKind,
    Question,
    Questionnaire,
    Section,
    Text,
)
from trede.questionnaires.exchange.xlsform_bounds import only_alone
from trede.questionnaires.exchange.xlsform_conditions import as_relevant

# What fits into one cell of a spreadsheet.
_LONGEST_CELL = 32_767
_TYPES: Mapping[Kind, str] = {
    Kind.SINGLE: "select_one",
    Kind.YES_NO: "select_one",
    Kind.LABELLED_SCALE: "select_one",
    Kind.COUNTRY: "select_one",
    Kind.MULTIPLE: "select_multiple",
    Kind.SCALE_0_10: "range",
    Kind.NUMBER: "integer",
    Kind.YEAR: "integer",
    Kind.HOURS: "integer",
    Kind.DATE: "date",
    Kind.TEXT: "text",
    Kind.LONG_TEXT: "text",
}
_LOOKS = {
    Kind.LABELLED_SCALE: "likert",
    Kind.COUNTRY: "minimal autocomplete",
    Kind.LONG_TEXT: "multiline",
}
_SURVEY = ("type", "name", "label", "hint", "guidance_hint", "required", "relevant")
_MORE = ("constraint", "appearance", "parameters", "trede_kind", "trede_part")
_OURS = ("trede_low", "trede_high", "trede_may_not_know", "trede_may_speak")
_WORDS = frozenset({"label", "hint", "guidance_hint", "trede_low", "trede_high"})

Line = dict[str, str | Text | None]


def as_xlsform(questionnaire: Questionnaire) -> bytes:
    """The workbook (XLSX). Refused when a text does not fit into a cell."""
    languages = questionnaire.languages
    lists = _Lists()
    asked = {question.code: question for question in questionnaire.questions}
    survey = list(_survey(questionnaire, lists, asked))
    sheets = {
        "survey": ((*_SURVEY, *_MORE, *_OURS), survey),
        "choices": (("list_name", "name", "label", "trede_picture"), lists.lines),
        "settings": _settings(questionnaire),
        "trede": (("key", "label"), list(_head(questionnaire))),
        "scores": (
            ("code", "label", "items", "reversed", "combine", "at_least"),
            list(_scores(questionnaire)),
        ),
    }
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, (columns, lines) in sheets.items():
            if lines:
                _write(book.add_worksheet(name), columns, lines, languages)
    return content.getvalue()


@dataclass
class _Lists:
    """The lists of answers; questions with the same answers share one."""

    names: dict[tuple[Option, ...], str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def name_of(self, question: Question) -> str:
        options = question.options
        if options not in self.names:
            self.names[options] = question.code
            self.lines += [
                {
                    "list_name": question.code,
                    "name": str(option.value),
                    "label": option.text,
                    "trede_picture": option.picture,
                }
                for option in options
            ]
        return self.names[options]


def _survey(
    questionnaire: Questionnaire, lists: _Lists, asked: Mapping[str, Question]
) -> Iterator[Line]:
    for part in questionnaire.parts:
        yield {
            "type": "begin group",
            "name": f"{part.kind}.part",
            "label": questionnaire.title,
            "trede_part": part.kind,
        }
        yield from _note(part.kind, "intro", part.intro)
        for section in part.sections:
            yield from _section(section, lists, asked)
        yield from _note(part.kind, "outro", part.outro)
        yield {"type": "end group"}


def _note(part: PartKind, kind: str, text: Text | None) -> Iterator[Line]:
    if text is not None:
        yield {
            "type": "note",
            "name": f"{part}.{kind}",
            "label": text,
            "trede_kind": kind,
        }


def _section(
    section: Section, lists: _Lists, asked: Mapping[str, Question]
) -> Iterator[Line]:
    yield {
        "type": "begin group",
        "name": f"{section.code}.section",
        "label": section.title,
    }
    if section.intro is not None:
        yield {
            "type": "note",
            "name": f"{section.code}.intro",
            "label": section.intro,
        }
    for question in section.questions:
        yield _question(question, lists, asked)
    yield {"type": "end group"}


def _question(question: Question, lists: _Lists, asked: Mapping[str, Question]) -> Line:
    kind = question.kind
    listed = f" {lists.name_of(question)}" if question.options else ""
    return {
        "type": _TYPES[kind] + listed,
        "name": question.code,
        "label": question.text,
        "hint": question.hint,
        "guidance_hint": question.explanation,
        "required": "" if question.optional else "yes",
        "relevant": as_relevant(question.asked_when, asked),
        "constraint": _constraint(question),
        "appearance": _LOOKS.get(kind, ""),
        "parameters": "start=0 end=10 step=1" if kind is Kind.SCALE_0_10 else "",
        "trede_kind": kind,
        "trede_low": question.low,
        "trede_high": question.high,
        "trede_may_not_know": "yes" if question.may_not_know else "",
        "trede_may_speak": "yes" if question.may_speak else "",
    }


def _constraint(question: Question) -> str:
    if question.exclusive:
        return only_alone(sorted(question.exclusive))
    if question.longest is not None:
        return f"string-length(.) <= {question.longest}"
    if question.at_most is None or question.kind is Kind.SCALE_0_10:
        return ""
    return f". >= {question.at_least or 0} and . <= {question.at_most}"


def _settings(questionnaire: Questionnaire) -> tuple[Sequence[str], list[Line]]:
    base = questionnaire.languages[0]
    line: Line = {
        "form_title": questionnaire.title.read_in(base),
        "form_id": questionnaire.code,
        "version": questionnaire.version,
        "default_language": _named(base),
    }
    return tuple(line), [line]


def _head(questionnaire: Questionnaire) -> Iterator[Line]:
    base = questionnaire.languages[0]
    yield {"key": "title", "label": questionnaire.title}
    yield {"key": "source", "label": Text(((base, questionnaire.source),))}
    yield {"key": "licence", "label": Text(((base, questionnaire.licence),))}


def _scores(questionnaire: Questionnaire) -> Iterator[Line]:
    for score in questionnaire.scores:
        yield {
            "code": score.code,
            "label": score.title,
            "items": " ".join(score.items),
            "reversed": " ".join(score.reversed),
            "combine": score.combine,
            "at_least": str(score.at_least),
        }


def _named(language: str) -> str:
    """As other software names a language: `Nederlands (nl)`."""
    known = language_of(language)
    return f"{known.own_name} ({known.code})"


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    columns: Iterable[str],
    lines: Sequence[Line],
    languages: Sequence[str],
) -> None:
    heads: list[tuple[str, str]] = []
    for column in columns:
        if any(line.get(column) for line in lines):
            spoken = column in _WORDS
            heads += [(column, one) for one in (languages if spoken else ("",))]
    for place, (column, language) in enumerate(heads):
        head = f"{column}::{_named(language)}" if language else column
        sheet.write_string(0, place, head)
        sheet.set_column(place, place, 40 if language else 16)
        for number, line in enumerate(lines, start=1):
            if words := _cell(line.get(column), language):
                # Always as words: a text that begins with “=” is no formula.
                sheet.write_string(number, place, words)
    sheet.freeze_panes(1, 0)


def _cell(value: str | Text | None, language: str) -> str:
    words = dict(value.words).get(language, "") if isinstance(value, Text) else value
    if len(words or "") > _LONGEST_CELL:
        raise Refused(
            _("A text is longer than fits into a cell: “%(start)s…”. Make it shorter.")
            % {"start": (words or "")[:60]}
        )
    return words or ""
