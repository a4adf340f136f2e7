"""An instrument from a file, looked at before it is stored as a version.

The researcher sees what the file holds, what cannot be carried over, and which texts
are missing in which language; only then it gets a code and a version and is fixed.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.accounts.refusing import Refused
from trede.languages import Language, language_of
from trede.questionnaires.definition import Questionnaire
from trede.questionnaires.exchange.carried import FileRefused, Imported
from trede.questionnaires.exchange.opening import read_instrument
from trede.questionnaires.reading import read_text
from trede.questionnaires.tables import QuestionnaireRefused
from trede.questionnaires.wording import missing_in, texts_for_person
from trede.questionnaires.writing import as_toml

# The text travels along with the page; larger instruments go by the command line.
LARGEST_TEXT = 4_000_000
# So many missing places are named.
NAMED = 8
_MADE_WITH = {
    "lss": "LimeSurvey",
    "tsv": "LimeSurvey (txt)",
    "xlsform": "XLSForm",
    "trede": "Trede",
}


@dataclass(frozen=True)
class Lacking:
    """What is missing in one language of the file."""

    language: Language
    missing: tuple[str, ...]
    of: int

    @property
    def named(self) -> tuple[str, ...]:
        return self.missing[:NAMED]


@dataclass(frozen=True)
class Looked:
    """A file that was looked at: what it holds, and what it will be here."""

    imported: Imported
    questionnaire: Questionnaire
    text: str
    lacking: tuple[Lacking, ...]

    @property
    def made_with(self) -> str:
        name = _MADE_WITH.get(self.imported.format, self.imported.format)
        return f"{name} {self.imported.version}".strip()

    @property
    def original(self) -> Language:
        return language_of(self.questionnaire.languages[0])


def look_at(content: bytes, name: str) -> Looked:
    """Raises `Refused`, with the sentence that says what to do."""
    try:
        imported = read_instrument(content, name)
    except FileRefused as refusal:
        raise Refused(str(refusal), "file") from refusal
    questionnaire = imported.questionnaire
    if questionnaire is None:
        raise Refused(_("Nothing in this file can be asked here."), "file")
    text = as_toml(questionnaire)
    if len(text.encode()) > LARGEST_TEXT:
        raise Refused(
            _(
                "This instrument is too large for this page. Ask the administrator to"
                " import it on the server."
            ),
            "file",
        )
    return Looked(imported, questionnaire, text, lacking(questionnaire))


def read_again(text: str) -> Questionnaire:
    """What was shown, as it comes back from the page."""
    try:
        return read_text(text, name=_("the uploaded file"))
    except QuestionnaireRefused as refusal:
        raise Refused(str(refusal)) from refusal


def lacking(questionnaire: Questionnaire) -> tuple[Lacking, ...]:
    of = sum(1 for _text in texts_for_person(questionnaire))
    return tuple(
        Lacking(language_of(code), missing_in(questionnaire, code), of)
        for code in questionnaire.languages[1:]
    )
