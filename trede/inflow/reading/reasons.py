"""Why a file is refused, a row rejected or a value corrected, in plain words.

A reason is a code with parameters, so that a program can count it and a screen can
say it in the reader's language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trede.inflow.reading.field_names import FIELD_NAMES

Params = tuple[tuple[str, str], ...]

# One sentence says what is wrong, the next what to do about it.
REFUSALS: dict[str, Promise] = {
    "empty": _("The file is empty. Export the list again and upload that file."),
    "too_large": _(
        "The file is larger than %(limit)s MB. Remove pictures and unused sheets, or "
        "split the list."
    ),
    "too_large_unpacked": _(
        "Unpacked, this workbook is larger than a list of people can be. Copy only "
        "the list to a new workbook and upload that."
    ),
    "too_many_columns": _(
        "The file has %(count)s columns; at most %(limit)s can be read. Keep only the "
        "columns of the list."
    ),
    "too_many_rows": _(
        "The file has more than %(limit)s rows. Split the list into smaller files."
    ),
    "pdf": _(
        "This is a PDF. Ask for the list as a spreadsheet (XLSX) or as text (CSV)."
    ),
    "document": _(
        "This is a text document, not a list. Copy the table to a spreadsheet and "
        "save that as XLSX or CSV."
    ),
    "archive": _(
        "This is a compressed file. Unpack it and upload the list that is in it."
    ),
    "picture": _(
        "This is a picture. Ask for the list as a spreadsheet (XLSX) or text (CSV)."
    ),
    "web_page": _(
        "This file calls itself a spreadsheet but holds a web page or XML. Open it in "
        "your spreadsheet program and save it as XLSX."
    ),
    "password": _(
        "The workbook is protected with a password. Save it without a password and "
        "upload it again."
    ),
    "workbook_broken": _(
        "The workbook is damaged and cannot be opened. Open it in your spreadsheet "
        "program, save it again as XLSX and upload that."
    ),
    "workbook_too_slow": _(
        "The workbook takes too long to read. Save the list as CSV and upload that."
    ),
    "not_text": _(
        "This file is not a spreadsheet and not readable text. Save the list as XLSX "
        "or CSV and upload that."
    ),
    "no_header": _(
        "No row with column names was found. Put names such as BSN, Achternaam and "
        "Geboortedatum above the columns."
    ),
    "no_rows": _("There are column names but no rows below them. Check the export."),
    "no_identity": _(
        "No column with BSNs was recognised, nor columns with both name and date of "
        "birth. Choose these columns, or add them to the list."
    ),
    "no_name": _(
        "No column with names was recognised. Choose it, or add it to the list."
    ),
    "mapping_field": _("There is no field “%(field)s”. Known are: %(known)s."),
    "mapping_source": _(
        "There is no column “%(source)s” in this file. The columns are: %(known)s."
    ),
}

REJECTIONS: dict[str, Promise] = {
    "bsn_fails_test": _(
        "This number is not a BSN: it does not pass the eleven test. Look it up again."
    ),
    "bsn_digits_swapped": _(
        "This number is not a BSN: it does not pass the eleven test. Perhaps two "
        "neighbouring digits were swapped. Look it up again."
    ),
    "bsn_length": _("A BSN has nine digits; here are %(digits)s. Look it up again."),
    "bsn_unreadable": _("This is not a BSN. Fill in nine digits."),
    "bsn_damaged": _(
        "A spreadsheet turned this BSN into a rounded number; the digits are lost. "
        "Export the list again with this column as text."
    ),
    "date_no_such_day": _(
        "%(date)s does not exist. Does the department mean %(first)s or %(second)s?"
    ),
    "date_swapped": _(
        "%(date)s does not exist. Does the department mean %(first)s, with day and "
        "month the other way round?"
    ),
    "date_impossible": _("%(date)s does not exist. Look the date up again."),
    "date_unreadable": _(
        "This is not a date that can be read. Write it as day-month-year."
    ),
    "date_unlikely": _("The year %(year)s cannot be right. Look the date up again."),
    "birth_in_future": _(
        "This date of birth is after the reference date. Look the date up again."
    ),
    "name_missing": _("There is no name. Fill in at least the surname."),
    "identity_missing": _(
        "There is no BSN, and without a BSN both the name and the date of birth are "
        "needed. Fill in what is missing."
    ),
    "totals_row": _("This is a row with totals, not a person."),
    "header_repeated": _("This row repeats the column names."),
    "not_a_person": _("This row holds a remark, not a person."),
    "too_many_cells": _(
        "This row has more cells than there are columns, so values may stand in the "
        "wrong column. Put text that contains the separator between quotes."
    ),
}

CORRECTIONS: dict[str, Promise] = {
    "bsn_zeros_added": _("Leading zeros were lost and are put back."),
    "bsn_absent": _("There is no BSN. The person is known by name and birth date."),
    "date_two_digit_year": _("The year has two digits; read as %(date)s."),
    "date_serial": _("A spreadsheet's day number; read as %(date)s."),
    "date_month_first": _("The month stands first in this column; read as %(date)s."),
    "date_zero_added": _("A leading zero was lost; read as %(date)s."),
    "date_incomplete": _("The date is not complete; known is %(date)s."),
    "date_after_reference": _("This date is after the reference date."),
    "telephone_dropped": _("This is not a telephone number; it is left out."),
    "telephone_first": _("Of several telephone numbers only the first is kept."),
    "email_dropped": _("This is not an e-mail address; it is left out."),
    "postcode_dropped": _("This is not a Dutch postcode; it is left out."),
    "sex_unread": _("This is not a known way to write the sex; left unknown."),
    "yes_no_unread": _("This is neither yes nor no; left unknown."),
    "country_unread": _("This country is not recognised; its name is kept."),
    "name_split": _("One name was divided into its parts: %(parts)s."),
    "text_repaired": _("Wrongly converted letters were repaired: %(text)s."),
    "text_damaged": _("Letters were lost in an earlier conversion. Look the name up."),
    "text_shortened": _("The text was longer than fits and was cut off."),
}

COLUMN_REASONS: dict[str, Promise] = {
    "named": _("Recognised by its name."),
    "named_like": _("Its name looks like a known one."),
    "content": _("Recognised by what is in it."),
    "named_only": _("Recognised by its name, but few of its values fit."),
    "chosen": _("Chosen by you."),
    "claimed": _("Another column fits “%(field)s” better: %(source)s."),
    "not_needed": _("Not needed, so not kept."),
    "unknown": _("Not recognised, so not kept. Choose a field if it is needed."),
    "nothing_in_it": _("There is nothing in this column."),
}

TEXTS = {**REFUSALS, **REJECTIONS, **CORRECTIONS, **COLUMN_REASONS}


def params_of(**params: object) -> Params:
    return tuple((name, str(value)) for name, value in params.items())


def reason_text(code: str, params: Params | Mapping[str, str] = ()) -> str:
    """The reason in words, in the language that is active now."""
    known = dict(params)
    if known.get("field") in FIELD_NAMES:
        known["field"] = str(FIELD_NAMES[known["field"]])
    return str(TEXTS[code]) % known


class Problem(NamedTuple):
    """What is wrong with a single value, before it is known where it stands."""

    code: str
    params: Params = ()


class Note(NamedTuple):
    """A correction or a rejection, at its place in the file (rows count from 1)."""

    row: int
    column: str
    value: str
    code: str
    params: Params = ()

    @property
    def text(self) -> str:
        return reason_text(self.code, self.params)


@dataclass(eq=False)
class Refused(Exception):
    """The whole file cannot be used; `columns` holds what was recognised so far."""

    code: str
    params: Params = ()
    columns: Sequence[object] = field(default=())

    def __str__(self) -> str:
        return reason_text(self.code, self.params)
