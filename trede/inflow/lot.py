"""The lot: a secret that was sealed before, and a digest that anybody can make again.

Lot k of a pilot has a secret, made from a key that is kept outside the database. Its
digest, the commitment, is written down before a pair uses the lot: so the secret is
fixed, and yet nobody who reads the database can tell who will be first. When the two
candidates and the moment are registered the secret is shown; the digest of all of it
decides. An even last digit puts the candidate with the lower number first.
"""

import hashlib
import hmac
from datetime import UTC, datetime


def secret_of(*, key: bytes, pilot: str, number: int) -> str:
    return hmac.new(key, f"{pilot}|{number}".encode(), hashlib.sha256).hexdigest()


def commitment_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def moment_in_words(moment: datetime) -> str:
    """The moment to the microsecond, the same wherever and whenever it is written."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sentence(*, secret: str, pilot: str, moment: datetime, one: int, other: int) -> str:
    """What is digested; whoever was entered first stands no better for it."""
    low, high = sorted((one, other))
    return f"{secret}|{pilot}|{moment_in_words(moment)}|{low}|{high}"


def digest_of(
    *, secret: str, pilot: str, moment: datetime, one: int, other: int
) -> str:
    words = sentence(secret=secret, pilot=pilot, moment=moment, one=one, other=other)
    return hashlib.sha256(words.encode()).hexdigest()


def first_of(digest: str, one: int, other: int) -> int:
    """The number of the candidate who starts at once."""
    return sorted((one, other))[int(digest, 16) % 2]


def recipe(*, secret: str, pilot: str, moment: datetime, one: int, other: int) -> str:
    """A programme of ten lines, for any computer with Python, that draws the lot."""
    low, high = sorted((one, other))
    return "\n".join(
        (
            "from hashlib import sha256",
            f'secret = "{secret}"',
            f'pilot = "{pilot}"',
            f'moment = "{moment_in_words(moment)}"',
            f"low, high = {low}, {high}",
            'print("commitment:", sha256(secret.encode()).hexdigest())',
            'words = f"{secret}|{pilot}|{moment}|{low}|{high}"',
            "digest = sha256(words.encode()).hexdigest()",
            'print("digest:    ", digest)',
            'print("first:     ", (low, high)[int(digest, 16) % 2])',
        )
    )
