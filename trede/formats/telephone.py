"""A telephone number in one grouping everywhere, as Dutch people read it out."""

import re

import phonenumbers

# 024 000 0000 is read out, and printed on paper, as 024 000 00 00.
_IN_FOUR = re.compile(r"^(\d{3} \d{3} \d{2})(\d{2})$")


def telephone_shown(number: str) -> str:
    """+31612345678 the way people read it out: 06 12345678. What is no number stays."""
    try:
        parsed = phonenumbers.parse(number, "NL")
    except phonenumbers.NumberParseException:
        return number
    if parsed.extension or re.search(r"[^\d\s+()-]", number):
        return number
    form = phonenumbers.PhoneNumberFormat
    dutch = parsed.country_code == 31
    said = phonenumbers.format_number(
        parsed, form.NATIONAL if dutch else form.INTERNATIONAL
    )
    return _IN_FOUR.sub(r"\1 \2", said) if dutch else said
