"""Every contact with a person, of every channel; appointments; personal links."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.people.models import Person, PersonsQuerySet, StoredFile
from trede.people.vault import EncryptedTextField
from trede.pilots.models import Pilot


class Channel(models.TextChoices):
    TELEPHONE = "telephone", pgettext_lazy("channel", "telephone")
    LETTER = "letter", pgettext_lazy("channel", "letter")
    EMAIL = "email", pgettext_lazy("channel", "e-mail")
    MESSAGE = "message", pgettext_lazy("channel", "message")
    VIDEO = "video", pgettext_lazy("channel", "video call")
    TALK = "talk", pgettext_lazy("channel", "talk")
    WALK = "walk", pgettext_lazy("channel", "walk")
    VISIT = "visit", pgettext_lazy("channel", "home visit")


class Outcome(models.TextChoices):
    """What came of it. No outcome is a fault of the person."""

    SPOKE = "spoke", pgettext_lazy("outcome", "spoke")
    NO_ANSWER = "no_answer", pgettext_lazy("outcome", "no answer")
    NOT_THERE = "not_there", pgettext_lazy("outcome", "did not come")
    MESSAGE_LEFT = "message_left", pgettext_lazy("outcome", "message left")
    SENT = "sent", pgettext_lazy("outcome", "sent")
    WRONG_NUMBER = "wrong_number", pgettext_lazy("outcome", "number is not right")


class Occasion(models.TextChoices):
    """Where in the journey the contact took place."""

    INVITATION = "invitation", pgettext_lazy("occasion", "invitation")
    LIGHT = "light", pgettext_lazy("occasion", "light contact")
    INTAKE = "intake", pgettext_lazy("occasion", "intake")
    GUIDANCE = "guidance", pgettext_lazy("occasion", "guidance")
    CLOSING = "closing", pgettext_lazy("occasion", "closing talk")
    AFTER_CARE = "after_care", pgettext_lazy("occasion", "after-care")


class Initiative(models.TextChoices):
    STAFF = "staff", pgettext_lazy("initiative", "we")
    PERSON = "person", pgettext_lazy("initiative", "the person")


class ContactMomentQuerySet(PersonsQuerySet["ContactMoment"]):
    def standing(self) -> Self:
        """Without what was undone, and without the undoing itself."""
        # By a join PostgreSQL expects that hardly any row is left, and then looks for
        # each of a million; unless told, it looks among all that reverse nothing.
        undone = ContactMoment.objects.filter(
            reverses=models.OuterRef("pk"), reverses__isnull=False
        )
        return self.filter(~models.Exists(undone), reverses=None)


class ContactMoment(models.Model):
    """One contact or one attempt. `at` is when it took place."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="contact_moments")
    pilot = models.ForeignKey(Pilot, models.PROTECT)
    by = models.ForeignKey(Staff, models.PROTECT)
    at = models.DateTimeField(db_index=True)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    occasion = models.CharField(max_length=12, choices=Occasion.choices)
    initiative = models.CharField(
        max_length=6, choices=Initiative.choices, default=Initiative.STAFF
    )
    location = models.CharField(max_length=120, blank=True)
    circumstance = models.CharField(max_length=40)  # code of the pilot's calendar
    note = EncryptedTextField()
    # Why somebody was contacted who should have been left alone while waiting.
    deviation_reason = models.CharField(max_length=300, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal"
    )
    # A double click carries the same key and is kept once.
    submission = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()

    objects = ContactMomentQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact moment")
        verbose_name_plural = _("contact moments")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["pilot", "outcome", "person", "id"],
                name="who_was_reached",
                condition=models.Q(reverses__isnull=True),
            ),
            models.Index(fields=["person", "at"], name="moments_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.outcome} {self.at:%Y-%m-%d}"


class Appointment(models.Model):
    """An agreed moment to meet. `appointments.py` says which state may follow."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("appointment", "planned")
        HELD = "held", pgettext_lazy("appointment", "held")
        NOT_THERE = "not_there", pgettext_lazy("appointment", "did not come")
        MOVED = "moved", pgettext_lazy("appointment", "moved")
        CANCELLED = "cancelled", pgettext_lazy("appointment", "cancelled")

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    pilot = models.ForeignKey(Pilot, models.PROTECT)
    staff = models.ForeignKey(Staff, models.PROTECT)
    starts_at = models.DateTimeField(db_index=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    location = models.CharField(max_length=120)  # code of the pilot file, or words
    about = EncryptedTextField()
    occasion = models.CharField(
        max_length=12, choices=Occasion.choices, default=Occasion.GUIDANCE
    )
    # Needed, for which language; and since when somebody is found who comes along.
    interpreter = models.CharField(max_length=60, blank=True)
    interpreter_booked_at = models.DateTimeField(null=True, blank=True)
    # The same for all that were planned in one go.
    series = models.UUIDField(null=True, blank=True, db_index=True)
    planned_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.PLANNED
    )
    state_since = models.DateTimeField()
    moved_to = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_from"
    )

    objects = PersonsQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["person", "starts_at"], name="meetings_of_a_person"),
            models.Index(
                fields=["pilot", "starts_at"],
                name="no_shows_in_order",
                condition=models.Q(state="not_there"),
            ),
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class AppointmentTransition(models.Model):
    """A step of an appointment: dated, appended. The newest is its state."""

    appointment = models.ForeignKey(
        Appointment, models.PROTECT, related_name="transitions"
    )
    state = models.CharField(max_length=10, choices=Appointment.State.choices)
    before = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    reason = EncryptedTextField()
    # The contact that took place, or did not, at this appointment.
    moment = models.OneToOneField(
        ContactMoment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointment_transition",
    )

    class Meta:
        verbose_name = _("step of an appointment")
        verbose_name_plural = _("steps of appointments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.appointment_id}: {self.state}"


class Letter(models.Model):
    """A letter to one person, frozen as it went out."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", pgettext_lazy("letter", "invitation")
        CONSENT = "consent", pgettext_lazy("letter", "the choices for the study")
        REMINDER = "reminder", pgettext_lazy("letter", "questionnaire reminder")
        APPOINTMENT = (
            "appointment",
            pgettext_lazy("letter", "reminder of an appointment"),
        )
        PLAN = "plan", pgettext_lazy("letter", "my plan")
        NEW_COACH = "new_coach", pgettext_lazy("letter", "another coach")

    person = models.ForeignKey(Person, models.PROTECT, related_name="letters")
    pilot = models.ForeignKey(Pilot, models.PROTECT)
    kind = models.CharField(max_length=30)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    # What was typeset, as JSON: letters of a round are printed together from it.
    content = EncryptedTextField()
    made_at = models.DateTimeField()
    # Empty for a letter that the daily run made.
    made_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    # Sending is a contact; undoing that contact makes the letter unsent again.
    moment = models.OneToOneField(
        ContactMoment, models.PROTECT, null=True, blank=True, related_name="letter"
    )

    objects = PersonsQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def kind_in_words(self) -> str:
        return str(dict(self.Kind.choices).get(self.kind, self.kind))


class LetterText(models.Model):
    """What a pilot writes in one of its letters, in one language; appended, never
    changed. The newest counts; without words it is the text that came with Trede."""

    class Status(models.TextChoices):
        MACHINE = "machine", pgettext_lazy("translation", "made by a machine")
        REVIEWED = "reviewed", pgettext_lazy("translation", "reviewed by a speaker")
        VALIDATED = "validated", pgettext_lazy("translation", "tried with speakers")

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="letter_texts")
    letter = models.SlugField(max_length=30)
    language = models.CharField(max_length=12)
    # In Dutch: the pieces that differ, by their name in the file. In another language:
    # Dutch sentence to its translation.
    words = models.JSONField(default=dict)
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.MACHINE
    )
    # Who reviewed or validated, as that person is called: often no member of staff.
    vouched_by = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="machine") | ~models.Q(vouched_by=""),
                name="somebody_vouches_for_a_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.language} {self.pk}"


class Message(models.Model):
    """A message that goes out by a rule, not by hand. `sending.py` says what follows.

    `about` names what it is about, and with it nobody gets it twice. While it is
    `sending` it may have left already: only somebody who looked it up may say.
    """

    class By(models.TextChoices):
        LETTER = "letter", pgettext_lazy("message", "letter")
        EMAIL = "email", pgettext_lazy("message", "e-mail")
        SMS = "sms", pgettext_lazy("message", "text message")

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("message", "ready to go")
        SENDING = "sending", pgettext_lazy("message", "being sent")
        SENT = "sent", pgettext_lazy("message", "sent")
        FAILED = "failed", pgettext_lazy("message", "did not go")
        DROPPED = "dropped", pgettext_lazy("message", "no longer needed")

    person = models.ForeignKey(Person, models.PROTECT, related_name="messages")
    pilot = models.ForeignKey(Pilot, models.PROTECT)
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=40)
    by_way_of = models.CharField(max_length=6, choices=By.choices)
    language = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    state_since = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    again = models.BooleanField(default=False)  # a later run may try once more
    # Where it went and what it said, without a personal link that stood in it.
    address = EncryptedTextField()
    words = EncryptedTextField()
    error = models.CharField(max_length=300, blank=True)
    letter = models.OneToOneField(
        Letter, models.PROTECT, null=True, blank=True, related_name="message"
    )

    objects = PersonsQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "pilot", "kind", "about"], name="a_message_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"


class PersonalLink(models.Model):
    """A link in a letter with which a person acts without an account.

    Only a digest of the token is kept: who reads the database cannot use the link.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="links")
    pilot = models.ForeignKey(Pilot, models.PROTECT)
    purpose = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")

    def __str__(self) -> str:
        return f"link {self.pk}"


class CalendarLink(models.Model):
    """The secret address of one coach's calendar; only a digest of it is kept."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="calendar_links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=models.Q(ended_at=None),
                name="one_calendar_each",
            )
        ]

    def __str__(self) -> str:
        return f"calendar {self.pk}"


class WrongLink(models.Model):
    """Somebody came with a token that does not exist; kept for an hour, to count."""

    origin = models.CharField(max_length=64, db_index=True)  # digest of an address
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("wrong link")

    def __str__(self) -> str:
        return f"wrong link {self.pk}"
