"""The rows to check as a file for the department that supplied the list.

A cell that a spreadsheet would take for a formula is written so that it stays text.
"""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from trede.inflow.checking import Findings, Perhaps, ToCheck
from trede.inflow.list_words import dutch_date

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(findings: Findings) -> str:
    target = io.StringIO()
    # A spreadsheet in Dutch expects semicolons, and the mark that says UTF-8.
    target.write("\ufeff")
    writer = csv.writer(target, delimiter=";")
    writer.writerow([_("Row"), _("Column"), _("What stands there"), _("Why")])
    for one in findings.to_check:
        writer.writerow([escaped(cell) for cell in _cells(one)])
    for perhaps in findings.perhaps:
        writer.writerow([escaped(cell) for cell in _cells_perhaps(perhaps)])
    return target.getvalue()


def escaped(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def csv_line(cells: Iterable[str]) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerow(escaped(cell) for cell in cells)
    return target.getvalue()


def _cells(one: ToCheck) -> tuple[str, ...]:
    return (str(one.row), one.column, one.value, one.why)


def _cells_perhaps(one: Perhaps) -> tuple[str, ...]:
    shown = f"{one.name}, {dutch_date(one.birth_date)}"
    return (str(one.row), "", shown, _("May be somebody who is known already."))
