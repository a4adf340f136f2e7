"""An instrument from a file becomes a version that pilots can use.

What was read is stored under its code and version, once: the same file again is the
same version, and other words under a version that is there are refused.
"""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.refusing import Refused
from trede.questionnaires.definition import Questionnaire as Definition
from trede.questionnaires.exchange.carried import Imported
from trede.questionnaires.models import Questionnaire
from trede.questionnaires.publishing import publish
from trede.questionnaires.reading import read_text
from trede.questionnaires.tables import QuestionnaireRefused
from trede.questionnaires.writing import as_toml

_LONGEST_VERSION = 80


def store(
    imported: Imported, *, code: str = "", version: str = "", by: Actor, at: datetime
) -> Questionnaire:
    """Store it under its own code and version, or under those given."""
    if imported.questionnaire is None:
        raise Refused(
            _(
                "Nothing in this file can be asked. Look at the list of what cannot be"
                " carried over."
            )
        )
    return publish(named(imported.questionnaire, code, version), by=by, at=at)


def named(questionnaire: Definition, code: str, version: str) -> Definition:
    renamed = replace(
        questionnaire,
        code=code or questionnaire.code,
        version=version or questionnaire.version,
    )
    if len(renamed.version) > _LONGEST_VERSION:
        raise Refused(
            _("A version has at most %(most)d characters.") % {"most": _LONGEST_VERSION}
        )
    try:
        return read_text(as_toml(renamed), name=renamed.code)
    except QuestionnaireRefused as refusal:
        raise Refused(str(refusal)) from refusal
