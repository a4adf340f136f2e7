"""Who did what, and who looked at whose file.

The trail is append-only and knows nothing of the rest of the platform: it keeps the
names of things and their numbers, never a foreign key and never a person's name.
"""

from django.db import models


class Line(models.Model):
    """One act or one look. `mac` chains the line to the one before it."""

    class Kind(models.TextChoices):
        READ = "read"
        WRITE = "write"
        DOOR = "door"  # signing in and out, refused attempts

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=60, db_index=True)
    municipality_id = models.PositiveBigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    action = models.CharField(max_length=80, db_index=True)
    purpose = models.CharField(max_length=40)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    fields = models.JSONField(default=list)
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ["-sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class Mention(models.Model):
    """A person whom a line is about: one row each, so that a look-up is quick."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="mentions")
    person_id = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "person_id"], name="person_mentioned_once_a_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.person_id}"


class Head(models.Model):
    """The last link of the chain; the one row that every new line locks."""

    sequence = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_head")
        ]

    def __str__(self) -> str:
        return str(self.sequence)
