"""A person decides on each purpose of the study, and signs.

What was explained, declared, decided and signed becomes one PDF that never changes: the
same bytes for both sides, kept encrypted, with a digest by which a copy is recognised.
Whoever decides otherwise later signs anew; the earlier form stays.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.documents.translated import ORIGINAL
from trede.documents.typesetting import picture, typeset
from trede.inflow.intake import locked
from trede.inflow.models import Intake
from trede.inflow.waiting_by_lot import design_on
from trede.languages import language_of
from trede.people import files
from trede.people.consent_text import ConsentText, Edition, consent_text
from trede.people.consenting import decide, standing
from trede.people.details import in_dutch_order
from trede.people.models import Person, Purpose, StoredFile
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

LONGEST_NAME = 120
Decisions = Mapping[Purpose, bool]


def text_of(pilot: Pilot, at: datetime) -> ConsentText:
    """The text that the pilot puts before people on a day: that of its design, in the
    languages of which the pilot trusts the words."""
    day = timezone.localdate(at)
    rules = rules_of(pilot, day)
    version = rules.consent.version_under(design_on(rules, day).code)
    try:
        text = consent_text(version)
    except KeyError as problem:
        raise Refused(
            _("There is no consent text “%(version)s”. Correct the pilot's file.")
            % {"version": version}
        ) from problem
    return text.good_enough(rules.questions.translation_at_least)


def edition_of(text: ConsentText, language: str) -> Edition:
    try:
        return text.in_language(language)
    except KeyError as problem:
        raise Refused(
            _(
                "The text is not there in this language. Choose one that the person"
                " understands, with an interpreter if need be."
            ),
            "language",
        ) from problem


def sign(
    *,
    intake: Intake,
    decisions: Decisions,
    signature_png: bytes | None,
    typed_name: str,
    language: str,
    by: Actor,
    at: datetime,
) -> StoredFile:
    """Write down a yes or a no to each purpose, with the form that was signed."""
    name = " ".join(typed_name.split())
    with transaction.atomic():
        now = locked(intake)
        person, pilot = now.candidate.person, now.candidate.pilot
        _refuse(now, decisions, name, signature_png)
        text = text_of(pilot, at)
        if now.form and _stand(person, pilot, decisions, text, language):
            return now.form
        edition = edition_of(text, language)
        content = words_of(person.municipality, text, edition, at)
        content["decisions"] = _decided(edition, text.dutch, decisions)
        content["signing"] = _signing(person, edition, name, signature_png, at)
        content["digest"] = _digest(content)
        now.form = files.store(
            municipality=person.municipality,
            person=person,
            kind=StoredFile.Kind.CONSENT,
            name=f"toestemming-{timezone.localdate(at):%Y%m%d}.pdf",
            media_type=files.PDF,
            content=typeset("consent", content),
            at=at,
        )
        now.save(update_fields=["form"])
        for purpose, given in decisions.items():
            decide(
                person=person,
                pilot=pilot,
                purpose=purpose,
                given=given,
                text_version=text.version,
                language=language,
                by=by,
                at=at,
                form=now.form,
                text_sha256=text.digest_in(language),
                translation_status=edition.status or "",
            )
        record("kept a consent form", by=by, at=at, on=now.form, persons=[person.pk])
    return now.form


def _refuse(
    intake: Intake, decisions: Decisions, name: str, signature: bytes | None
) -> None:
    if intake.informed_at is None:
        raise Refused(_("First tell what the study is, then ask."))
    pilot = intake.candidate.pilot
    wanted = {one.code for one in rules_of(pilot).consent.purposes}
    if {purpose.value for purpose in decisions} != wanted:
        raise Refused(_("Ask about each purpose apart: yes or no."))
    if any(decisions.values()) and not name and not signature:
        raise Refused(
            _("A yes is signed: on the screen, or by typing the name."), "typed_name"
        )
    if len(name) > LONGEST_NAME:
        raise Refused(_("This name is too long."), "typed_name")


def _stand(
    person: Person,
    pilot: Pilot,
    decisions: Decisions,
    text: ConsentText,
    language: str,
) -> bool:
    """Whether all of this was decided already in these words: a second click on the
    button."""
    newest = {purpose: standing(person, pilot, purpose) for purpose in decisions}
    words = (text.version, language)
    return all(
        one is not None
        and one.given is given
        and (one.text_version, one.language) == words
        for one, given in zip(newest.values(), decisions.values(), strict=True)
    )


def words_of(
    municipality: Municipality, text: ConsentText, edition: Edition, at: datetime
) -> dict[str, object]:
    """What every consent form says: the data of `consent.typ` without decisions,
    signature and digest. The law and the coach read Dutch, so that goes with it."""
    language = language_of(edition.language)
    return {
        "language": language.code,
        "direction": language.direction,
        "made_on": timezone.localdate(at).isoformat(),
        "municipality": municipality.name,
        "title": edition.title,
        "facts": [],
        **_told(edition),
        "dutch": _told(text.dutch) if reads_no_dutch(edition) else None,
        "digest_label": "SHA-256",
        "footer": f"{municipality.name} · {text.version} · {language.code}",
    }


def _told(edition: Edition) -> dict[str, object]:
    return {
        "title": edition.title,
        "sections": [
            {
                "title": section.title,
                "paragraphs": list(section.paragraphs),
                "points": list(section.points),
            }
            for section in edition.section
        ],
        "declarations": {
            "title": edition.declarations_title,
            "items": list(edition.declarations),
        },
    }


def reads_no_dutch(edition: Edition) -> bool:
    return not edition.language.startswith(ORIGINAL)


def _decided(
    edition: Edition, dutch: Edition, decisions: Decisions
) -> dict[str, object]:
    return {
        "title": edition.decisions_title,
        "items": [
            {
                "question": edition.decision_on(purpose).question,
                "answer": edition.decision_on(purpose).said(given),
                "given": given,
                "dutch": _in_dutch(dutch, purpose, given)
                if reads_no_dutch(edition)
                else None,
            }
            for purpose, given in decisions.items()
        ],
    }


def _in_dutch(dutch: Edition, purpose: Purpose, given: bool) -> list[str]:
    asked = dutch.decision_on(purpose)
    return [asked.question, asked.said(given)]


def _signing(
    person: Person,
    edition: Edition,
    name: str,
    signature: bytes | None,
    at: datetime,
) -> dict[str, object]:
    words = edition.signing
    moment = timezone.localtime(at)
    return {
        "title": words.title,
        "facts": [
            [words.name, person.full_name],
            [words.birth_date, in_dutch_order(person.birth_date)],
            [words.date, f"{moment:%d-%m-%Y %H:%M}"],
        ],
        "typed_label": words.signature,
        "typed": name,
        "signature": picture(signature) if signature else None,
        "signature_label": words.signature,
        "signature_alt": f"{words.signature}: {person.full_name}",
    }


def _digest(content: Mapping[str, object]) -> str:
    whole = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()
