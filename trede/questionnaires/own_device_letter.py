"""The link for one's own telephone on paper, in the language of the sitting.

The code is never on it: somebody who finds the letter opens nothing.
"""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.accounts.acting import Actor, record
from trede.documents.typesetting import qr_code, typeset
from trede.formats.telephone import telephone_shown
from trede.languages import language_of
from trede.questionnaires.models import OwnDevice


def letter(*, link: OwnDevice, address: str, by: Actor, at: datetime) -> bytes:
    """`address` is the whole address of the page that the link opens."""
    sitting = link.sitting
    language = language_of(sitting.language)
    with translation.override(language.buttons):
        content = _content(link, address, at)
    content["direction"] = language.direction
    if language.buttons != "nl":
        # Whoever helps reads Dutch.
        with translation.override("nl"):
            content["dutch"] = _content(link, address, at)
    pdf = typeset("letter", content)
    record(
        "printed a link for one's own telephone",
        by=by,
        at=at,
        on=sitting,
        persons=[sitting.person_id],
        purpose="research",
    )
    return pdf


def _content(link: OwnDevice, address: str, at: datetime) -> dict[str, object]:
    person, coach = link.sitting.person, link.made_by
    town = person.municipality.name
    day, until = timezone.localdate(at), timezone.localdate(link.expires_at)
    return {
        "language": language_of(link.sitting.language).buttons,
        "made_on": day.isoformat(),
        "municipality": f"Gemeente {town}",
        "sender": [town, telephone_shown(person.municipality.help_telephone)],
        "address": [
            person.full_name,
            f"{person.street} {person.house_number}".strip(),
            f"{person.postcode}  {person.town}".strip(),
        ],
        "facts": [[_("Date"), f"{day:%d-%m-%Y}"]],
        "subject": _("The questions on your own telephone"),
        "salutation": pgettext("letter", "Dear %(name)s,") % {"name": person.full_name},
        "paragraphs": [
            _("You can answer the questions on your own telephone."),
            _("You need a code of six digits. %(coach)s tells you this code.")
            % {"coach": coach.name},
        ],
        "page": {
            "address": address,
            "qr": qr_code(address),
            "alt": _("QR code of the page with the questions"),
            "scan": _("Scan the code with the camera of your telephone."),
        },
        "after": [
            _("You may stop and go on later, on the same telephone."),
            _("The link works until %(day)s. It is only for you.")
            % {"day": f"{until:%d-%m-%Y}"},
        ],
        "closing": pgettext("letter", "Kind regards,"),
        "signed": [coach.name, town, telephone_shown(coach.telephone)],
        "footer": town,
    }
