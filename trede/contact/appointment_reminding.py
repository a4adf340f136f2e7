"""Who is reminded of an appointment today, and how?

A text message or else an e-mail goes two working days before; whoever can only be
reached by letter gets one a week before. By the first way that the pilot uses and that
reaches the person; each appointment once, in the person's language, with a link to move
or cancel it. One that was moved is another appointment. Nobody is written to on a day
off or in a halt.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.contact import appointment_words, sending
from trede.contact.appointment_words import words_in
from trede.contact.links import make_link
from trede.contact.models import Appointment, Letter, Message
from trede.contact.recording import channels_on
from trede.documents.typesetting import typeset
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.study_rules import CHANNEL_OF
from trede.pilots.workdays import first_working_day, is_working_day

CODE = "appointment"
BEFORE, LETTER_BEFORE = 2, timedelta(days=7)  # working days, and days by post
WAYS = (Message.By.SMS, Message.By.EMAIL, Message.By.LETTER)


def remind(*, pilot: Pilot, by: Actor, at: datetime) -> list[Message]:
    """Make what is due and send what lies ready. Running it again adds nothing."""
    on = timezone.localdate(at)
    if not is_working_day(on) or period_on(rules_of(pilot, on), on).kind == "halted":
        return []
    drop_stale_letters(pilot=pilot, by=by, at=at)
    made = [_make(one, way, by, at) for one, way in due(pilot, at)]
    for message in sending.to_send(pilot).filter(kind=CODE):
        sending.send(message=message, by=by, at=at)
    return [one for one in made if one]


def due(pilot: Pilot, at: datetime) -> list[tuple[Appointment, str]]:
    """Appointments to be told of now, and how. Not those of today: it is too late."""
    on = timezone.localdate(at)
    rows = Appointment.objects.filter(
        pilot=pilot,
        state=Appointment.State.PLANNED,
        starts_at__gte=_midnight(on + timedelta(days=1)),
        starts_at__lt=_midnight(on + LETTER_BEFORE + timedelta(days=1)),
    )
    made = Message.objects.filter(pilot=pilot, kind=CODE)
    told = set(made.values_list("about", flat=True))
    coming = [
        one
        for one in rows.select_related("person", "pilot", "staff")
        if str(one.pk) not in told
    ]
    ways = ((one, way_to(one, on)) for one in coming)
    return [(one, way) for one, way in ways if way and _is_time(one, way, on)]


def way_to(appointment: Appointment, on: date) -> str:
    """Empty where nobody knows how to reach the person."""
    used = {code for code, _label in channels_on(rules_of(appointment.pilot, on), on)}
    ways = (way for way in WAYS if CHANNEL_OF[way] in used)
    return next((w for w in ways if sending.reachable_by(appointment.person, w)), "")


def drop_stale_letters(*, pilot: Pilot, by: Actor, at: datetime) -> None:
    letters = Message.objects.filter(
        pilot=pilot,
        kind=CODE,
        by_way_of=Message.By.LETTER,
        state=Message.State.QUEUED,
    )
    for message in letters.select_related("person", "pilot"):
        why = not_any_more(message, at)
        if why:
            sending.drop(message=message, why=why, by=by, at=at)


def not_any_more(message: Message, at: datetime) -> str:
    appointment = _appointment(message)
    if appointment.state != Appointment.State.PLANNED:
        return _("This appointment does not stand any more.")
    return _("This appointment is over.") if appointment.starts_at <= at else ""


def _make(
    appointment: Appointment, way: str, by: Actor, at: datetime
) -> Message | None:
    rules = rules_of(appointment.pilot, timezone.localdate(at))
    return sending.make_message(
        person=appointment.person,
        pilot=appointment.pilot,
        kind=CODE,
        about=str(appointment.pk),
        by_way_of=way,
        language=words_in(appointment.person.language_read, rules).language,
        by=by,
        at=at,
    )


def _is_time(appointment: Appointment, way: str, on: date) -> bool:
    """A letter only while the post still has some days."""
    day = timezone.localdate(appointment.starts_at)
    last = on
    for _each in range(BEFORE):
        last = first_working_day(last + timedelta(days=1))
    return day > last if way == Message.By.LETTER else day <= last


def _link(message: Message, by: Actor, at: datetime) -> str:
    if not settings.ADDRESS:
        return ""
    days = (_appointment(message).starts_at - at).days + 1
    token = make_link(
        person=message.person,
        pilot=message.pilot,
        purpose=CODE,
        days=days,
        by=by,
        at=at,
    )
    return f"{settings.ADDRESS}{reverse('contact:own_appointments', args=[token])}"


def _words(message: Message, by: Actor, at: datetime) -> sending.Words:
    by_sms = message.by_way_of == Message.By.SMS
    put = appointment_words.as_sms if by_sms else appointment_words.as_email
    return put(_appointment(message), message.language, _link(message, by, at))


def _letter(message: Message, by: Actor, at: datetime) -> sending.LetterWords:
    link = _link(message, by, at)
    content = appointment_words.as_letter(
        _appointment(message), message.language, timezone.localdate(at), link
    )
    return sending.LetterWords(content, typeset("letter", content))


def _appointment(message: Message) -> Appointment:
    rows = Appointment.objects.select_related("person", "pilot", "staff")
    return rows.get(pk=int(message.about))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


KIND = sending.Kind(
    words=_words,
    letter=_letter,
    not_any_more=not_any_more,
    letter_kind=Letter.Kind.APPOINTMENT,
)
