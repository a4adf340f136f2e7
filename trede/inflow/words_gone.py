"""What was decided, said without the words that were signed.

A municipality may take a consent text of its own away after people signed it. What
they decided stands, and a letter about it still goes home: it names each purpose, the
answer, and the text of which the words are not here any more.
"""

from collections.abc import Mapping

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from trede.languages import language_of
from trede.people.models import ConsentDecision, Purpose

_ABOUT: Mapping[str, Promise] = {
    Purpose.STUDY: gettext_lazy("Taking part in the study"),
    Purpose.RECORDING: gettext_lazy("Recording an extra interview"),
    Purpose.REGISTER: gettext_lazy("Data that the municipality has about you"),
}


def without_its_words(decision: ConsentDecision, language: str) -> str:
    with translation.override(language_of(language).buttons):
        yes, no = pgettext("activity", "Yes"), pgettext("activity", "No")
        return _(
            "%(about)s: %(answer)s. You signed text “%(version)s”. Its words are not"
            " here any more. They stand on the form that you signed."
        ) % {
            "about": _ABOUT[decision.purpose],
            "answer": yes if decision.given else no,
            "version": decision.text_version,
        }
