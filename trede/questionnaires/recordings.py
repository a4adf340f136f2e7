"""Texts of a questionnaire read aloud by a person, kept by their words and language.

The newest recording of the same words counts, in whatever questionnaire they stand, in
the municipality that made it: no other speaks with that voice. A recording is never
thrown away: it is ended, because somebody has heard it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.people.files import MEGABYTE, MP3, MP4, OGG, WAV, media_type_of
from trede.questionnaires.models import Recording

MOST = 2 * MEGABYTE
ALLOWED = frozenset({OGG, MP3, MP4, WAV})


@dataclass(frozen=True)
class Spoken:
    """Words as somebody has them before them, in the language they really are in."""

    place: str
    words: str
    language: str


def digest_of(words: str) -> str:
    """Recordings belong to words: a comma more, and the old recording does not fit."""
    return hashlib.sha256(words.encode()).hexdigest()


def live(spoken: Iterable[Spoken], *, town: int | None) -> Mapping[Spoken, int]:
    """For each of these words the newest recording of that municipality that was not
    ended."""
    asked = {one: (one.language, digest_of(one.words)) for one in spoken}
    rows = Recording.objects.filter(
        municipality=town,
        ended_at=None,
        words_sha256__in={digest for _language, digest in asked.values()},
    )
    found = rows.order_by("uploaded_at", "pk").values_list(
        "language", "words_sha256", "pk"
    )
    newest = {(language, digest): pk for language, digest, pk in found}
    return {one: newest[key] for one, key in asked.items() if key in newest}


def upload(*, spoken: Spoken, content: bytes, by: Actor, at: datetime) -> Recording:
    media_type = media_type_of(content)
    if len(content) > MOST:
        raise Refused(
            _("This file is too large. It may be %(most)d megabytes.")
            % {"most": MOST // MEGABYTE},
            "sound",
        )
    if media_type not in ALLOWED:
        raise Refused(
            _("This is not a sound that we can play. Use ogg, mp3, m4a or wav."),
            "sound",
        )
    if by.staff is None:
        raise Refused(_("A member of staff keeps recordings."))
    with transaction.atomic():
        made = Recording.objects.create(
            municipality=by.staff.municipality,
            language=spoken.language,
            words_sha256=digest_of(spoken.words),
            media_type=media_type,
            content=content,
            uploaded_by=by.staff,
            uploaded_at=at,
        )
        record("uploaded a recording", by=by, at=at, on=made, purpose="management")
    return made


def end(*, recording: Recording, by: Actor, at: datetime) -> None:
    """With all earlier ones of the same words: none of them comes back by itself."""
    with transaction.atomic():
        rows = Recording.objects.filter(
            municipality=recording.municipality_id,
            language=recording.language,
            words_sha256=recording.words_sha256,
            ended_at=None,
        )
        rows.update(ended_at=at)
        record("ended a recording", by=by, at=at, on=recording, purpose="management")
