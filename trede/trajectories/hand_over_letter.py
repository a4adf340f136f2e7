"""The letter that tells somebody, in the language they read, who their coach is now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.models import Staff
from trede.contact.letter_texts import Specimen, letter_of
from trede.contact.letters import make_letter
from trede.contact.models import Letter
from trede.contact.specimens import nobody
from trede.documents.translated import ORIGINAL, Said, long_date
from trede.documents.typesetting import typeset
from trede.formats.telephone import telephone_shown
from trede.languages import language_of
from trede.people.details import address_lines
from trede.people.models import Responsibility
from trede.pilots.loading import rules_of
from trede.trajectories.models import Cover, HandOver, Trajectory

WHOM = ("trajectory__person__municipality", "trajectory__pilot", "giver", "receiver")
TEXT = Path(__file__).parent / "handing_over_texts" / "new_coach.toml"


@dataclass(frozen=True, kw_only=True)
class NewCoachWords:
    date: str
    subject: str
    salutation: str
    new: str
    for_a_while: str
    paragraphs: list[str]
    closing: str
    footer: str


def untold(giver: Staff, since: date) -> list[HandOver]:
    """Of whom this coach handed over since a day: nobody got the letter yet."""
    told = Letter.objects.filter(
        person=OuterRef("trajectory__person"),
        kind=Letter.Kind.NEW_COACH,
        made_at__gte=OuterRef("recorded_at"),
    )
    still = Responsibility.objects.filter(
        person=OuterRef("trajectory__person"), staff=OuterRef("receiver"), ended_on=None
    )
    rows = HandOver.objects.filter(
        ~Exists(told),
        Exists(still),
        giver=giver,
        on__gte=since,
        trajectory__closed_on=None,
    )
    return list(rows.select_related(*WHOM))


def tell(hand_overs: Iterable[HandOver], *, by: Actor, at: datetime) -> list[Letter]:
    """A letter to each; they stand with the person, to be posted."""
    with transaction.atomic():
        return [_letter(one, by, at) for one in hand_overs]


def specimen(of: Specimen) -> dict[str, object]:
    """The letter as it is printed, for nobody."""
    handed = HandOver(
        trajectory=Trajectory(person=nobody(of), pilot=of.pilot),
        giver=Staff(name=_("Your coach until now")),
        receiver=of.by,
        on=timezone.localdate(of.at),
    )
    return _content(handed, handed.on, for_a_while=False)


def _letter(handed: HandOver, by: Actor, at: datetime) -> Letter:
    for_a_while = Cover.objects.filter(
        person=handed.trajectory.person,
        staff=handed.receiver,
        ended_on=None,
        absence__staff=handed.giver,
    ).exists()
    content = _content(handed, timezone.localdate(at), for_a_while=for_a_while)
    return make_letter(
        person=handed.trajectory.person,
        pilot=handed.trajectory.pilot,
        kind=Letter.Kind.NEW_COACH,
        pdf=typeset("letter", content),
        content=content,
        by=by,
        at=at,
    )


def _content(handed: HandOver, on: date, *, for_a_while: bool) -> dict[str, object]:
    said = _said(handed)
    content = _in_words(handed, said, on, for_a_while)
    if said.dutch_beside:
        content["dutch"] = _in_words(handed, _said(handed, ORIGINAL), on, for_a_while)
    return content


def _said(handed: HandOver, language: str = "") -> Said[NewCoachWords]:
    rules = rules_of(handed.trajectory.pilot)
    wanted = language or handed.trajectory.person.language_read
    return letter_of(NewCoachWords, TEXT, wanted, rules)


def _in_words(
    handed: HandOver, said: Said[NewCoachWords], on: date, for_a_while: bool
) -> dict[str, object]:
    person, coach = handed.trajectory.person, handed.receiver
    town = person.municipality.name
    about = rules_of(handed.trajectory.pilot).pilot
    office = telephone_shown(person.municipality.help_telephone or about.help_telephone)
    own = telephone_shown(coach.telephone)
    words = said.filled(
        name=person.full_name,
        coach=coach.name,
        giver=handed.giver.name,
        day=long_date(handed.on, said.language),
        telephone=own or office,
        town=town,
    )
    return {
        "language": said.language,
        "direction": language_of(said.language).direction,
        "made_on": on.isoformat(),
        "municipality": f"Gemeente {town}",
        "sender": [about.name, office],
        "address": [person.full_name, *address_lines(person)],
        "facts": [[words.date, long_date(on, said.language)]],
        "subject": words.subject,
        "salutation": words.salutation,
        "paragraphs": [
            words.for_a_while if for_a_while else words.new,
            *words.paragraphs,
        ],
        "after": [],
        "closing": words.closing,
        "signed": [coach.name, town, own],
        "footer": words.footer,
    }
