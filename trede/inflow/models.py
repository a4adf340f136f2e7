"""How somebody comes in: target list, eligibility, referral, waiting, intake, lot."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.visibility import VisibleQuerySet
from trede.inflow.candidate_models import Candidate as Candidate
from trede.inflow.candidate_models import CandidateQuerySet as CandidateQuerySet
from trede.inflow.candidate_models import Stage as Stage
from trede.inflow.choice_models import InvitationChoice as InvitationChoice
from trede.inflow.pair_models import Deviation as Deviation
from trede.inflow.pair_models import Lot as Lot
from trede.inflow.pair_models import Pair as Pair
from trede.inflow.same_step_models import SameStep as SameStep
from trede.people.models import Person, PersonQuerySet, PersonsQuerySet, StoredFile
from trede.people.vault import EncryptedBytesField, EncryptedTextField
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting


class ListUploadQuerySet(VisibleQuerySet["ListUpload"]):
    municipality_path = "pilot__municipality"


class ListUpload(models.Model):
    """One uploaded target list. The file is destroyed when undoing is over."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", pgettext_lazy("list", "uploaded")
        CONFIRMING = "confirming", pgettext_lazy("list", "being read in")
        CONFIRMED = "confirmed", pgettext_lazy("list", "read in")
        UNDOING = "undoing", pgettext_lazy("list", "being undone")
        UNDONE = "undone", pgettext_lazy("list", "undone")
        DROPPED = "dropped", pgettext_lazy("list", "not read in")

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="uploads")
    file = models.ForeignKey(StoredFile, models.PROTECT)
    sha256 = models.CharField(max_length=64)
    reference_on = models.DateField(_("reference date"))
    # The confirmed list that stood when this one was compared with it.
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    mapping = models.JSONField(default=dict)  # recognised field: column heading
    decisions = models.JSONField(default=dict)  # row: person it is, 0 for nobody known
    counts = models.JSONField(default=dict)
    # What the check found: columns, rows to check, differences; compressed JSON.
    findings = EncryptedBytesField()
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.UPLOADED
    )
    uploaded_by = models.ForeignKey(Staff, models.PROTECT, null=True)
    uploaded_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ListUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("target list")
        verbose_name_plural = _("target lists")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"list {self.pk}"


class ListPart(models.Model):
    """So many people of a list as are read in at once: all of them, or nobody.

    The content goes as soon as it has been read in.
    """

    upload = models.ForeignKey(ListUpload, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = EncryptedBytesField()
    size = models.PositiveIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "number"], name="part_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"part {self.number} of list {self.upload_id}"


class StageTransition(models.Model):
    """Each step of a candidate: dated, with reason, never overwritten."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="transitions")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    before = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    reason = models.CharField(max_length=40, blank=True)  # code of the pilot file
    remark = EncryptedTextField()
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal"
    )

    class Meta:
        verbose_name = _("step of a candidate")
        verbose_name_plural = _("steps of candidates")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.stage}"


class ListRow(models.Model):
    """What became of one row of an uploaded list, so that the counts add up."""

    class Outcome(models.TextChoices):
        NEW = "new", pgettext_lazy("row", "new")
        CHANGED = "changed", pgettext_lazy("row", "changed")
        SAME = "same", pgettext_lazy("row", "the same")
        DUPLICATE = "duplicate", pgettext_lazy("row", "double")
        REJECTED = "rejected", pgettext_lazy("row", "to check")
        GONE = "gone", pgettext_lazy("row", "no longer on it")  # row 0: not in the file

    class Undone(models.TextChoices):
        BACK = "back", pgettext_lazy("row", "put back")
        KEPT = "kept", pgettext_lazy("row", "left as it is")

    upload = models.ForeignKey(ListUpload, models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="list_rows"
    )
    # What undoing must put back: the changed fields as they were and became.
    before = EncryptedTextField()
    # A keyed digest of each value the list told, to see what the next list changes.
    told = models.BinaryField(default=b"")
    undone = models.CharField(max_length=6, choices=Undone.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["upload", "outcome"], name="rows_of_upload")]

    def __str__(self) -> str:
        return f"row {self.row}: {self.outcome}"


class CriterionOutcome(models.Model):
    """A line of the eligibility ledger: appended, the newest of a criterion counts."""

    class Outcome(models.TextChoices):
        MET = "met", pgettext_lazy("criterion", "yes")
        NOT_MET = "not_met", pgettext_lazy("criterion", "no")
        UNKNOWN = "unknown", pgettext_lazy("criterion", "unknown")

    class Source(models.TextChoices):
        LIST = "list", pgettext_lazy("source", "the list")
        COACH = "coach", pgettext_lazy("source", "the coach's screening")
        OVERRIDE = "override", pgettext_lazy("source", "an exception with a reason")
        RULE = "rule", pgettext_lazy("source", "a changed rule")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="ledger")
    criterion = models.CharField(max_length=30)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    source = models.CharField(max_length=8, choices=Source.choices)
    reference_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    value = EncryptedTextField()  # what it rests on; may be a birth date
    reason = EncryptedTextField()
    upload = models.ForeignKey(
        ListUpload, models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    rules_number = models.PositiveIntegerField()  # version of the pilot file

    class Meta:
        verbose_name = _("eligibility")
        verbose_name_plural = _("judgements of the criteria")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.outcome}"


class ReferralQuerySet(PersonsQuerySet["Referral"]):
    municipality_path = "candidate__pilot__municipality"

    def own_of(self, staff: Staff) -> Self:
        """A referrer's own referrals; a coach sees those of the people in view."""
        people = PersonQuerySet(Person).own_of(staff)
        if staff.roles & {"coach"}:
            return self.filter(candidate__person__in=people)
        return self.filter(referrer=staff)


class Referral(models.Model):
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="referrals")
    channel = models.CharField(max_length=20)  # code of the pilot file
    referrer = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True)
    referrer_name = models.CharField(max_length=120, blank=True)  # from outside
    reason = EncryptedTextField()
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    submission = models.UUIDField(unique=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"referral {self.pk}"


class SelectionReason(models.Model):
    """Why the coach chose this candidate: the analysis corrects for it."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="selections")
    motivation = models.PositiveSmallIntegerField(null=True, blank=True)  # 1-5
    reason = EncryptedTextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT)

    class Meta:
        verbose_name = _("selection reason")
        verbose_name_plural = _("selection reasons")

    def __str__(self) -> str:
        return f"selection {self.pk}"


class Intake(models.Model):
    """One guided sitting in steps; kept step by step, so that nothing is lost."""

    class Outcome(models.TextChoices):
        START = "start", pgettext_lazy("intake", "start")
        WAIT = "wait", pgettext_lazy("intake", "wait")
        REFERRED_ON = "referred_on", pgettext_lazy("intake", "referred on")
        NOT_NOW = "not_now", pgettext_lazy("intake", "not now")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="intakes")
    coach = models.ForeignKey(Staff, models.PROTECT)
    began_at = models.DateTimeField()
    location = models.CharField(max_length=120, blank=True)
    circumstance = models.CharField(max_length=40)  # code of the pilot's calendar
    repeated = models.BooleanField(default=False)
    informed_at = models.DateTimeField(null=True, blank=True)
    sitting = models.OneToOneField(Sitting, models.PROTECT, null=True, blank=True)
    # Counts every change of the talk, so that two tabs do not overwrite each other.
    edition = models.PositiveIntegerField(default=1)
    topics = models.JSONField(default=list)  # codes of what was talked about
    barriers = models.JSONField(default=list)
    talk_note = EncryptedTextField()
    talked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    form = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class IntakeQuerySet(PersonsQuerySet["Intake"]):
        municipality_path = "candidate__pilot__municipality"

        def own_of(self, staff: Staff) -> Self:
            people = PersonQuerySet(Person).own_of(staff)
            return self.filter(candidate__person__in=people)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        indexes = [models.Index(fields=["began_at"], name="intakes_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                condition=models.Q(ended_at=None),
                name="one_open_intake",
            )
        ]

    def __str__(self) -> str:
        return f"intake {self.pk}"
