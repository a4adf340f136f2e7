"""Which questionnaires a pilot may ask: those of Trede, and what was stored here."""

from collections.abc import Iterator

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from trede.pilots.mistakes import Complaint
from trede.pilots.rules import Rules
from trede.pilots.sections import refer_to_known
from trede.questionnaires.models import Questionnaire
from trede.questionnaires.shipped_files import shipped_codes


def questionnaires_exist(value: object, rules: Rules) -> Iterator[Complaint]:
    """For the pilot file: each wave asks a questionnaire that is there."""
    named = [
        ((place, "questionnaire"), wave.questionnaire)
        for place, wave in enumerate(rules.waves)
    ]
    strange = {code for _place, code in named} - set(shipped_codes())
    known = {*shipped_codes(), *_stored(strange)}
    return refer_to_known(named, known, what=_("a questionnaire of Trede"))


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
