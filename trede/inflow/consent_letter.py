"""The letter that goes home after signing: what was decided, and how to stop.

It holds a personal link with which the person stops with the study, or leaves the
trajectory, without asking anybody. The link works as long as the study may use the
answers.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.accounts.acting import Actor
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.letters import make_letter
from trede.contact.links import make_link
from trede.contact.models import Letter
from trede.documents.typesetting import qr_code, typeset
from trede.inflow.intake import locked
from trede.inflow.models import Intake
from trede.people.models import ConsentDecision, Person
from trede.pilots.loading import rules_of

PURPOSE = "leave"
KIND = "consent"
# Also after the pilot one may still want one's answers out of a later report.
DAYS_AFTER_PILOT = 365


def make_consent_letter(
    *, intake: Intake, address: Callable[[str], str], by: Actor, at: datetime
) -> Letter:
    """`address` makes of a token the whole address of the page for leaving."""
    if by.staff is None:
        raise Refused(_("Only a member of staff can write a letter."))
    with transaction.atomic():
        now = locked(intake, ended=True)
        decisions = _signed(now)
        person, pilot = now.candidate.person, now.candidate.pilot
        rules = rules_of(pilot, timezone.localdate(at))
        left = (rules.pilot.ends_on - timezone.localdate(at)).days
        token = make_link(
            person=person,
            pilot=pilot,
            purpose=PURPOSE,
            days=max(left, 0) + DAYS_AFTER_PILOT,
            by=by,
            at=at,
        )
        with translation.override(decisions[0].language):
            content = _content(person, decisions, address(token), by.staff, at)
        return make_letter(
            person=person,
            pilot=pilot,
            kind=KIND,
            pdf=typeset("letter", content),
            content=content,
            by=by,
            at=at,
        )


def _signed(intake: Intake) -> list[ConsentDecision]:
    decisions = ConsentDecision.objects.filter(form=intake.form_id).order_by("pk")
    if intake.form_id is None or not decisions:
        raise Refused(_("First the consent form, then the letter about it."))
    return list(decisions)


def _content(
    person: Person,
    decisions: list[ConsentDecision],
    link: str,
    coach: Staff,
    at: datetime,
) -> dict[str, object]:
    town = person.municipality.name
    rtl = translation.get_language_bidi()
    return {
        "language": decisions[0].language,
        "direction": "rtl" if rtl else "ltr",
        "made_on": timezone.localdate(at).isoformat(),
        "municipality": town,
        "sender": [town, person.municipality.help_telephone],
        "address": [
            person.full_name,
            f"{person.street} {person.house_number}".strip(),
            f"{person.postcode}  {person.town}".strip(),
        ],
        "facts": [[_("Date"), f"{timezone.localdate(at):%d-%m-%Y}"]],
        "subject": _("Your choices for the study"),
        "salutation": pgettext("letter", "Dear %(name)s,") % {"name": person.full_name},
        "paragraphs": [
            _("You talked with %(coach)s about the study. This is what you chose.")
            % {"coach": coach.name},
            *(_chosen(decision) for decision in decisions),
            _("You may change your mind at any time. You do not have to say why."),
            _("Do you want to stop? Tell your coach, or go to this page:"),
        ],
        "page": {
            "address": link,
            "qr": qr_code(link),
            "alt": _("QR code of the page on which you can stop"),
            "scan": _("Scan the code with the camera of your telephone."),
        },
        "after": [
            _(
                "There you can stop with the study and still keep your trajectory. You"
                " can also stop with the trajectory."
            ),
            _("Keep this letter. The link is only for you."),
        ],
        "closing": pgettext("letter", "Kind regards,"),
        "signed": [coach.name, town, coach.telephone],
        "footer": town,
    }


def _chosen(decision: ConsentDecision) -> str:
    said = pgettext("consent", "yes") if decision.given else pgettext("consent", "no")
    return f"{decision.get_purpose_display()}: {said}."
