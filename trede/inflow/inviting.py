"""The letter that invites a candidate to a first talk, at a place of their choice.

Decides who gets one: who is on the list and may be contacted, and has an address. It
offers the places of the pilot file that are open on that day; when none is, it asks how
people want to talk instead. A round of letters is printed as one document, and noted as
sent in one go.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.letter_texts import Specimen
from trede.contact.letters import make_letter, mark_sent, says
from trede.contact.links import make_link
from trede.contact.models import Letter, Message
from trede.contact.recording import undo_contact
from trede.contact.specimens import nobody, page_of_nobody
from trede.documents.translated import ORIGINAL, Said, long_date
from trede.documents.typesetting import qr_code, typeset
from trede.formats.telephone import telephone_shown
from trede.inflow import letter_words
from trede.inflow.letter_words import InvitationWords
from trede.inflow.models import Candidate, Stage
from trede.inflow.resting import left_in_peace
from trede.inflow.waiting import resting_list
from trede.languages import language_of
from trede.people.models import Person
from trede.people.responsibility import coach_of
from trede.pilots.circumstances import locations_on
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules

PURPOSE = "invitation"
DAYS = 90  # as long as the code in the letter opens the page to choose on
# What makes of a token the whole address of that page; without it there is no code.
Address = Callable[[str], str]
MAY_BE_INVITED = frozenset({Stage.LISTED, Stage.WAITING, Stage.RESTING})


@dataclass(frozen=True)
class Round:
    """Letters that lie ready, and for whom none could be made, with the reason."""

    letters: list[Letter]
    without: list[tuple[Candidate, str]]


def make_invitation(
    *, candidate: Candidate, by: Actor, at: datetime, address: Address | None = None
) -> Letter:
    """The letter as a file. One that lies ready and says the same is not made twice."""
    with transaction.atomic():
        now = Candidate.objects.select_for_update(of=("self",)).select_related(
            "person__municipality", "pilot"
        )
        whom = now.get(pk=candidate.pk)
        number = _number(whom)
        content = _content(whom, by, at, number)
        ready = unsent(whom.pilot).filter(person=whom.person).first()
        if ready and says(ready, content):
            return ready
        if address:
            _add_page(content, whom, lambda: address(_link(whom, by, at)), at, number)
        return make_letter(
            person=whom.person,
            pilot=whom.pilot,
            kind=Letter.Kind.INVITATION,
            pdf=typeset("letter", content),
            by=by,
            at=at,
            content=content,
        )


def why_not_invited(candidate: Candidate, at: datetime) -> str:
    """What stands in the way of a letter; empty when nothing does."""
    if candidate.stage not in MAY_BE_INVITED:
        return (
            _("Only somebody on the waiting list is invited. This person is: %s.")
            % candidate.get_stage_display()
        )
    if left_in_peace(candidate.person, candidate.pilot, at):
        return _(
            "This person is left in peace. Choose “Call again from now on” first,"
            " if they asked for it."
        )
    if not _address(candidate.person):
        return _("No full address is known. Fill it in first, or call.")
    return ""


def make_round(
    *,
    candidates: Iterable[Candidate],
    by: Actor,
    at: datetime,
    address: Address | None = None,
) -> Round:
    made = Round([], [])
    for candidate in candidates:
        try:
            letter = make_invitation(candidate=candidate, by=by, at=at, address=address)
            made.letters.append(letter)
        except Refused as refusal:
            made.without.append((candidate, str(refusal.message)))
    return made


def send_round(
    *, letters: Sequence[Letter], on: date, by: Actor, at: datetime
) -> list[Letter]:
    """All of these went to the post; each is noted as a contact."""
    with transaction.atomic():
        return [mark_sent(letter=one, on=on, by=by, at=at) for one in letters]


def take_back_round(
    *, letters: Iterable[Letter], by: Actor, at: datetime
) -> list[Letter]:
    """They did not go after all: each lies ready again."""
    with transaction.atomic():
        sent = [one for one in letters if one.moment is not None]
        for letter in sent:
            if letter.moment is not None:
                undo_contact(moment=letter.moment, by=by, at=at)
    return sent


def sent_with(letter: Letter) -> QuerySet[Letter]:
    """All that were noted as sent in the same go."""
    if letter.moment is None:
        return Letter.objects.none()
    return Letter.objects.filter(
        pilot=letter.pilot_id,
        moment__recorded_at=letter.moment.recorded_at,
        moment__by=letter.moment.by_id,
    )


def ready_to_post(pilot: Pilot, on: date) -> QuerySet[Letter]:
    """Of who lies ready, those who are not left in peace on that day; and reminders of
    an appointment that stands."""
    return _invitations_to_post(pilot, on) | _reminders_to_post(pilot)


def _invitations_to_post(pilot: Pilot, on: date) -> QuerySet[Letter]:
    ready = unsent(pilot)
    if rules_of(pilot, on).contact.light_contact_while_resting:
        return ready
    return ready.exclude(person__in=resting_list(pilot=pilot, on=on).values("person"))


def _reminders_to_post(pilot: Pilot) -> QuerySet[Letter]:
    kind, queued = Letter.Kind.APPOINTMENT, Message.State.QUEUED
    return Letter.objects.filter(
        pilot=pilot, kind=kind, sent_on=None, message__state=queued
    )


def unsent(pilot: Pilot) -> QuerySet[Letter]:
    """Invitations that lie ready, the newest of each person."""
    invitations = Letter.objects.filter(pilot=pilot, kind=Letter.Kind.INVITATION)
    newer = invitations.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
    return invitations.filter(~Exists(newer), sent_on=None)


def specimen(of: Specimen) -> dict[str, object]:
    """The letter as it is printed, for nobody."""
    candidate = Candidate(person=nobody(of), pilot=of.pilot)
    content = _said_to(candidate, of.by, timezone.localdate(of.at), of.number)
    _add_page(content, candidate, page_of_nobody, of.at, of.number)
    return content


def _number(candidate: Candidate) -> int:
    """The how manyth invitation it is of those that went to the post."""
    sent = _went(candidate.pilot_id).filter(person=candidate.person)
    return 1 + sent.count()


def sent_before(letters: Collection[Letter]) -> Counter[int]:
    """By number of the person, how many invitations of the pilot went to the post."""
    people = [one.person_id for one in letters]
    pilots = {one.pilot_id for one in letters}
    sent = _went(*pilots).filter(person__in=people)
    return Counter(sent.order_by().values_list("person", flat=True))


def _went(*pilots: int) -> QuerySet[Letter]:
    invitations = Letter.objects.filter(kind=Letter.Kind.INVITATION, pilot__in=pilots)
    return invitations.exclude(sent_on=None)


def _content(
    candidate: Candidate, by: Actor, at: datetime, number: int
) -> dict[str, object]:
    person, today = candidate.person, timezone.localdate(at)
    if why := why_not_invited(candidate, at):
        raise Refused(why)
    coach = coach_of(person) or by.staff
    if coach is None:
        raise Refused(_("Only a member of staff can write a letter."))
    return _said_to(candidate, coach, today, number)


def _said_to(
    candidate: Candidate, coach: Staff, today: date, number: int
) -> dict[str, object]:
    person, rules = candidate.person, rules_of(candidate.pilot, today)
    said = letter_words.invitation(person.language_read, rules, number)
    content = _in_words(said, candidate, coach, rules, today)
    if said.dutch_beside:
        dutch = letter_words.invitation(ORIGINAL, rules, number)
        content["dutch"] = _in_words(dutch, candidate, coach, rules, today)
    return content


def _link(candidate: Candidate, by: Actor, at: datetime) -> str:
    whom, pilot = candidate.person, candidate.pilot
    return make_link(person=whom, pilot=pilot, purpose=PURPOSE, days=DAYS, by=by, at=at)


def _add_page(
    content: dict[str, object],
    candidate: Candidate,
    made: Callable[[], str],
    at: datetime,
    number: int,
) -> None:
    """A code to the page to choose on, in the letter and in the Dutch beside it."""
    rules = rules_of(candidate.pilot, timezone.localdate(at))
    language = candidate.person.language_read
    words = letter_words.invitation(language, rules, number).text
    if not (words.scan and words.picture):
        return
    link = made()
    content["page"] = _page(words, link)
    if isinstance(dutch := content.get("dutch"), dict):
        beside = letter_words.invitation(ORIGINAL, rules, number).text
        dutch["page"] = _page(beside, link)


def _page(words: InvitationWords, link: str) -> dict[str, str]:
    return {
        "address": link,
        "qr": qr_code(link),
        "alt": words.picture,
        "scan": words.scan,
    }


def _in_words(
    said: Said[InvitationWords],
    candidate: Candidate,
    coach: Staff,
    rules: Rules,
    today: date,
) -> dict[str, object]:
    person, town = candidate.person, candidate.pilot.municipality.name
    words = said.filled(
        name=person.full_name,
        coach=coach.name,
        municipality=f"gemeente {town}",
        town=town,
        telephone=_telephone(coach, rules),
        pilot=candidate.pilot.name,
    )
    return {
        "language": said.language,
        "direction": language_of(said.language).direction,
        "made_on": today.isoformat(),
        "municipality": f"Gemeente {town}",
        "sender": [candidate.pilot.name, _telephone(coach, rules)],
        "address": _address(person),
        "facts": [[words.date, long_date(today, said.language)]],
        "subject": words.subject,
        "salutation": words.salutation,
        "paragraphs": words.paragraphs,
        "choices": _choices(rules, said, words, today),
        "after": words.after,
        "closing": words.closing,
        "signed": words.signature,
        "footer": words.footer,
    }


def _choices(
    rules: Rules, said: Said[InvitationWords], words: InvitationWords, on: date
) -> dict[str, object] | None:
    here = locations_on(rules, on)
    places = [_place(one.label, said) for one in here if one.in_letter]
    if places:
        return {"lead": words.lead, "options": places, "other": words.other}
    options = [_place(one.label, said) for one in here]
    if not options:
        return None
    return {"lead": words.remote_lead, "options": options, "other": ""}


def _place(label: str, said: Said[InvitationWords]) -> str:
    """The name that the pilot gives, which the coach reads on what comes back."""
    theirs = said.words.of(label) if said.words else ""
    if not said.dutch_beside:
        return theirs or label
    if not theirs or label in theirs:
        return theirs or label
    return f"{theirs} (\u2068{label}\u2069)"


def _address(person: Person) -> list[str]:
    if not (person.street and person.postcode and person.town):
        return []
    return [
        person.full_name,
        f"{person.street} {person.house_number}".strip(),
        f"{person.postcode}  {person.town}",
    ]


def _telephone(coach: Staff, rules: Rules) -> str:
    return telephone_shown(coach.telephone or rules.pilot.help_telephone)
