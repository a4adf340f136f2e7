"""Reads the other values of a row: numbers that identify, ways to reach somebody,
sex, yes or no. A value that is not what its column says is named, never bent.
"""

import functools
import re
import unicodedata
from typing import NamedTuple

import phonenumbers
from stdnum.nl import postcode as dutch_postcode

from trede.inflow.reading.reasons import Problem, params_of

UNKNOWN_WORDS = (
    "- -- . ? / x onbekend unknown nvt n.v.t. nb n.b. geen leeg null none nan #n/b #n/a"
)
UNKNOWN = frozenset(UNKNOWN_WORDS.split())
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
SHORTEST_BSN = 4
SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
TRAILING_ZERO = re.compile(r"[.,]0+$")
BSN_FILLING = re.compile(r"[\s.\-/_]|^bsn:?", re.IGNORECASE)
DUTCH_NUMBER = re.compile(r"0[1-9]\d{8}")
PHONE_FILLING = re.compile(r"[\s\-./()]|^tel:")
PHONE_DIVIDER = re.compile(r"[/;,|]| of | en ")
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[a-z]{2,}", re.IGNORECASE)
SEXES = {
    word: sex
    for sex, words in {
        "man": "m man mannelijk male 1 h heer dhr mnl",
        "woman": "v vrouw vrouwelijk female f w 2 mevr mw mevrouw vrl",
        "other": "x anders other divers non-binair",
        "": "o onbekend unknown 0 9 ? -",
    }.items()
    for word in words.split()
}
ANSWERS = {
    word: answer
    for answer, words in (
        (True, "ja j yes y 1 true waar x wel"),
        (False, "nee n no 0 false onwaar niet neen geen"),
        (None, "onbekend ? - unknown nvt n.v.t."),
    )
    for word in words.split()
}
NO_TRACK_WORDS = "geen nee n no none niet nvt n.v.t. - -- . 0 false"
NO_TRACK = frozenset(NO_TRACK_WORDS.split())


class Reading(NamedTuple):
    """A text value that was read, a correction, or why it was not read."""

    value: str = ""
    correction: Problem | None = None
    problem: Problem | None = None


def fold(text: str) -> str:
    """For comparing: lower case, without accents, signs or double spaces."""
    plain = text if text.isascii() else _without_accents(text)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.lower()).split())


@functools.lru_cache(maxsize=20_000)
def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return bare.translate(_LETTERS)


_LETTERS = str.maketrans({"ø": "o", "ı": "i", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


def passes_eleven_test(digits: str) -> bool:
    """The test of the BSN: nine digits, weights 9 to 2 and -1, a sum above zero."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)
    )
    return total > 0 and total % 11 == 0


def read_bsn(text: str) -> Reading:
    digits = BSN_FILLING.sub("", TRAILING_ZERO.sub("", text.strip()))
    if not digits.strip("0") or digits.casefold() in UNKNOWN:
        return Reading()
    if SCIENTIFIC.fullmatch(text.strip()):
        return Reading(problem=Problem("bsn_damaged"))
    if not (digits.isascii() and digits.isdigit()):
        return Reading(problem=Problem("bsn_unreadable"))
    if len(digits) > 9 or len(digits) < SHORTEST_BSN:
        return Reading(problem=Problem("bsn_length", params_of(digits=len(digits))))
    padded = digits.zfill(9)
    if passes_eleven_test(padded):
        added = Problem("bsn_zeros_added") if len(digits) < 9 else None
        return Reading(padded, added)
    if len(digits) < 9:
        return Reading(problem=Problem("bsn_length", params_of(digits=len(digits))))
    return Reading(problem=_failing(digits))


def _failing(digits: str) -> Problem:
    """Two neighbouring digits the wrong way round is the usual slip."""
    swapped = {
        digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(8)
    } - {digits}
    one = sum(passes_eleven_test(other) for other in swapped) == 1
    return Problem("bsn_digits_swapped" if one else "bsn_fails_test")


def read_telephone(text: str) -> Reading:
    """A telephone number in international form; without a country it is Dutch."""
    text = text.strip().lstrip("'")
    if not text or fold(text) in UNKNOWN or text.casefold() in UNKNOWN:
        return Reading()
    if number := _international(text):
        return Reading(number)
    if number := _international(PHONE_DIVIDER.split(text)[0]):
        return Reading(number, Problem("telephone_first"))
    return Reading(problem=Problem("telephone_dropped"))


def _international(text: str) -> str:
    bare = PHONE_FILLING.sub("", text)
    if len(bare) == 9 and bare.isdigit() and bare[0] != "0":
        # A spreadsheet took the number for a quantity and dropped the zero.
        bare = "0" + bare
    if DUTCH_NUMBER.fullmatch(bare):
        return "+31" + bare[1:]
    if not bare.startswith(("+", "00")):
        return ""
    try:
        number = phonenumbers.parse(bare, "NL")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_email(text: str) -> Reading:
    text = text.strip().strip("<>").removeprefix("mailto:")
    if not text or text.casefold() in UNKNOWN:
        return Reading()
    if EMAIL.fullmatch(text) and len(text) <= 254:
        return Reading(text.casefold())
    return Reading(problem=Problem("email_dropped"))


@functools.lru_cache(maxsize=20_000)
def read_postcode(text: str) -> Reading:
    bare = text.strip()
    if not bare or bare.casefold() in UNKNOWN:
        return Reading()
    if not dutch_postcode.is_valid(bare):
        return Reading(problem=Problem("postcode_dropped"))
    compact = re.sub(r"[\s\-]", "", bare).upper()
    return Reading(f"{compact[:4]} {compact[4:]}")


def read_sex(text: str) -> Reading:
    word = TRAILING_ZERO.sub("", text.strip().casefold().rstrip("."))
    if not word or word in SEXES:
        return Reading(SEXES.get(word, ""))
    return Reading(problem=Problem("sex_unread"))


class AnswerReading(NamedTuple):
    value: bool | None = None
    problem: Problem | None = None


def read_yes_no(text: str) -> AnswerReading:
    word = TRAILING_ZERO.sub("", text.strip().casefold().rstrip(".!"))
    if not word or word in ANSWERS:
        return AnswerReading(ANSWERS.get(word))
    return AnswerReading(problem=Problem("yes_no_unread"))


def read_track(text: str) -> str | None:
    """The running track; an empty cell in this column says that there is none."""
    word = text.strip()
    if word.casefold() in NO_TRACK:
        return ""
    return None if word in ("?", "onbekend", "Onbekend") else word
