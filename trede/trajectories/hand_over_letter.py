"""The letter that tells somebody, in the language they read, who their coach is now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.models import Staff
from trede.contact.letter_texts import Specimen, letter_of
from trede.contact.letters import make_letter, says
from trede.contact.models import Letter
from trede.contact.specimens import nobody
from trede.documents.translated import ORIGINAL, Said, long_date
from trede.documents.typesetting import typeset
from trede.formats.telephone import telephone_shown
from trede.inflow.models import Candidate, Stage
from trede.languages import language_of
from trede.people.details import address_lines
from trede.people.models import Person, Responsibility
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.together import Part, ask
from trede.trajectories.models import Closing, Cover, HandOver
from trede.trajectories.phases import after_care_until, cared_for

WHOM = ("trajectory__person__municipality", "trajectory__pilot", "giver", "receiver")
# Who was only on a list never met a coach, and who wants to be left in peace is.
HAVE_A_COACH = (
    Stage.WAITING,
    Stage.INTAKE,
    Stage.TO_START,
    Stage.PAIR_WAITING,
    Stage.STARTED,
    Stage.CLOSED,
)
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


@dataclass(frozen=True)
class NewCoach:
    """Somebody has another coach from a day."""

    person: Person
    pilot: Pilot
    giver: Staff
    receiver: Staff
    on: date


def of_hand_over(handed: HandOver) -> NewCoach:
    trajectory = handed.trajectory
    return NewCoach(
        trajectory.person, trajectory.pilot, handed.giver, handed.receiver, handed.on
    )


def untold(giver: Staff, since: date, on: date) -> list[NewCoach]:
    rows = without_letter(giver, since)
    ask(rows)
    return to_tell(rows.found, giver, on)


def without_letter(giver: Staff, since: date) -> Part[Responsibility]:
    """Whose coach this was until a day since then, and who got no letter about it yet,
    with the coach of now."""
    told = Letter.objects.filter(
        person=OuterRef("person"),
        kind=Letter.Kind.NEW_COACH,
        made_at__date__gte=OuterRef("started_on"),
    )
    before = Responsibility.objects.filter(
        person=OuterRef("person"), staff=giver, ended_on=OuterRef("started_on")
    )
    rows = Responsibility.objects.filter(
        ~Exists(told), Exists(before), ended_on=None, started_on__gte=since
    ).exclude(staff=giver)
    return Part(rows.order_by(), "person", "person__municipality", "staff")


def to_tell(
    changed: Iterable[Responsibility], giver: Staff, on: date
) -> list[NewCoach]:
    """Of these who is on the way to a trajectory or in one, and whom after-care is
    for."""
    found = sorted(changed, key=attrgetter("pk"))
    pilots = _pilots_of([one.person_id for one in found], on)
    return [
        NewCoach(one.person, pilots[one.person_id], giver, one.staff, one.started_on)
        for one in found
        if one.person_id in pilots
    ]


def _pilots_of(people: Collection[int], on: date) -> dict[int, Pilot]:
    """By number of the person; without those to whom nobody has to write."""
    rows = Candidate.objects.filter(person__in=people, person__erased_at=None)
    found = rows.filter(stage__in=HAVE_A_COACH).select_related("pilot").order_by("pk")
    closings = Closing.objects.standing().filter(trajectory__person__in=people)
    closed = {
        one.trajectory.candidate_id: one
        for one in closings.select_related("trajectory").order_by("on", "pk")
    }
    return {
        one.person_id: one.pilot
        for one in found
        if one.stage != Stage.CLOSED
        or _in_after_care(one.pilot, closed.get(one.pk), on)
    }


def _in_after_care(pilot: Pilot, closing: Closing | None, on: date) -> bool:
    rules = rules_of(pilot, on)
    if closing is None or closing.reason not in cared_for(rules.reasons.closing):
        return False
    until = after_care_until(closing.on, rules.limits)
    return until is not None and on <= until


def tell(changes: Iterable[NewCoach], *, by: Actor, at: datetime) -> list[Letter]:
    """A letter to each; they stand with the person, to be posted. One that lies ready
    and says the same is not made twice."""
    with transaction.atomic():
        return [_letter(one, by, at) for one in changes]


def specimen(of: Specimen) -> dict[str, object]:
    """The letter as it is printed, for nobody."""
    giver, on = Staff(name=_("Your coach until now")), timezone.localdate(of.at)
    new = NewCoach(nobody(of), of.pilot, giver, of.by, on)
    return _content(new, on, for_a_while=False)


def _letter(new: NewCoach, by: Actor, at: datetime) -> Letter:
    for_a_while = Cover.objects.filter(
        person=new.person,
        staff=new.receiver,
        ended_on=None,
        absence__staff=new.giver,
    ).exists()
    content = _content(new, timezone.localdate(at), for_a_while=for_a_while)
    known = new.person.letters.filter(pilot=new.pilot, kind=Letter.Kind.NEW_COACH)
    ready = known.filter(sent_on=None).first()
    if ready and says(ready, content):
        return ready
    return make_letter(
        person=new.person,
        pilot=new.pilot,
        kind=Letter.Kind.NEW_COACH,
        pdf=typeset("letter", content),
        content=content,
        by=by,
        at=at,
    )


def _content(new: NewCoach, on: date, *, for_a_while: bool) -> dict[str, object]:
    said = _said(new)
    content = _in_words(new, said, on, for_a_while)
    if said.dutch_beside:
        content["dutch"] = _in_words(new, _said(new, ORIGINAL), on, for_a_while)
    return content


def _said(new: NewCoach, language: str = "") -> Said[NewCoachWords]:
    rules = rules_of(new.pilot)
    wanted = language or new.person.language_read
    return letter_of(NewCoachWords, TEXT, wanted, rules)


def _in_words(
    new: NewCoach, said: Said[NewCoachWords], on: date, for_a_while: bool
) -> dict[str, object]:
    person, coach = new.person, new.receiver
    town = person.municipality.name
    about = rules_of(new.pilot).pilot
    office = telephone_shown(person.municipality.help_telephone or about.help_telephone)
    own = telephone_shown(coach.telephone)
    words = said.filled(
        name=person.full_name,
        coach=coach.name,
        giver=new.giver.name,
        day=long_date(new.on, said.language),
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
