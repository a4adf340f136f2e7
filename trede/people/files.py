"""Files about a person, and uploaded lists: encrypted, destroyed when no longer used.

Decides what may be stored: what the bytes themselves say they are, not what the name
promises, and no more of it than a consent form, a letter or a list needs.
"""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.people.models import Person, StoredFile

Kind = StoredFile.Kind
MEGABYTE = 1024 * 1024
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
TEXT = "text/csv"
OGG, MP3, MP4, WAV = "audio/ogg", "audio/mpeg", "audio/mp4", "audio/wav"
WEBM = "audio/webm"
SOUND_ENDINGS = {OGG: "ogg", MP3: "mp3", MP4: "m4a", WAV: "wav", WEBM: "webm"}
SOUNDS = frozenset(SOUND_ENDINGS)
# What each kind of file may be, and how large.
ALLOWED: dict[str, tuple[frozenset[str], int]] = {
    Kind.CONSENT: (frozenset({PDF, PNG, JPEG}), 10 * MEGABYTE),
    Kind.LETTER: (frozenset({PDF}), 10 * MEGABYTE),
    Kind.SIGNATURE: (frozenset({PNG}), MEGABYTE),
    Kind.UPLOAD: (frozenset({TEXT, XLSX, XLS}), 50 * MEGABYTE),
    Kind.SPOKEN: (SOUNDS, 3 * MEGABYTE),
}
_BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"PK\x03\x04", XLSX),
    (b"\xd0\xcf\x11\xe0", XLS),
    (b"\x7fELF", ""),
    (b"MZ", ""),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", ""),
    (b"OggS", OGG),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
    (b"\xff\xf2", MP3),
    (b"\x1aE\xdf\xa3", WEBM),
)
# Containers that say so only after the length of what follows.
_INSIDE = ((b"ftyp", 4, MP4), (b"WAVE", 8, WAV))
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")


def media_type_of(content: bytes) -> str:
    """What the bytes say they are; empty for what nobody here has a use for."""
    for beginning, media_type in _BEGINNINGS:
        if content.startswith(beginning):
            return media_type
    for word, place, media_type in _INSIDE:
        if content[place:].startswith(word):
            return media_type
    readable = content.startswith(_WIDE_TEXT) or b"\0" not in content[:4096]
    return TEXT if readable else ""


def store(
    *,
    municipality: Municipality,
    person: Person | None,
    kind: StoredFile.Kind,
    name: str,
    media_type: str,
    content: bytes,
    at: datetime,
) -> StoredFile:
    """Keep a file. Part of a rule that writes the audit line for it."""
    allowed, most = ALLOWED[kind]
    if not content:
        raise Refused(_("This file is empty. Choose another one."))
    if len(content) > most:
        raise Refused(
            _("This file is too large. It may be %(most)d megabytes.")
            % {"most": most // MEGABYTE}
        )
    found = media_type_of(content)
    if found not in allowed or media_type != found:
        raise Refused(_("This is another kind of file than is asked for here."))
    return StoredFile.objects.create(
        municipality=municipality,
        person=person,
        kind=kind,
        name=name,
        media_type=media_type,
        content=content,
        sha256=digest_of(content),
        stored_at=at,
    )


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def destroy(*, file: StoredFile, at: datetime) -> None:
    """The content and the name go; that there was a file, and its digest, stay."""
    with transaction.atomic():
        rows = StoredFile.objects.select_for_update().defer("content")
        now = rows.get(pk=file.pk)
        if now.destroyed_at is None:
            now.content, now.name, now.destroyed_at = b"", "", at
            now.save(update_fields=["content", "name", "destroyed_at"])
    file.refresh_from_db()
