"""What else stands in a row of an XLSForm, said plainly: nothing is lost unseen.

A column that steers other programs is named at each question that uses it, with the
reason why it stays behind; a column that only its author knows is named once.
"""

import re
from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trede.questionnaires.exchange import xlsform_choices
from trede.questionnaires.exchange.xlsform_question import Form
from trede.questionnaires.exchange.xlsform_table import SPOKEN, Row, Table
from trede.questionnaires.exchange.xlsform_types import Base, edge_of, type_of

# Looked at where the question is made.
_TAKEN = frozenset(
    {"type", "name", "relevant", "constraint", "required", "choice_filter", "disabled"}
    | {"trede_kind", "trede_part", "trede_may_not_know", "trede_may_speak"}
)
_SAID = frozenset({"label", "hint", "guidance_hint", "trede_low", "trede_high"})
_TAKEN_LOOKS = frozenset({"multiline", "likert", "year", "autocomplete", "minimal"})
_TAKEN_PARAMETERS = frozenset({"start", "end", "step", "rows", "tick_labelset"})
_SETTINGS = frozenset(
    {"title", "id", "version", "default_language", "allow_choice_duplicates", "name"}
)
_OWN_WORDS = gettext_lazy("Trede says itself what an answer must be")
_MEDIA = gettext_lazy("the file is not in the spreadsheet")
_REASONS: Mapping[str, Promise] = {
    "appearance": gettext_lazy("Trede shows every question in its own way"),
    "parameters": gettext_lazy("Trede shows every question in its own way"),
    "default": gettext_lazy("nothing is filled in beforehand"),
    "read_only": gettext_lazy("every question that is asked can be answered"),
    "calculation": gettext_lazy("Trede does not calculate while asking"),
    "trigger": gettext_lazy("Trede does not calculate while asking"),
    "repeat_count": gettext_lazy("its questions are asked once"),
    "save_to": gettext_lazy("answers are kept with the person's sitting only"),
    "constraint_message": _OWN_WORDS,
    "required_message": _OWN_WORDS,
    "image": _MEDIA,
    "big-image": _MEDIA,
    "audio": _MEDIA,
    "video": _MEDIA,
}


def leave_rest(form: Form, row: Row) -> None:
    """List what the row says in columns that Trede has no counterpart for."""
    written = type_of(row.cell("type"))
    if written.base is Base.NOT_ASKED and edge_of(row.cell("type")) is None:
        # The whole row stays behind, which has been said.
        return
    for column in row.cells:
        if column in _REASONS and not _is_taken(row, column):
            form.leave_cell(row, column, str(_REASONS[column]))
    for column, words in row.words.items():
        if column in _REASONS:
            said = next(iter(words.values()))
            form.leave(row, f"{column}: {said[:80]}", str(_REASONS[column]))
    for what, why in form.words.left:
        form.leave(row, what, why)
    form.words.left.clear()


def leave_unknown(form: Form, choices: Table) -> None:
    """List columns that neither the standard nor Trede knows, once each."""
    known = _TAKEN | _SAID | SPOKEN | _REASONS.keys()
    _leave_columns(form, form.survey, known)
    named_in_filters = " ".join(row.cell("choice_filter") for row in form.survey.rows)
    also = {
        column.name
        for column in choices.columns
        if column.name in named_in_filters.lower()
    }
    _leave_columns(form, choices, xlsform_choices.KNOWN | {"label"} | also)


def leave_of_file(form: Form, settings: Row, sheets: Collection[str]) -> None:
    """List what belongs to no row: words of the whole, settings, other sheets."""
    for what, why in form.words.left:
        form.leave_of("", what, why)
    form.words.left.clear()
    for name, value in settings.cells.items():
        if name not in _SETTINGS:
            form.leave_of("", f"{name}: {value}", _("Trede has no such setting"))
    for name in sheets:
        if name in ("entities", "osm"):
            what = _("sheet “%(sheet)s”") % {"sheet": name}
            form.leave_of("", what, _("it is not read"))


def _leave_columns(form: Form, table: Table, known: frozenset[str] | set[str]) -> None:
    used = {name for row in table.rows for name in (*row.cells, *row.words)}
    for column in table.columns:
        if column.name in used and column.name not in known:
            why = _MEDIA if column.name in _REASONS else None
            what = _("column “%(column)s” on the sheet “%(sheet)s”") % {
                "column": column.written,
                "sheet": table.sheet,
            }
            form.leave_of("", what, str(why or _("Trede does not know this column")))


def _is_taken(row: Row, column: str) -> bool:
    if column == "appearance":
        return set(row.cell(column).split()) <= _TAKEN_LOOKS
    if column == "parameters":
        pairs = filter(None, re.split(r"[\s,;]+", row.cell(column)))
        return {pair.split("=")[0] for pair in pairs} <= _TAKEN_PARAMETERS
    return False
