"""What an outcome is called: the words of its question, as the run kept them."""

from collections.abc import Mapping
from typing import cast

from django.utils import translation
from django.utils.translation import gettext as _

from trede.reports.figures_json import Json

TREAD = "tread"


def called_in(results: Json, code: str) -> str:
    """In the language that is spoken now; a code that has no words stays a code."""
    if code == TREAD:
        return _("Tread on the Participation Ladder")
    words = _asked(results).get(code, {})
    language = (translation.get_language() or "nl")[:2]
    return words.get(language) or words.get("nl") or code


def _asked(results: Json) -> Mapping[str, Mapping[str, str]]:
    names = cast(Mapping[str, object], results.get("names") or {})
    return cast(Mapping[str, Mapping[str, str]], names.get("outcomes") or {})
