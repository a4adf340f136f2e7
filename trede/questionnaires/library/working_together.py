"""Several people at the words of one language: nobody overwrites what they never saw.

Whoever changes words began from an edition. What they left as it was is left to the
others; what they changed is saved, unless somebody else changed the same text
meanwhile. Then nothing is saved, and both texts are shown.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from trede.accounts.acting import Actor
from trede.questionnaires import translating
from trede.questionnaires.library.catalogue import Entry
from trede.questionnaires.models import Questionnaire, Translation
from trede.questionnaires.publishing import publish
from trede.questionnaires.translations import editions, newest_in
from trede.questionnaires.wording import Words, said_otherwise


@dataclass(frozen=True)
class Merged:
    """What a set of typed words comes to, beside what others did since."""

    changes: Words
    # Places that both changed, with the words of the other.
    clashes: Words


def merge(*, base: Words, now: Words, typed: Words) -> Merged:
    changes: dict[str, str] = {}
    clashes: dict[str, str] = {}
    for place, words in typed.items():
        mine = words.replace("\r\n", "\n").strip()
        began, there = base.get(place, ""), now.get(place, "")
        if mine in (began, there):
            continue
        changes[place] = mine
        if there != began:
            clashes[place] = there
    return Merged(changes, clashes)


def edition_now(entry: Entry, language: str) -> int:
    """Which edition somebody begins from; 0 before there is any."""
    newest = _newest(entry, language)
    return newest.edition if newest else 0


def words_now(entry: Entry, language: str) -> dict[str, str]:
    return said_otherwise(entry.whole, language)


def words_at(entry: Entry, language: str, edition: int) -> dict[str, str]:
    """The words as they stood at that edition; of 0, before anybody worked on them."""
    if entry.stored is None:
        return words_now(entry, language)
    rows = editions(entry.stored.pk, town=entry.town).filter(language=language)
    then = rows.filter(edition=edition or 1).first()
    # What comes with Trede becomes the first edition when the version is stored.
    if then is None or (not edition and then.made_by_id is not None):
        return said_otherwise(entry.written, language)
    return {**said_otherwise(entry.written, language), **then.texts}


def save(
    *,
    entry: Entry,
    language: str,
    edition: int,
    typed: Words,
    by: Actor,
    at: datetime,
    remark: str = "",
) -> Merged:
    """Save what was changed since that edition, or nothing when others changed it."""
    with transaction.atomic():
        row = stored(entry, by=by, at=at)
        rows = Questionnaire.objects.select_for_update().defer("text")
        there = replace(entry, stored=rows.get(pk=row.pk))
        merged = merge(
            base=words_at(there, language, edition),
            now=words_now(there, language),
            typed=typed,
        )
        if merged.changes and not merged.clashes:
            translating.translate(
                questionnaire=row,
                language=language,
                words=merged.changes,
                by=by,
                at=at,
                remark=remark,
            )
    return merged


def stored(entry: Entry, *, by: Actor, at: datetime) -> Questionnaire:
    """What comes with Trede is stored as soon as somebody works on it."""
    return entry.stored or publish(entry.written, by=by, at=at)


def history(entry: Entry, language: str) -> list[Translation]:
    """Every edition that counts here, the one that is read first."""
    if entry.stored is None:
        return []
    rows = editions(entry.stored.pk, town=entry.town).filter(language=language)
    return list(rows.select_related("made_by").defer("texts").reverse())


def _newest(entry: Entry, language: str) -> Translation | None:
    if entry.stored is None:
        return None
    return newest_in(entry.stored.pk, language, town=entry.town)
