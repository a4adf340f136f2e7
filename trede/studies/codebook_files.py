"""The codebook of a dataset as a file: for a spreadsheet, for an archive, for reading.

DDI Codebook is what data archives take in; the PDF is tagged, so that a screen reader
can go through it too. All three say the same.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trede.documents.typesetting import typeset
from trede.questionnaires.definition import Question, Text
from trede.questionnaires.exchange import ddi
from trede.questionnaires.exchange.missing_codes import CODES, NOT_NAMED
from trede.studies.codebook import Variable, codebook, reasons, status_code
from trede.studies.dataset import Dataset
from trede.studies.exporting import MEDIA_TYPES, codebook_as_csv
from trede.studies.models import Study

CODEBOOKS = {
    ".csv": MEDIA_TYPES[".csv"],
    ".xml": "application/xml",
    ".pdf": "application/pdf",
}
# A list of all countries would fill pages that nobody reads.
_MOST_VALUES = 40


def codebook_file(dataset: Dataset, study: Study, ending: str, *, on: date) -> bytes:
    """The whole file; `ending` is one of `CODEBOOKS`."""
    if ending == ".xml":
        return _as_ddi(dataset, study)
    if ending == ".pdf":
        return _as_pdf(dataset, study, on)
    return codebook_as_csv(dataset)


def _as_ddi(dataset: Dataset, study: Study) -> bytes:
    asked = {item.code: item.question for item in dataset.items}
    variables: list[ddi.Variable] = []
    for variable in codebook(dataset):
        variables.append(_described(variable, asked.get(variable.code)))
        if variable.missing:
            variables.append(_status(variable))
    about = ddi.Study(
        code=study.code,
        title=_said(study.pilot.name),
        version=dataset.data_hash[:12],
        source=study.pilot.municipality.name,
        cases=dataset.frame.height,
    )
    return ddi.as_ddi(about, (), variables)


def _described(variable: Variable, question: Question | None) -> ddi.Variable:
    categories = [
        ddi.Category(_spss(variable, code), _said(words))
        for code, words in variable.values.items()
    ]
    categories += [
        ddi.Category(
            str(CODES[code]) if variable.is_number else code, _said(words), True
        )
        for code, words in variable.missing.items()
    ]
    bounded = variable.is_number and question is not None
    return ddi.Variable(
        name=variable.code,
        label=_said(_whole_label(variable)),
        categories=tuple(categories),
        numeric=variable.is_number or variable.is_worked_out,
        continuous=variable.kind == "score" or (bounded and not variable.values),
        least=question.at_least if bounded and question else None,
        most=question.at_most if bounded and question else None,
        question=question.text if question else None,
    )


def _status(variable: Variable) -> ddi.Variable:
    return ddi.Variable(
        name=status_code(variable.code),
        label=_said(
            _("%(label)s – why there is no answer") % {"label": variable.label}
        ),
        categories=tuple(
            ddi.Category(code, _said(words)) for code, words in reasons().items()
        ),
    )


def _spss(variable: Variable, code: str) -> str:
    """Hours that were not named have a number of their own among numbers."""
    if variable.is_number and not code.isdecimal():
        return str(NOT_NAMED)
    return code


def _said(words: str) -> Text:
    return Text((((get_language() or "nl")[:2], words),))


def _as_pdf(dataset: Dataset, study: Study, on: date) -> bytes:
    rows = dataset.frame.height
    data = {
        "language": (get_language() or "nl")[:2],
        "direction": "ltr",
        "made_on": on.isoformat(),
        "municipality": study.pilot.municipality.name,
        "title": _("Codebook of %(pilot)s") % {"pilot": study.pilot.name},
        "lead": ngettext(
            "Made on %(day)s. The dataset has %(n)d row.",
            "Made on %(day)s. The dataset has %(n)d rows.",
            rows,
        )
        % {"day": date_format(on, "j F Y"), "n": rows},
        "why_title": _("Why an answer is missing"),
        "why": _(
            "Beside each question stands a second column with the reason. In SPSS the"
            " reason is a number as well."
        ),
        "heads": [_("In the data"), _("In SPSS"), _("Meaning")],
        "reasons": [
            [code, str(CODES[code]), words] for code, words in reasons().items()
        ],
        "variables_title": _("Variables"),
        "variables": [_printed(variable) for variable in codebook(dataset)],
    }
    return typeset("codebook", data)


def _whole_label(variable: Variable) -> str:
    return f"{variable.label} ({variable.note})" if variable.note else variable.label


def _printed(variable: Variable) -> dict[str, object]:
    values = list(_values(variable))
    more = len(values) - _MOST_VALUES
    return {
        "code": variable.code,
        "label": _whole_label(variable),
        "values": values[:_MOST_VALUES],
        "more": ngettext(
            "and %(n)d more, in the codebook as CSV",
            "and %(n)d more, in the codebook as CSV",
            more,
        )
        % {"n": more}
        if more > 0
        else "",
    }


def _values(variable: Variable) -> Iterator[list[str]]:
    for code, words in variable.values.items():
        yield [code, words]
