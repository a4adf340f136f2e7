"""What the fields of a target list are called on the screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELD_NAMES: dict[str, Promise] = {
    "bsn": _("BSN (citizen service number)"),
    "name": _("Whole name"),
    "surname": _("Surname"),
    "prefix": _("Prefix of the surname"),
    "given_names": _("Given names"),
    "initials": _("Initials"),
    "born_on": _("Date of birth"),
    "sex": _("Sex"),
    "birth_country": _("Country of birth"),
    "street": _("Street"),
    "house_number": _("House number"),
    "house_addition": _("House number addition"),
    "address": _("Whole address"),
    "postcode": _("Postcode"),
    "town": _("Town"),
    "telephone": _("Telephone"),
    "telephone_other": _("Other telephone"),
    "email": _("E-mail address"),
    "quarter": _("Quarter"),
    "benefit_since_on": _("On social assistance since"),
    "last_contact_on": _("Last contact"),
    "settled_on": _("In the Netherlands since"),
    "other_track": _("Running track elsewhere"),
    "status_approach": _("In the separate approach for status holders"),
    "language": _("Language"),
}
