"""In which languages people could answer, and how far those words were looked at.

A translation that nobody read may ask something else than was meant, so a report names
it beside the figures. How many answered in a language stands in the researcher's own
form only.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from trede.languages import language_of
from trede.questionnaires.models import Translation
from trede.studies.languages_asked import Json, offered, used


def language_sentences(languages: Json) -> Iterator[str]:
    there = offered(languages)
    if len(there) > 1:
        named = "; ".join(_offered(one) for one in there)
        yield _("The questions of the intake could be answered in: %(languages)s.") % {
            "languages": named
        }
    if any(one["status"] == Translation.Status.MACHINE for one in there):
        yield _(
            "A translation that was made by a machine and that nobody reviewed may ask"
            " something else than was meant."
        )
    if counted := used(languages):
        named = "; ".join(_used(one) for one in counted)
        yield _("Intakes by language: %(languages)s.") % {"languages": named}


def _offered(one: Json) -> str:
    name, state = _named(one), _state(one)
    who = str(one["vouched_by"] or "")
    return f"{name} ({state}: {who})" if who else f"{name} ({state})"


def _used(one: Json) -> str:
    n = int(str(one["n"]))
    sittings = ngettext("%(n)s intake", "%(n)s intakes", n) % {"n": n}
    return f"{_named(one)} ({_state(one)}) {sittings}"


def _named(one: Json) -> str:
    return language_of(str(one["language"])).own_name


def _state(one: Json) -> str:
    labels = {str(value): str(label) for value, label in Translation.Status.choices}
    written = pgettext("translation", "as it was written")
    return labels.get(str(one["status"]), written)
