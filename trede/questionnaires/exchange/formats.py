"""The makes of file in which an instrument can be taken along to other software."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trede.questionnaires.definition import Questionnaire
from trede.questionnaires.exchange.ddi_instrument import codebook_of
from trede.questionnaires.exchange.limesurvey_writing import as_lss
from trede.questionnaires.exchange.redcap import as_redcap
from trede.questionnaires.exchange.xlsform_writing import as_xlsform
from trede.questionnaires.writing import as_toml

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    label: str
    ending: str
    media_type: str
    write: Callable[[Questionnaire], bytes]


def _toml(questionnaire: Questionnaire) -> bytes:
    return as_toml(questionnaire).encode()


FORMATS: Mapping[str, Format] = {
    "lss": Format("LimeSurvey", ".lss", "application/xml", as_lss),
    "xlsform": Format("XLSForm", ".xlsx", XLSX, as_xlsform),
    "redcap": Format("REDCap", ".csv", "text/csv; charset=utf-8", as_redcap),
    "ddi": Format("DDI Codebook", ".xml", "application/xml", codebook_of),
    "toml": Format("Trede", ".toml", "application/toml; charset=utf-8", _toml),
}
