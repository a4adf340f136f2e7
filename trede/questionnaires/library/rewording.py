"""Other words in the language of writing make a new version; the old one stays.

Answers to the old words are never counted as answers to the new ones. Translations of
what did not change go along; a text that changed is missing in every other language,
until somebody translates the new words.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.questionnaires import definition
from trede.questionnaires.exchange.storing import named
from trede.questionnaires.library.catalogue import Entry
from trede.questionnaires.models import Questionnaire, Translation
from trede.questionnaires.publishing import publish
from trede.questionnaires.translations import append, newest_in
from trede.questionnaires.wording import (
    Words,
    in_original_only,
    texts_for_person,
    with_words,
    words_in,
)

Status = Translation.Status


def reword(
    *,
    entry: Entry,
    version: str,
    words: Words,
    municipality: Municipality,
    by: Actor,
    at: datetime,
) -> Questionnaire:
    """The same questions in other words, as a version of that municipality."""
    original = words_in(entry.written, entry.original)
    tidied = {p: w.replace("\r\n", "\n").strip() for p, w in words.items()}
    changed = {p: w for p, w in tidied.items() if w != original.get(p, "").strip()}
    _refuse_nothing(changed)
    written = in_original_only(entry.written)
    new = with_words(written, entry.original, changed)
    with transaction.atomic():
        stored = publish(
            named(new, entry.code, version), municipality=municipality, by=by, at=at
        )
        for language in entry.whole.languages[1:]:
            _take_along(entry, stored, language, frozenset(changed), by, at)
    return stored


def _take_along(
    entry: Entry,
    stored: Questionnaire,
    language: str,
    changed: frozenset[str],
    by: Actor,
    at: datetime,
) -> None:
    words = words_in(entry.whole, language)
    kept = {place: said for place, said in words.items() if place not in changed}
    town = by.municipality_id
    before = entry.stored and newest_in(entry.stored.pk, language, town=town)
    # Who vouched saw everything that the person reads; a coach's text is none of it.
    stands = before is not None and not changed & _for_person(entry.written)
    there = newest_in(stored.pk, language, town=town)
    texts = {**(there.texts if there else {}), **kept}
    if there and texts == there.texts and not (before and before.vouched_by and stands):
        # Nothing of one's own: then what Trede brings later counts here too.
        return
    append(
        stored,
        language,
        texts,
        status=Status(before.status) if before and stands else Status.MACHINE,
        vouched_by=before.vouched_by if before and stands else "",
        made_by=by.staff,
        at=at,
        remark=_("Taken along from version %(version)s.") % {"version": entry.version},
    )


def _for_person(written: definition.Questionnaire) -> frozenset[str]:
    return frozenset(place for place, _text in texts_for_person(written))


def _refuse_nothing(changed: Words) -> None:
    if not changed:
        raise Refused(_("Change at least one text: otherwise it is the same version."))
    for place, said in changed.items():
        if not said:
            raise Refused(_("A text cannot be empty."), place)
