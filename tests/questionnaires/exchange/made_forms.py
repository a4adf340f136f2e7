"""XLSForms for the tests, written as the sheets that an author would fill."""

import io

import xlsxwriter

from trede.questionnaires.definition import Question
from trede.questionnaires.exchange.carried import Imported
from trede.questionnaires.exchange.opening import read_instrument


def workbook(**sheets: str) -> bytes:
    """A workbook: each sheet as lines of cells between bars, the headings first."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            lines = [line for line in table.splitlines() if line.strip()]
            for number, line in enumerate(lines):
                for place, cell in enumerate(line.split("|")):
                    sheet.write_string(number, place, cell.strip())
    return content.getvalue()


def imported(survey: str, choices: str = "", **sheets: str) -> Imported:
    all_sheets = {"survey": survey, "choices": choices, **sheets}
    content = workbook(**{name: it for name, it in all_sheets.items() if it})
    return read_instrument(content, "form.xlsx")


def asked(form: Imported, code: str) -> Question:
    assert form.questionnaire is not None
    return form.questionnaire.question(code)


def left(form: Imported) -> list[tuple[str, str, str]]:
    """What stayed behind, but for the language that most of these forms do not name."""
    return [
        (one.question, one.what, one.why) for one in form.not_carried if one.question
    ]
