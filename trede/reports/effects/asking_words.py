"""How people were asked: in which way, in which language, with whose help."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from trede.languages import LANGUAGES
from trede.questionnaires.models import Sitting

ASKED_BY = {
    "by_mode": pgettext_lazy("way of asking", "on screen, on paper or by telephone"),
    "by_language": pgettext_lazy("way of asking", "in which language"),
    "by_helper": pgettext_lazy("way of asking", "with whose help"),
}
LEVELS: dict[str, Mapping[str, str | Promise]] = {
    "by_mode": {
        **dict(Sitting.Mode.choices),
        "screen": pgettext_lazy("mode", "on screen"),
    },
    "by_helper": {code: label for code, label in Sitting.Helper.choices},
    "by_language": {one.code: one.own_name for one in LANGUAGES},
}


def asked_told(kind: str, code: str | None) -> str:
    """How somebody was asked, in words where we have them."""
    known, told = LEVELS.get(kind, {}), code or ""
    return f"{known[told]}" if told in known else told
