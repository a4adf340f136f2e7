"""The letter that goes home after signing: what was decided, and how to stop.

It holds a personal link with which the person stops with the study, or leaves the
trajectory, without asking anybody. The link works as long as the study may use the
answers.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.letter_texts import Specimen
from trede.contact.letters import make_letter
from trede.contact.links import make_link
from trede.contact.models import Letter
from trede.contact.specimens import nobody, page_of_nobody
from trede.documents.translated import ORIGINAL, Said, long_date
from trede.documents.typesetting import qr_code, typeset
from trede.formats.telephone import telephone_shown
from trede.inflow import letter_words
from trede.inflow.intake import locked
from trede.inflow.letter_words import ConsentLetterWords
from trede.inflow.models import Intake
from trede.inflow.words_gone import without_its_words
from trede.languages import language_of
from trede.people.consent_text import ConsentTextRefused, consent_text
from trede.people.details import address_lines
from trede.people.models import ConsentDecision
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules

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
        content = _content(decisions, rules, address(token), by.staff, at)
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
    decisions: list[ConsentDecision],
    rules: Rules,
    link: str,
    coach: Staff,
    at: datetime,
) -> dict[str, object]:
    said = letter_words.consent_letter(decisions[0].language, rules)
    content = _in_words(said, decisions, rules, link, coach, at)
    if said.dutch_beside:
        dutch = letter_words.consent_letter(ORIGINAL, rules)
        content["dutch"] = _in_words(dutch, decisions, rules, link, coach, at)
    return content


def specimen(of: Specimen) -> dict[str, object]:
    """The letter as it is printed, for nobody who said yes to all."""
    rules = rules_of(of.pilot, timezone.localdate(of.at))
    version = rules.consent.text_version
    decisions = [
        ConsentDecision(
            person=nobody(of),
            purpose=asked.purpose,
            given=True,
            text_version=version,
            language=of.language,
        )
        for asked in consent_text(version).dutch.decision
    ]
    return _content(decisions, rules, page_of_nobody(), of.by, of.at)


def _in_words(
    said: Said[ConsentLetterWords],
    decisions: list[ConsentDecision],
    rules: Rules,
    link: str,
    coach: Staff,
    at: datetime,
) -> dict[str, object]:
    person, today = decisions[0].person, timezone.localdate(at)
    town = person.municipality.name
    words = said.filled(
        name=person.full_name, coach=coach.name, municipality=town, town=town
    )
    chosen = [_chosen(decision, said.language) for decision in decisions]
    return {
        "language": said.language,
        "direction": language_of(said.language).direction,
        "made_on": today.isoformat(),
        "municipality": f"Gemeente {town}",
        "sender": [
            rules.pilot.name,
            telephone_shown(
                person.municipality.help_telephone or rules.pilot.help_telephone
            ),
        ],
        "address": [person.full_name, *address_lines(person)],
        "facts": [[words.date, long_date(today, said.language)]],
        "subject": words.subject,
        "salutation": words.salutation,
        "paragraphs": [*words.before, *chosen, *words.paragraphs],
        "page": {
            "address": link,
            "qr": qr_code(link),
            "alt": words.picture,
            "scan": words.scan,
        },
        "after": words.after,
        "closing": words.closing,
        "signed": [coach.name, town, telephone_shown(coach.telephone)],
        "footer": words.footer,
    }


def _chosen(decision: ConsentDecision, language: str) -> str:
    """In the words that were signed, as long as they are there."""
    try:
        text = consent_text(decision.text_version)
    except (KeyError, ConsentTextRefused):
        return without_its_words(decision, language)
    known = language if language in text.languages else ORIGINAL
    asked = text.in_language(known).decision_on(decision.purpose)
    return f"{asked.question} {asked.said(decision.given)}."
