"""Our own sheets in an XLSForm: `trede` (what the standard has no place for) and
`scores`. Other programs pass over sheets that they do not know.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.questionnaires.definition import Combine, Score, Text
from trede.questionnaires.exchange.xlsform_question import Form
from trede.questionnaires.exchange.xlsform_table import Mistake, Row, Table


@dataclass(frozen=True)
class Head:
    title: Text | None = None
    source: str = ""
    licence: str = ""


def read_head(table: Table, form: Form) -> Head:
    rows = {row.cell("key"): row for row in table.rows}
    title = rows.get("title")
    return Head(
        title=form.words.text(title, "label") if title else None,
        source=_value(rows.get("source"), form),
        licence=_value(rows.get("licence"), form),
    )


def _value(row: Row | None, form: Form) -> str:
    if row is None:
        return ""
    said = form.words.text(row, "label")
    return said.read_in(form.words.base) if said else ""


def read_scores(table: Table, form: Form) -> tuple[Score, ...]:
    return tuple(_score(row, table, form) for row in table.rows)


def _score(row: Row, table: Table, form: Form) -> Score:
    items = tuple(row.cell("items").split())
    combine, least = row.cell("combine"), row.cell("at_least")
    if combine not in set(Combine):
        _blame(form, table, row, "combine", _("Write mean or sum."))
    if least and not least.isdecimal():
        _blame(form, table, row, "at_least", _("Write how many answers it needs."))
    return Score(
        code=row.cell("code"),
        title=form.words.text(row, "label") or form.words.plain(row.cell("code")),
        items=items,
        reversed=tuple(row.cell("reversed").split()),
        combine=Combine(combine) if combine in set(Combine) else Combine.MEAN,
        at_least=int(least) if least.isdecimal() else len(items),
    )


def _blame(form: Form, table: Table, row: Row, column: str, fix: str) -> None:
    what = _("“%(value)s” cannot be used here.") % {"value": row.cell(column)}
    form.mistakes.found.append(
        Mistake(table.sheet, row.number, table.place(column), what, fix)
    )
