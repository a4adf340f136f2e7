"""The words of each language as they are kept: appended, the newest counts.

Words that come with Trede stand in `shipped/translations/`, one file a language: Dutch
words and what they are in it, so that the same words are translated once for all
questionnaires. What a person has worked on is never replaced by them.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

from django.db import transaction

from trede.accounts.models import Staff
from trede.questionnaires import definition
from trede.questionnaires.definition import Kind, texts_of
from trede.questionnaires.models import Questionnaire, Translation
from trede.questionnaires.wording import with_words, words_in

TRANSLATIONS = Path(__file__).parent / "shipped" / "translations"


@dataclass(frozen=True)
class ShippedWords:
    """The file of one language: Dutch words to its own, and countries by code."""

    language: str
    words: Mapping[str, str]
    # Only where the same Dutch words need other words at this place.
    places: Mapping[str, str]
    countries: Mapping[str, str]


@cache
def shipped_words() -> tuple[ShippedWords, ...]:
    return tuple(
        _read(path.read_text("utf-8")) for path in sorted(TRANSLATIONS.glob("*.toml"))
    )


def _read(text: str) -> ShippedWords:
    data = tomllib.loads(text)
    return ShippedWords(
        data["language"],
        data["words"],
        data.get("places", {}),
        data.get("countries", {}),
    )


def words_of(
    shipped: ShippedWords, written: definition.Questionnaire
) -> dict[str, str]:
    """What the file of a language says in the places of this questionnaire."""
    original = written.languages[0]
    found = {
        place: shipped.places.get(place) or shipped.words.get(text.read_in(original))
        for place, text in texts_of(written)
    }
    for question in written.questions:
        if question.kind is Kind.COUNTRY:
            for option in question.options:
                name = shipped.countries.get(str(option.value))
                found[f"{question.code}.{option.value}"] = name
    return {place: words for place, words in found.items() if words}


@lru_cache(maxsize=64)
def in_every_language(written: definition.Questionnaire) -> definition.Questionnaire:
    """A questionnaire that is not stored yet, with the words that come with Trede."""
    result = written
    if written.languages[0] == "nl":
        for shipped in shipped_words():
            result = with_words(result, shipped.language, words_of(shipped, written))
    return result


def take_in_shipped(
    stored: Questionnaire, written: definition.Questionnaire, *, at: datetime
) -> None:
    """The translations that come with Trede, for a version that is stored. What a
    person has worked on stays; what only a machine made is replaced by newer words."""
    complete = in_every_language(written)
    there = newest_by_language(stored.pk)
    for language in complete.languages[1:]:
        words = words_in(complete, language)
        before = there.get(language)
        by_person = before is not None and (before.made_by_id or before.vouched_by)
        if words and not by_person and (before is None or before.texts != words):
            append(stored, language, words, at=at)


def newest_by_language(questionnaire_id: int) -> dict[str, Translation]:
    rows = Translation.objects.filter(questionnaire_id=questionnaire_id)
    rows = rows.order_by("edition")
    return {row.language: row for row in rows}


def append(
    questionnaire: Questionnaire,
    language: str,
    texts: Mapping[str, str],
    *,
    at: datetime,
    status: Translation.Status = Translation.Status.MACHINE,
    vouched_by: str = "",
    made_by: Staff | None = None,
    remark: str = "",
) -> Translation:
    """The next edition. Two people at once make two editions, one after the other."""
    with transaction.atomic():
        now = Questionnaire.objects.select_for_update().defer("text")
        row = now.get(pk=questionnaire.pk)
        rows = Translation.objects.filter(questionnaire=row, language=language)
        made = Translation.objects.create(
            questionnaire=row,
            language=language,
            edition=rows.count() + 1,
            status=status,
            texts=dict(texts),
            made_at=at,
            made_by=made_by,
            vouched_by=vouched_by,
            remark=remark,
        )
        row.translations_sha256 = _digest(newest_by_language(row.pk))
        row.save(update_fields=["translations_sha256"])
    questionnaire.translations_sha256 = row.translations_sha256
    return made


def _digest(newest: Mapping[str, Translation]) -> str:
    said = {
        language: [made.texts, made.status, made.vouched_by]
        for language, made in newest.items()
    }
    content = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
