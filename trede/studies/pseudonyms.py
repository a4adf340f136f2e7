"""A short code stands for a person in the study, and for nobody outside it.

The code is a keyed digest of study and person: without the key nobody can work out
whose it is, and the same person has different codes in two studies.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from itertools import count

from django.conf import settings

from trede.studies.models import Pseudonym, Study

# Without I, L, O and U: nobody mistakes one sign for another or reads a word.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6


def pseudonyms_of(study: Study, people: Iterable[int]) -> Mapping[int, str]:
    """Person to code. Who has none yet gets one."""
    wanted = sorted(set(people))
    known = dict(study.pseudonyms.values_list("person_id", "code"))
    taken = set(known.values())
    fresh = []
    for person_id in wanted:
        if person_id not in known:
            code = _free_code(study, person_id, taken)
            known[person_id] = code
            taken.add(code)
            fresh.append(Pseudonym(study=study, person_id=person_id, code=code))
    Pseudonym.objects.bulk_create(fresh)
    return {person_id: known[person_id] for person_id in wanted}


def _free_code(study: Study, person_id: int, taken: set[str]) -> str:
    # A code that somebody has already is passed over: two people are never one.
    attempts = (_code(study, person_id, attempt) for attempt in count())
    return next(code for code in attempts if code not in taken)


def _code(study: Study, person_id: int, attempt: int) -> str:
    told = f"{study.code}:{person_id}:{attempt}".encode()
    digest = hmac.new(settings.PSEUDONYM_KEY, told, hashlib.sha256).digest()
    number = int.from_bytes(digest[:8])
    signs = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(SIGNS))
        signs.append(SIGNS[rest])
    return "P-" + "".join(signs)
