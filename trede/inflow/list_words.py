"""How the fields of a target list are called, and how their values are shown."""

import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trede.inflow.differences import NO_TRACK
from trede.people.details import shown

FIELDS: dict[str, Promise] = {
    "bsn": gettext_lazy("BSN, kept encrypted"),
    "name": gettext_lazy("Whole name"),
    "surname": gettext_lazy("Surname"),
    "prefix": gettext_lazy("Prefix of the surname"),
    "name_prefix": gettext_lazy("Prefix of the surname"),
    "given_names": gettext_lazy("First names"),
    "initials": gettext_lazy("Initials"),
    "born_on": gettext_lazy("Date of birth"),
    "birth_date": gettext_lazy("Date of birth"),
    "sex": gettext_lazy("Sex"),
    "birth_country": gettext_lazy("Country of birth"),
    "born_in": gettext_lazy("Country of birth, as written"),
    "address": gettext_lazy("Whole address"),
    "street": gettext_lazy("Street"),
    "house_number": gettext_lazy("House number"),
    "house_addition": gettext_lazy("Addition to the house number"),
    "postcode": gettext_lazy("Postcode"),
    "town": gettext_lazy("Town"),
    "quarter": gettext_lazy("Quarter"),
    "telephone": gettext_lazy("Telephone"),
    "telephone_other": gettext_lazy("Second telephone"),
    "email": gettext_lazy("E-mail address"),
    "language": gettext_lazy("Language"),
    "benefit_since_on": gettext_lazy("Benefit since"),
    "settled_on": gettext_lazy("In the Netherlands since"),
    "last_contact_on": gettext_lazy("Last contact"),
    "last_seen_on": gettext_lazy("Last contact"),
    "other_track": gettext_lazy("Other track"),
    "status_approach": gettext_lazy("In the approach for status holders"),
}
YES_NO = {"1": pgettext_lazy("criterion", "yes"), "0": pgettext_lazy("criterion", "no")}


def field_label(code: str) -> str:
    return str(FIELDS.get(code, code))


def value_shown(field: str, value: str) -> str:
    """A date the Dutch way, a code as a word; nothing as a dash."""
    if not value:
        return "–"
    if field in ("sex", "telephone", "birth_country", "language"):
        return shown(field, value)
    if field == "status_approach":
        return str(YES_NO.get(value, value))
    if field == "other_track" and value == NO_TRACK:
        return _("none running")
    return dutch_date(value)


def dutch_date(text: str) -> str:
    """31-12-1975 for 1975-12-31; also when the day or month is unknown."""
    parts = text.split("-")
    if [len(part) for part in parts] == [4, 2, 2] and "".join(parts).isdigit():
        return "-".join(reversed(parts))
    return text


def day(on: datetime.date | datetime.datetime) -> str:
    return f"{on:%d-%m-%Y}"
