"""Is this the scan or photo of a paper, whole, and nothing else?

It will be kept for years and opened by a colleague who trusts it. A file that was cut
short, that is locked with a password, or that can do something when it is opened, is
refused with what to do instead.
"""

import re

from django.utils.translation import gettext as _

from trede.accounts.refusing import Refused
from trede.people.files import ALLOWED, JPEG, MEGABYTE, PDF, PNG, media_type_of
from trede.people.models import StoredFile

# How each kind of file ends; some scanners write a little after it.
_ENDS = {PDF: b"%%EOF", PNG: b"IEND\xaeB`\x82", JPEG: b"\xff\xd9"}
_TAIL = 2048
# A scanner makes none of these; a mail that wants to do harm does.
_ACTS = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/OpenAction")
# The picture itself: in megabytes of packed bytes three letters turn up by chance.
_PACKED = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
ENDINGS = {PDF: "pdf", PNG: "png", JPEG: "jpg"}


def media_type_of_scan(content: bytes, field: str) -> str:
    """PDF, PNG or JPEG; anything else is refused at this field of the form."""
    most = ALLOWED[StoredFile.Kind.CONSENT][1]
    if len(content) > most:
        raise Refused(
            _("This file is too large. It may be %(most)d megabytes.")
            % {"most": most // MEGABYTE},
            field,
        )
    found = media_type_of(content)
    if found not in _ENDS:
        raise Refused(
            _("This is not a scan. Choose a PDF, or a photo as JPEG or PNG."), field
        )
    if _ENDS[found] not in content[-_TAIL:]:
        raise Refused(
            _("This file did not arrive whole. Scan the form once more."), field
        )
    if found == PDF and b"/Encrypt" in content:
        raise Refused(
            _("This PDF is locked with a password. Save it without one."), field
        )
    if found == PDF and _can_act(content):
        raise Refused(
            _("This PDF holds more than a scan. Scan the form once more."), field
        )
    return found


def _can_act(content: bytes) -> bool:
    return any(act in content for act in _ACTS) or b"/JS" in _PACKED.sub(b"", content)
