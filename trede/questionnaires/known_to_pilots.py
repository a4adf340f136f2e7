"""Which questionnaires a pilot may ask: those of Trede, and what was stored here.

What another municipality made is not there for this one. A file does not tell for which
municipality it will be loaded, so that is refused when it is.
"""

from collections.abc import Iterator

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from trede.pilots.mistakes import Complaint
from trede.pilots.positions import Path
from trede.pilots.rules import Rules
from trede.pilots.sections import refer_to_known
from trede.questionnaires.models import Questionnaire
from trede.questionnaires.shipped_files import shipped_codes


def questionnaires_exist(value: object, rules: Rules) -> Iterator[Complaint]:
    """For the pilot file: each wave asks a questionnaire that is there."""
    known = {*shipped_codes(), *_stored(_strange(rules))}
    return refer_to_known(_named(rules), known, what=_("a questionnaire of Trede"))


def questionnaires_are_of_town(town: int, rules: Rules) -> Iterator[Complaint]:
    """The same when it is loaded: it is there for this municipality."""
    rows = Questionnaire.objects.of_town(town).filter(code__in=_strange(rules))
    known = {*shipped_codes(), *rows.values_list("code", flat=True)}
    what = _("a questionnaire of Trede, or of this municipality itself")
    return refer_to_known(_named(rules), known, what=what)


def _named(rules: Rules) -> list[tuple[Path, str]]:
    return [
        ((place, "questionnaire"), wave.questionnaire)
        for place, wave in enumerate(rules.waves)
    ]


def _strange(rules: Rules) -> set[str]:
    return {code for _place, code in _named(rules)} - set(shipped_codes())


def _stored(codes: set[str]) -> set[str]:
    """Asked only for what does not come with Trede: a file is also checked where
    there is no database yet."""
    if not codes:
        return set()
    try:
        rows = Questionnaire.objects.filter(code__in=codes)
        return set(rows.values_list("code", flat=True))
    except DatabaseError:
        return set()
