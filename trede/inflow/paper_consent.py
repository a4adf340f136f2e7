"""A consent form that was signed on paper is registered, with its scan.

Decides what a signature on paper is worth: what it says, from the day that stands on
it. A decision that the person took later stands, whatever paper turns up. The form to
sign is printed from the same text, in the same version, as the one on the screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.documents.typesetting import typeset
from trede.inflow.models import Candidate, Intake
from trede.inflow.signing import edition_of, reads_no_dutch, words_of
from trede.people import files
from trede.people.consent_text import (
    ConsentText,
    ConsentTextRefused,
    Edition,
    consent_text,
)
from trede.people.consenting import decide, standing
from trede.people.models import Person, Purpose, StoredFile
from trede.people.scans import ENDINGS, media_type_of_scan
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot


@dataclass(frozen=True)
class Paper:
    """What stands on the form."""

    signed_on: date
    version: str
    language: str
    decisions: Mapping[Purpose, bool]


def register(
    *, candidate: Candidate, paper: Paper, scan: bytes, by: Actor, at: datetime
) -> StoredFile:
    """Keep the scan and what was decided. The same paper twice is once."""
    if by.staff is None:
        raise Refused(_("Only a member of staff can register a form."))
    media_type = media_type_of_scan(scan, "scan")
    with transaction.atomic():
        now = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
        person, pilot = now.person, now.pilot
        edition = _edition_on(paper)
        _refuse(pilot, paper, at)
        there = _registered(person, scan)
        if there:
            return there
        _refuse_decided_since(person, pilot, paper, at)
        kept = files.store(
            municipality=person.municipality,
            person=person,
            kind=StoredFile.Kind.CONSENT,
            name=f"toestemming-papier-{paper.signed_on:%Y%m%d}.{ENDINGS[media_type]}",
            media_type=media_type,
            content=scan,
            at=at,
        )
        for purpose, given in paper.decisions.items():
            decide(
                person=person,
                pilot=pilot,
                purpose=purpose,
                given=given,
                text_version=paper.version,
                language=paper.language,
                by=by,
                at=at,
                form=kept,
                signed_at=_moment(paper.signed_on, at),
                translation_status=edition.status or "",
            )
        Intake.objects.filter(candidate=now, ended_at=None).update(form=kept)
        record(
            "registered a consent form on paper",
            by=by,
            at=at,
            on=kept,
            persons=[person.pk],
        )
    return kept


def blank_form(
    *, pilot: Pilot, text: ConsentText, edition: Edition, at: datetime
) -> bytes:
    """The form to print and sign by hand, as PDF."""
    asked = {
        one.code for one in rules_of(pilot, timezone.localdate(at)).consent.purposes
    }
    words = edition.signing
    content = words_of(pilot.municipality, text, edition, at)
    content["decisions"] = {
        "title": edition.decisions_title,
        "items": [
            {
                "question": one.question,
                "answers": [one.yes, one.no],
                "dutch": _in_dutch(text, one.purpose)
                if reads_no_dutch(edition)
                else None,
            }
            for one in edition.decision
            if one.purpose in asked
        ],
    }
    content["signing"] = {
        "title": words.title,
        "lines": [words.name, words.birth_date, words.date, words.signature],
        "facts": [],
        "typed": "",
        "signature": None,
    }
    content["digest"] = text.digest_in(edition.language)
    return typeset("consent", content)


def _in_dutch(text: ConsentText, purpose: str) -> list[str]:
    asked = text.dutch.decision_on(purpose)
    return [asked.question, f"{asked.yes} / {asked.no}"]


def _edition_on(paper: Paper) -> Edition:
    try:
        return edition_of(consent_text(paper.version), paper.language)
    except (KeyError, ConsentTextRefused) as problem:
        raise Refused(
            _("Choose the version that stands at the foot of the form."), "version"
        ) from problem


def _refuse(pilot: Pilot, paper: Paper, at: datetime) -> None:
    if paper.signed_on > timezone.localdate(at):
        raise Refused(_("This day has not come yet."), "signed_on")
    if paper.signed_on < rules_of(pilot).pilot.starts_on:
        raise Refused(_("On this day the pilot had not begun yet."), "signed_on")
    wanted = {one.code for one in rules_of(pilot).consent.purposes}
    if {purpose.value for purpose in paper.decisions} != wanted:
        raise Refused(_("Ask about each purpose apart: yes or no."))


def _registered(person: Person, scan: bytes) -> StoredFile | None:
    digest = files.digest_of(scan)
    return person.files.filter(
        kind=StoredFile.Kind.CONSENT, sha256=digest, destroyed_at=None
    ).first()


def _refuse_decided_since(
    person: Person, pilot: Pilot, paper: Paper, at: datetime
) -> None:
    """Of one day nobody knows which of two decisions came last. On the day of today
    the paper is taken for the newest, but it makes no yes of a no."""
    today = paper.signed_on == timezone.localdate(at)
    for purpose, given in paper.decisions.items():
        newest = standing(person, pilot, purpose)
        if newest is None or (today and (newest.given or not given)):
            continue
        decided_on = timezone.localdate(newest.at)
        if decided_on >= paper.signed_on:
            raise Refused(
                _(
                    "On %(day)s this person decided about this already. That stands: a"
                    " form of before cannot change it."
                )
                % {"day": decided_on.strftime("%d-%m-%Y")},
                "signed_on",
            )


def _moment(signed_on: date, at: datetime) -> datetime:
    """Paper has a day and no hour."""
    if signed_on == timezone.localdate(at):
        return at
    return timezone.make_aware(datetime.combine(signed_on, time(12)))
