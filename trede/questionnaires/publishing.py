"""From a file that comes with Trede to a version that people can answer.

A version is stored with its whole text. Once stored it never changes: a file with
other words under the same version is refused, because answers to the old words would
be counted as answers to the new ones.
"""

from datetime import datetime
from functools import lru_cache

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.questionnaires import definition
from trede.questionnaires.models import Questionnaire
from trede.questionnaires.reading import read_text
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translations import newest_by_language, take_in_shipped
from trede.questionnaires.wording import with_words
from trede.questionnaires.writing import as_toml


def publish_shipped(*, by: Actor, at: datetime) -> list[Questionnaire]:
    """Store every shipped questionnaire; what is stored already is left alone."""
    return [publish(shipped(code), by=by, at=at) for code in shipped_codes()]


def publish(
    new: definition.Questionnaire,
    *,
    by: Actor,
    at: datetime,
    municipality: Municipality | None = None,
) -> Questionnaire:
    """For all municipalities here, or for the one that made it. What comes with Trede
    is nobody's own, also when it was exported and uploaded again."""
    if _comes_with_trede(new):
        _refuse_other_words(shipped(new.code).content_hash, new)
        municipality = None
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
    """Of those that are there for that municipality."""
    stored = Questionnaire.objects.of_town(town).defer("text").filter(code=code)
    found = stored.order_by("-loaded_at", "-pk").first()
    if found is None:
        raise Refused(
            _(
                "There is no questionnaire “%(code)s”. Ask the administrator to"
                " correct the pilot's file."
            )
            % {"code": code}
        )
    return found


def to_use(code: str, *, by: Actor, at: datetime) -> Questionnaire:
    """The version for a new sitting. A shipped one is stored when first used."""
    if code in shipped_codes() and not is_stored(shipped(code)):
        publish(shipped(code), by=by, at=at)
    return newest(code, town=by.municipality_id)


def is_stored(written: definition.Questionnaire) -> bool:
    stored = Questionnaire.objects.filter(code=written.code, version=written.version)
    return stored.exists()


def definition_of(questionnaire: Questionnaire) -> definition.Questionnaire:
    """The version in every language that there are words in."""
    return _definition(
        questionnaire.pk, questionnaire.sha256, questionnaire.translations_sha256
    )


def written_of(questionnaire: Questionnaire) -> definition.Questionnaire:
    """The version as it was written and never changes."""
    return _written(questionnaire.sha256)


@lru_cache(maxsize=64)
def _definition(
    pk: int, sha256: str, translations_sha256: str
) -> definition.Questionnaire:
    result = _written(sha256)
    for language, made in newest_by_language(pk).items() if translations_sha256 else ():
        result = with_words(result, language, made.texts)
    return result


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
