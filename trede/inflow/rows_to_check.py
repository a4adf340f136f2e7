"""The rows to check as a file for the department that supplied the list."""

from django.utils.translation import gettext as _

from trede.accounts.list_file import csv_lines
from trede.inflow.checking import Findings, Perhaps, ToCheck
from trede.inflow.list_words import dutch_date


def as_csv(findings: Findings) -> str:
    rows = [
        *map(_cells, findings.to_check),
        *map(_cells_perhaps, findings.perhaps),
    ]
    heads = [_("Row"), _("Column"), _("What stands there"), _("Why")]
    return "".join(csv_lines(heads, rows))


def _cells(one: ToCheck) -> tuple[str, ...]:
    return (str(one.row), one.column, one.value, one.why)


def _cells_perhaps(one: Perhaps) -> tuple[str, ...]:
    shown = f"{one.name}, {dutch_date(one.birth_date)}"
    return (str(one.row), "", shown, _("May be somebody who is known already."))
