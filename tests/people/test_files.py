"""What the vault keeps as a file, told from its bytes and not from its name."""

import pytest

from tests.cast import AT, Cast
from trede.accounts.refusing import Refused
from trede.people.files import ALLOWED, MEGABYTE, XLS, media_type_of, store
from trede.people.models import StoredFile

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
KINDS = {
    b"%PDF-1.7": "application/pdf",
    b"BSN;Naam\n1;x": "text/csv",
    OLD_WORKBOOK: XLS,
    b"\x7fELF\x02": "",
    b"GIF89a": "",
}


def keep(cast: Cast, content: bytes, kind: StoredFile.Kind) -> StoredFile:
    return store(
        municipality=cast.here,
        person=None,
        kind=kind,
        name="lijst",
        media_type=media_type_of(content),
        content=content,
        at=AT,
    )


@pytest.mark.parametrize(("content", "media_type"), KINDS.items())
def test_the_bytes_say_what_a_file_is(content: bytes, media_type: str):
    assert media_type_of(content) == media_type


def test_an_older_workbook_may_be_uploaded_as_a_list(cast: Cast):
    file = keep(cast, OLD_WORKBOOK, StoredFile.Kind.UPLOAD)
    assert StoredFile.objects.get(pk=file.pk).content == OLD_WORKBOOK


def test_a_workbook_is_no_consent_form(cast: Cast):
    with pytest.raises(Refused, match="another kind"):
        keep(cast, OLD_WORKBOOK, StoredFile.Kind.CONSENT)


def test_a_file_that_is_too_large_is_refused_with_the_limit(cast: Cast):
    most = ALLOWED[StoredFile.Kind.CONSENT][1]
    with pytest.raises(Refused, match=f"{most // MEGABYTE} megabytes"):
        keep(cast, b"%PDF-" + bytes(most), StoredFile.Kind.CONSENT)


def test_an_empty_file_is_refused(cast: Cast):
    with pytest.raises(Refused, match="empty"):
        keep(cast, b"", StoredFile.Kind.UPLOAD)
