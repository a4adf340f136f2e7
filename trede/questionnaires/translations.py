"""The words of each language as they are kept: appended, the newest counts.

Words that come with Trede stand in `shipped/translations/`, one file a language: Dutch
words and what they are in it, so that the same words are translated once for all
questionnaires. They are there for all municipalities. What one of them worked on is its
own: nobody elsewhere reads it, and what comes with Trede never replaces it.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

from django.db import transaction
from django.db.models import F, Q, QuerySet

from trede.accounts.models import Staff
from trede.questionnaires import definition
from trede.questionnaires.definition import Kind, texts_of
from trede.questionnaires.models import Questionnaire, Translation
from trede.questionnaires.wording import said_otherwise, with_words

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
    """A questionnaire as it was written, with the words that come with Trede where it
    has none itself."""
    result = written
    if written.languages[0] == "nl":
        for shipped in shipped_words():
            own = said_otherwise(written, shipped.language)
            words = {**words_of(shipped, written), **own}
            result = with_words(result, shipped.language, words)
    return result


def take_in_shipped(
    stored: Questionnaire, written: definition.Questionnaire, *, at: datetime
) -> None:
    """The words that come with Trede, for a version that is stored: an edition for all
    municipalities, behind what one of them made itself. A text that the files do not
    have any more, because the question was put otherwise since, stays as it was."""
    with transaction.atomic():
        rows = Questionnaire.objects.select_for_update().defer("text")
        now = rows.get(pk=stored.pk)
        if now.taken_in_sha256 != digest_of_shipped():
            _take_in(now, words_that_come(written), at)
            now.taken_in_sha256 = digest_of_shipped()
            now.save(update_fields=["taken_in_sha256"])
    stored.translations_sha256 = now.translations_sha256
    stored.taken_in_sha256 = now.taken_in_sha256


@lru_cache(maxsize=64)
def words_that_come(
    written: definition.Questionnaire,
) -> Mapping[str, Mapping[str, str]]:
    """By language that it was not written in: its own words and those of Trede."""
    complete = in_every_language(written)
    others = complete.languages[1:]
    return {language: said_otherwise(complete, language) for language in others}


def _take_in(
    stored: Questionnaire, come: Mapping[str, Mapping[str, str]], at: datetime
) -> None:
    there = newest_by_language(stored.pk, town=None)
    better = []
    for language, texts in come.items():
        before = there.get(language)
        words = {**(before.texts if before else {}), **texts}
        if words and (before is None or before.texts != words):
            better.append(_by_a_machine(language, words, at))
    if better:
        _append_to(stored, better)


def _by_a_machine(language: str, words: Mapping[str, str], at: datetime) -> Translation:
    return Translation(
        language=language,
        status=Translation.Status.MACHINE,
        texts=dict(words),
        made_at=at,
    )


@cache
def digest_of_shipped() -> str:
    """Of the files of words, so that it is known at once that none is newer."""
    digest = hashlib.sha256()
    for path in sorted(TRANSLATIONS.glob("*.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def editions(questionnaire_id: int, *, town: int | None) -> QuerySet[Translation]:
    """All that count for that municipality, those that go before others last: its own
    after what is there for all."""
    rows = Translation.objects.filter(
        Q(municipality=None) | Q(municipality=town), questionnaire=questionnaire_id
    )
    return rows.order_by(F("municipality").asc(nulls_first=True), "edition")


def newest_by_language(
    questionnaire_id: int, *, town: int | None
) -> dict[str, Translation]:
    """What that municipality made last; where it made nothing, what is for all."""
    return {row.language: row for row in editions(questionnaire_id, town=town)}


def newest_in(
    questionnaire_id: int, language: str, *, town: int | None
) -> Translation | None:
    """The same of one language."""
    return editions(questionnaire_id, town=town).filter(language=language).last()


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
    """The next edition, of the municipality of who made it. Two people at once make two
    editions, one after the other."""
    made = Translation(
        language=language,
        municipality_id=made_by.municipality_id if made_by else None,
        status=status,
        texts=dict(texts),
        made_at=at,
        made_by=made_by,
        vouched_by=vouched_by,
        remark=remark,
    )
    with transaction.atomic():
        now = Questionnaire.objects.select_for_update().defer("text")
        row = now.get(pk=questionnaire.pk)
        _append_to(row, [made])
    questionnaire.translations_sha256 = row.translations_sha256
    return made


def _append_to(locked: Questionnaire, made: Sequence[Translation]) -> None:
    """One edition of each of these languages, of a version that nobody else holds."""
    there = Translation.objects.filter(questionnaire=locked)
    last = dict(
        there.order_by("language", "edition").values_list("language", "edition")
    )
    for edition in made:
        edition.questionnaire = locked
        edition.edition = last.get(edition.language, 0) + 1
        edition.sha256 = digest_of(edition.texts)
    Translation.objects.bulk_create(made)
    locked.translations_sha256 = _digest(locked)
    locked.save(update_fields=["translations_sha256"])


def digest_of(texts: Mapping[str, str]) -> str:
    content = json.dumps(dict(texts), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _digest(questionnaire: Questionnaire) -> str:
    """Over the editions of all municipalities."""
    rows = Translation.objects.filter(questionnaire=questionnaire)
    said = rows.order_by("language", "edition").values_list(
        "language", "municipality", "sha256", "status", "vouched_by"
    )
    content = json.dumps(list(said), ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
