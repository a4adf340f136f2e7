"""The identity vault: persons, households, who is responsible, consent, files.

Names, numbers and addresses stand encrypted; they are found through blind indexes
(`SearchKey`). Nothing after this app in the journey keeps a name.
"""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Municipality, Staff
from trede.accounts.visibility import M, VisibleQuerySet
from trede.languages import language_of
from trede.people.naming import joined_name
from trede.people.vault import EncryptedBytesField, EncryptedTextField
from trede.pilots.models import Pilot


class Household(models.Model):
    """People who share a front door and, mostly, a purse."""

    municipality = models.ForeignKey(Municipality, models.PROTECT)

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")

    def __str__(self) -> str:
        return f"household {self.pk}"


PUT_ASIDE = Q(merged_into__isnull=False) | Q(erased_at__isnull=False)


class PersonQuerySet(VisibleQuerySet["Person"]):
    def own_of(self, staff: Staff) -> Self:
        """A coach's own people, and those for whom nobody is responsible yet. A record
        that was put aside is seen by the coach of the one that was kept: nobody is
        responsible for it, and it says as much about the person."""
        open_now = Responsibility.objects.filter(ended_on=None)
        theirs = open_now.filter(person=OuterRef("pk"))
        of_kept = open_now.filter(person=OuterRef("merged_into"), staff=staff)
        standing = Q(merged_into=None) & (
            Q(Exists(theirs.filter(staff=staff))) | ~Q(Exists(theirs))
        )
        return self.filter(standing | Q(Exists(of_kept)))

    def current(self) -> Self:
        """Without those that were merged into another record or erased."""
        return self.filter(merged_into=None, erased_at=None)

    def put_aside(self) -> Self:
        """The others: so few that leaving them out is quicker than looking all up."""
        return self.filter(PUT_ASIDE)


class Person(models.Model):
    class Sex(models.TextChoices):
        MAN = "man", pgettext_lazy("sex", "man")
        WOMAN = "woman", pgettext_lazy("sex", "woman")
        OTHER = "other", pgettext_lazy("sex", "other or unknown")

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="people"
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        db_index=False,
    )
    bsn = EncryptedTextField()
    given_names = EncryptedTextField()
    name_prefix = EncryptedTextField()  # tussenvoegsel: not used when sorting
    surname = EncryptedTextField()
    # ISO text with zeros for what is unknown: 1975-00-00 (registers hold such dates).
    birth_date = EncryptedTextField()
    street = EncryptedTextField()
    house_number = EncryptedTextField()
    postcode = EncryptedTextField()
    town = EncryptedTextField()
    telephone = EncryptedTextField()
    email = EncryptedTextField()
    sex = models.CharField(max_length=10, choices=Sex.choices, default=Sex.OTHER)
    birth_country = models.CharField(max_length=2, blank=True)  # ISO 3166-1 alpha-2
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    quarter = models.CharField(max_length=60, blank=True)
    # What is spoken best, and what was chosen to read in, by the person or together.
    language = models.CharField(max_length=8, blank=True)
    reads_in = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        db_index=False,
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    # Counts every change, so that two people editing at once are both heard.
    edition = models.PositiveIntegerField(default=1)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        # SQLite would look for "merged into nobody" by an index over all.
        indexes = [
            models.Index(
                fields=["merged_into"],
                name="merged_people",
                condition=Q(merged_into__isnull=False),
            ),
            models.Index(fields=["id"], name="people_put_aside", condition=PUT_ASIDE),
            models.Index(
                fields=["household"],
                name="people_of_household",
                condition=Q(household__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def full_name(self) -> str:
        name = joined_name(self.given_names, self.name_prefix, self.surname)
        return name or str(self)

    @property
    def language_read(self) -> str:
        """Letters, consent and questions all begin in this one."""
        return self.reads_in or self.language

    @property
    def sort_name(self) -> str:
        """For sorting within one page: without the tussenvoegsel."""
        return f"{self.surname}, {self.given_names}".casefold()


class SearchKey(models.Model):
    """A keyed digest of something one may search a person by; never the thing.

    Who was merged into another record, or erased, has none.
    """

    class Kind(models.TextChoices):
        BSN = "bsn", pgettext_lazy("search", "BSN")
        TELEPHONE = "telephone", pgettext_lazy("search", "telephone")
        # The start of a name part, three letters or more.
        NAME = "name", pgettext_lazy("search", "name")
        NAME_AND_BIRTH = "name_birth", pgettext_lazy("search", "name and birth date")
        ADDRESS = "address", pgettext_lazy("search", "address")

    person = models.ForeignKey(Person, models.CASCADE, related_name="search_keys")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    digest = models.BigIntegerField()

    class Meta:
        verbose_name = _("search key")
        verbose_name_plural = _("search keys")
        # Kind and municipality are part of what is digested (`blind_index.py`).
        indexes = [
            models.Index(fields=["digest", "person"], name="search_in_order"),
            models.Index(
                fields=["person"], name="has_a_number", condition=Q(kind="telephone")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class PersonsQuerySet(VisibleQuerySet[M]):
    """Rows about a person: seen by whoever sees the person."""

    municipality_path = "person__municipality"

    def own_of(self, staff: Staff) -> Self:
        return self.filter(person__in=PersonQuerySet(Person).own_of(staff))


class Responsibility(models.Model):
    """Which coach is responsible for a person; from `ended_on` on no longer."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="responsibilities")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="responsibilities")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on=None),
                name="one_coach_at_a_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["person", "-id", "staff", "started_on", "ended_on"],
                name="whose_on_a_day",  # answers of itself whose everybody was
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.staff_id}"


class NoteQuerySet(PersonsQuerySet["Note"]):
    def standing(self) -> Self:
        """Without those that a newer one corrects."""
        return self.filter(replaced_by=None)


class Note(models.Model):
    """A free-text note about a person, encrypted; corrected by a newer one."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="notes")
    by = models.ForeignKey(Staff, models.PROTECT)
    at = models.DateTimeField()
    text = EncryptedTextField()
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    # A double click carries the same key and is kept once.
    submission = models.UUIDField(unique=True, null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class StoredFileQuerySet(PersonsQuerySet["StoredFile"]):
    municipality_path = "municipality"

    def kept(self) -> Self:
        """What was not destroyed, without its content (which may be large)."""
        return self.for_staff().filter(destroyed_at=None).defer("content")

    def for_staff(self) -> Self:
        """What somebody answered aloud is the person's own: nobody here plays it."""
        return self.exclude(kind=StoredFile.Kind.SPOKEN)


class StoredFile(models.Model):
    """A consent form, a letter or an upload: encrypted, with its digest."""

    class Kind(models.TextChoices):
        CONSENT = "consent", _("consent form")
        LETTER = "letter", _("letter")
        UPLOAD = "upload", _("uploaded list")
        SIGNATURE = "signature", _("signature")
        SPOKEN = "spoken", _("spoken answer")

    municipality = models.ForeignKey(Municipality, models.PROTECT)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="files"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = EncryptedTextField()
    media_type = models.CharField(max_length=80)
    content = EncryptedBytesField()
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering = ["-stored_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Purpose(models.TextChoices):
    """What a person can agree to, each apart."""

    STUDY = "study", pgettext_lazy("consent", "study")
    RECORDING = "recording", pgettext_lazy("consent", "recording of the interview")
    REGISTER = "register", pgettext_lazy("consent", "municipal register data")


class ConsentDecision(models.Model):
    """A yes or no to one purpose, or its withdrawal. The newest decision counts."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    pilot = models.ForeignKey(Pilot, models.PROTECT)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    given = models.BooleanField()
    text_version = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    # Of the words that were read, and how far trusted; empty in Dutch and in old ones.
    text_sha256 = models.CharField(max_length=64, blank=True)
    translation_status = models.CharField(max_length=9, blank=True)
    at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    form = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)

    objects = PersonsQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("decisions on consent")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose}: {self.given}"

    @property
    def in_language(self) -> str:
        """For staff: the language, and whether a machine made the words."""
        name = language_of(self.language).own_name
        if self.translation_status != "machine":
            return name
        return str(_("%(language)s, translated by a machine") % {"language": name})


class Merger(models.Model):
    """Two records of one person became one. Kept so that it can be taken back."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="mergers")
    other = models.ForeignKey(Person, models.PROTECT, related_name="merged_away")
    reason = EncryptedTextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    moved = models.JSONField(default=list)  # model, field, numbers, from, to: no texts
    filled = models.JSONField(default=list)  # names of fields that were empty
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["other"], condition=Q(undone_at=None), name="merged_away_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.other_id} into {self.kept_id}"


class JudgedDifferent(models.Model):
    """Somebody looked at two records and found that they are two people."""

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("judgement that two records are two people")
        verbose_name_plural = _("judgements that two records are two people")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="judged_once"),
            models.CheckConstraint(
                condition=Q(one__lt=models.F("other")), name="judged_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"


class Erasure(models.Model):
    """That a person's data were erased, when, by whom and why; and nothing more."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="erasures")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    reason = EncryptedTextField()
    counts = models.JSONField(default=dict)  # kind of thing: how many

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return f"erasure {self.pk}"
