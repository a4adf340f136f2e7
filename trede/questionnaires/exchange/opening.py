"""One door for questionnaire files of all makes: what a file is shows from its content.

The name of a file is only used to speak of it. Whatever the content, the result is an
instrument or a refusal in plain words.
"""

from collections import Counter

from django.utils.translation import gettext as _

from trede.questionnaires.definition import Questionnaire
from trede.questionnaires.exchange.carried import (
    LARGEST_FILE,
    LARGEST_TEXT,
    FileRefused,
    Imported,
)
from trede.questionnaires.exchange.limesurvey_importing import import_lss, import_tsv
from trede.questionnaires.exchange.limesurvey_reading import (
    looks_like_xml,
    refuse_archive,
)
from trede.questionnaires.exchange.limesurvey_tsv import looks_like_tsv
from trede.questionnaires.exchange.sheets import may_be_spreadsheet
from trede.questionnaires.exchange.xlsform_reading import read_xlsform
from trede.questionnaires.reading import read_text
from trede.questionnaires.tables import QuestionnaireRefused


def read_instrument(content: bytes, name: str) -> Imported:
    """The instrument in a file: LimeSurvey, a spreadsheet form, or our own TOML."""
    if len(content) > LARGEST_FILE:
        raise FileRefused(
            _("“%(name)s” is larger than %(most)d MB. Export only the questionnaire.")
            % {"name": name, "most": LARGEST_FILE // 1_000_000}
        )
    refuse_archive(content, name)
    if may_be_spreadsheet(content):
        return read_xlsform(content, name)
    if looks_like_tsv(content):
        return import_tsv(content, name)
    if looks_like_xml(content):
        return import_lss(content, name)
    return _read_toml(content, name)


def _read_toml(content: bytes, name: str) -> Imported:
    if len(content) > LARGEST_TEXT:
        raise FileRefused(
            _("“%(name)s” is larger than %(most)d MB. Export only the questionnaire.")
            % {"name": name, "most": LARGEST_TEXT // 1_000_000}
        )
    try:
        return as_asked(read_text(content.decode("utf-8-sig"), name=name))
    except UnicodeDecodeError:
        raise FileRefused(
            _(
                "“%(name)s” is not a questionnaire that Trede can read. Use a"
                " LimeSurvey structure (.lss or .txt), an XLSForm (.xlsx) or a file of"
                " Trede (.toml)."
            )
            % {"name": name}
        ) from None
    except QuestionnaireRefused as refusal:
        raise FileRefused(str(refusal)) from refusal


def as_asked(questionnaire: Questionnaire) -> Imported:
    """One of our own: everything in it is carried over by itself."""
    questions = questionnaire.questions
    return Imported(
        format="trede",
        version=questionnaire.version,
        title=questionnaire.title.read_in(questionnaire.languages[0]),
        languages=questionnaire.languages,
        groups=sum(len(part.sections) for part in questionnaire.parts),
        questions=len(questions),
        subquestions=0,
        answers=sum(len(question.options) for question in questions),
        by_type=dict(Counter(str(question.kind) for question in questions)),
        carried=len(questions),
        not_carried=(),
        questionnaire=questionnaire,
    )
