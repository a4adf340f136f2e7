"""A signature drawn on the screen: is it a picture, and nothing else?

It comes from the browser as a data address. What is not a whole, small PNG is refused:
it will be printed on a form that is kept for years.
"""

import base64
import binascii
import struct
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from trede.accounts.refusing import Refused

_PREFIX = "data:image/png;base64,"
_MAGIC = b"\x89PNG\r\n\x1a\n"
LARGEST = 300_000
WIDEST = 8_000
# A drawing on a white ground packs very well; a bomb packs better.
MOST_UNPACKED = 120_000_000
_KEPT = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"))


def drawn(address: str) -> bytes | None:
    """The picture, or None when nothing was drawn."""
    if not address.strip():
        return None
    try:
        if not address.startswith(_PREFIX):
            raise ValueError("not a PNG data address")
        content = base64.b64decode(address[len(_PREFIX) :], validate=True)
        return _clean(content)
    except (ValueError, binascii.Error, struct.error, zlib.error) as problem:
        raise Refused(
            _("The signature did not arrive well. Sign again, or type the name."),
            "signature",
        ) from problem


def _clean(content: bytes) -> bytes:
    """The picture without whatever else a file can carry."""
    if not content.startswith(_MAGIC) or len(content) > LARGEST:
        raise ValueError("not a PNG, or too large")
    chunks = list(_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR" or chunks[-1][0] != b"IEND":
        raise ValueError("not a whole PNG")
    width, height = struct.unpack(">II", chunks[0][1][:8])
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise ValueError("not of a size that a screen has")
    _unpack(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    return _MAGIC + b"".join(
        _chunk(kind, body) for kind, body in chunks if kind in _KEPT
    )


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_MAGIC)
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        kind, body = (
            content[place + 4 : place + 8],
            content[place + 8 : place + 8 + length],
        )
        (check,) = struct.unpack_from(">I", content, place + 8 + length)
        if zlib.crc32(kind + body) != check:
            raise ValueError("damaged")
        yield kind, body
        place += 12 + length


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + check


def _unpack(packed: bytes) -> None:
    reader = zlib.decompressobj()
    reader.decompress(packed, MOST_UNPACKED)
    if not reader.eof:
        raise ValueError("cut short, or far too large")
