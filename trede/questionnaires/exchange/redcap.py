"""An instrument as a REDCap data dictionary: a CSV file with its eighteen columns.

REDCap has one language, no buttons for leaving a question open and no introduction of
a section. So the ways out become answers with the numbers that the dataset uses too,
and an introduction becomes a field that only describes.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from trede.questionnaires.answering import NOT_TICKED, Missing, offered
from trede.questionnaires.definition import (
    Condition,
    Demand,
    Joint,
    Kind,
    Part,
    PartKind,
    Question,
    Questionnaire,
    Section,
    Test,
    Text,
    Together,
    Value,
)
from trede.questionnaires.exchange.fixed_words import fixed_words
from trede.questionnaires.exchange.missing_codes import CODES

COLUMNS = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
_NAME, _FORM, _HEADER, _TYPE, _LABEL, _CHOICES, _NOTE, _VALIDATION = COLUMNS[:8]
_LEAST, _MOST, _IDENTIFIER, _BRANCHING, _REQUIRED, _ALIGNMENT = COLUMNS[8:14]
_ANNOTATION = COLUMNS[-1]
_RECORD = "record_id"
_TYPES: Mapping[Kind, str] = {
    Kind.SINGLE: "radio",
    Kind.YES_NO: "radio",
    Kind.LABELLED_SCALE: "radio",
    Kind.SCALE_0_10: "radio",
    Kind.COUNTRY: "dropdown",
    Kind.MULTIPLE: "checkbox",
    Kind.NUMBER: "text",
    Kind.YEAR: "text",
    Kind.HOURS: "text",
    Kind.DATE: "text",
    Kind.TEXT: "text",
    Kind.LONG_TEXT: "notes",
}
_VALIDATIONS = {Kind.DATE: "date_dmy"} | dict.fromkeys(
    (Kind.NUMBER, Kind.YEAR, Kind.HOURS), "integer"
)
# Where the ways to give no answer stand among the answers.
_CHOSEN = frozenset(kind for kind, t in _TYPES.items() if t in ("radio", "dropdown"))
# Every yes or no in REDCap is a 1 or a 0, and so its own reports read it.
_YES_NO: Mapping[Value, str] = {"yes": "1", "no": "0"}
# Beyond this REDCap warns, and other programs cut the name off.
_LONGEST = 26
_PIPED = re.compile(r"\[(\w+)\]")
_FORMULA = ("=", "+", "-", "@", "\t")

Row = dict[str, str]


def as_redcap(questionnaire: Questionnaire, language: str = "") -> bytes:
    """The dictionary in one language, the first one when none is named."""
    rows = _Writing(questionnaire, language or questionnaire.languages[0]).rows()
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


@dataclass
class _Writing:
    questionnaire: Questionnaire
    language: str
    names: dict[str, str] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        taken: set[str] = {_RECORD}
        for question in self.questionnaire.questions:
            self.names[question.code] = _free(question.code, taken)
        yield {
            _NAME: _RECORD,
            _FORM: self._form(self.questionnaire.parts[0].kind),
            _TYPE: "text",
            _LABEL: "Record ID",
        }
        for part in self.questionnaire.parts:
            yield from self._part(part, taken)

    def _part(self, part: Part, taken: set[str]) -> Iterator[Row]:
        form = self._form(part.kind)
        yield from self._told(form, f"{part.kind}_intro", part.intro, taken)
        for section in part.sections:
            for row in self._section(section, form, taken):
                yield {_FORM: form, **row}
        yield from self._told(form, f"{part.kind}_outro", part.outro, taken)

    def _section(self, section: Section, form: str, taken: set[str]) -> Iterator[Row]:
        name = f"{section.code}_intro"
        rows = [
            *self._told(form, name, section.intro, taken),
            *(self._question(question) for question in section.questions),
        ]
        rows[0][_HEADER] = self._words(section.title)
        yield from rows

    def _told(
        self, form: str, name: str, text: Text | None, taken: set[str]
    ) -> Iterator[Row]:
        if text is not None:
            yield {
                _NAME: _free(name, taken),
                _FORM: form,
                _TYPE: "descriptive",
                _LABEL: self._words(text),
            }

    def _question(self, question: Question) -> Row:
        kind = question.kind
        bounded = _VALIDATIONS.get(kind) == "integer"
        return {
            _NAME: self.names[question.code],
            _TYPE: _TYPES[kind],
            _LABEL: self._words(question.text),
            _CHOICES: " | ".join(self._choices(question)),
            _NOTE: self._words(question.hint),
            _VALIDATION: _VALIDATIONS.get(kind, ""),
            _LEAST: str(question.at_least or 0) if bounded else "",
            _MOST: str(question.at_most) if bounded else "",
            _BRANCHING: " and ".join(map(self._demand, question.asked_when)),
            _REQUIRED: "" if question.may_skip else "y",
            _ALIGNMENT: "RH" if kind is Kind.SCALE_0_10 else "",
            _ANNOTATION: _alone(question),
        }

    def _choices(self, question: Question) -> Iterator[str]:
        if question.kind is Kind.SCALE_0_10:
            ends = {0: question.low, 10: question.high}
            for number in range(0, 11):
                end = self._label(ends.get(number))
                yield f"{number}, {number} {end}".rstrip()
        for option in question.options:
            yield f"{_code(question, option.value)}, {self._label(option.text)}"
        # A tick box beside the others would not rule them out.
        if question.options and question.kind is not Kind.MULTIPLE:
            for missing in offered(question):
                if missing is not Missing.SKIPPED:
                    words = fixed_words(missing, (self.language,))
                    yield f"{CODES[missing]}, {self._label(words)}"

    def _demand(self, demand: Demand) -> str:
        if isinstance(demand, Together):
            joint = " or " if demand.joint is Joint.ANY else " and "
            return f"({joint.join(map(self._demand, demand.of))})"
        return self._condition(demand)

    def _condition(self, condition: Condition) -> str:
        about = self.questionnaire.question(condition.question)
        name = self.names[about.code]
        if condition.test in (Test.ANSWERED, Test.NOT_ANSWERED):
            return _whether(about, name, answered=condition.needs_answer)
        if condition.test in (Test.AT_LEAST, Test.AT_MOST):
            return _within(about, name, condition)
        among = condition.test is Test.IS
        tests = [_test(about, name, value, among) for value in condition.values]
        joined = (" or " if among else " and ").join(tests)
        return f"({joined})" if len(tests) > 1 else joined

    def _form(self, part: PartKind) -> str:
        code = self.questionnaire.code
        return code if part is PartKind.CORE else f"{code}_{part}"

    def _words(self, text: Text | None) -> str:
        """One line that REDCap shows as it is: no tags, no piping, no formula."""
        if text is None:
            return ""
        words = text.read_in(self.language).replace("&", "&amp;").replace("<", "&lt;")
        words = _PIPED.sub(r"(\1)", words.replace("\n", "<br>"))
        return f" {words}" if words.startswith(_FORMULA) else words

    def _label(self, text: Text | None) -> str:
        """A label stands between bars and on one line."""
        return self._words(text).replace("|", "/").replace("<br>", " ").strip()


def _whether(about: Question, name: str, *, answered: bool) -> str:
    """A number that stands for a way out is no answer."""
    if about.kind is Kind.MULTIPLE:
        ticks = [_test(about, name, one.value, answered) for one in about.options]
        return f"({(' or ' if answered else ' and ').join(ticks)})"
    ways = [CODES[one] for one in offered(about) if one is not Missing.SKIPPED]
    empty = ["", *ways] if about.kind in _CHOSEN else [""]
    sign, joint = ("<>", " and ") if answered else ("=", " or ")
    tests = [f"[{name}] {sign} '{value}'" for value in empty]
    return f"({joint.join(tests)})" if len(tests) > 1 else tests[0]


def _within(about: Question, name: str, condition: Condition) -> str:
    """An open answer, and the number of a missing one, count as small in REDCap."""
    (limit,) = condition.values
    if condition.test is Test.AT_LEAST:
        return f"([{name}] <> '' and [{name}] >= {limit})"
    numbers = [value for value in about.values if isinstance(value, int)]
    least = min(numbers, default=about.at_least or 0)
    return f"([{name}] <> '' and [{name}] >= {least} and [{name}] <= {limit})"


def _test(about: Question, name: str, value: Value, among: bool) -> str:
    if about.kind is Kind.MULTIPLE:
        return f"[{name}({value})] = '{1 if among else 0}'"
    return f"[{name}] {'=' if among else '<>'} '{_code(about, value)}'"


def _code(question: Question, value: Value) -> str:
    if question.kind is Kind.YES_NO:
        return _YES_NO[value]
    # Nobody ticks an activity in REDCap: no hours is no activity.
    return "0" if value == NOT_TICKED and question.kind is Kind.HOURS else str(value)


def _alone(question: Question) -> str:
    """The tag by which REDCap lets an answer go with no other."""
    codes = ",".join(sorted(question.exclusive))
    return f"@NONEOFTHEABOVE='{codes}'" if codes else ""


def _free(code: str, taken: set[str]) -> str:
    """A name that REDCap takes: no double or last underscore, no name of its own, and
    short: a longer one is cut, and its place among the others shows which it is."""
    name = re.sub(r"_+", "_", code).strip("_")
    if name.startswith("redcap_") or name.endswith("_complete"):
        name = f"q_{name}_q"
    free, number = name[:_LONGEST].rstrip("_"), 2
    while free in taken:
        end = f"_{number}"
        free = name[: _LONGEST - len(end)].rstrip("_") + end
        number += 1
    taken.add(free)
    return free
