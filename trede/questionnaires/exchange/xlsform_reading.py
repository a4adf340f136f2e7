"""From an XLSForm, the spreadsheet in which many survey programs are told their
questions, to an instrument of Trede.

Rows that no program could follow (a group that never ends, a list that is not there)
refuse the file, all of them named with sheet, row and column. What is sound but has no
counterpart here is listed by question, and the rest is taken over.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from django.utils.translation import gettext as _

from trede.questionnaires.definition import (
    Condition,
    Demand,
    Kind,
    Option,
    PartKind,
    Question,
    Questionnaire,
    Test,
)
from trede.questionnaires.exchange.carried import FileRefused, Imported
from trede.questionnaires.exchange.fixed_words import fixed_words
from trede.questionnaires.exchange.sheets import Grid, read_sheets
from trede.questionnaires.exchange.xlsform_choices import blame_doubles, read_lists
from trede.questionnaires.exchange.xlsform_conditions import Earlier, demands_of
from trede.questionnaires.exchange.xlsform_expression import NotUnderstood
from trede.questionnaires.exchange.xlsform_finishing import finished
from trede.questionnaires.exchange.xlsform_question import (
    LONGEST,
    YES,
    Asked,
    Form,
    ask,
)
from trede.questionnaires.exchange.xlsform_rest import (
    leave_of_file,
    leave_rest,
    leave_unknown,
)
from trede.questionnaires.exchange.xlsform_scores import read_head, read_scores
from trede.questionnaires.exchange.xlsform_sections import Codes, Group, Sections
from trede.questionnaires.exchange.xlsform_table import (
    Mistakes,
    Row,
    Table,
    read_table,
)
from trede.questionnaires.exchange.xlsform_trying import NeverHolds
from trede.questionnaires.exchange.xlsform_types import (
    Base,
    Type,
    edge_of,
    type_of,
    why_not_asked,
)
from trede.questionnaires.exchange.xlsform_words import Words

OTHER = "other"
_EMPTY = Table("", (), ())


def is_xlsform(sheets: Mapping[str, Grid]) -> bool:
    return _survey(sheets) is not None


def read_xlsform(content: bytes, name: str) -> Imported:
    sheets = read_sheets(content, name)
    grid = _survey(sheets)
    if grid is None:
        raise FileRefused(
            _(
                "“%(name)s” has no sheet “survey” with a column “type”. Give the sheet"
                " with the questions that name; see the manual for the columns."
            )
            % {"name": name}
        )
    return _Reading(sheets, read_table(grid), name).imported()


def _survey(sheets: Mapping[str, Grid]) -> Grid | None:
    """The sheet with the questions; a workbook of one sheet may call it anything."""
    only = next(iter(sheets.values())) if len(sheets) == 1 else None
    grid = sheets.get("survey", only)
    if grid is None:
        return None
    named = {column.name for column in read_table(grid).columns}
    return grid if "type" in named else None


@dataclass
class _Counts:
    groups: int = 0
    carried: int = 0
    by_type: Counter[str] = field(default_factory=Counter)


class _Reading:
    def __init__(self, sheets: Mapping[str, Grid], survey: Table, name: str) -> None:
        self.name = name
        self.survey = survey
        self.choices = _table(sheets, "choices", "choices and columns", "columns")
        outside = _table(sheets, "external_choices")
        self.settings = _first_row(_table(sheets, "settings"))
        self.head, self.scores = _table(sheets, "trede"), _table(sheets, "scores")
        mistakes = Mistakes()
        lists = read_lists(self.choices, mistakes)
        if self.settings.cell("allow_choice_duplicates").lower() not in YES:
            blame_doubles(self.choices, lists, mistakes)
        tables = (survey, self.choices, outside)
        words = Words.of(
            tables, self.settings.cell("default_language"), exact=bool(self.head.rows)
        )
        lists |= read_lists(outside, mistakes)
        self.form = Form(survey, lists, words, mistakes)
        self.answers = sum(map(len, lists.values()))
        # The standard has one title, whatever the languages.
        title = words.text(self.settings, "title")
        self.title = words.plain(
            title.words[0][1] if title else self.settings.cell("id") or _stem(name)
        )
        leave_of_file(self.form, self.settings, sheets)
        self.sections = Sections(self.title)
        self.codes = Codes()
        self.counts = _Counts()
        # What was asked before in each part, by the name that the file gives it.
        self.earlier: dict[PartKind, dict[str, Earlier]] = {}
        self.names: set[tuple[int, str]] = set()

    def imported(self) -> Imported:
        for row in self.survey.rows:
            self._row(row)
        for group in self.sections.open:
            self.form.blame(
                group.row,
                "type",
                _("This group has no end."),
                _("Write a row “end %(what)s” below it.") % {"what": group.what},
            )
        self.form.mistakes.refuse_if_any(self.name)
        leave_unknown(self.form, self.choices)
        questionnaire = self._questionnaire()
        counts = self.counts
        words = self.form.words
        return Imported(
            format="xlsform",
            version=self.settings.cell("version"),
            title=self.title.read_in(words.base),
            languages=words.languages,
            groups=counts.groups,
            questions=counts.by_type.total(),
            subquestions=0,
            answers=self.answers,
            by_type=dict(counts.by_type),
            carried=counts.carried,
            not_carried=tuple(dict.fromkeys(self.form.left)),
            questionnaire=questionnaire,
        )

    def _questionnaire(self) -> Questionnaire | None:
        parts = self.sections.parts()
        if not parts:
            return None
        head = read_head(self.head, self.form)
        built = Questionnaire(
            code=Codes().free(self.settings.cell("id") or _stem(self.name), "form"),
            version=self.settings.cell("version") or "1",
            title=head.title or self.title,
            languages=self.form.words.languages,
            # In words that hang on nobody's language: the same file is one version.
            source=head.source or "XLSForm",
            licence=head.licence or "unknown",
            parts=parts,
            scores=read_scores(self.scores, self.form),
        )
        self.form.mistakes.refuse_if_any(self.name)
        return finished(built, self.form)

    def _row(self, row: Row) -> None:
        written = row.cell("type")
        if row.cell("disabled").lower() in YES or not row.cells:
            return
        if not written:
            if row.cell("name") or "label" in row.words:
                self.form.blame(
                    row,
                    "type",
                    _("This row has no type."),
                    _("Write what is asked for, such as text or select_one list."),
                )
            return
        edge = edge_of(written)
        if edge is not None:
            self._edge(row, *edge)
            return
        of = type_of(written)
        self.counts.by_type[of.word] += 1
        if self._is_named(row, of):
            self._item(row, of)

    def _is_named(self, row: Row, of: Type) -> bool:
        name = row.cell("name")
        # Within one group a name stands once; groups are told apart by their row.
        place = self.sections.open[-1].row.number if self.sections.open else 0
        if not name and of.base in (Base.NOTE, Base.NOT_ASKED):
            return True
        if not name:
            self.form.blame(
                row,
                "name",
                _("This row has no name."),
                _("Write a short code: letters, digits and _."),
            )
        elif (place, name) in self.names:
            self.form.blame(
                row,
                "name",
                _("“%(name)s” stands here twice.") % {"name": name},
                _("Give one of the two another name."),
            )
            return False
        self.names.add((place, name))
        return bool(name)

    def _edge(self, row: Row, edge: str, what: str) -> None:
        if edge == "begin":
            self.counts.groups += 1
            self._begin(row, what)
        elif self.sections.open and self.sections.open[-1].what == what:
            leave_rest(self.form, self.sections.open.pop().row)
        else:
            self.form.blame(
                row,
                "type",
                _("Here a group ends that does not begin."),
                _("Write a row “begin %(what)s” above it, or remove this row.")
                % {"what": what},
            )

    def _begin(self, row: Row, what: str) -> None:
        if not self._is_named(row, Type(what, Base.TEXT)):
            return
        if what == "repeat":
            self.form.leave(row, row.cell("type"), _("its questions are asked once"))
        part = self.sections.part
        written = row.cell("trede_part")
        if written in set(PartKind):
            part = PartKind(written)
        elif written:
            self.form.blame(
                row,
                "trede_part",
                _("“%(part)s” is not a part.") % {"part": written},
                _("Choose from: %(names)s.") % {"names": ", ".join(PartKind)},
            )
        title = self.form.words.text(row, "label")
        self.sections.open.append(Group(row, what, title, part))

    def _item(self, row: Row, of: Type) -> None:
        if of.base in (Base.NOTE, Base.CONFIRM):
            self._note(row, of)
        elif of.base is Base.NOT_ASKED:
            self.form.leave(row, f"type: {row.cell('type')}", why_not_asked(of))
        elif of.base in (Base.ONE, Base.SEVERAL) and of.listed not in self.form.lists:
            self.form.blame(
                row,
                "type",
                _("There is no list “%(list)s”.") % {"list": of.listed},
                _("Write its answers on the sheet “choices”."),
            )
        else:
            self._question(row, of)
        leave_rest(self.form, row)

    def _note(self, row: Row, of: Type) -> None:
        text = self.form.words.text(row, "label") or self.form.words.text(row, "hint")
        if text is None:
            return
        self.counts.carried += 1
        kind, part = row.cell("trede_kind"), self.sections.part
        if kind == "intro":
            self.sections.intros[part] = text
        elif kind == "outro":
            self.sections.outros[part] = text
        else:
            self.sections.note(text)
        if of.base is Base.CONFIRM:
            self.form.leave(row, of.word, _("shown as text, without confirming"))
        if row.cell("relevant"):
            self.form.leave_cell(row, "relevant", _("the text is shown to everybody"))

    def _question(self, row: Row, of: Type) -> None:
        code = self.codes.free(row.cell("name"), "question")
        if code != row.cell("name").lower():
            why = _("in Trede it is called “%(code)s”") % {"code": code}
            self.form.leave_cell(row, "name", why)
        part = self.sections.part
        try:
            when = self._asked_when(row, part)
        except NeverHolds as never:
            self.form.leave_cell(row, "relevant", _never(never))
            return
        by_person = part is PartKind.CORE
        asked = ask(self.form, row, of, code=code, by_person=by_person)
        if asked is None:
            return
        self.counts.carried += 1
        question = replace(asked.question, asked_when=when)
        if of.or_other:
            question = replace(question, options=self._with_other(question))
            asked = replace(asked, codes={OTHER: OTHER, **asked.codes})
        self._add(row.cell("name"), replace(asked, question=question), part)
        if of.or_other:
            self._add("", Asked(self._which_other(question)), part)

    def _add(self, name: str, asked: Asked, part: PartKind) -> None:
        self.sections.add(asked.question)
        if name:
            known = self.earlier.setdefault(part, {})
            known[name] = Earlier(asked.question, asked.codes)

    def _asked_when(self, row: Row, part: PartKind) -> tuple[Demand, ...]:
        """Its own condition and those of the groups round it."""
        found: list[Demand] = []
        for one in (*(group.row for group in self.sections.open), row):
            if not one.cell("relevant"):
                continue
            try:
                found += demands_of(one.cell("relevant"), self.earlier.get(part, {}))
            except NeverHolds:
                raise
            except NotUnderstood as problem:
                why = _("%(why)s; so this is asked of everybody") % {"why": problem}
                self.form.leave_cell(one, "relevant", why)
        return tuple(found)

    def _with_other(self, question: Question) -> tuple[Option, ...]:
        if any(option.value == OTHER for option in question.options):
            return question.options
        return (
            *question.options,
            Option(OTHER, fixed_words("other", self.form.words.languages)),
        )

    def _which_other(self, question: Question) -> Question:
        return Question(
            code=self.codes.free(f"{question.code}_other", "question"),
            kind=Kind.TEXT,
            text=fixed_words("which_other", self.form.words.languages),
            longest=LONGEST[Kind.TEXT],
            asked_when=(Condition(question.code, Test.IS, (OTHER,)),),
            optional=True,
            may_refuse=question.may_refuse,
        )


def _stem(name: str) -> str:
    return PurePath(name).stem


def _never(never: NeverHolds) -> str:
    return _("%(why)s, so the question is never asked") % {"why": never}


def _table(sheets: Mapping[str, Grid], *names: str) -> Table:
    """The first of these sheets that is there; older forms call some otherwise."""
    found = (read_table(sheets[name]) for name in names if name in sheets)
    return next(found, _EMPTY)


def _first_row(table: Table) -> Row:
    return table.rows[0] if table.rows else Row(0, {}, {})
