"""How much a browser may send at once.

Decides before anything of it is read: who is signed in sends files, a stranger or a
person on a device no more than a spoken answer. What is larger is refused with a page
that says so.
"""

from django.conf import settings
from django.http import HttpRequest

MEGABYTE = 1024 * 1024


def most_megabytes(request: HttpRequest) -> int:
    most: int = (
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        if request.user.is_authenticated
        else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    )
    return most // MEGABYTE


def is_too_large(request: HttpRequest) -> bool:
    """By the length that the browser says; of what has none, nothing is read."""
    said = request.META.get("CONTENT_LENGTH") or ""
    if not said.isdecimal() or int(said) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return False  # what anybody may send: who it is need not be looked up
    return int(said) > most_megabytes(request) * MEGABYTE
