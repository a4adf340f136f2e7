"""Small target lists for the tests, made by themselves, with invented people."""

import datetime
import io
from collections.abc import Sequence

import xlsxwriter

from trede.inflow.criteria import CriterionRule
from trede.inflow.reading.people import ListReading, read_list

ON = datetime.date(2020, 2, 1)
# These pass the eleven test and begin with 9999, which is never given to anybody.
BSNS = ("999990019", "999990020", "999990032", "999990044", "999990056", "999990068")
WITH_ZERO = "012345672"

NIJMEGEN = (
    CriterionRule("age", "age_at_least", {"years": 28}),
    CriterionRule("benefit_duration", "benefit_longer_than_months", {"months": 24}),
    CriterionRule("background", "background", {"countries": ["MA", "TR", "SO", "CW"]}),
    CriterionRule("settled", "settled_at_least_years", {"years": 5}),
    CriterionRule("status_approach", "flag_not", {"flag": "status_approach"}),
    CriterionRule("out_of_sight", "no_contact_for_months", {"months": 24}),
    CriterionRule("other_track", "none_running", {}),
)


def text_list(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines).encode(encoding)


def workbook(
    *sheets: tuple[str, Sequence[Sequence[object]]], date_format: str = "dd-mm-yyyy"
) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    as_date = book.add_format({"num_format": date_format})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(place, column, value, as_date)
                else:
                    sheet.write(place, column, value)
    book.close()
    return target.getvalue()


def read(data: bytes, **choices: dict[str, str]) -> ListReading:
    return read_list(data, name="list", on=ON, mapping=choices.get("mapping"))


def adds_up(reading: ListReading) -> bool:
    return reading.rows == (
        len(reading.records) + reading.rejected_rows + len(reading.duplicates)
    )


def codes(reading: ListReading) -> list[tuple[int, str]]:
    return [(note.row, note.code) for note in reading.rejected]
