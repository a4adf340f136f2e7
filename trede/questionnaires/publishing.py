"""From a file that comes with Trede to a version that people can answer.

A version is stored with its whole text. Once stored it never changes: a file with
other words under the same version is refused, because answers to the old words would
be counted as answers to the new ones.
"""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.questionnaires import definition
from trede.questionnaires.models import Questionnaire, Sitting, Translation
from trede.questionnaires.own_versions import own_version
from trede.questionnaires.reading import read_text
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translations import (
    digest_of_shipped,
    newest_by_language,
    take_in_shipped,
)
from trede.questionnaires.wording import with_words
from trede.questionnaires.writing import as_toml


def publish_shipped(*, by: Actor, at: datetime) -> list[Questionnaire]:
    """Store every shipped questionnaire; what is stored already is left alone."""
    return [publish(shipped(code), by=by, at=at) for code in shipped_codes()]


def take_in_newer_words(*, at: datetime) -> None:
    """What a new Trede brings in words, for every version that is stored. Where there
    is nothing newer, that is one question to the database."""
    for stored in Questionnaire.objects.exclude(taken_in_sha256=digest_of_shipped()):
        take_in_shipped(stored, written_of(stored), at=at)


def publish(
    new: definition.Questionnaire,
    *,
    by: Actor,
    at: datetime,
    municipality: Municipality | None = None,
) -> Questionnaire:
    """For all municipalities here, or for the one that made it: then as a version of
    its own. What comes with Trede is nobody's own, also when it was exported and
    uploaded again."""
    if _comes_with_trede(new):
        municipality = None
    elif municipality is not None:
        new = replace(new, version=own_version(new.version, municipality))
    elif _has_a_version_of_trede(new):
        _refuse_other_words(shipped(new.code).content_hash, new)
    with transaction.atomic():
        stored, is_new = Questionnaire.objects.get_or_create(
            code=new.code,
            version=new.version,
            defaults={
                "title": new.title.read_in(new.languages[0]),
                "text": as_toml(new),
                "sha256": new.content_hash,
                "loaded_at": at,
                "municipality": municipality,
            },
        )
        if stored.municipality_id and stored.municipality != municipality:
            raise Refused(
                _(
                    "Another municipality made a questionnaire of this code and"
                    " version. Choose another code."
                ),
                "code",
            )
        _refuse_other_words(stored.sha256, new)
        take_in_shipped(stored, new, at=at)
        if is_new:
            record(
                "published a questionnaire",
                by=by,
                at=at,
                on=stored,
                purpose="management",
            )
    return stored


def _comes_with_trede(new: definition.Questionnaire) -> bool:
    same = _has_a_version_of_trede(new)
    return same and shipped(new.code).content_hash == new.content_hash


def _has_a_version_of_trede(new: definition.Questionnaire) -> bool:
    return new.code in shipped_codes() and shipped(new.code).version == new.version


def _refuse_other_words(there: str, new: definition.Questionnaire) -> None:
    if there != new.content_hash:
        raise Refused(
            _(
                "Version %(version)s of “%(code)s” is stored with other words."
                " Give the changed text a new version number."
            )
            % {"version": new.version, "code": new.code},
            "version",
        )


def newest(code: str, *, town: int | None) -> Questionnaire:
    """Of those that are there for that municipality: its own goes before what comes
    with Trede, so that a new Trede never changes what it asks."""
    stored = Questionnaire.objects.of_town(town).defer("text").filter(code=code)
    found = in_order_of_use(stored).last()
    if found is None:
        raise Refused(
            _(
                "There is no questionnaire “%(code)s”. Ask the administrator to"
                " correct the pilot's file."
            )
            % {"code": code}
        )
    return found


def in_order_of_use(rows: QuerySet[Questionnaire]) -> QuerySet[Questionnaire]:
    """Those that go before others last."""
    return rows.order_by(F("municipality").asc(nulls_first=True), "loaded_at", "pk")


def to_use(code: str, *, town: int | None, by: Actor, at: datetime) -> Questionnaire:
    """The version for a new sitting there. A shipped one is stored when first used."""
    if code in shipped_codes() and not is_stored(shipped(code)):
        publish(shipped(code), by=by, at=at)
    return newest(code, town=town)


def is_stored(written: definition.Questionnaire) -> bool:
    for_all = Questionnaire.objects.filter(municipality=None)
    return for_all.filter(code=written.code, version=written.version).exists()


def definition_of(
    questionnaire: Questionnaire, *, town: int | None
) -> definition.Questionnaire:
    """The version in every language that there are words in for that municipality."""
    return _definition(
        questionnaire.pk, questionnaire.sha256, questionnaire.translations_sha256, town
    )


def read_in(sitting: Sitting) -> definition.Questionnaire:
    """In the words that the person has before them: those of the edition in which the
    sitting began, whatever was made of it since."""
    return in_words(sitting.questionnaire, sitting.translation)


def in_words(
    questionnaire: Questionnaire, edition: Translation | None
) -> definition.Questionnaire:
    """The version with the words of one edition; none for those it was written in."""
    if edition is None:
        return written_of(questionnaire)
    return _of_edition(
        questionnaire.sha256, edition.pk, edition.language, edition.sha256
    )


def written_of(questionnaire: Questionnaire) -> definition.Questionnaire:
    """The version as it was written and never changes."""
    return _written(questionnaire.sha256)


@lru_cache(maxsize=64)
def _definition(
    pk: int, sha256: str, translations_sha256: str, town: int | None
) -> definition.Questionnaire:
    result = _written(sha256)
    if translations_sha256:
        for language, made in newest_by_language(pk, town=town).items():
            result = with_words(result, language, made.texts)
    return result


# An edition never changes; its digest is there because a number may come twice, when
# what was to be kept was not.
@lru_cache(maxsize=128)
def _of_edition(
    sha256: str, edition: int, language: str, words_sha256: str
) -> definition.Questionnaire:
    made = Translation.objects.get(pk=edition)
    return with_words(_written(sha256), language, made.texts)


# Reading takes a tenth of a second and every page needs it. The digest names the
# content, so what is kept here can never be another text.
@lru_cache(maxsize=64)
def _written(sha256: str) -> definition.Questionnaire:
    stored = Questionnaire.objects.filter(sha256=sha256).first()
    if stored is None:
        raise LookupError(f"no questionnaire is stored with digest {sha256}")
    read = read_text(stored.text, name=str(stored))
    if read.content_hash != sha256:
        raise ValueError(f"{stored} was changed after it was stored.")
    return read
