"""Questionnaires as they were used, sittings, and answers.

An answer belongs to the person: it is not shown to the coach (wall 2), and neither is
anything computed from it.
"""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Municipality, Staff
from trede.people.models import Person, PersonsQuerySet, StoredFile
from trede.people.vault import EncryptedTextField
from trede.pilots.models import Pilot


class QuestionnairesQuerySet(models.QuerySet["Questionnaire"]):
    """What is there for all, and what one's own municipality made."""

    def of_town(self, municipality_id: int | None) -> Self:
        own = models.Q(municipality=municipality_id)
        return self.filter(models.Q(municipality=None) | own)


class Questionnaire(models.Model):
    """One version, frozen with its text; immutable once a sitting uses it."""

    code = models.SlugField(max_length=60)
    version = models.CharField(max_length=80)  # see `own_versions`
    title = models.CharField(max_length=160)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    # Of its words in all other languages: names what is kept in memory of them.
    translations_sha256 = models.CharField(max_length=64, blank=True)
    taken_in_sha256 = models.CharField(max_length=64, blank=True)  # of Trede's words
    # Who made it, and who alone sees and uses it; none for what is there for all.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = QuestionnairesQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"], name="questionnaire_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Translation(models.Model):
    """The words of one version in another language; appended, never changed.

    What a municipality made counts there alone. Nobody but a person by name says that
    a translation was reviewed or validated.
    """

    class Status(models.TextChoices):
        MACHINE = "machine", pgettext_lazy("translation", "made by a machine")
        REVIEWED = "reviewed", pgettext_lazy("translation", "reviewed by a speaker")
        VALIDATED = "validated", pgettext_lazy("translation", "tried with speakers")

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="translations"
    )
    language = models.CharField(max_length=12)
    edition = models.PositiveIntegerField()  # 1, 2, ... whoever's: no number twice
    # None for what is there for all.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status.choices)
    # {place: words}, places as `definition.texts_of` names them.
    texts = models.JSONField()
    sha256 = models.CharField(max_length=64)  # of the texts
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who reviewed or validated, as that person is called: often no member of staff.
    vouched_by = models.CharField(max_length=120, blank=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "language", "edition"],
                name="translation_edition_once",
            ),
            models.CheckConstraint(
                condition=models.Q(status="machine") | ~models.Q(vouched_by=""),
                name="somebody_vouches_for_a_translation",
            ),
        ]

    def __str__(self) -> str:
        return f"translation {self.language} {self.edition}"


class Recording(models.Model):
    """A text read aloud; of the same words the newest counts, in its municipality."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    words_sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recording of a text")
        verbose_name_plural = _("recordings of texts")
        indexes = [
            models.Index(fields=["language", "words_sha256"], name="recording_words")
        ]

    def __str__(self) -> str:
        return f"recording {self.pk}"


class Instruction(models.Model):
    """A coach read how to sit beside somebody who answers, or practised it."""

    class Kind(models.TextChoices):
        READ = "read", pgettext_lazy("instruction", "read the instruction")
        PRACTISED = "practised", pgettext_lazy("instruction", "practised")

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    edition = models.CharField(max_length=20)  # of the page of instruction
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("instruction of a coach")
        verbose_name_plural = _("instructions of coaches")

    def __str__(self) -> str:
        return f"instruction {self.pk}"


class Sitting(models.Model):
    """One time that a person answers a questionnaire: three parts, one sitting.

    A wave may have a second sitting (an intake is renewed): which of the two counts is
    for the study to say. Only one of them is open at a time.
    """

    class Mode(models.TextChoices):
        ALONE = "alone", pgettext_lazy("mode", "alone, on the coach's device")
        EXPLAINED = "explained", pgettext_lazy("mode", "alone, with explanation")
        READ_ALOUD = "read_aloud", pgettext_lazy("mode", "read aloud by somebody")
        INTERPRETER = "interpreter", pgettext_lazy("mode", "with an interpreter")
        PAPER = "paper", pgettext_lazy("mode", "on paper")
        TELEPHONE = "telephone", pgettext_lazy("mode", "by telephone")
        OWN_DEVICE = "own_device", pgettext_lazy("mode", "on one's own telephone")

    class Helper(models.TextChoices):
        """Who helped the person to answer; help may colour the answers."""

        NOBODY = "nobody", pgettext_lazy("helper", "nobody")
        FAMILY = "family", pgettext_lazy("helper", "family or a friend")
        STAFF = "staff", pgettext_lazy("helper", "a member of staff")
        INTERPRETER = "interpreter", pgettext_lazy("helper", "an interpreter")
        OTHER = "other", pgettext_lazy("helper", "somebody else")

    class State(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("sitting", "prepared")
        HANDED_OVER = "handed_over", pgettext_lazy("sitting", "with the person")
        STOPPED = "stopped", pgettext_lazy("sitting", "stopped for now")
        FINISHED = "finished", pgettext_lazy("sitting", "finished")
        ENDED = "ended", pgettext_lazy("sitting", "ended before the end")

    person = models.ForeignKey(Person, models.PROTECT, related_name="sittings")
    pilot = models.ForeignKey(Pilot, models.PROTECT)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT)
    wave = models.CharField(max_length=4)  # T0, T0b, T1, T2
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.ALONE)
    language = models.CharField(max_length=12, default="nl")
    # The words that the person has before them; none in the language of writing.
    translation = models.ForeignKey(
        Translation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # All in which it was read, one of each language: each answer tells its language.
    editions = models.ManyToManyField(Translation, related_name="+")
    location = models.CharField(max_length=120, blank=True)
    circumstance = models.CharField(max_length=40)  # code of the pilot's calendar
    prepared_by = models.ForeignKey(Staff, models.PROTECT)
    prepared_at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.PREPARED
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    # The question on which the person is.
    current = models.CharField(max_length=60, blank=True)
    # Answers on paper or aloud: the day they were given, who helped, who was asked to
    # type them in, who did. Whether the person agreed that this was the coach, who
    # otherwise does not see answers.
    answered_on = models.DateField(null=True, blank=True)
    helped_by = models.CharField(max_length=12, choices=Helper.choices, blank=True)
    typist = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    own_coach_agreed = models.BooleanField(default=False)
    simulated = models.BooleanField(default=False)

    objects = PersonsQuerySet.as_manager()

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "pilot", "wave"],
                condition=models.Q(state__in=["prepared", "handed_over", "stopped"]),
                name="one_open_sitting_a_wave",
            )
        ]
        indexes = [models.Index(fields=["pilot", "finished_at"], name="finished_last")]

    def __str__(self) -> str:
        return f"sitting {self.pk} {self.wave}"

    @property
    def measured_on(self) -> date | None:
        """The day the answers are about: typing them in may be weeks later."""
        if self.answered_on or self.finished_at is None:
            return self.answered_on
        return timezone.localdate(self.finished_at)


class SittingTransition(models.Model):
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="transitions")
    state = models.CharField(max_length=12, choices=Sitting.State.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    question = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("step of a sitting")
        verbose_name_plural = _("steps of sittings")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.state}"


class SittingMoment(models.Model):
    """Something that happened at a question and that the analysis needs."""

    class Kind(models.TextChoices):
        EXPLANATION = "explanation", pgettext_lazy("moment", "asked for explanation")
        READ_ALOUD = "read_aloud", pgettext_lazy("moment", "had it read aloud")
        OFFLINE = "offline", pgettext_lazy("moment", "answered without internet")
        NOT_KEPT = "not_kept", pgettext_lazy("moment", "answer came too late to keep")

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="moments")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    question = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("moment of a sitting")
        verbose_name_plural = _("moments of sittings")

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.kind}"


class OwnDevice(models.Model):
    """A link to one sitting for the person's own telephone, opened with a code.

    Token and code travel apart (one on paper or in a message, the other spoken), and
    only their digests are kept.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="own_devices")
    token_digest = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=200)
    failed_codes = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("link for one's own telephone")
        verbose_name_plural = _("links for one's own telephone")

    def __str__(self) -> str:
        return f"own device {self.pk}"


class Handover(models.Model):
    """The device is with the person: only question pages open until the PIN.

    The PIN is the coach's own, hashed. The token stands in the address and in a cookie
    of the device. Answers from before `shown_from` are not shown again: whoever holds
    the device then need not be the person who gave them.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="handovers")
    staff = models.ForeignKey(Staff, models.PROTECT)
    token_digest = models.CharField(max_length=64, unique=True)
    # Empty on the person's own telephone: there is nothing to give back.
    pin_hash = models.CharField(max_length=200, blank=True)
    own_device = models.ForeignKey(
        OwnDevice, models.PROTECT, null=True, blank=True, related_name="handovers"
    )
    failed_pins = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField()
    shown_from = models.DateTimeField()
    # Where the coach goes on afterwards.
    return_to = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("device with the person")
        verbose_name_plural = _("devices with the person")

    def __str__(self) -> str:
        return f"handover {self.pk}"


class Answer(models.Model):
    """What was answered, when; appended, the newest of a question counts.

    `value` is a code or number as text; free text stands encrypted in `words`.
    Exactly one of a value, words or a `missing` reason is there, or sound instead.
    """

    class Missing(models.TextChoices):
        REFUSED = "refused", pgettext_lazy("missing", "rather not say")
        DONT_KNOW = "dont_know", pgettext_lazy("missing", "don't know")
        SKIPPED = "skipped", pgettext_lazy("missing", "skipped")
        NOT_ASKED = "not_asked", pgettext_lazy("missing", "not asked")

    class Part(models.TextChoices):
        OPENING = "opening"
        CORE = "core"
        CLOSING = "closing"

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="answers")
    question = models.CharField(max_length=60)
    part = models.CharField(max_length=8, choices=Part.choices)
    number = models.PositiveIntegerField()  # 1, 2, ... within sitting and question
    value = models.CharField(max_length=60, blank=True)
    words = EncryptedTextField()
    # A spoken answer, kept as sound; `words` is then what was written down of it.
    spoken = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # How the value came about, such as the hours of each day of a week.
    detail = models.CharField(max_length=60, blank=True)
    # In which language the question stood there.
    language = models.CharField(max_length=12, blank=True)
    # Made by the device: an answer that is sent twice is kept once.
    submission = models.UUIDField(null=True, blank=True)
    missing = models.CharField(max_length=10, choices=Missing.choices, blank=True)
    at = models.DateTimeField()
    # Who typed it in; nobody when the person answered on a device.
    typed_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "question", "number"], name="answer_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["sitting", "submission"], name="submission_once"
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
